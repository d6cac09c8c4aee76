import { describe, expect, it } from 'vitest';
import { findDigit, withLatinDigits } from './digits.ts';
import { checkDigitOf, findNationalId, nationalIdText } from './national-id.ts';

describe('a national id', () => {
  it.each([
    ['ten digits', '0012345679', 12345679n],
    ['another', '1234567891', 1234567891n],
    ['eight digits', '12345679', 12345679n],
    ['nine digits', '079506453', 79506453n],
    ['Persian digits', '۱۲۳۴۵۶۷۸۹۱', 1234567891n],
    ['Arabic digits', '١٢٣٤٥٦٧٨٩١', 1234567891n],
    ['digits of other scripts', '１२௩４५６७८９१', 1234567891n],
    ['blanks around it', ' 1234567891\n', 1234567891n],
    ['twelve digits of a foreign national', '151234567890', 151234567890n],
  ])('is read: %s', (_, text, id) => {
    expect(findNationalId(text)).toBe(id);
  });

  it.each([
    ['a wrong check digit', '1234567890'],
    ['all digits equal', '1111111111'],
    ['all zero', '0000000000'],
    ['eight zeros', '00000000'],
    ['seven digits', '2345679'],
    ['eleven digits', '12345678910'],
    ['thirteen digits', '1512345678901'],
    ['twelve digits that begin with zero', '012345678901'],
    ['blanks inside', '12345 67891'],
    ['letters', '12345678a1'],
    ['nothing', ''],
  ])('is refused: %s', (_, text) => {
    expect(findNationalId(text)).toBeUndefined();
  });

  it('is written with its leading zeros', () => {
    expect(nationalIdText(12345679n)).toBe('0012345679');
    expect(nationalIdText(151234567890n)).toBe('151234567890');
  });

  it.each([
    ['remainder 0', 0, 0],
    ['remainder 1', 123456789, 1],
    ['remainder 2', 1, 9],
    ['remainder 10, which has the digit of remainder 1', 5, 1],
  ])('has the check digit of its nine digits: %s', (_, nine, digit) => {
    expect(checkDigitOf(nine)).toBe(digit);
  });
});

describe('digits', () => {
  it('are known in every script, by their place among the ten', () => {
    expect(['0', '۷', '٣', '९', '𝟕', '𝟘', '႙'].map((each) => findDigit(each.codePointAt(0) ?? 0))).toEqual([
      0, 7, 3, 9, 7, 0, 9,
    ]);
    expect(['a', '²', '½', '/', ':', '۔'].map((each) => findDigit(each.codePointAt(0) ?? 0))).toEqual(
      new Array(6).fill(undefined),
    );
  });

  it('leave the rest of a text as it is', () => {
    expect(withLatinDigits('کد ۱۲-٣٤ 56')).toBe('کد 12-34 56');
  });
});
