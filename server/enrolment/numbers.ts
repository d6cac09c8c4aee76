import { randomInt } from 'node:crypto';
import { withLatinDigits } from '../platform/index.ts';

/**
 * Numbers that people read out: the first digit not zero, 97 divides them, drawn by lot. Every single wrong digit and
 * every swap of two digits is noticed, and none says when it was given. Applications have 13 digits and booklets 14:
 * so many have neither national ids and mobiles nor cases of objection and tracking codes.
 */
const divisor = 97;

type Digits = 13 | 14;
export const applicationDigits = 13;
export const bookletDigits = 14;

export type DrawNumber = (digits: Digits) => bigint;

export const drawNumber: DrawNumber = (digits) => {
  const first = Math.ceil(10 ** (digits - 1) / divisor);
  const afterLast = Math.ceil(10 ** digits / divisor);
  return BigInt(randomInt(first, afterLast)) * BigInt(divisor);
};

/** @param text as people write it: blanks and dashes are passed over, digits of any script are read */
export function findNumber(text: string, digits: Digits): bigint | undefined {
  const written = withLatinDigits(text).replace(/[\s\p{Pd}\p{Cf}]/gu, '');
  if (written.length !== digits || !/^[1-9]\d+$/.test(written)) return undefined;
  const number = BigInt(written);
  return number % BigInt(divisor) === 0n ? number : undefined;
}
