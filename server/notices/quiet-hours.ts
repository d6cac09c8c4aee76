import { dayInTehran } from '../platform/index.ts';

/** From which day on, and between which hours in Tehran, people are left in peace. */
export interface QuietHours {
  /** ISO, inclusive; until the next entry. */
  readonly fromDay: string;
  /** 0 to 23; with an earlier `untilHour` it goes over midnight. Equal: there are none. */
  readonly fromHour: number;
  /** 0 to 23, not inclusive. */
  readonly untilHour: number;
}

/** By no clause: a courtesy, and what operators ask of senders. */
export const usualQuietHours: readonly QuietHours[] = [{ fromDay: '2019-01-01', fromHour: 22, untilHour: 8 }];

const inTehran = new Intl.DateTimeFormat('en-u-nu-latn', {
  timeZone: 'Asia/Tehran',
  hour: 'numeric',
  hourCycle: 'h23',
});

const millisecondsPerDay = 86_400_000;

export function isQuiet(hours: readonly QuietHours[], at: Date): boolean {
  const day = new Date(dayInTehran(at) * millisecondsPerDay).toISOString().slice(0, 10);
  const inForce = hours.findLast(({ fromDay }) => fromDay <= day);
  if (inForce === undefined) return false;
  const { fromHour, untilHour } = inForce;
  const hour = Number(inTehran.format(at));
  return fromHour <= untilHour ? hour >= fromHour && hour < untilHour : hour >= fromHour || hour < untilHour;
}

/** Tehran is 3½ hours ahead of UTC, in the summers of the years before 1402 4½. @param isoDay `2020-05-25` */
export function startOfDayInTehran(isoDay: string): Date {
  const midnightUtc = Date.parse(`${isoDay}T00:00:00Z`);
  const day = midnightUtc / millisecondsPerDay;
  // The day that the clocks went forward began at one; its first moment is the one sought.
  const summer = new Date(midnightUtc - 4.5 * 3_600_000);
  return dayInTehran(summer) === day ? summer : new Date(midnightUtc - 3.5 * 3_600_000);
}
