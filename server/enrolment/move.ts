import type { PoolClient } from 'pg';
import type { EnrolmentDecision } from '@estehqaq/law';
import { dayInTehran } from '../platform/index.ts';
import { fault, nameOf, notFound, type Actor } from './actor.ts';
import {
  findApplication,
  findDecision,
  insertDecision,
  insertEvent,
  updateApplication,
  type Application,
  type ApplicationEvent,
  type Changes,
  type KeptDecision,
  type Place,
  type Purpose,
} from './application-store.ts';
import { lockHousehold, type Household } from './household-store.ts';
import { decide, type CaseDocument } from './law-case.ts';
import type { EnrolmentParts } from './parts.ts';
import { findNextState, type Action } from './states.ts';

/** Work on one application, in a transaction that holds its household. */
export interface Desk {
  readonly parts: EnrolmentParts;
  readonly client: PoolClient;
  readonly household: Household;
  /** As it now stands. */
  application: Application;
  /** The last decision; absent before the submission. */
  decision: KeptDecision | undefined;
  readonly at: Date;
}

/** @throws Fault NOT_FOUND, DATABASE_… */
export async function openDesk(parts: EnrolmentParts, client: PoolClient, place: Place, at: Date): Promise<Desk> {
  const household = await lockHousehold(client, place.household);
  const application = household === undefined ? undefined : await findApplication(client, place);
  if (household === undefined || application === undefined) throw notFound();
  return { parts, client, household, application, decision: await findDecision(client, application), at };
}

export interface Move {
  readonly what: Action;
  readonly actor: Actor;
  readonly reason?: string | undefined;
  /** Of the decision that led to it. */
  readonly clauses?: readonly string[];
  readonly request?: Request | undefined;
}

/** The same one from the same actor in a household is done once. */
export interface Request {
  readonly requestId: string;
  /** Of what was asked, so that the same id cannot ask for something else. */
  readonly digest: string;
}

/**
 * Moves the application on, by the table of states: the state, what changes with it and the event are written together.
 * @throws Fault APPLICATION_STATE
 */
export async function move(desk: Desk, made: Move, changes: Changes = {}): Promise<void> {
  const { client, application } = desk;
  const state = findNextState(application.state, made.what);
  if (state === undefined) throw fault('APPLICATION_STATE');
  // The history never runs backwards, also where the clock was set back.
  const at = desk.at < application.stateSince ? application.stateSince : desk.at;
  const { actor, reason = null, clauses = [], request } = made;
  const number = application.lastEvent + 1;
  await insertEvent(client, {
    household: application.household,
    application: application.application,
    number,
    at,
    ...whoseWork(actor),
    what: made.what,
    fromState: application.state,
    toState: state,
    reason,
    clauses,
    decision: desk.decision?.number ?? null,
    requestId: request?.requestId ?? null,
    requestDigest: request?.digest ?? null,
  });
  const stateSince = state === application.state ? application.stateSince : at;
  const all: Changes = { ...changes, state, stateSince, lastEvent: number };
  await updateApplication(client, application, all);
  desk.application = { ...application, ...all };
}

/** Who it was, in which role, and of a counter where. */
export function whoseWork(actor: Actor): Pick<ApplicationEvent, 'actor' | 'role' | 'office'> {
  if (actor.kind !== 'staff') return { actor: nameOf(actor), role: null, office: null };
  return { actor: nameOf(actor), role: actor.role, office: actor.office ?? null };
}

/** Asks the law, and keeps the whole case with the answer. */
export async function keepDecision(
  desk: Desk,
  purpose: Purpose,
  document: CaseDocument,
  inputs: object,
): Promise<EnrolmentDecision> {
  const { parts, client, application, at } = desk;
  const decision = decide(document, parts.law.book);
  const number = application.lastDecision + 1;
  const kept: KeptDecision = {
    household: application.household,
    application: application.application,
    number,
    at,
    purpose,
    lawVersion: decision.lawVersion,
    actsVersion: parts.law.actsVersion,
    caseDocument: document,
    decision,
    inputs,
  };
  await insertDecision(client, kept);
  await updateApplication(client, application, { lastDecision: number });
  desk.application = { ...application, lastDecision: number };
  desk.decision = kept;
  return decision;
}

/** The case as it was asked last. @throws RangeError before the submission */
export function lastCase({ decision }: Desk): KeptDecision {
  if (decision === undefined) throw new RangeError('nothing was decided yet');
  return decision;
}

export function todayOf({ at }: Pick<Desk, 'at'>) {
  return dayInTehran(at);
}
