import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { asFault, findFaultCode } from '../database/index.ts';
import { Fault } from '../platform/index.ts';
import { countOldRequestKeys, dropPartitions, forgetRequestKeys, listPartitionsBefore } from './partitions.ts';

export interface RetentionOptions {
  readonly now: Date;
  /** The journal of so many years is kept, whole months of it. */
  readonly keepYears: number;
  /** Say what would go, and let nothing go. */
  readonly isDryRun: boolean;
}

export interface Retention {
  /** Months of the journal that end before this are gone. */
  readonly before: Date;
  readonly partitions: readonly string[];
  readonly requestKeys: number;
}

/**
 * Lets go what need not be kept any more: old months of the journal, and request ids after their seven days. The owner's
 * work; the application can do neither.
 * @throws Fault JOURNAL_IN_USE while somebody reads the journal for long, DATABASE_…
 */
export async function applyRetention(
  owner: Client,
  { now, keepYears, isDryRun }: RetentionOptions,
): Promise<Retention> {
  const before = new Date(now);
  before.setUTCFullYear(now.getUTCFullYear() - keepYears);
  try {
    if (isDryRun) {
      const partitions = await listPartitionsBefore(owner, before);
      return { before, partitions, requestKeys: await countOldRequestKeys(owner, now) };
    }
    const partitions = await dropPatiently(owner, before);
    return { before, partitions, requestKeys: await forgetRequestKeys(owner, now) };
  } catch (error) {
    throw asFault(error);
  }
}

const attempts = 5;
const pauseMs = 1_000;

/**
 * A table is dropped when nobody reads the journal. While that is waited for, every inquiry waits behind it: so never for
 * longer than half a second at a time.
 */
async function dropPatiently(owner: Client, before: Date): Promise<readonly string[]> {
  const due = await listPartitionsBefore(owner, before);
  await owner.query(`set lock_timeout = '500ms'`);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const isDone = await dropPartitions(owner, before).then(
        () => true,
        (error: unknown) => {
          if (findFaultCode(error) !== 'DATABASE_CONFLICT') throw error;
          return false;
        },
      );
      if (isDone) return due;
      if (attempt === attempts) throw inUse();
      await sleep(pauseMs);
    }
  } finally {
    await owner.query('reset lock_timeout').catch(() => undefined);
  }
}

function inUse(): Fault {
  return new Fault(
    'JOURNAL_IN_USE',
    'The journal is being read for long, by a backup or a report perhaps. What could be dropped was; run it again later.',
  );
}
