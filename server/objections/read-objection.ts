import { Fault, nationalIdText } from '../platform/index.ts';
import { doerOf, notFound, userOf, type Actor, type Doer } from './actor.ts';
import { findCaseNumber } from './case-number.ts';
import { findObjection, findPersonOfCase, listEvents, type Objection, type ObjectionEvent } from './objection-store.ts';
import type { ObjectionsParts } from './desk.ts';
import { requireReader } from './require-reader.ts';
import { actions, type Action, type State } from './states.ts';

/** A case as its reader is told of it; what is withheld is absent. */
export interface ToldObjection {
  readonly caseNumber: string;
  readonly nationalId: string;
  readonly state: State;
  readonly stateSince: Date;
  readonly openedAt: Date;
  readonly openedBy: Doer;
  readonly text: string;
  readonly contact?: string;
  readonly trackingCode?: string;
  /** Staff alone. */
  readonly assignee?: string;
  /** Staff alone: who proposed the correction that waits for a second person. */
  readonly proposedBy?: string;
  readonly decision?: ToldDecision;
  readonly events: readonly ToldEvent[];
}

export interface ToldDecision {
  readonly outcome: 'upheld' | 'corrected';
  readonly reason: string;
  readonly decidedAt: Date;
  /** These three are told to staff alone, and of a correction. */
  readonly proposedBy?: string;
  readonly approvedBy?: string;
  readonly fact?: ToldFact;
}

export interface ToldFact {
  readonly nationalId: string;
  readonly name: string;
  readonly version: bigint;
}

export interface ToldEvent {
  readonly at: Date;
  readonly what: Action | 'open';
  readonly by: Doer;
  readonly state: State;
  readonly reason?: string;
  /** Staff alone. */
  readonly user?: string;
  readonly assignee?: string;
  readonly fact?: ToldFact;
}

/**
 * A whole case, with its history: to the person or the one who speaks for a minor, and to staff, whose reading is
 * recorded before. To all others it is as if there were none.
 * @throws Fault NOT_FOUND, DATABASE_…
 */
export async function readObjection(parts: ObjectionsParts, text: string, reader: Actor): Promise<ToldObjection> {
  const { pool } = parts;
  const caseNumber = findCaseNumber(text);
  const person = caseNumber === undefined ? undefined : await findPersonOfCase(pool, caseNumber);
  if (caseNumber === undefined || person === undefined) throw notFound();
  await requireReader(parts, person, reader, `objection ${caseNumber}`).catch((error: unknown) => {
    throw error instanceof Fault && error.code === 'NOT_YOURS' ? notFound() : error;
  });
  const objection = await findObjection(pool, person, caseNumber);
  if (objection === undefined) throw notFound();
  return tell(parts, objection, await listEvents(pool, objection), reader.kind === 'staff');
}

function tell(
  { codes }: ObjectionsParts,
  objection: Objection,
  events: readonly ObjectionEvent[],
  toStaff: boolean,
): ToldObjection {
  const { person, caseNumber, state, stateSince, openedAt, opener, text, contact, inquiryId } = objection;
  const { assignee, proposedBy } = objection;
  const decision = findDecision(events, toStaff);
  const told = events.filter(({ what }) => toStaff || what === 'open' || actions[what].isTold);
  return {
    caseNumber: String(caseNumber),
    nationalId: nationalIdText(person),
    state,
    stateSince,
    openedAt,
    openedBy: doerOf(opener, person),
    text,
    ...(contact !== null && { contact }),
    ...(inquiryId !== null && { trackingCode: codes.codeOf(inquiryId) }),
    ...(toStaff && assignee !== null && { assignee: userOf(assignee) }),
    ...(toStaff && proposedBy !== null && { proposedBy: userOf(proposedBy) }),
    ...(decision !== undefined && { decision }),
    events: told.map((event) => tellEvent(event, person, toStaff)),
  };
}

function findDecision(events: readonly ObjectionEvent[], toStaff: boolean): ToldDecision | undefined {
  const last = events.at(-1);
  if (last?.state !== 'upheld' && last?.state !== 'corrected') return undefined;
  const fact = findFact(last);
  return {
    outcome: last.state,
    reason: last.reason ?? '',
    decidedAt: last.at,
    ...(toStaff && last.proposedBy !== null && { proposedBy: userOf(last.proposedBy), approvedBy: userOf(last.actor) }),
    ...(toStaff && fact !== undefined && { fact }),
  };
}

function tellEvent(event: ObjectionEvent, person: bigint, toStaff: boolean): ToldEvent {
  const { at, what, state, reason, actor, assignee } = event;
  const by = doerOf(actor, person);
  const fact = findFact(event);
  return {
    at,
    what,
    by,
    state,
    ...(reason !== null && { reason }),
    ...(toStaff && by === 'staff' && { user: userOf(actor) }),
    ...(toStaff && assignee !== null && { assignee: userOf(assignee) }),
    ...(toStaff && fact !== undefined && { fact }),
  };
}

function findFact({ factPerson, factName, factVersion }: ObjectionEvent): ToldFact | undefined {
  if (factPerson === null || factName === null || factVersion === null) return undefined;
  return { nationalId: nationalIdText(factPerson), name: factName, version: factVersion };
}
