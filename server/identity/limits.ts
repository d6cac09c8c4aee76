import type { Pool, PoolClient } from 'pg';
import { asFault } from '../database/index.ts';
import { Fault, meaningOf, type Clock, type Keys } from '../platform/index.ts';
import { keyedHash } from './secrets.ts';

/** At most so many in so many seconds; kept in the database, so that it holds for all processes together. */
export interface Limit {
  readonly name: string;
  readonly most: number;
  readonly seconds: number;
}

/** RATE_LIMITED, and when to come again. */
export class TooOften extends Fault {
  readonly retryAfterSeconds: number;

  constructor(seconds: number) {
    super('RATE_LIMITED', meaningOf('RATE_LIMITED'));
    this.retryAfterSeconds = Math.max(1, Math.ceil(seconds));
  }
}

interface LimitParts {
  readonly pool: Pick<Pool | PoolClient, 'query'>;
  readonly clock: Clock;
  readonly keys: Pick<Keys, 'pepper'>;
}

/** Counts one more for this key. @returns the seconds to wait; 0 where it is within the limit */
export async function takeLimit({ pool, clock, keys }: LimitParts, limit: Limit, key: string): Promise<number> {
  const now = clock.now();
  try {
    const { rows } = await pool.query<{ count: number; until: Date }>({
      name: 'identity-limit',
      text: `
        insert into identity_limit as known (bucket, count, until) values ($1, 1, $3)
        on conflict (bucket) do update set
          count = case when known.until <= $2 then 1 else known.count + 1 end,
          until = case when known.until <= $2 then excluded.until else known.until end
        returning count, until`,
      values: [bucketOf(keys, limit, key), now, new Date(now.getTime() + limit.seconds * 1000)],
    });
    const { count, until } = rows[0] ?? { count: Infinity, until: now };
    return count > limit.most ? Math.max(1, (until.getTime() - now.getTime()) / 1000) : 0;
  } catch (error) {
    throw asFault(error);
  }
}

/** Of a success: what was tried before is forgotten. */
export async function clearLimit({ pool, keys }: LimitParts, limit: Limit, key: string): Promise<void> {
  try {
    await pool.query('delete from identity_limit where bucket = $1', [bucketOf(keys, limit, key)]);
  } catch (error) {
    throw asFault(error);
  }
}

function bucketOf(keys: Pick<Keys, 'pepper'>, { name }: Limit, key: string): Buffer {
  return keyedHash(keys, `limit ${name}`, key);
}
