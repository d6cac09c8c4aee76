import type { PoolClient } from 'pg';
import { transaction } from '../database/index.ts';
import { findVersionAuthor } from '../membership/index.ts';
import { Fault, meaningOf, type Clock } from '../platform/index.ts';
import { nameOf, notFound, type Actor } from './actor.ts';
import { findCaseNumber } from './case-number.ts';
import { requireFact, type CorrectingFact } from './correcting-fact.ts';
import {
  findPersonOfCase,
  insertEvent,
  listEvents,
  lockObjection,
  updateState,
  type Objection,
  type ObjectionEvent,
} from './objection-store.ts';
import type { ObjectionsParts } from './desk.ts';
import { maySpeakFor } from './speak-for.ts';
import { actions, findNextState, type Action, type State } from './states.ts';

export interface Move {
  readonly actor: Actor;
  readonly caseNumber: string;
  readonly what: Action;
  /** Why, or what was brought; see `actions` for whom it is told to. */
  readonly reason?: string | undefined;
  /** Whose work it is from now on; the actor's own where it is not said. */
  readonly assignee?: string | undefined;
  /** Of a proposed correction; the person's own where no other is named. */
  readonly fact?: (Omit<CorrectingFact, 'person'> & Partial<Pick<CorrectingFact, 'person'>>) | undefined;
  /** The same one from the same actor in the same case is done once. */
  readonly requestId?: string | undefined;
}

/** Where a case stands; nothing of what is in it. */
export interface Receipt {
  /** Eleven digits. */
  readonly caseNumber: string;
  readonly state: State;
  readonly stateSince: Date;
  readonly openedAt: Date;
  /** Done before, by the same request. */
  readonly replayed: boolean;
}

export function receiptOf({ caseNumber, state, stateSince, openedAt }: Objection): Omit<Receipt, 'replayed'> {
  return { caseNumber: String(caseNumber), state, stateSince, openedAt };
}

/**
 * Does one thing in a case, by the table of states: the state and the event that made it are written together.
 * @throws Fault NOT_FOUND; NOT_YOURS for what staff alone do; OBJECTION_STATE; FOUR_EYES where the one who proposed a
 *   correction, or recorded its fact, would approve it; OBJECTION_FACT_UNKNOWN; REQUEST_ID_REUSED; INVALID_REQUEST; DATABASE_…
 */
export async function moveObjection(parts: ObjectionsParts, move: Move): Promise<Receipt> {
  const { pool, clock, isMinorOf } = parts;
  const caseNumber = findCaseNumber(move.caseNumber);
  const person = caseNumber === undefined ? undefined : await findPersonOfCase(pool, caseNumber);
  if (caseNumber === undefined || person === undefined) throw notFound();
  const { actor } = move;
  if (actor.kind === 'self') {
    if (!(await maySpeakFor(pool, isMinorOf, actor.person, person))) throw notFound();
    if (!actions[move.what].byPerson) throw new Fault('NOT_YOURS', meaningOf('NOT_YOURS'));
  }
  const asked = readMove(move, person);
  return transaction(pool, async (client) => {
    const objection = await lockObjection(client, person, caseNumber);
    if (objection === undefined) throw notFound();
    const events = await listEvents(client, objection);
    if (isDone(events, asked)) return { ...receiptOf(objection), replayed: true };
    return { ...receiptOf(await step(client, clock, asked, objection, events)), replayed: false };
  });
}

type Asked = Pick<Move, 'actor' | 'what'> & {
  readonly name: string;
  readonly reason: string | null;
  readonly assignee: string | null;
  readonly fact: CorrectingFact | null;
  readonly requestId: string | null;
};

function readMove(move: Move, person: bigint): Asked {
  const { actor, what, requestId = null } = move;
  const reason = (move.reason ?? '').toWellFormed().trim();
  const assignee = move.assignee?.toWellFormed().trim();
  if (reason === '' && actions[what].needsReason) throw invalid('a reason is missing');
  if (assignee === '' || (assignee !== undefined && what !== 'assign')) throw invalid('nobody is assigned');
  if ((move.fact !== undefined) !== (what === 'proposeCorrection')) {
    throw invalid('a fact is named where a correction is proposed, and there alone');
  }
  return {
    actor,
    what,
    name: nameOf(actor),
    reason: reason === '' ? null : reason,
    assignee: what === 'assign' && actor.kind === 'staff' ? nameOf({ ...actor, user: assignee ?? actor.user }) : null,
    fact: move.fact === undefined ? null : { person, ...move.fact },
    requestId,
  };
}

