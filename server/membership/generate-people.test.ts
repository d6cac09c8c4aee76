import { describe, expect, it } from 'vitest';
import { findNationalId } from '../platform/index.ts';
import { generatePeople, usualDay } from './generate-people.ts';
import { readPersonLine, type PersonLine } from './person-line.ts';

const count = 20_000;
const lines = [...generatePeople(count, 42)];
const people = lines.map((line) => readPersonLine(JSON.parse(line), usualDay));
const valid = people.filter((person): person is PersonLine => 'person' in person);

describe('made-up people', () => {
  it('are as many as were asked for, all of them valid, nobody twice', () => {
    expect(valid).toHaveLength(count);
    expect(new Set(valid.map(({ person }) => person)).size).toBe(count);
    const ids = lines.map((line) => (JSON.parse(line) as { nationalId: string }).nationalId);
    expect(ids.filter((id) => findNationalId(id) === undefined)).toEqual([]);
  });

  it('are the same for the same seed, and others for another', () => {
    expect([...generatePeople(500, 42)].slice(0, 490)).toEqual(lines.slice(0, 490));
    expect([...generatePeople(500, 43)]).not.toEqual(lines.slice(0, 500));
    expect([...generatePeople(0, 1)]).toEqual([]);
  });

  it('name principals who are among them', () => {
    const known = new Set(valid.map(({ person }) => person));
    const named = valid.flatMap(({ principals }) => principals.map(({ principal }) => principal));
    expect(named.length).toBeGreaterThan(count / 4);
    expect(named.every((principal) => known.has(principal))).toBe(true);
  });

  it('have standings of every kind, evidence, and shared mobiles', () => {
    const standings = valid.flatMap(({ facts }) => facts.standings);
    const kinds = new Set(standings.map((each) => each['basis'] ?? each['pension'] ?? each['relation']));
    expect([...kinds].toSorted()).toEqual(
      'compulsory daughter disability father husband mother oldAge selfEmployed son survivor unemploymentBenefit voluntary wife'.split(
        ' ',
      ),
    );
    const keys = new Set(standings.flatMap((each) => Object.keys(each)));
    const evidence = [
      'studyCertificateUntil',
      'idSightedOn',
      'disabled',
      'maintained',
      'married',
      'employed',
      'ownPension',
    ];
    for (const key of [...evidence, 'endedOn', 'until', 'paidUntil']) expect(keys).toContain(key);
    const mobiles = valid.flatMap(({ mobile }) => mobile ?? []);
    expect(new Set(mobiles).size).toBeLessThan(mobiles.length);
    expect(valid.some(({ facts }) => facts.diedOn !== undefined)).toBe(true);
    expect(valid.some(({ facts }) => facts.otherCovers?.length === 1)).toBe(true);
    expect(valid.some(({ person }) => person > 10n ** 11n)).toBe(true);
  });
});
