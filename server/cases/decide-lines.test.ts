import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decideLinesOnAllCores } from './decide-lines-on-all-cores.ts';
import { noLaterActs } from './read-parameters-file.ts';

const cases = readFileSync(join(import.meta.dirname, '../../law/examples/cases.ndjson'));
const [firstCase = ''] = cases.toString().split('\n');

interface Answer {
  readonly caseId: string | null;
  readonly outcome?: string;
  readonly error?: { readonly code: string; readonly path: string; readonly message: string };
}

function* cut(bytes: Uint8Array, size: number): Iterable<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function decideAll(input: string | Uint8Array, pieceBytes = 65_536, withExplanation = false) {
  const output: string[] = [];
  const progress: number[] = [];
  const decided = await decideLinesOnAllCores(
    (async function* () {
      yield* await Promise.resolve(cut(Buffer.from(input), pieceBytes));
    })(),
    async (text) => {
      await Promise.resolve();
      output.push(Buffer.from(text).toString());
    },
    { acts: noLaterActs, withExplanation, threads: 0, onProgress: ({ read }) => progress.push(read) },
  );
  const lines = output.join('').split('\n');
  expect(lines.pop()).toBe('');
  return { decided, progress, text: output.join(''), answers: lines.map((line) => JSON.parse(line) as Answer) };
}

describe('lines', () => {
  it('are answered one by one, in their order', async () => {
    const { answers, decided } = await decideAll(cases);
    const asked = cases
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as Answer).caseId);
    expect(answers.map(({ caseId }) => caseId)).toEqual(asked);
    expect(decided).toEqual({ read: asked.length, invalid: 0 });
  });

  it.each([1, 2, 3, 7, 1000])('may be cut anywhere: pieces of %i bytes', async (pieceBytes) => {
    const whole = await decideAll(cases);
    expect((await decideAll(cases, pieceBytes)).text).toBe(whole.text);
  });

  it('keep a letter whole that is cut between its bytes', async () => {
    const line = JSON.stringify({ ...(JSON.parse(firstCase) as object), caseId: 'پرونده ۱۲' });
    const { answers } = await decideAll(line, 1);
    expect(answers[0]?.caseId).toBe('پرونده ۱۲');
  });

  it('may end in CR LF, begin with a byte order mark, and lack the last line end', async () => {
    const { answers } = await decideAll(`\uFEFF${firstCase}\r\n${firstCase}`);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['TERMS', 'TERMS']);
  });

  it('are skipped where they are blank, and counted where they are not', async () => {
    const { decided, answers } = await decideAll(`\n  \n\t\r\n${firstCase}\n\nno json\n\n`);
    expect(answers.map(({ error }) => error?.path)).toEqual([undefined, '']);
    expect(decided).toEqual({ read: 2, invalid: 1 });
  });

  it('of no input give no output', async () => {
    expect((await decideAll('')).text).toBe('');
  });

  it.each([65_536, 400_000])(
    'over 1 MB are refused in their place, in pieces of %i bytes; the others are answered',
    async (pieceBytes) => {
      const huge = `{"caseId":"${'x'.repeat(1_000_001)}"}`;
      const { answers, decided } = await decideAll(`${firstCase}\n${huge}\n${firstCase}\n${huge}`, pieceBytes);
      expect(answers.map(({ error }) => error?.message)).toEqual([
        undefined,
        'expected a case of at most 1 MB',
        undefined,
        'expected a case of at most 1 MB',
      ]);
      expect(decided).toEqual({ read: 4, invalid: 2 });
    },
  );

  it('of just 1 MB are read', async () => {
    const filled = (length: number): string => {
      const empty = JSON.stringify({ ...(JSON.parse(firstCase) as object), caseId: '' });
      return empty.replace('"caseId":""', `"caseId":"${'x'.repeat(length - empty.length)}"`);
    };
    const { answers } = await decideAll(`${filled(1_000_000)}\n${filled(1_000_001)}`);
    expect(answers.map(({ outcome, error }) => outcome ?? error?.code)).toEqual(['TERMS', 'INVALID_CASE']);
  });

  it('are measured in bytes', async () => {
    const { answers } = await decideAll(`{"caseId":"${'ش'.repeat(600_000)}"}`);
    expect(answers[0]?.error?.message).toBe('expected a case of at most 1 MB');
  });

  it('are counted along', async () => {
    const { progress } = await decideAll(cases, 4096);
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
    expect(progress.at(-1)).toBe(9);
  });

  it('carry an explanation where it is asked for', async () => {
    const { answers } = await decideAll(cases, 65_536, true);
    for (const answer of answers)
      expect(answer).toHaveProperty('explanation.fa.0', expect.stringMatching(/^[TM]-\d\d «/));
  });
});
