import { findDay, type Day } from '@estehqaq/law';
import { checkDigitOf } from '../platform/index.ts';

/** National ids and mobiles of made-up people: well-formed, and none of them twice under one seed. */
export interface GeneratedIds {
  readonly national: () => string;
  readonly foreign: () => string;
  /** `+989…` */
  readonly mobile: () => string;
}

const nineDigits = 1_000_000_000;
const allEqual = 111_111_111;
/** It has no factor in common with 10^9: a walk with this step meets every number once before it comes round. */
const step = 618_033_989;

export function generatedIds(seed: number): GeneratedIds {
  const begin = Math.abs(Math.imul(seed + 1, 0x27d4_eb2f)) % nineDigits;
  const national = walk(begin);
  const foreign = walk(begin + 7);
  const mobile = walk(begin + 13);
  const nine = (number: number): string => String(number).padStart(9, '0');
  return {
    national: () => {
      let number = national();
      while (number % allEqual === 0) number = national();
      return `${nine(number)}${checkDigitOf(number)}`;
    },
    foreign: () => `151${nine(foreign())}`,
    mobile: () => `+989${nine(mobile())}`,
  };
}

function walk(begin: number): () => number {
  let number = begin % nineDigits;
  return () => {
    number = (number + step) % nineDigits;
    return number;
  };
}

/** For days that stand in the code. */
export function dayOfIso(text: string): Day {
  const day = findDay(text);
  if (day === undefined) throw new RangeError(`${text} is no day`);
  return day;
}
