import { findDay, isoDay, type Day } from '../words/day.ts';
import { dayOfHijri, hijriMonth, monthLength, type HijriMonth } from '../words/solar-hijri.ts';
import { oneOf, scalar, wholeNumber, type Shape } from './shape.ts';
import type { Fund, Insurer } from '../facts.ts';

const firstYear = 1300;
const lastYear = 1499;
const firstDay = dayOfHijri(firstYear, 1, 1);
const lastDay = dayOfHijri(lastYear, 12, monthLength(lastYear, 12));

/** A day of the years 1300 to 1499, written as a Gregorian date. */
export const day: Shape<Day> = scalar(
  `a Gregorian day like "2019-11-06" from ${isoDay(firstDay)} to ${isoDay(lastDay)}`,
  { type: 'string', format: 'date', description: `${isoDay(firstDay)} to ${isoDay(lastDay)}` },
  (value) => {
    const named = typeof value === 'string' ? findDay(value) : undefined;
    return named !== undefined && named >= firstDay && named <= lastDay ? named : undefined;
  },
);

const monthPattern = /^(1[34]\d\d)-(0[1-9]|1[0-2])$/;

/** A Solar Hijri month of the years 1300 to 1499: `1399-02`. */
export const month: Shape<HijriMonth> = scalar(
  `a Solar Hijri month like "1399-02" of the years ${String(firstYear)} to ${String(lastYear)}`,
  { type: 'string', pattern: monthPattern.source },
  (value) => {
    const match = typeof value === 'string' ? monthPattern.exec(value) : null;
    return match === null ? undefined : hijriMonth(Number(match[1]), Number(match[2]));
  },
);

/** Whole rials. Beyond 2^53 a JSON number is no longer exact. */
export const rials = wholeNumber(0, 2 ** 53);

export const decile = wholeNumber(1, 10);

export const insurer: Shape<Insurer> = oneOf(['tamin', 'ihio', 'armedForces', 'other']);
export const otherInsurer: Shape<Exclude<Insurer, 'tamin'>> = oneOf(['ihio', 'armedForces', 'other']);
export const fund: Shape<Fund> = oneOf(['employees', 'otherStrata', 'universal', 'rural']);
