import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawProof } from './draw-proof.ts';
import { loadPages } from './load-pages.ts';
import { readFace, runsOf, setLine, wrapText } from './set-line.ts';

const pages = loadPages(join(import.meta.dirname, '../../../../portal/dist'));
if (pages === undefined) throw new Error('the tests build the portal before');
const { fontFiles, proofSheet } = pages;
const readFaces = () => ({ persian: readFace(fontFiles.persian), latin: readFace(fontFiles.latin) });
const faces = readFaces();

describe('a line', () => {
  it.each([
    ['۲ آذر ۱۴۰۵', 'rtl', ['۲', ' آذر ', '۱۴۰۵']],
    ['ساعت ۱۱:۳۰', 'rtl', ['ساعت ', '۱۱:۳۰']],
    ['۳۴۹•••••۷۳', 'rtl', ['۳۴۹•••••۷۳']],
    ['For کاظم بهرامی (1)', 'ltr', ['For ', 'کاظم بهرامی', ' (1)']],
  ] as const)('«%s» runs as it is read', (text, base, runs) => {
    expect(runsOf(text, base).map((run) => run.text)).toEqual(runs);
  });

  it('puts Persian numbers from left to right, and what comes first to the right', () => {
    const xs = (text: string): number[] => setLine(text, 10, 'rtl', faces).letters.map(({ x }) => Math.round(x));
    const one = setLine('۱', 10, 'rtl', faces).letters[0]?.outline;
    const line = setLine('۱۴ آذر', 10, 'rtl', faces).letters;
    const first = line.find(({ outline }) => outline === one);
    expect(Math.round(first?.x ?? 0)).toBeGreaterThan(Math.max(...xs('آذر')));
    expect(line.at(-2)?.outline).toBe(one);
  });

  it('joins letters the same, whatever was set before', () => {
    const outlines = (of: typeof faces): string[] =>
      setLine('برای', 10, 'rtl', of).letters.map(({ outline }) => outline);
    const fresh = outlines(readFaces());
    const used = readFaces();
    setLine('آزمایشی ژاله', 10, 'rtl', used);
    expect(outlines(used)).toEqual(fresh);
    expect(fresh).not.toContain(setLine('ب', 10, 'rtl', faces).letters[0]?.outline);
  });

  it('is broken where it is too wide, and loses nothing', () => {
    const text = 'مرکز درمانی می‌تواند رمزینه را بدون اینترنت بررسی کند';
    const lines = wrapText(text, 9, 'rtl', faces, 120);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.map((line) => line.text).join(' ')).toBe(text);
    expect(Math.max(...lines.map(({ width }) => width))).toBeLessThanOrEqual(120);
  });
});

describe('a proof as a file', () => {
  it.each(['fa', 'en'] as const)('is one sheet of A5 with its words beside the outlines (%s)', async (language) => {
    const answer = {
      trackingCode: '4819205733161234',
      outcome: 'ENTITLED',
      on: '2026-11-23',
      setting: 'outpatient',
      entitledUntil: null,
    } as const;
    const about = { name: 'کاظم بهرامی', nationalId: '0012345679' };
    const view = { language, isDemo: true, path: '', csrfToken: undefined };
    const sheet = proofSheet({ answer, about, knownAt: '2026-11-23T08:00:00Z' }, view);
    const file = await drawProof({ sheet, language, qr: { size: 1, path: 'M0 0h1v1h-1z' }, fontFiles });
    const text = file.toString('latin1');
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(text).toContain('/MediaBox [0 0 419.53 595.28]');
    const drawn = [...text.matchAll(/stream\n([^]*?)\nendstream/g)]
      .map(([, body = '']) => inflateSync(Buffer.from(body, 'latin1')).toString('latin1'))
      .join('\n');
    expect(drawn.match(/\/ActualText/g)?.length).toBeGreaterThan(14);
    expect(drawn).not.toContain('0012345679');
  });
});
