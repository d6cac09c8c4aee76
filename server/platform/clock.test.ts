import { describe, expect, it } from 'vitest';
import { dayInTehran, systemClock, todayInTehran } from './clock.ts';

const isoOf = (text: string): string => new Date(dayInTehran(new Date(text)) * 86_400_000).toISOString().slice(0, 10);

describe('the day in Tehran', () => {
  it.each([
    ['before midnight', '2026-11-23T20:29:59Z', '2026-11-23'],
    ['at midnight', '2026-11-23T20:30:00Z', '2026-11-24'],
    ['before midnight of a summer with summer time', '2020-07-01T19:29:59Z', '2020-07-01'],
    ['at midnight of a summer with summer time', '2020-07-01T19:30:00Z', '2020-07-02'],
    ['the turn of a year', '2026-12-31T21:00:00Z', '2027-01-01'],
  ])('%s', (_, instant, day) => {
    expect(isoOf(instant)).toBe(day);
  });

  it('is today by the clock that was handed in', () => {
    expect(todayInTehran({ now: () => new Date('1970-01-02T00:00:00Z') })).toBe(1);
    expect(todayInTehran(systemClock)).toBe(dayInTehran(new Date()));
  });
});
