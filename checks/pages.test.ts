import { expect, it } from 'vitest';
import type { PageProps as Rendered } from '../portal/pages.tsx';
import en from '../portal/messages/en.json' with { type: 'json' };
import fa from '../portal/messages/fa.json' with { type: 'json' };
import { proofSheet, render } from '../portal/pages.tsx';
import type { PageProps as Sent, Pages, View } from '../server/channels/web/pages/pages.ts';

/* Server and portal do not know each other; here it is seen that they mean the same pages. */

/** Pages that only one of the two knows, or of which more is shown than is sent; the compiler takes none. */
type Disagreed = {
  [Name in keyof Sent | keyof Rendered]: Name extends keyof Sent & keyof Rendered
    ? Sent[Name] extends Rendered[Name]
      ? never
      : Name
    : Name;
}[keyof Sent | keyof Rendered];
const agreed: [Disagreed] extends [never] ? true : Disagreed = true;

const view: View = {
  language: 'fa',
  isDemo: false,
  path: '/insured',
  csrfToken: undefined,
  assets: {
    style: '/assets/a.css',
    script: '/assets/a.js',
    font: '/assets/a.woff2',
    providerStyle: '/assets/b.css',
    providerScript: '/assets/b.js',
  },
};

const sheetAgreed: Pages['proofSheet'] = proofSheet;

it('server and portal know the same pages', () => {
  expect(agreed).toBe(true);
  expect(sheetAgreed).toBe(proofSheet);
  expect(render('start', {}, view)).toContain('<html lang="fa" dir="rtl">');
});

const placeholdersOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? '')),
];
/** Of a plural, its branches are in the language's own number. */
const plain = (text: string): string[] =>
  placeholdersOf(text.replace(/\{(\w+), plural, (?:[^{}]|\{[^{}]*\})*\}/g, '{$1}')).sort();

const findDisparities = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((key) => {
    const [left, right] = [one[key], other[key]];
    return left === undefined || right === undefined || plain(left).join() !== plain(right).join();
  });

it('each text of the portal is there in both languages, with the same placeholders', () => {
  expect(Object.keys(fa).length).toBeGreaterThan(150);
  expect(findDisparities(fa, en)).toEqual([]);
  expect(findDisparities({ a: '{n} {m}', b: 'x' }, { a: '{m}' })).toEqual(['a', 'b']);
});

it('no text of the portal is of office Persian, or blames "the system"', () => {
  const all = Object.values(fa).join('\n');
  expect(all).not.toMatch(/خطای سیستم|اقدام فرمایید|می‌باشد|نسبت به/);
  expect(all).not.toMatch(/[يك]/);
});
