import type { Database } from '../database/index.ts';
import { applyRetention, findPartitionsEnd, forgetRequestKeys, makePartitions } from '../decisions/index.ts';
import { Fault, type Log } from '../platform/index.ts';
import type { Job } from './job.ts';
import { daysUntil } from './watch-partitions.ts';

const minute = 60;
const hour = 60 * minute;
/** Partitions are made three months ahead: so few days mean that they have not been made for two months. */
const fewDaysAhead = 31;

/**
 * What the journal needs from time to time. All of it is the owner's work, which the application's role cannot do.
 * @param keepYears how many years of the journal are kept; absent: all, until the command `retention` is run
 */
export function journalJobs(
  { pool, asOwner }: Pick<Database, 'pool' | 'asOwner'>,
  { log, keepYears }: { readonly log: Log; readonly keepYears: number | undefined },
): readonly Job[] {
  const partitions: Job = {
    name: 'journal-partitions',
    everySeconds: 6 * hour,
    run: async (now) => {
      await asOwner((owner) => makePartitions(owner, now));
      const daysAhead = Math.floor(daysUntil(await findPartitionsEnd(pool, now), now));
      log[daysAhead < fewDaysAhead ? 'error' : 'info']({ daysAhead }, 'partitions of the journal');
    },
  };
  const requestIds: Job = {
    name: 'request-ids',
    // Often, so that there are few at a time.
    everySeconds: 10 * minute,
    run: async (now) => {
      const forgotten = await asOwner((owner) => forgetRequestKeys(owner, now));
      log.debug({ forgotten }, 'request ids that were old');
    },
  };
  if (keepYears === undefined) return [partitions, requestIds];
  const retention: Job = {
    name: 'journal-retention',
    everySeconds: 12 * hour,
    run: async (now) => {
      try {
        const { partitions: dropped } = await asOwner((owner) =>
          applyRetention(owner, { now, keepYears, isDryRun: false }),
        );
        if (dropped.length > 0) log.warn({ dropped }, 'months of the journal that were older than is kept');
      } catch (error) {
        // A backup or a report reads it: to try again at once would only keep inquiries waiting. The next time, then.
        if (!(error instanceof Fault && error.code === 'JOURNAL_IN_USE')) throw error;
        log.warn({ code: error.code }, 'months of the journal that are older than is kept stay for now');
      }
    },
  };
  return [partitions, requestIds, retention];
}
