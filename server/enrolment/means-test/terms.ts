import { findDay, findHijriDay, isoDay, plusMonths, type Book, type Day } from '@estehqaq/law';

/** The ministry has one month from the sending of the inquiry (M-06, M-21). */
const answerWithinMonths = 1;
/** Who is in deciles 8 to 10 has one month from the delivery of the notice (M-60, M-61). */
const decileMonths = 1;

/** The last day on which a result is in time. @param sentOn ISO */
export function dueOn(sentOn: string): string {
  return isoDay(plusMonths(getDay(sentOn), answerWithinMonths));
}

/** The last day of the month that deciles 8 to 10 have. @param from ISO */
export function decileDeadline(from: string): string {
  return isoDay(plusMonths(getDay(from), decileMonths));
}

/** While the means test is suspended no inquiry is sent (M-20). */
export function isSuspended(book: Book, on: Day): boolean {
  return book.suspensions.some(
    ({ clause, from, until }) => clause === 'M-20' && getHijri(from) <= on && on <= getHijri(until),
  );
}

/** An ISO day that was written by us. */
export function getDay(text: string): Day {
  const day = findDay(text);
  if (day === undefined) throw new RangeError(`${text} is no day`);
  return day;
}

function getHijri(text: string): Day {
  const day = findHijriDay(text);
  if (day === undefined) throw new RangeError(`${text} is no day`);
  return day;
}
