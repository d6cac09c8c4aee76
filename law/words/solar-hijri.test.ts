import { describe, expect, it, vi } from 'vitest';
import { dayOfGregorian, findDay, isoDay, plusDays, type Day } from './day.ts';
import {
  birthday,
  dayOfHijri,
  findHijriDay,
  getHijriDay,
  hijriDate,
  hijriMonth,
  hijriYear,
  isLeapYear,
  lastDayOfMonth,
  lastDayOfTerm,
  monthLength,
  plusMonths,
  yearAndMonth,
} from './solar-hijri.ts';

vi.setConfig({ testTimeout: 60_000 });

const millisecondsADay = 86_400_000;
const firstOfIcu = dayOfHijri(1178, 1, 1);
/** By the 33-year rule 1502 is a leap year; ICU begins to correct the rule with that year's last day. */
const lastOfIcu = dayOfHijri(1502, 12, 29);

const persian = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});

/** The day in the calendar of ICU: `8/1/1398 AP`. */
function icuDate(day: Day): string {
  return persian.format(day * millisecondsADay);
}

function ownDate(day: Day): string {
  const { year, month, day: ofMonth } = hijriDate(day);
  return `${month}/${ofMonth}/${year} AP`;
}

function iso(text: string): string {
  return isoDay(getHijriDay(text));
}

function hijri(day: Day): string {
  const { year, month, day: ofMonth } = hijriDate(day);
  return `${year}/${String(month).padStart(2, '0')}/${String(ofMonth).padStart(2, '0')}`;
}

describe('the calendar against ICU, from 1178 to 1502', () => {
  it('writes the same date for every day', () => {
    const differing: string[] = [];
    for (let day = firstOfIcu; day <= lastOfIcu; day = plusDays(day, 1)) {
      if (ownDate(day) !== icuDate(day)) differing.push(`${ownDate(day)}, not ${icuDate(day)}`);
    }
    expect(differing).toStrictEqual([]);
  });

  it('finds every day of ICU again by its date', () => {
    const differing: string[] = [];
    for (let day = firstOfIcu; day <= lastOfIcu; day = plusDays(day, 1)) {
      const [month, ofMonth, year] = icuDate(day).replace(' AP', '').split('/').map(Number);
      if (dayOfHijri(year ?? 0, month ?? 0, ofMonth ?? 0) !== day) differing.push(icuDate(day));
    }
    expect(differing).toStrictEqual([]);
  });

  it('counts its days in order and without a gap', () => {
    let next = firstOfIcu;
    for (let year = 1178; year <= 1502; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        expect(dayOfHijri(year, month, 1)).toBe(next);
        next = plusDays(next, monthLength(year, month));
      }
    }
    expect(next).toBe(plusDays(lastOfIcu, 2));
    expect(lastOfIcu - firstOfIcu + 1).toBe(118_703);
  });

  it('begins and ends where ICU does', () => {
    expect(icuDate(firstOfIcu)).toBe('1/1/1178 AP');
    expect(icuDate(lastOfIcu)).toBe('12/29/1502 AP');
  });
});

describe('the 33-year rule beyond', () => {
  const leapPlaces = [1, 5, 9, 13, 17, 22, 26, 30];

  it('has the same eight leap years in every 33', () => {
    for (let year = 1000; year <= 2000; year += 1) {
      expect(`${year} ${isLeapYear(year)}`).toBe(`${year} ${leapPlaces.includes(year % 33)}`);
    }
  });

  it('goes on from year to year, and both ways, from 1000 to 2000', () => {
    for (let year = 1000; year <= 2000; year += 1) {
      const first = dayOfHijri(year, 1, 1);
      const last = dayOfHijri(year, 12, monthLength(year, 12));
      expect(last - first + 1).toBe(isLeapYear(year) ? 366 : 365);
      expect(hijriYear(first)).toBe(year);
      expect(hijriDate(last)).toStrictEqual({ year, month: 12, day: isLeapYear(year) ? 30 : 29 });
      if (year < 2000) expect(dayOfHijri(year + 1, 1, 1)).toBe(last + 1);
    }
  });

  it('knows no other years', () => {
    expect(() => dayOfHijri(999, 1, 1)).toThrow('Solar Hijri years 1000 to 2000 are known, not 999');
    expect(() => dayOfHijri(2002, 1, 1)).toThrow(RangeError);
    expect(findHijriDay('0999/12/29')).toBeUndefined();
    expect(findHijriDay('2001/01/01')).toBeUndefined();
    expect(findHijriDay('1000/01/01')).toBe(dayOfHijri(1000, 1, 1));
    expect(findHijriDay('2000/12/29')).toBe(dayOfHijri(2000, 12, 29));
  });
});

