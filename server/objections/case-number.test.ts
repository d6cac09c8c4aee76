import { describe, expect, it } from 'vitest';
import { findNationalId } from '../platform/index.ts';
import { drawCaseNumber, findCaseNumber } from './case-number.ts';

const drawn = Array.from({ length: 200 }, () => String(drawCaseNumber()));

describe('a case number', () => {
  it('is read as it is said: blanks, dashes and digits of any script', () => {
    const number = 97n * 1_000_000_000n;
    for (const written of ['97000000000', '970 0000 0000', '970-0000-0000', '۹۷۰۰۰۰۰۰۰۰۰', ' 97000000000 ']) {
      expect(findCaseNumber(written)).toBe(number);
    }
    for (const written of ['', 'x', '9700000000', '970000000000', '09700000000', '97000000001', '97,000000000']) {
      expect(findCaseNumber(written)).toBeUndefined();
    }
  });

  it('notices every wrong digit and every swap of two digits', () => {
    for (const number of drawn.slice(0, 20)) {
      const at = (place: number): string => number[place] ?? '';
      for (let one = 0; one < number.length; one += 1) {
        for (const digit of '0123456789') {
          const wrong = `${number.slice(0, one)}${digit}${number.slice(one + 1)}`;
          if (wrong !== number) expect(findCaseNumber(wrong), `${number} ${wrong}`).toBeUndefined();
        }
        for (let other = one + 1; other < number.length; other += 1) {
          const middle = number.slice(one + 1, other);
          const swapped = `${number.slice(0, one)}${at(other)}${middle}${at(one)}${number.slice(other + 1)}`;
          if (swapped !== number) expect(findCaseNumber(swapped), `${number} ${swapped}`).toBeUndefined();
        }
      }
    }
  });

  it('is drawn by lot and is no national id', () => {
    expect(new Set(drawn).size).toBe(drawn.length);
    for (const number of drawn) {
      expect(findCaseNumber(number)).toBe(BigInt(number));
      expect(findNationalId(number)).toBeUndefined();
    }
  });
});
