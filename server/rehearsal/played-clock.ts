import type { Day } from '@estehqaq/law';
import type { Clock } from '../platform/index.ts';

const millisecondsPerDay = 86_400_000;
/** In UTC; Tehran is three and a half hours ahead, or four and a half. */
const hours = { morning: 5.5, noon: 8.5, afternoon: 12.5 } as const;

/** The clock of a rehearsal: it stands still until it is set. */
export class PlayedClock implements Clock {
  #now = new Date(0);
  readonly now = (): Date => this.#now;

  set(day: Day, hour: keyof typeof hours): void {
    this.#now = new Date(day * millisecondsPerDay + hours[hour] * 3_600_000);
  }

  /** Before anything that can happen on a day. */
  startOf(day: Day): Date {
    return new Date(day * millisecondsPerDay);
  }
}
