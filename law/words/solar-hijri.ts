import { dayOfGregorian, plusDays, type Day, type HijriDate } from './day.ts';

/**
 * Solar Hijri reckoning by a table of New Year days.
 *
 * The 33-year rule gives the official calendar exactly from 1178/01/01 to 1502/12/29 (compared day by day with ICU); outside
 * of these days it is the rule that the law's own computations go on by.
 */

const firstYear = 1000;
const lastYear = 2000;
const anchorYear = 1399;
const anchorNewYear = dayOfGregorian(2020, 3, 20);

export function isLeapYear(year: number): boolean {
  return (25 * year + 11) % 33 < 8;
}

function yearLength(year: number): number {
  return isLeapYear(year) ? 366 : 365;
}

/** The day of 1 Farvardin of every year from `firstYear` to the one after `lastYear`. */
function newYearDays(): Int32Array {
  const days = new Int32Array(lastYear - firstYear + 2);
  days[anchorYear - firstYear] = anchorNewYear;
  for (let year = anchorYear; year <= lastYear; year += 1) {
    days[year + 1 - firstYear] = (days[year - firstYear] ?? 0) + yearLength(year);
  }
  for (let year = anchorYear - 1; year >= firstYear; year -= 1) {
    days[year - firstYear] = (days[year + 1 - firstYear] ?? 0) - yearLength(year);
  }
  return days;
}

const newYears = newYearDays();

function newYearDay(year: number): number {
  const day = newYears[year - firstYear];
  if (day === undefined)
    throw new RangeError(
      `Solar Hijri years ${String(firstYear)} to ${String(lastYear)} are known, not ${String(year)}`,
    );
  return day;
}

/** @param month 1..12 @returns 29, 30 or 31 days */
export function monthLength(year: number, month: number): number {
  if (month <= 6) return 31;
  if (month <= 11 || isLeapYear(year)) return 30;
  return 29;
}

function daysBeforeMonth(month: number): number {
  return month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
}

/** The day of a Solar Hijri date that is known to exist. */
export function dayOfHijri(year: number, month: number, day: number): Day {
  return (newYearDay(year) + daysBeforeMonth(month) + day - 1) as Day;
}

/** The Solar Hijri year of a day. */
export function hijriYear(day: Day): number {
  let year = anchorYear + Math.floor((day - anchorNewYear) / 365.2425);
  if (day >= newYearDay(year + 1)) year += 1;
  else if (day < newYearDay(year)) year -= 1;
  return year;
}

/** The Solar Hijri date of a day. */
export function hijriDate(day: Day): HijriDate {
  const year = hijriYear(day);
  const dayOfYear = day - newYearDay(year);
  const month = dayOfYear < 186 ? Math.floor(dayOfYear / 31) + 1 : Math.floor((dayOfYear - 186) / 30) + 7;
  return { year, month, day: dayOfYear - daysBeforeMonth(month) + 1 };
}

/** The day that `text` (`1398/08/01`) names in the Solar Hijri calendar; absent where it names none. */
export function findHijriDay(text: string): Day | undefined {
  const match = /^(\d{4})\/(\d{2})\/(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1 || day > monthLength(year, month))
    return undefined;
  return dayOfHijri(year, month, day);
}

/** The day that `text` names. @throws RangeError where it names none */
export function getHijriDay(text: string): Day {
  const day = findHijriDay(text);
  if (day === undefined) throw new RangeError(`${text} is no Solar Hijri day`);
  return day;
}

/**
 * The same day of the month, `months` months later, or the last day of that month where it is shorter (contract:
 * "N months after a day").
 */
export function plusMonths(day: Day, months: number): Day {
  const from = hijriDate(day);
  const monthsFromYearZero = from.year * 12 + (from.month - 1) + months;
  const year = Math.floor(monthsFromYearZero / 12);
  const month = monthsFromYearZero - year * 12 + 1;
  return dayOfHijri(year, month, Math.min(from.day, monthLength(year, month)));
}

/** The day on which one who was born on `birthDate` has reached `years` full years of age. */
export function birthday(birthDate: Day, years: number): Day {
  return plusMonths(birthDate, years * 12);
}

/** A Solar Hijri month, counted in months from the year 0: its months can be added to. */
export type HijriMonth = number & { readonly unit: 'month' };

export function hijriMonth(year: number, month: number): HijriMonth {
  return (year * 12 + month - 1) as HijriMonth;
}

/** The year, and the month 1..12, of a counted month. */
export function yearAndMonth(month: HijriMonth): { readonly year: number; readonly month: number } {
  const year = Math.floor(month / 12);
  return { year, month: month - year * 12 + 1 };
}

/** The last day of the month that lies `months` after `month`. */
export function lastDayOfMonth(month: HijriMonth, months: number): Day {
  const { year, month: ofYear } = yearAndMonth((month + months) as HijriMonth);
  return dayOfHijri(year, ofYear, monthLength(year, ofYear));
}

/** The last day of a term of `months` months that begins on `firstDay`. */
export function lastDayOfTerm(firstDay: Day, months: number): Day {
  return plusDays(plusMonths(firstDay, months), -1);
}
