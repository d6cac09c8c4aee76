import { describe, expect, it } from 'vitest';
import { assumed, dated, found, source } from './dated.ts';
import { fingerprint } from './fingerprint.ts';
import { isUnderPercent, percentOf } from './rial.ts';

describe('rials', () => {
  it.each([
    [6_067_523, 40, 15_168_810, true],
    [6_067_524, 40, 15_168_810, false],
    [6_067_525, 40, 15_168_810, false],
    [0, 40, 1, true],
    [0, 40, 0, false],
    [39, 40, 100, true],
    [40, 40, 100, false],
    [1, 40, 2, false],
    [1, 40, 3, true],
    [15_168_809, 100, 15_168_810, true],
    [15_168_810, 100, 15_168_810, false],
  ])('%d is under %d %% of %d: %s', (amount, percent, whole, expected) => {
    expect(isUnderPercent(amount, percent, whole)).toBe(expected);
  });

  it.each([
    [1_000_000, 50, 500_000],
    [5_808_000, 100, 5_808_000],
    [5_808_000, 0, 0],
    [101, 50, 50],
    [199, 50, 99],
    [99, 1, 0],
    [100, 1, 1],
  ])('of %d, %d %% is %d: a part of a rial is left out', (amount, percent, expected) => {
    expect(percentOf(amount, percent)).toBe(expected);
  });
});

describe('a fingerprint', () => {
  it.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['foobar', '85944171f73967e8'],
  ])('of «%s» is that of FNV-1a', (text, expected) => {
    expect(fingerprint(text)).toBe(expected);
  });

  it('has sixteen digits, always', () => {
    for (let number = 0; number < 2000; number += 1) expect(fingerprint(String(number))).toMatch(/^[0-9a-f]{16}$/);
  });

  it('changes with every letter and with their order', () => {
    const texts = ['خرداد', 'خردادد', 'دادرخ', 'khordad', 'Khordad', 'khordad ', ' khordad'];
    expect(new Set(texts.map(fingerprint)).size).toBe(texts.length);
    expect(fingerprint('khordad')).toBe(fingerprint('khordad'));
  });
});

describe('a dated figure', () => {
  it('says of every row where it is from', () => {
    const rows = [
      source('1398/01/01', 1, 'M-01'),
      found('1399/01/01', 2, 'روزنامه', 'gazette'),
      assumed('1400/01/01', 3, 'فرض', 'assumption'),
    ];
    expect(dated({ fa: 'عدد', en: 'number' }, 'month', rows)).toStrictEqual({
      name: { fa: 'عدد', en: 'number' },
      unit: 'month',
      rows: [
        { from: '1398/01/01', value: 1, reference: { fa: 'M-01', en: 'M-01' }, provenance: 'source' },
        { from: '1399/01/01', value: 2, reference: { fa: 'روزنامه', en: 'gazette' }, provenance: 'found' },
        { from: '1400/01/01', value: 3, reference: { fa: 'فرض', en: 'assumption' }, provenance: 'assumed' },
      ],
    });
  });
});
