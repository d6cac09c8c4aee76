import { setImmediate } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { isoDay } from '@estehqaq/law';
import { transaction } from '../../database/index.ts';
import { findDelivery } from '../../notices/index.ts';
import { dayInTehran, todayInTehran } from '../../platform/index.ts';
import { insertTask } from '../cover-store.ts';
import { lockHousehold } from '../household-store.ts';
import { read } from '../sql.ts';
import { lockCase, takeCases, updateCase, type DecileCase } from './decile-store.ts';
import type { MeansTestParts } from './parts.ts';
import { decileDeadline, getDay } from './terms.ts';

/** What follows when they do not pay in time (M-59); `undefined`: it was not chosen, and nothing is shortened. */
export type OnUnpaid = 'runToExpiry' | 'endAtDeadline' | undefined;

type Parts = Pick<MeansTestParts, 'pool' | 'clock' | 'ids'> & { readonly onUnpaid: OnUnpaid };

const millisecondsPerDay = 86_400_000;
/** A process that dies leaves its cases to the others after this time. */
const takenForMs = 600_000;
const daysToNextDelivery = 0.25;
const daysToNextChoice = 7;

/**
 * Looks at the deciles 8 to 10 whose turn it is: whether the notice has arrived, whether they have paid, whether their
 * deadline is over. Finds nothing the second time.
 * @returns how many were looked at
 */
export async function followDeciles(parts: Parts, now: Date, limit: number): Promise<number> {
  const taken = await transaction(parts.pool, (client) =>
    takeCases(client, now, { limit, until: new Date(now.getTime() + takenForMs) }),
  );
  for (const each of taken) {
    await transaction(parts.pool, async (client) => {
      await lockHousehold(client, each.household);
      const current = await lockCase(client, each.household, each.result);
      if (current?.state === 'noticed' || current?.state === 'running') await follow(parts, client, current);
    });
    await setImmediate();
  }
  return taken.length;
}

async function follow(parts: Parts, client: PoolClient, current: DecileCase): Promise<void> {
  const { clock, onUnpaid } = parts;
  const now = clock.now();
  const deadline = await findDeadline(client, current);
  const { deadlineOn, deadlineFrom } = deadline;
  const today = todayInTehran(clock);
  const to = (state: DecileCase['state'], lookAgainInDays: number): Promise<void> => {
    const lookAt = new Date(now.getTime() + lookAgainInDays * millisecondsPerDay);
    const stateSince = state === current.state ? current.stateSince : now;
    return updateCase(client, current, { ...deadline, state, stateSince, lookAt });
  };
  if (await takesPart(client, current)) return to('paid', 0);
  if (deadlineOn === null) return to('noticed', daysToNextDelivery);
  const daysLeft = getDay(deadlineOn) - today;
  if (daysLeft >= 0) return to('running', deadlineFrom === 'delivery' ? daysLeft + 1 : 1);
  if (onUnpaid === 'runToExpiry') return to('runToExpiry', 0);
  // Never before a delivered notice, nor while nobody has chosen it (M-59). Both may come later.
  if (onUnpaid === undefined || deadlineFrom !== 'delivery') return to('running', daysToNextChoice);
  // A day that has begun is not taken back: somebody may have been told "entitled" on it.
  await endFreeCover(parts, client, current.household, isoDay(today));
  return to('ended', 0);
}

/** The month begins with the delivery; where nothing is known of one, with the sending (M-60). */
async function findDeadline(
  client: PoolClient,
  current: DecileCase,
): Promise<Pick<DecileCase, 'deadlineOn' | 'deadlineFrom'>> {
  const { household, result, deadlineOn, deadlineFrom } = current;
  if (deadlineFrom === 'delivery') return { deadlineOn, deadlineFrom };
  const delivery = await findDelivery(client, { owner: household, event: 'decile8To10', key: String(result) });
  const begun = delivery?.deliveredAt ?? delivery?.sentAt ?? null;
  if (begun === null) return { deadlineOn: null, deadlineFrom: null };
  return {
    deadlineOn: decileDeadline(isoDay(dayInTehran(begun))),
    deadlineFrom: delivery?.deliveredAt === null ? 'sending' : 'delivery',
  };
}

/** Since the notice they have paid for a cover. */
async function takesPart(client: PoolClient, { household, startedAt }: DecileCase): Promise<boolean> {
  const rows = await read(client, 'select from cover where household = $1 and not free and written_at >= $2 limit 1', [
    household,
    startedAt,
  ]);
  return rows.length > 0;
}

/** What was paid for is not shortened; the dossiers hear of it. */
async function endFreeCover(
  { clock, ids }: Parts,
  client: PoolClient,
  household: bigint,
  lastDay: string,
): Promise<void> {
  const ended = await read<{ person: bigint }>(
    client,
    `update cover_member set covered_until = $2
     from cover
     where cover_member.household = $1 and cover.household = $1 and cover.cover = cover_member.cover and cover.free
       and cover_member.covered_from <= $2 and cover_member.covered_until > $2
     returning cover_member.person`,
    [household, lastDay],
  );
  const tasks = await ids.make(ended.map(() => household));
  for (const [index, { person }] of ended.entries()) {
    await insertTask(client, { household, task: tasks[index] ?? 0n, person }, clock.now());
  }
}
