import { describe, expect, it } from 'vitest';
import { graceCases, renewalCases } from './article-4.cases.ts';
import { answered, type Row } from './household.cases.ts';

describe.each<[string, readonly Row[]]>([
  ['the month of grace', graceCases],
  ['renewals', renewalCases],
])('article 4: %s', (_, rows) => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_name, row) => {
    expect(answered(row)).toEqual(row.decision);
  });
});
