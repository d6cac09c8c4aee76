import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNationalId } from '../../platform/index.ts';
import { readText, sameText } from './grammar.ts';

const person = 12345679n;

describe('a text', () => {
  it.each([
    ['0012345679'],
    ['12345679'],
    ['۰۰۱۲۳۴۵۶۷۹'],
    ['٠٠١٢٣٤٥٦٧٩'],
    ['  0012345679\n'],
    ['*0012345679#'],
    ['001-234567-9'],
    ['۰۰۱ ۲۳۴۵۶۷ ۹'],
    ['\u200f0012345679\u200e'],
    ['００１２３４５６７９'],
  ])('%j is a national id', (text) => {
    expect(readText(text)).toEqual({ kind: 'person', person });
  });

  it.each([['0'], ['۰'], ['٠'], [' 0 '], ['0#'], ['*0#'], ['00'], ['-0\n']])('%j asks about oneself', (text) => {
    expect(readText(text)).toEqual({ kind: 'own' });
  });

  it.each([
    ['100001*0012345679', '100001'],
    ['100001 0012345679', '100001'],
    ['100001#0012345679', '100001'],
    ['100001-0012345679', '100001'],
    ['100001\n0012345679', '100001'],
    ['۱۰۰۰۰۱*۰۰۱۲۳۴۵۶۷۹', '100001'],
    ['*100001*0012345679#', '100001'],
    ['ph-7 * 12345679', 'PH 7'],
    ['0012345679*1234567891', '0012345679'],
  ])('%j names a provider first', (text, code) => {
    const id = text.endsWith('7891') ? 1234567891n : person;
    expect(readText(text)).toEqual({ kind: 'byProvider', code, person: id });
  });

  it.each([['0012345678'], ['1111111111'], ['1234567'], ['00123456789'], ['100001*0012345678'], ['012345678901']])(
    '%j is meant as an id, and is none',
    (text) => {
      expect(readText(text)).toEqual({ kind: 'wrongId' });
    },
  );

  it.each([
    [''],
    [' '],
    ['***'],
    ['سلام'],
    ['help'],
    ['1'],
    ['5'],
    ['0 0 a'],
    ['\u0000'],
    ['\ud800'],
    ['1'.repeat(500)],
  ])('%j is something else', (text) => {
    expect(readText(text)).toEqual({ kind: 'other' });
  });

  it('is read, whatever it is, and an id is found in whatever digits and separators it is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const said = readText(text);
        if ('person' in said) expect(said.person).toBeGreaterThan(0n);
        expect(sameText(sameText(text))).toBe(sameText(text));
      }),
    );
    const zeros = [0x30, 0x06f0, 0x0660, 0x0966];
    const written = fc.record({
      id: fc.integer({ min: 1, max: 999_999_999 }).map((nine) => {
        const text = String(nine).padStart(9, '0');
        const digit = Array.from({ length: 10 }, (_, each) => `${text}${each}`).find(
          (each) => findNationalId(each) !== undefined,
        );
        return digit ?? '0012345679';
      }),
      zero: fc.constantFrom(...zeros),
      before: fc.stringMatching(/^[ *#\n-]{0,3}$/),
      after: fc.stringMatching(/^[ *#\n-]{0,3}$/),
    });
    fc.assert(
      fc.property(written, ({ id, zero, before, after }) => {
        const digits = id.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
        expect(readText(`${before}${digits}${after}`)).toEqual({ kind: 'person', person: BigInt(id) });
      }),
    );
  });
});
