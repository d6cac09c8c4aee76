import { userOf, type Actor } from './actor.ts';
import { findCaseNumber } from './case-number.ts';
import {
  findObjection,
  findPersonOfCase,
  listByPerson,
  listByState,
  type Objection,
  type QueuePlace,
} from './objection-store.ts';
import type { ObjectionsParts } from './desk.ts';
import { requireReader } from './require-reader.ts';
import { openStates, type State } from './states.ts';

/** A line of a list. It names nobody but staff and says nothing of what is in the case: reading that is `read`. */
export interface ListedObjection {
  readonly caseNumber: string;
  readonly state: State;
  readonly stateSince: Date;
  readonly openedAt: Date;
  /** Whole days since the opening. */
  readonly ageDays: number;
  /** These two in the queue of staff alone. */
  readonly assignee?: string;
  /** The correction waits for a second person. */
  readonly proposedBy?: string;
}

export interface QueuePage {
  /** All in which something can still be done, where none is named. */
  readonly state?: State | undefined;
  readonly olderThanDays?: number | undefined;
  /** The last case number of the page before. */
  readonly after?: string | undefined;
  /** At most 200; 50 if not said. */
  readonly limit?: number | undefined;
}

const usualPage = 50;
const largestPage = 200;
const millisecondsPerDay = 86_400_000;

/**
 * One person's, the newest first; that staff looked is recorded, as for one who calls and does not know the number.
 * @throws Fault NOT_YOURS, DATABASE_…
 */
export async function listOfPerson(
  parts: ObjectionsParts,
  person: bigint,
  reader: Actor,
): Promise<readonly ListedObjection[]> {
  const { pool, clock } = parts;
  await requireReader(parts, person, reader, 'list of objections');
  const now = clock.now();
  return (await listByPerson(pool, person, largestPage)).map((objection) => line(objection, now));
}

/** The queue of staff, the oldest first. @throws Fault DATABASE_… */
export async function listQueue(parts: ObjectionsParts, page: QueuePage): Promise<readonly ListedObjection[]> {
  const { pool, clock } = parts;
  const { state, olderThanDays, limit = usualPage } = page;
  const now = clock.now();
  const after = page.after === undefined ? undefined : await findPlace(parts, page.after);
  if (page.after !== undefined && after === undefined) return [];
  const found = await listByState(pool, {
    states: state === undefined ? openStates : [state],
    openedBefore: olderThanDays === undefined ? null : new Date(now.getTime() - olderThanDays * millisecondsPerDay),
    after,
    limit: Math.min(Math.max(1, limit), largestPage),
  });
  return found.map((objection) => {
    const { assignee, proposedBy } = objection;
    return {
      ...line(objection, now),
      ...(assignee !== null && { assignee: userOf(assignee) }),
      ...(proposedBy !== null && { proposedBy: userOf(proposedBy) }),
    };
  });
}

async function findPlace({ pool }: ObjectionsParts, text: string): Promise<QueuePlace['after']> {
  const caseNumber = findCaseNumber(text);
  const person = caseNumber === undefined ? undefined : await findPersonOfCase(pool, caseNumber);
  return caseNumber === undefined || person === undefined ? undefined : findObjection(pool, person, caseNumber);
}

function line({ caseNumber, state, stateSince, openedAt }: Objection, now: Date): ListedObjection {
  const ageDays = Math.max(0, Math.floor((now.getTime() - openedAt.getTime()) / millisecondsPerDay));
  return { caseNumber: String(caseNumber), state, stateSince, openedAt, ageDays };
}
