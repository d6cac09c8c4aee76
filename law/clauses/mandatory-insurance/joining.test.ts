import { describe, expect, it } from 'vitest';
import { getHijriDay } from '../../words/solar-hijri.ts';
import { premiums, waits, year } from './joining.cases.ts';
import { daysOfJoining, premiumOfJoining, waitsAfterJoining } from './joining.ts';

describe('M-31: who joins a household that is covered', () => {
  it.each(premiums.map((row) => [row.name, row] as const))('pays %s', (_, row) => {
    const reckonedOn = getHijriDay(row.reckonedOn);
    expect(premiumOfJoining(row.cover, { members: row.members, reckonedOn })).toEqual(row.premium);
  });

  it.each(waits.map((row) => [row.name, row] as const))('waits: %s', (_, { cover, who, days }) => {
    expect(waitsAfterJoining(cover, who, 10)).toBe(days);
  });

  it('is covered until the others’ cover ends', () => {
    expect(daysOfJoining(getHijriDay('1399/02/10'), year, 10)).toEqual({
      ...{ coverFrom: '2020-04-29', entitledFrom: '2020-05-09', coverUntil: '2020-11-20' },
    });
  });
});
