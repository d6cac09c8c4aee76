import type { PoolClient } from 'pg';
import { asFault, transaction } from '../database/index.ts';
import { recordEnrolment, type EnrolmentSaying } from '../membership/index.ts';
import { Fault } from '../platform/index.ts';
import { endTask, listCoversOfPerson, listDueTasks, type CoverTask } from './cover-store.ts';
import { isFault } from './actor.ts';
import { read } from './sql.ts';
import { isTemporary } from './member-key.ts';
import type { EnrolmentParts } from './parts.ts';

type DrainParts = Pick<EnrolmentParts, 'pool' | 'clock' | 'log'>;

const firstRetryMs = 5_000;
const longestRetryMs = 3_600_000;

/**
 * Writes into the dossiers what the covers say; by the content, so that it may be done again: a worker that dies between
 * the dossier and the mark that it is done leaves nothing wrong.
 * @returns how many dossiers were seen to
 */
export async function drainCovers(parts: DrainParts, now: Date, limit = 200): Promise<number> {
  const tasks = await listDueTasks(parts.pool, now, limit);
  for (const task of tasks) await drain(parts, task, now);
  return tasks.length;
}

async function drain({ pool, clock, log }: DrainParts, task: CoverTask, now: Date): Promise<void> {
  try {
    // A newborn without a national id has no dossier; it is known by its cover alone until the id comes.
    if (!isTemporary(task.person)) {
      const record = (): Promise<boolean> =>
        transaction(pool, (client) => recordEnrolment(client, clock, task.person, (open) => say(open, task)));
      // Somebody else has just entered the person: then there is a dossier to write into.
      await record().catch((error: unknown) => {
        if (isFault(error, 'DATABASE_DUPLICATE')) return record();
        throw error;
      });
    }
    await endTask(pool, task, { doneAt: now });
  } catch (error) {
    const failure = asFault(error);
    const fault = failure instanceof Fault ? failure.code : 'UNEXPECTED';
    log.error({ code: fault, attempts: task.attempts + 1 }, 'a cover is not in its dossier yet');
    const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(task.attempts, 16));
    await endTask(pool, task, { fault, dueAt: new Date(now.getTime() + waitMs) });
  }
}

interface MemberRow {
  readonly sex: 'male' | 'female';
  readonly birthDate: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly mobile: bigint | null;
}

/** Every cover there has been, from the first entitled day on. */
async function say(client: PoolClient, { household, person }: CoverTask): Promise<EnrolmentSaying> {
  const [member] = await read<MemberRow>(
    client,
    `select sex, birth_date as "birthDate", first_name as "firstName", last_name as "lastName", mobile
     from household_member where household = $1 and person = $2 order by from_day desc limit 1`,
    [household, person],
  );
  if (member === undefined) throw new RangeError('somebody is covered who belongs to no household');
  const covers = (await listCoversOfPerson(client, person))
    .filter(({ entitledFrom, coveredUntil }) => entitledFrom <= coveredUntil)
    .map(({ entitledFrom, coveredUntil }) => ({ from: entitledFrom, until: coveredUntil }));
  return { ...member, covers };
}

/** Drains again and again, so that a cover is known within the second; the daily work does it, too. */
export function keepDraining(
  parts: DrainParts,
  { everyMs = 400 }: { readonly everyMs?: number } = {},
): { stop: () => Promise<void> } {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();
  const wait = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      underWay = drainCovers(parts, parts.clock.now())
        // A database that does not answer is seen by whoever asks it something; the tasks wait.
        .catch(() => undefined)
        .then(wait);
    }, everyMs);
    timer.unref();
  };
  wait();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