/** @throws Fault REQUEST_ID_REUSED where the request id did something else in this case */
function isDone(events: readonly ObjectionEvent[], { name, what, reason, requestId }: Asked): boolean {
  const done = events.find((event) => requestId !== null && event.requestId === requestId && event.actor === name);
  if (done === undefined) return false;
  if (done.what === what && done.reason === reason) return true;
  throw new Fault('REQUEST_ID_REUSED', meaningOf('REQUEST_ID_REUSED'));
}

async function step(
  client: PoolClient,
  clock: Clock,
  asked: Asked,
  objection: Objection,
  events: readonly ObjectionEvent[],
): Promise<Objection> {
  const { actor, name, what, reason, requestId } = asked;
  const state = findNextState(objection.state, what);
  if (state === undefined) throw inNoSuchState();
  if (asked.fact !== null) await requireFact(client, objection.person, asked.fact);
  const approved = what === 'approveCorrection' ? getProposal(objection, events) : null;
  if (approved !== null) await requireOtherAuthors(client, objection, approved, actor);
  const at = notBefore(events, clock);
  const moved: Objection = {
    ...objection,
    state,
    stateSince: state === objection.state ? objection.stateSince : at,
    assignee: asked.assignee ?? objection.assignee,
    proposedBy: proposedAfter(asked, objection),
    lastEvent: objection.lastEvent + 1,
  };
  await insertEvent(client, objection, {
    number: moved.lastEvent,
    at,
    actor: name,
    role: actor.kind === 'staff' ? actor.role : null,
    what,
    state,
    reason,
    assignee: asked.assignee,
    ...factColumns(approved ?? asked.fact),
    proposedBy: approved === null ? null : objection.proposedBy,
    requestId,
  });
  await updateState(client, moved);
  return moved;
}

/** The clock may have been set back; the history never goes back. */
function notBefore(events: readonly ObjectionEvent[], clock: Clock): Date {
  return new Date(Math.max(clock.now().getTime(), events.at(-1)?.at.getTime() ?? 0));
}

function factColumns(fact: CorrectingFact | null): Pick<ObjectionEvent, 'factPerson' | 'factName' | 'factVersion'> {
  if (fact === null) return { factPerson: null, factName: null, factVersion: null };
  return { factPerson: fact.person, factName: fact.name, factVersion: fact.version };
}

/** A proposal waits while the case changes hands; whatever else is done instead ends it. */
function proposedAfter({ what, name }: Asked, { state, proposedBy }: Objection): string | null {
  if (what === 'proposeCorrection') return name;
  return what === 'assign' && state === 'assigned' ? proposedBy : null;
}

/** The correction that waits. */
function getProposal({ proposedBy }: Objection, events: readonly ObjectionEvent[]): CorrectingFact {
  const proposal = events.findLast(({ what }) => what === 'proposeCorrection');
  const { factPerson = null, factName = null, factVersion = null } = proposal ?? {};
  if (proposedBy === null || factPerson === null || factName === null || factVersion === null) throw inNoSuchState();
  return { person: factPerson, name: factName, version: factVersion };
}

/** Who approves has neither proposed the correction nor recorded the fact that it rests on. */
async function requireOtherAuthors(
  client: PoolClient,
  { proposedBy }: Objection,
  fact: CorrectingFact,
  approver: Actor,
): Promise<void> {
  const isProposer = nameOf(approver) === proposedBy;
  const isAuthor = approver.kind === 'staff' && (await findVersionAuthor(client, fact)) === approver.user;
  if (isProposer || isAuthor) throw new Fault('FOUR_EYES', meaningOf('FOUR_EYES'));
}

function inNoSuchState(): Fault {
  return new Fault('OBJECTION_STATE', meaningOf('OBJECTION_STATE'));
}

function invalid(reason: string): Fault {
  return new Fault('INVALID_REQUEST', `This cannot be done in an objection: ${reason}.`);
}
