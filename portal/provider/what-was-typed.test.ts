import { describe, expect, it } from 'vitest';
import { readTyped } from './what-was-typed.ts';

describe('what stands in the box', () => {
  it.each([
    ['0012345679', 'nationalId', '0012345679'],
    ['۰۰۱۲۳۴۵۶۷۹', 'nationalId', '0012345679'],
    ['٠٠١٢٣٤٥٦٧٩', 'nationalId', '0012345679'],
    [' 001-234567-9\u200f\n', 'nationalId', '0012345679'],
    ['12345679', 'nationalId', '12345679'],
    ['123456789012', 'nationalId', '123456789012'],
    ['4819 2057 3316 1234', 'trackingCode', '4819205733161234'],
    ['۴۸۱۹–۲۰۵۷–۳۳۱۶–۱۲۳۴', 'trackingCode', '4819205733161234'],
  ])('%j is a %s', (text, kind, digits) => {
    expect(readTyped(text)).toEqual({ kind, digits });
  });

  it.each(['1234567', '12345678901', '481920573316123', '48192057331612345', 'علی', '001234567a'])(
    '%j is neither',
    (text) => {
      expect(readTyped(text)).toEqual({ kind: 'wrong' });
    },
  );

  it('may be nothing', () => {
    expect(readTyped(' - ')).toEqual({ kind: 'empty' });
  });
});
