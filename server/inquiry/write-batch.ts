import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { findFaultCode } from '../database/index.ts';
import {
  findInquiries,
  insertInquiries,
  insertKeyedInquiries,
  type JournalRow,
  type RequestKey,
} from '../decisions/index.ts';
import { readingAgain } from './read-batch.ts';

const pausesMs = [20, 100, 400];

export interface Written {
  readonly row: JournalRow;
  /** Absent where no request id was given. */
  readonly key: RequestKey | undefined;
}

/**
 * Writes a batch in one statement, which is its own transaction. Where it stays unknown whether it was committed, the rows are looked up before they
 * are written again, under the same ids: none is ever written twice.
 * @returns the ids of those that were not written, since another process has answered the same request meanwhile
 */
export async function writeBatch(pool: Pool, batch: readonly Written[]): Promise<ReadonlySet<bigint>> {
  let isUnknown = false;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await writeOnce(pool, batch);
    } catch (error) {
      const code = findFaultCode(error);
      if (code === 'DATABASE_OUTCOME_UNKNOWN') isUnknown = true;
      const pause = pausesMs[attempt];
      const isWorthAnother = isUnknown || code === 'DATABASE_UNAVAILABLE' || code === 'DATABASE_CONFLICT';
      if (!isWorthAnother || pause === undefined) throw error;
      await sleep(pause);
    }
    if (!isUnknown) continue;
    const rows = batch.map(({ row }) => row);
    const there = await readingAgain(() => findInquiries(pool, rows));
    if (there.size > 0) return missingOf(rows, there);
  }
}

async function writeOnce(pool: Pool, batch: readonly Written[]): Promise<ReadonlySet<bigint>> {
  const keys = batch.flatMap(({ key }) => key ?? []);
  const rows = batch.map(({ row }) => row);
  if (keys.length === 0) {
    await insertInquiries(pool, rows);
    return new Set();
  }
  const written = await insertKeyedInquiries(pool, rows, keys);
  return missingOf(rows, written);
}

function missingOf(rows: readonly JournalRow[], there: { has: (id: bigint) => boolean }): ReadonlySet<bigint> {
  return new Set(rows.map(({ id }) => id).filter((id) => !there.has(id)));
}
