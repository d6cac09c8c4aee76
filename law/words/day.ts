/** A calendar day, counted from 1970-01-01 (day 0). Days have no hour and no time zone. */
export type Day = number & { readonly unit: 'day' };

/** A day as the law writes it: Solar Hijri year, month 1..12 and day of the month 1..31. */
export type HijriDate = { readonly year: number; readonly month: number; readonly day: number };

/** Later than every day that the law can compute: what holds until then holds without an end. */
export const endOfTime = 4_000_000 as Day;

/** Earlier than every day that the law can compute. */
export const beginningOfTime = -4_000_000 as Day;

export function plusDays(day: Day, days: number): Day {
  return (day + days) as Day;
}

export function later(one: Day, other: Day): Day {
  return one > other ? one : other;
}

const gregorianMonthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function gregorianMonthLength(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (gregorianMonthLengths[month - 1] ?? 0);
}

/** The number that the digits of `text` from `start` to before `end` write, or NaN where one of them is no digit. */
function digits(text: string, start: number, end: number): number {
  let number = 0;
  for (let index = start; index < end; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/**
 * The day of a Gregorian date, by counting in years that begin in March, so that the leap day comes last.
 * @param year four digits; `month` 1..12; `day` 1..31, not checked against the month
 */
export function dayOfGregorian(year: number, month: number, day: number): Day {
  const marchYear = month > 2 ? year : year - 1;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const daysBeforeYear =
    365 * marchYear + Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const daysBeforeMonth = Math.floor((153 * monthFromMarch + 2) / 5);
  return (daysBeforeYear + daysBeforeMonth + day - 719_469) as Day;
}

/** The day that `text` (`2019-11-06`) names in the Gregorian calendar; absent where it names none. */
export function findDay(text: string): Day | undefined {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const exists = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= gregorianMonthLength(year, month);
  if (!exists) return undefined;
  return dayOfGregorian(year, month, day);
}

function twoDigits(number: number): string {
  return number < 10 ? `0${String(number)}` : String(number);
}

function inIsoForm(day: Day): string {
  const fromMarchYearZero = day + 719_468;
  const era = Math.floor(fromMarchYearZero / 146_097);
  const dayOfEra = fromMarchYearZero - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

const rememberedDays = 4096;
const remembered = new Array<{ day: Day; text: string } | undefined>(rememberedDays).fill(undefined);

/** A day as a Gregorian ISO date: `2019-11-06`. Most decisions name days that others have named before. */
export function isoDay(day: Day): string {
  const place = day & (rememberedDays - 1);
  const known = remembered[place];
  if (known?.day === day) return known.text;
  const text = inIsoForm(day);
  remembered[place] = { day, text };
  return text;
}
