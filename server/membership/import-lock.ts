import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { asFault } from '../database/index.ts';
import { Fault } from '../platform/index.ts';

/** Any number that nobody else uses for an advisory lock in this database. */
const lockKey = 7_170_425;
const askAgainMs = 200;

/** The right to import: one import at a time in a database, held by a connection of its own and lost with it. */
export interface ImportLock {
  readonly client: PoolClient;
  readonly pid: number;
  readonly release: () => Promise<void>;
}

/** Waits for an import that is under way, however long it takes; only who has the lock keeps a connection. */
export async function takeImportLock(pool: Pool): Promise<ImportLock> {
  for (;;) {
    const lock = await tryLock(pool);
    if (lock !== undefined) return lock;
    await sleep(askAgainMs);
  }
}

async function tryLock(pool: Pool): Promise<ImportLock | undefined> {
  const client = await pool.connect().catch((error: unknown) => {
    throw asFault(error);
  });
  try {
    const { rows } = await client.query<{ taken: boolean; pid: number }>(
      'select pg_try_advisory_lock($1) as taken, pg_backend_pid() as pid',
      [lockKey],
    );
    if (rows[0]?.taken === true) {
      // What is under way on this connection reports that it is lost; on the others `requireLock` finds out.
      client.on('error', ignore);
      return { client, pid: rows[0].pid, release: () => release(client) };
    }
    client.release();
    return undefined;
  } catch (error) {
    client.release(true);
    throw asFault(error);
  }
}

/** Inside a transaction that has read what was staged: nobody else can have emptied it, and ours it still is. */
export async function requireLock(client: PoolClient, { pid }: ImportLock): Promise<void> {
  const { rowCount } = await client.query(
    `select from pg_locks where locktype = 'advisory' and objid = $1 and pid = $2 and granted`,
    [lockKey, pid],
  );
  if (rowCount === 0) {
    throw new Fault('DATABASE_UNAVAILABLE', 'The import lost its connection to the database. Run it again.');
  }
}

async function release(client: PoolClient): Promise<void> {
  const isHeld = await client.query('select pg_advisory_unlock($1)', [lockKey]).then(
    () => true,
    () => false,
  );
  client.off('error', ignore);
  client.release(!isHeld);
}

function ignore(): void {
  // Nothing to do: see above.
}
