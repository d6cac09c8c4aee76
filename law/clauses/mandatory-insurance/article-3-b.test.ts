import { describe, expect, it } from 'vitest';
import { lateCases, lateEntrantCases } from './article-3-b.late.cases.ts';
import { causeCases, threeMonthsCases } from './article-3-b.lost-cover.cases.ts';
import { emergencyCases, newbornCases } from './article-3-b.urgent.cases.ts';
import { answered, type Row } from './household.cases.ts';

describe.each<[string, readonly Row[]]>([
  ['after the window', lateCases],
  ['late entrants', lateEntrantCases],
  ['newborns', newbornCases],
  ['emergencies', emergencyCases],
  ['three months from lost cover', threeMonthsCases],
  ['causes of lost cover', causeCases],
])('article 3-b: %s', (_, rows) => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_name, row) => {
    expect(answered(row)).toEqual(row.decision);
  });
});
