import { InvalidArgumentError } from 'commander';
import { findDayInEitherCalendar } from '../../cases/index.ts';

/** A day as it is typed. @throws InvalidArgumentError, which commander tells */
export function dayOption(text: string) {
  const found = findDayInEitherCalendar(text);
  if (found === undefined) throw new InvalidArgumentError('A day is 2020-07-22, or 1399/05/01 for Solar Hijri.');
  return found;
}
