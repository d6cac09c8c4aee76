import { describe, expect, it } from 'vitest';
import {
  formatDay,
  formatDayInTable,
  formatDigits,
  formatGregorian,
  formatRials,
  hijriDate,
  inGroups,
  inTehranTime,
  maskNationalId,
  withLatinDigits,
} from './format.ts';

describe('a day', () => {
  it('is what ICU says, on every day from 1900 to 2100', () => {
    const icu = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
      timeZone: 'UTC',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
    let looked = 0;
    for (let ms = Date.UTC(1900, 0, 1); ms < Date.UTC(2101, 0, 1); ms += 86_400_000) {
      const iso = new Date(ms).toISOString().slice(0, 10);
      const part = new Map(icu.formatToParts(ms).map(({ type, value }) => [type, value]));
      const { year, month, day } = hijriDate(iso);
      const ours = `${year}/${month}/${day}`;
      const theirs = `${part.get('year') ?? ''}/${part.get('month') ?? ''}/${part.get('day') ?? ''}`;
      if (ours !== theirs) expect(`${iso} ${ours}`).toBe(`${iso} ${theirs}`);
      looked += 1;
    }
    expect(looked).toBe(73_414);
  });

  it('stands in the order of each language', () => {
    expect(formatDay('2026-11-22', 'fa')).toBe('۱ آذر ۱۴۰۵');
    expect(formatDay('2026-11-22', 'en')).toBe('1 Azar 1405');
    expect(formatDayInTable('2026-11-22', 'fa')).toBe('۱۴۰۵/۰۹/۰۱');
    expect(formatDayInTable('2026-11-22', 'en')).toBe('1405/09/01');
    expect(formatGregorian('2026-11-02')).toBe('2 November 2026');
  });

  it.each(['', '2026-13-01', 'yesterday', '0001-01-01'])('is none: «%s»', (text) => {
    expect(() => hijriDate(text)).toThrow(RangeError);
  });
});

it('shows an instant as the clocks of Tehran do', () => {
  expect(inTehranTime('2026-11-22T20:29:59Z')).toEqual({ day: '2026-11-22', time: '23:59' });
  expect(inTehranTime('2026-11-22T20:30:00Z')).toEqual({ day: '2026-11-23', time: '00:00' });
  expect(inTehranTime('2021-06-01T19:30:00Z')).toEqual({ day: '2021-06-02', time: '00:00' });
});

it('writes money in whole rials', () => {
  expect(formatRials(2_904_000n, 'fa')).toBe('۲٬۹۰۴٬۰۰۰ ریال');
  expect(formatRials(2_904_000n, 'en')).toBe('2,904,000 rials');
  expect(formatRials(0n, 'en')).toBe('0 rials');
});

it('reads and writes digits of the three scripts', () => {
  expect(withLatinDigits('۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ 0123456789')).toBe('0123456789 0123456789 0123456789');
  expect(formatDigits('a1405', 'fa')).toBe('a۱۴۰۵');
  expect(formatDigits('a1405', 'en')).toBe('a1405');
});

it('divides codes and hides the middle of a national id', () => {
  expect(inGroups('4819205733161234')).toEqual(['4819', '2057', '3316', '1234']);
  expect(inGroups('12345678901')).toEqual(['1234', '5678', '901']);
  expect(inGroups('')).toEqual([]);
  expect(maskNationalId('0012345679')).toBe('001•••••79');
});
