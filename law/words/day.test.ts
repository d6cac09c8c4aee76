import { describe, expect, it, vi } from 'vitest';
import { beginningOfTime, dayOfGregorian, endOfTime, findDay, isoDay, later, plusDays, type Day } from './day.ts';
import { dayOfHijri } from './solar-hijri.ts';

vi.setConfig({ testTimeout: 60_000 });

const millisecondsADay = 86_400_000;

describe('Gregorian days against Date', () => {
  const first = Date.UTC(1900, 0, 1) / millisecondsADay;
  const last = Date.UTC(2130, 11, 31) / millisecondsADay;

  it('reads and writes every day from 1900 to 2130', () => {
    const wrong: string[] = [];
    for (let day = first; day <= last; day += 1) {
      const text = new Date(day * millisecondsADay).toISOString().slice(0, 10);
      if (findDay(text) !== day || isoDay(day as Day) !== text) wrong.push(text);
    }
    expect(wrong).toStrictEqual([]);
    expect(last - first + 1).toBe(84_371);
  });

  it('counts every date from 1900 to 2130, and reads no other as a day', () => {
    const wrong: string[] = [];
    for (let year = 1900; year <= 2130; year += 1) {
      for (let month = 0; month <= 13; month += 1) {
        for (let day = 0; day <= 32; day += 1) {
          const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          const date = new Date(Date.UTC(year, month - 1, day));
          const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
          if (findDay(text) !== (isDay ? date.getTime() / millisecondsADay : undefined)) wrong.push(text);
          if (isDay && dayOfGregorian(year, month, day) !== date.getTime() / millisecondsADay) wrong.push(text);
        }
      }
    }
    expect(wrong).toStrictEqual([]);
  });

  it('knows the years that are divisible by 100', () => {
    expect(findDay('1900-02-29')).toBeUndefined();
    expect(findDay('2100-02-29')).toBeUndefined();
    expect(findDay('2000-02-29')).toBe(11_016);
    expect(isoDay(0 as Day)).toBe('1970-01-01');
    expect(isoDay(-1 as Day)).toBe('1969-12-31');
  });

  it('writes years beyond the ones that are read, and pads them to four digits', () => {
    expect(isoDay(dayOfGregorian(2621, 3, 20))).toBe('2621-03-20');
    expect(isoDay(dayOfGregorian(800, 1, 2))).toBe('0800-01-02');
  });
});

describe('a text', () => {
  it.each([
    '2021-02-29',
    '2020-00-10',
    '2020-13-10',
    '2020-04-31',
    '2020-04-00',
    '2020-4-1',
    '2020/04/01',
    '2020-04/01',
    '2020/04-01',
    '20200401',
    '2020-04-011',
    '2020-04-1x',
    '2020-04-0:',
    '2020-0a-01',
    '2o20-04-01',
    '202/-04-01',
    ' 2020-04-1',
    '-020-04-01',
    '2020-04-01T00:00:00Z',
    '۲۰۲۰-۰۴-۰۱',
    '',
  ])('«%s» names no day', (text) => {
    expect(findDay(text)).toBeUndefined();
  });
});

describe('days', () => {
  const [one, other] = [dayOfHijri(1399, 3, 1), dayOfHijri(1399, 3, 2)];

  it('are added to, and compared', () => {
    expect(plusDays(one, 1)).toBe(other);
    expect(plusDays(other, -1)).toBe(one);
    expect(later(one, other)).toBe(other);
    expect(later(other, one)).toBe(other);
    expect(later(one, one)).toBe(one);
  });

  it('that can be computed lie between the beginning and the end of time', () => {
    expect(beginningOfTime).toBeLessThan(dayOfHijri(1000, 1, 1));
    expect(endOfTime).toBeGreaterThan(dayOfHijri(2000, 12, 29));
  });
});
