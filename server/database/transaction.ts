import type { Pool, PoolClient } from 'pg';
import { Fault } from '../platform/index.ts';
import { asFault, isConnectionLost } from './sqlstate.ts';

/**
 * Runs the work in one transaction: committed when it returns, rolled back when it throws. Errors of the database come
 * out as faults of the closed list; DATABASE_OUTCOME_UNKNOWN alone may have been committed.
 */
export async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw asFault(error);
  });
  let isLost = false;
  try {
    await client.query('begin');
    const result = await work(client);
    const { command } = await client.query('commit');
    // PostgreSQL answers the COMMIT of a failed transaction with a silent ROLLBACK.
    if (command !== 'COMMIT') throw new Fault('DATABASE_FAULT', 'The work went on after one of its statements failed.');
    return result;
  } catch (error) {
    isLost = isConnectionLost(error) || !(await rollBack(client));
    throw asFault(error);
  } finally {
    client.release(isLost);
  }
}

async function rollBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}
