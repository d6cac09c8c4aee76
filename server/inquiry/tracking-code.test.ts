import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestId } from '../platform/index.ts';
import { checkDigit, inGroups, TrackingCodes } from './tracking-code.ts';

const codes = new TrackingCodes(Buffer.alloc(16, 7));
const ids = fc.bigInt({ min: 0n, max: highestId });
const ten = Array.from({ length: 10 }, (_, digit) => digit);

describe('the check digit', () => {
  it('tells every wrong digit and every swap of neighbours, after whatever stands before them', () => {
    // What stands before decides a state, what comes after keeps two states apart: so these are all cases.
    const states = ten.map((state) => ten.map(String).find((digit) => checkDigit(digit) === state) ?? '');
    expect(states.every((prefix) => prefix !== '')).toBe(true);
    for (const prefix of states) {
      expect(new Set(ten.map((digit) => checkDigit(`${prefix}${digit}`))).size).toBe(10);
      for (const one of ten) {
        for (const other of ten) {
          if (one === other) continue;
          expect(checkDigit(`${prefix}${one}${other}`)).not.toBe(checkDigit(`${prefix}${other}${one}`));
        }
      }
    }
    for (const digit of ten) expect(new Set(states.map((prefix) => checkDigit(`${prefix}${digit}`))).size).toBe(10);
  });

  it('tells them in whole codes, the check digit included', () => {
    fc.assert(
      fc.property(ids, (id) => {
        const code = codes.codeOf(id);
        for (let place = 0; place < 16; place += 1) {
          const [before, here = '', after] = [code.slice(0, place), code[place], code.slice(place + 1)];
          for (const digit of ten.map(String)) {
            if (digit !== here) expect(codes.findId(`${before}${digit}${after}`)).toBeUndefined();
          }
          const next = code[place + 1];
          if (next !== undefined && next !== here) {
            expect(codes.findId(`${before}${next}${here}${code.slice(place + 2)}`)).toBeUndefined();
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a tracking code', () => {
  it('has sixteen digits and leads back to its id, and to no other', () => {
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 40 }), (some) => {
        const made = codes.codesOf(some);
        expect(made.every((code) => /^\d{16}$/.test(code))).toBe(true);
        expect(made.map((code) => codes.findId(code))).toEqual(some);
      }),
      { numRuns: 300 },
    );
    expect(codes.findId(codes.codeOf(highestId))).toBe(highestId);
    expect(codes.findId(codes.codeOf(0n))).toBe(0n);
  });

  it('is not to be guessed from the one before it', () => {
    const first = 250_000_000_000_000n;
    const made = codes.codesOf(Array.from({ length: 5_000 }, (_, index) => first + BigInt(index)));
    for (let place = 0; place < 16; place += 1) {
      const counts = ten.map((digit) => made.filter((code) => code[place] === String(digit)).length);
      for (const count of counts) expect(count).toBeGreaterThan(400);
      const same = made.filter((code, index) => code[place] === made[index + 1]?.[place]).length;
      expect(same).toBeLessThan(620);
    }
  });

  it('is another under another key', () => {
    const other = new TrackingCodes(randomBytes(16));
    expect(other.codeOf(12_345n)).not.toBe(codes.codeOf(12_345n));
  });

  it('is read as people write it', () => {
    const id = 123_456_789_012n;
    const code = codes.codeOf(id);
    const inPersian = code.replace(/\d/g, (digit) => String.fromCodePoint(0x06f0 + Number(digit)));
    const inArabic = code.replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit)));
    for (const text of [
      code,
      inGroups(code),
      ` ${inGroups(code)} `,
      inGroups(code).replaceAll(' ', '-'),
      inGroups(code).replaceAll(' ', '–'),
      inGroups(inPersian),
      inPersian,
      inArabic,
      `\u200f${inPersian}\u200e`,
      inGroups(inPersian).replaceAll(' ', '\u200c'),
    ]) {
      expect(codes.findId(text)).toBe(id);
    }
  });

  it('is shown in groups of four', () => {
    expect(inGroups('1234567890123456')).toBe('1234 5678 9012 3456');
  });

  it.each(['', '0', '123', 'abcdabcdabcdabcd', '12345678901234567', '1234 5678 9012 345x', '1'.repeat(1_000)])(
    'is not %j',
    (text) => {
      expect(codes.findId(text)).toBeUndefined();
    },
  );
});
