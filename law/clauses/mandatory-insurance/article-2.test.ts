import { describe, expect, it } from 'vitest';
import { baseCoverCases, openingCases, subjectCases } from './article-2.cases.ts';
import { answered, type Row } from './household.cases.ts';

describe.each<[string, readonly Row[]]>([
  ['the opening', openingCases],
  ['base cover', baseCoverCases],
  ['who is subject', subjectCases],
])('article 2: %s', (_, rows) => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_name, row) => {
    expect(answered(row)).toEqual(row.decision);
  });
});
