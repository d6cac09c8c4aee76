import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { asFault } from '../../database/index.ts';

/** Any number that nobody else uses for an advisory lock in this database. */
const lockKey = 7_170_427;
const askAgainMs = 200;

/** One import at a time works with the staging tables; another one waits. Lost with its connection. */
export async function takeTestLock(
  pool: Pool,
): Promise<{ readonly client: PoolClient; readonly release: () => Promise<void> }> {
  for (;;) {
    const client = await pool.connect().catch((error: unknown) => {
      throw asFault(error);
    });
    const ignore = (): void => undefined; // what is under way reports that the connection is lost
    client.on('error', ignore);
    const taken = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lockKey]).then(
      ({ rows }) => rows[0]?.taken === true,
      (error: unknown) => {
        client.release(true);
        throw asFault(error);
      },
    );
    const release = async (): Promise<void> => {
      const isFree = await client.query('select pg_advisory_unlock($1)', [lockKey]).then(
        () => true,
        () => false,
      );
      client.off('error', ignore);
      client.release(!isFree);
    };
    if (taken) return { client, release };
    client.off('error', ignore);
    client.release();
    await sleep(askAgainMs);
  }
}