describe('the vectors of the domain (6.4)', () => {
  it('knows the days', () => {
    expect(iso('1398/08/01')).toBe('2019-10-23');
    expect(iso('1399/03/01')).toBe('2020-05-21');
    expect(iso('1399/02/01')).toBe('2020-04-20');
    expect(hijriDate(dayOfGregorian(2019, 10, 23))).toStrictEqual({ year: 1398, month: 8, day: 1 });
  });

  it('closes the window after six months, which are 180 days', () => {
    const opening = getHijriDay('1398/08/01');
    expect(hijri(plusMonths(opening, 6))).toBe('1399/02/01');
    expect(hijri(plusDays(opening, 180))).toBe('1399/02/01');
  });

  it('waits ten days over the end of Esfand 1398, which has 29', () => {
    expect(monthLength(1398, 12)).toBe(29);
    expect(hijri(plusDays(getHijriDay('1398/12/25'), 10))).toBe('1399/01/06');
  });

  it.each([
    ['1398/01/31', 1, '1398/02/31', 30, '1398/02/30'],
    ['1398/06/31', 1, '1398/07/30', 30, '1398/07/30'],
    ['1398/11/30', 1, '1398/12/29', 30, '1399/01/01'],
    ['1398/11/30', 3, '1399/02/30', 90, '1399/02/30'],
    ['1399/12/30', 12, '1400/12/29', 365, '1400/12/29'],
  ])('%s and %d months is %s; and %d days is %s', (from, months, byMonths, days, byDays) => {
    expect(hijri(plusMonths(getHijriDay(from), months))).toBe(byMonths);
    expect(hijri(plusDays(getHijriDay(from), days))).toBe(byDays);
  });

  it('makes a son who was born on 1380/03/01 nineteen on the first day of the order', () => {
    expect(hijri(birthday(getHijriDay('1380/03/01'), 19))).toBe('1399/03/01');
  });
});

describe('months', () => {
  it('have 31, 30, and at the end 29 or 30 days', () => {
    const lengths = Array.from({ length: 12 }, (_, index) => monthLength(1400, index + 1));
    expect(lengths).toStrictEqual([31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29]);
    expect(monthLength(1399, 12)).toBe(30);
  });

  it('are added to every day of eight years: same day of the month, clamped to the month’s length', () => {
    const first = dayOfHijri(1396, 1, 1);
    const last = dayOfHijri(1403, 12, 30);
    const wrong: string[] = [];
    for (let day = first; day <= last; day = plusDays(day, 1)) {
      const from = hijriDate(day);
      for (const months of [-13, -1, 0, 1, 3, 6, 12, 25]) {
        let { year, month } = from;
        for (let left = Math.abs(months); left > 0; left -= 1) {
          month += Math.sign(months);
          if (month === 13) [year, month] = [year + 1, 1];
          if (month === 0) [year, month] = [year - 1, 12];
        }
        const expected = { year, month, day: Math.min(from.day, monthLength(year, month)) };
        const found = hijriDate(plusMonths(day, months));
        if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push(`${hijri(day)} + ${months}`);
      }
    }
    expect(wrong).toStrictEqual([]);
  });

  it('are counted from the year 0, and back', () => {
    expect(hijriMonth(1399, 1)).toBe(1399 * 12);
    expect(yearAndMonth(hijriMonth(1399, 1))).toStrictEqual({ year: 1399, month: 1 });
    expect(yearAndMonth(hijriMonth(1399, 12))).toStrictEqual({ year: 1399, month: 12 });
  });

  it.each([
    ['1399/02', 0, '1399/02/31'],
    ['1399/02', 2, '1399/04/31'],
    ['1399/05', 2, '1399/07/30'],
    ['1399/10', 2, '1399/12/30'],
    ['1400/10', 2, '1400/12/29'],
    ['1399/11', 2, '1400/01/31'],
    ['1399/12', 2, '1400/02/31'],
  ])('the last day %s, %d months on, is %s', (month, months, expected) => {
    const [year, ofYear] = month.split('/').map(Number);
    expect(hijri(lastDayOfMonth(hijriMonth(year ?? 0, ofYear ?? 0), months))).toBe(expected);
  });

  it.each([
    ['1399/03/01', 12, '1400/02/31'],
    ['1399/01/31', 1, '1399/02/30'],
    ['1399/06/31', 1, '1399/07/29'],
    ['1399/12/30', 12, '1400/12/28'],
    ['1400/01/01', 6, '1400/06/31'],
  ])('a term from %s of %d months ends on %s', (from, months, expected) => {
    expect(hijri(lastDayOfTerm(getHijriDay(from), months))).toBe(expected);
  });
});

describe('birthdays', () => {
  it.each([
    ['1383/12/30', 19, '1402/12/29'],
    ['1383/12/30', 4, '1387/12/30'],
    ['1380/06/31', 19, '1399/06/31'],
    ['1399/03/01', 0, '1399/03/01'],
    ['1339/01/01', 60, '1399/01/01'],
    ['1440/12/29', 60, '1500/12/29'],
  ])('born on %s, %d years old on %s', (born, years, expected) => {
    expect(hijri(birthday(getHijriDay(born), years))).toBe(expected);
  });
});

describe('a written Solar Hijri day', () => {
  it.each([
    '1400/12/30',
    '1399/12/31',
    '1399/07/31',
    '1399/01/32',
    '1399/00/01',
    '1399/13/01',
    '1399/01/00',
    '1399-01-01',
    '1399/1/1',
    '399/01/01',
    '11399/01/01',
    '1399/01/011',
    ' 1399/01/01',
    '۱۳۹۹/۰۱/۰۱',
    '',
  ])('«%s» is none', (text) => {
    expect(findHijriDay(text)).toBeUndefined();
    expect(() => getHijriDay(text)).toThrow(new RangeError(`${text} is no Solar Hijri day`));
  });

  it('may be the 30th of Esfand in a leap year', () => {
    expect(getHijriDay('1399/12/30')).toBe(findDay('2021-03-20'));
  });
});
