/** The time is handed in: tests set it, and nothing else reads the machine's clock for what is recorded. */
export interface Clock {
  readonly now: () => Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** The law's day, counted from 1970-01-01; the law has the same type, and this place does not know the law. */
export type Day = number & { readonly unit: 'day' };

const millisecondsPerDay = 86_400_000;

const inTehran = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
  timeZone: 'Asia/Tehran',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});

/** The calendar day at this moment in Tehran, summer time of the years that had it included. */
export function dayInTehran(moment: Date): Day {
  const parts = inTehran.formatToParts(moment);
  const numberOf = (wanted: string): number => Number(parts.find(({ type }) => type === wanted)?.value);
  return (Date.UTC(numberOf('year'), numberOf('month') - 1, numberOf('day')) / millisecondsPerDay) as Day;
}

export function todayInTehran(clock: Clock): Day {
  return dayInTehran(clock.now());
}
