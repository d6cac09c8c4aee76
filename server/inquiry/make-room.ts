import type { Database } from '../database/index.ts';
import { makePartitions } from '../decisions/index.ts';
import type { Clock } from '../platform/index.ts';

/**
 * Partitions of the journal are made ahead of time by a job. This stands behind it: before ids are written that lie beyond
 * the partitions that were seen last, they are made.
 */
export function createRoom(
  database: Pick<Database, 'asOwner'>,
  clock: Clock,
): (ids: readonly bigint[]) => Promise<void> {
  let until = 0n;
  let making: Promise<bigint> | undefined;
  return async (ids) => {
    if (!ids.some((id) => id >= until)) return;
    making ??= database.asOwner((owner) => makePartitions(owner, clock.now())).finally(() => (making = undefined));
    until = await making;
  };
}
