import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { findPartitionsEnd } from '../decisions/index.ts';
import { Gauge, type Clock, type Registry } from '../platform/index.ts';

const millisecondsPerDay = 86_400_000;
/** A database that stands still keeps nobody waiting who reads the metrics; then what was seen last is told. */
const patienceMs = 500;

export function daysUntil(moment: Date, now: Date): number {
  return (moment.getTime() - now.getTime()) / millisecondsPerDay;
}

/** Counts in every process for how many days there are partitions of the journal, whichever process makes them. */
export function watchPartitions(registry: Registry, pool: Pick<Pool, 'query'>, clock: Clock): void {
  let end: Date | undefined;
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    end = await findPartitionsEnd(pool, clock.now()).catch(() => end);
  };
  const gauge: Gauge = new Gauge({
    name: 'estehqaq_journal_partition_days_ahead',
    help: 'Days for which the journal has partitions; below 0 no inquiry could be recorded',
    registers: [registry],
    collect: async () => {
      looking ??= look().finally(() => (looking = undefined));
      await Promise.race([looking, sleep(patienceMs, undefined, { ref: false })]);
      gauge.set(end === undefined ? Number.NaN : daysUntil(end, clock.now()));
    },
  });
}
