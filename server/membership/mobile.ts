import { withLatinDigits } from '../platform/index.ts';

/** Mobiles. Inside the international number as a bigint (989121234567n), at the edge `+989121234567`. */

const pattern = /^(?:(?:\+|00)?98|0098|098|0)?(9\d{9})$/;

/**
 * @param text digits of any script, with or without the country's code; blanks, dashes and brackets are passed over
 * @returns undefined for what is no Iranian mobile; prefixes are not looked at, since numbers move between operators
 */
export function findMobile(text: string): bigint | undefined {
  const national = pattern.exec(withLatinDigits(text).replace(/[\s()\u200e\u200f\u202a-\u202e-]/gu, ''))?.[1];
  return national === undefined ? undefined : BigInt(`98${national}`);
}

export function mobileText(mobile: bigint): string {
  return `+${String(mobile)}`;
}
