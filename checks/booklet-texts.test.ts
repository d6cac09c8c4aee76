import { expect, it } from 'vitest';
import { isCode, isTest, readTextFiles } from './tracked-files.ts';

/** The order abolishes the stamp and keeps the booklet (T-03): no text says that it is unnecessary. */
const unnecessary =
  /دفترچه(?:[\s‌][^\s.،؛]+)?\s+(?:لازم نیست|ضرورت ندارد|ضروری نیست)|نیازی به (?:همراه داشتن )?دفترچه|no (?:paper )?booklet (?:is|are)|need(?:s)? no (?:paper )?booklet|booklet is (?:not needed|unnecessary|no longer)/i;

const texts = readTextFiles().filter(({ path }) => /^(?:portal\/messages\/.*\.json|server\/.*\.ts)$/.test(path));

it('T-03: no text of a channel says that the booklet is unnecessary', () => {
  expect(texts.filter(({ path }) => path.startsWith('portal/messages/'))).not.toEqual([]);
  expect(texts.filter(({ path }) => isCode(path) && !isTest(path)).length).toBeGreaterThan(100);
  const breaches = texts.flatMap(({ path, text }) => {
    const found = unnecessary.exec(text);
    return found === null ? [] : [`${path}: ${found[0]}`];
  });
  expect(breaches).toEqual([]);
});

it.each([
  'دفترچه لازم نیست',
  'دفترچه کاغذی لازم نیست',
  'نیازی به دفترچه ندارید',
  'You need no paper booklet.',
  'No booklet is needed.',
  'The booklet is no longer needed.',
])('finds: %s', (text) => {
  expect(text).toMatch(unnecessary);
});

it.each(['برای تمدید اعتبار دفترچه به شعبه نروید', 'Take your booklet along; it needs no validity stamp.'])(
  'allows: %s',
  (text) => {
    expect(text).not.toMatch(unnecessary);
  },
);
