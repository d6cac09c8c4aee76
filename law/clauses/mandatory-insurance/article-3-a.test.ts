import { describe, expect, it } from 'vitest';
import { conflictCases, groupCases, termsCases, wageCases } from './article-3-a.groups.cases.ts';
import { householdCases } from './article-3-a.household.cases.ts';
import { rateCases, windowCases } from './article-3-a.window.cases.ts';
import { answered, type Row } from './household.cases.ts';

describe.each<[string, readonly Row[]]>([
  ['the window', windowCases],
  ['the rate of the year', rateCases],
  ['the groups', groupCases],
  ['income and decile', conflictCases],
  ['the minimum wage', wageCases],
  ['what the groups pay', termsCases],
  ['the household condition', householdCases],
])('article 3-a: %s', (_, rows) => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_name, row) => {
    expect(answered(row)).toEqual(row.decision);
  });
});
