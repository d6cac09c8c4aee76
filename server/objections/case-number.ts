import { randomInt } from 'node:crypto';
import { withLatinDigits } from '../platform/index.ts';

/**
 * The number of a case: eleven digits, the first not zero, that 97 divides, drawn by lot. So
 * - every single wrong digit and every swap of two digits is noticed while it is still on the telephone (10 is a
 *   primitive root of 97: no two places weigh the same);
 * - it can be taken neither for a national id nor for a mobile, nor for a tracking code: none has eleven digits and
 *   begins so;
 * - it says neither when it was given nor how many there are.
 */
const divisor = 97;
const digits = 11;
const first = Math.ceil(10 ** (digits - 1) / divisor);
const afterLast = Math.ceil(10 ** digits / divisor);

export type DrawCaseNumber = () => bigint;

export const drawCaseNumber: DrawCaseNumber = () => BigInt(randomInt(first, afterLast)) * BigInt(divisor);

/** @param text as people write it: blanks and dashes are passed over, digits of any script are read */
export function findCaseNumber(text: string): bigint | undefined {
  const written = withLatinDigits(text).replace(/[\s\p{Pd}\p{Cf}]/gu, '');
  if (!/^[1-9]\d{10}$/.test(written)) return undefined;
  const caseNumber = BigInt(written);
  return caseNumber % BigInt(divisor) === 0n ? caseNumber : undefined;
}
