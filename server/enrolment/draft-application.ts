import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { findConstraint, transaction } from '../database/index.ts';
import { isoDay } from '@estehqaq/law';
import { dayInTehran } from '../platform/index.ts';
import { listCovers } from './cover-store.ts';
import { fault, isFault, nameOf, notFound, type Actor } from './actor.ts';
import {
  claimNumber,
  findEventOfRequest,
  findOpen,
  findPlace,
  findApplication,
  insertApplication,
  insertEvent,
  type Application,
  type Place,
} from './application-store.ts';
import { headOf, membersOf, type HouseholdDocument } from './household-document.ts';
import {
  claimPersons,
  findHousehold,
  findHouseholdOfHead,
  insertHousehold,
  lockHousehold,
  type Household,
} from './household-store.ts';
import { move, openDesk, whoseWork, type Desk, type Request } from './move.ts';
import { applicationDigits, drawNumber, findNumber } from './numbers.ts';
import type { EnrolmentParts } from './parts.ts';

/** Where an application stands; nothing of what is in it. */
export interface Receipt {
  /** Thirteen digits. */
  readonly number: string;
  readonly state: Application['state'];
  readonly stateSince: Date;
  readonly awaits: Application['awaits'];
  readonly documentVersion: number;
  /** Done before, by the same request. */
  readonly replayed: boolean;
}

export function receiptOf(
  { number, state, stateSince, awaits, documentVersion }: Application,
  replayed: boolean,
): Receipt {
  return { number: String(number), state, stateSince, awaits, documentVersion, replayed };
}

export interface DraftRequest {
  readonly actor: Actor;
  readonly document: HouseholdDocument;
  /** By which document a counter has identified the head (M-14). */
  readonly identityDocument?: string | undefined;
  readonly requestId?: string | undefined;
}

/** What was asked, in one line; the same id with another content is refused. */
export function requestOf(requestId: string | undefined, what: string, content: unknown): Request | undefined {
  if (requestId === undefined) return undefined;
  const digest = createHash('sha256')
    .update(JSON.stringify([what, content]))
    .digest('base64url');
  return { requestId, digest };
}

/**
 * The application that this request has already done something in.
 * @throws Fault REQUEST_ID_REUSED where it did something else
 */
export async function findDone(
  client: PoolClient,
  household: bigint,
  actor: Actor,
  request: Request | undefined,
): Promise<Application | undefined> {
  if (request === undefined) return undefined;
  const event = await findEventOfRequest(client, household, nameOf(actor), request.requestId);
  if (event === undefined) return undefined;
  if (event.requestDigest !== request.digest) throw fault('REQUEST_ID_REUSED');
  return findApplication(client, event);
}

/**
 * Opens an application: by the head, or by a counter office on the head's behalf, which has sighted a document (M-13, M-14).
 * @throws Fault NOT_YOURS; APPLICATION_OPEN where the household has one already; MEMBER_ELSEWHERE where the head belongs to
 *   another household; APPLICATION_INVALID; REQUEST_ID_REUSED; DATABASE_…
 */
export async function createDraft(parts: EnrolmentParts, asked: DraftRequest): Promise<Receipt> {
  const { actor, document } = asked;
  const head = headOf(membersOf(document)).key;
  requireActor(asked, head);
  const request = requestOf(asked.requestId, 'open', [document, asked.identityDocument ?? null]);
  const attempt = (): Promise<Receipt> =>
    transaction(parts.pool, async (client) => {
      const at = parts.clock.now();
      const household = await getHousehold(parts, client, head, at);
      const done = await findDone(client, household.household, actor, request);
      if (done !== undefined) return receiptOf(done, true);
      if ((await findOpen(client, household.household)) !== undefined) throw fault('APPLICATION_OPEN');
      if ((await claimPersons(client, household.household, [head], at)).length > 0) throw fault('MEMBER_ELSEWHERE');
      // Whoever is covered already keeps his cover: the new one is of those who came later (M-31).
      const isCovered = (await listCovers(client, household.household)).some(
        ({ coveredUntil }) => coveredUntil >= isoDay(dayInTehran(at)),
      );
      const more = { kind: isCovered ? ('addition' as const) : ('new' as const) };
      return receiptOf(await open(parts, client, household, { ...asked, request, at, more }), false);
    });
  // Two first drafts of one head at once: the other one was quicker, and has made the household.
  return attempt().catch((error: unknown) => {
    const isTwin = isFault(error, 'MEMBER_ELSEWHERE') || findConstraint(error) === 'application_one_open';
    if (isTwin) return attempt();
    throw error;
  });
}

function requireActor({ actor, identityDocument }: DraftRequest, head: bigint): void {
  if (actor.kind === 'self' && actor.person !== head) throw fault('NOT_YOURS');
  if (actor.kind !== 'staff') return;
  if (actor.office === undefined || (identityDocument ?? '').trim() === '') {
    throw fault('APPLICATION_INVALID', 'a counter names its office and the document by which it identified the head');
  }
}

async function getHousehold(parts: EnrolmentParts, client: PoolClient, head: bigint, at: Date): Promise<Household> {
  const known = await findHouseholdOfHead(client, head);
  if (known !== undefined) return (await lockHousehold(client, known.household)) ?? known;
  const [household = 0n] = await parts.ids.make([head]);
  const made = { household, head };
  await insertHousehold(client, made, at);
  return made;
}

interface Opening extends DraftRequest {
  readonly request: Request | undefined;
  readonly at: Date;
  /** Of a case that goes on from another one. */
  readonly more?: Partial<Application>;
}

export async function open(
  parts: EnrolmentParts,
  client: PoolClient,
  { household }: Household,
  { actor, document, identityDocument, request, at, more }: Opening,
): Promise<Application> {
  const [application = 0n] = await parts.ids.make([household]);
  const draw = parts.draw ?? drawNumber;
  let number = draw(applicationDigits);
  while (!(await claimNumber(client, number, { household, application }))) number = draw(applicationDigits);
  const office = actor.kind === 'staff' ? (actor.office ?? null) : null;
  const opened: Application = {
    ...{ household, application, number, kind: 'new', state: 'draft', stateSince: at, openedAt: at },
    ...{ openedBy: nameOf(actor), office, identityDocument: identityDocument ?? null, document, documentVersion: 1 },
    ...{ submittedAt: null, requestedOn: null, awaits: null, paysInFull: false, result: null, bill: null },
    ...{ billUntil: null, cover: null, renews: null, supersedes: null, dueOn: null, recheckDueAt: null },
    ...{ lastEvent: 1, lastDecision: 0 },
    ...more,
  };
  await insertApplication(client, opened);
  await insertEvent(client, {
    ...{
      household,
      application,
      number: 1,
      at,
      ...whoseWork(actor),
      what: 'open',
      fromState: 'draft',
      toState: 'draft',
    },
    ...{ reason: null, clauses: [], decision: null },
    ...{ requestId: request?.requestId ?? null, requestDigest: request?.digest ?? null },
  });
  return opened;
}

export interface Step {
  readonly actor: Actor;
  /** As people write it. */
  readonly number: string;
  readonly requestId?: string | undefined;
}

/** Where an application is, for those who may work on it. @throws Fault NOT_FOUND, NOT_YOURS, DATABASE_… */
export async function getPlace(
  { pool }: EnrolmentParts,
  { actor, number }: Pick<Step, 'actor' | 'number'>,
): Promise<Place> {
  const found = findNumber(number, applicationDigits);
  const place = found === undefined ? undefined : await findPlace(pool, found);
  const household = place === undefined ? undefined : await findHousehold(pool, place.household);
  if (place === undefined || household === undefined) throw notFound();
  // To all others it is as if there were none.
  if (actor.kind === 'self' && actor.person !== household.head) throw notFound();
  return place;
}

/**
 * One step in an application, in a transaction that holds the household; the same request is done once.
 * @param what the step and its content, as the request id stands for them
 */
export async function takeStep(
  parts: EnrolmentParts,
  step: Step,
  what: readonly [string, unknown],
  work: (desk: Desk, request: Request | undefined) => Promise<Application | undefined>,
): Promise<Receipt> {
  const place = await getPlace(parts, step);
  const request = requestOf(step.requestId, what[0], what[1]);
  const at = parts.clock.now();
  return transaction(parts.pool, async (client) => {
    const desk = await openDesk(parts, client, place, at);
    const done = await findDone(client, place.household, step.actor, request);
    if (done !== undefined) return receiptOf(done, true);
    const other = await work(desk, request);
    return receiptOf(other ?? desk.application, false);
  });
}

/** @throws Fault APPLICATION_STATE once it is submitted; APPLICATION_INVALID; NOT_YOURS for another head */
export async function changeDraft(
  parts: EnrolmentParts,
  step: Step & { readonly document: HouseholdDocument },
): Promise<Receipt> {
  const { document, actor } = step;
  const head = headOf(membersOf(document)).key;
  return takeStep(parts, step, ['change', document], async (desk, request) => {
    if (desk.household.head !== head) throw fault('APPLICATION_INVALID', 'the head of a household stays');
    const documentVersion = desk.application.documentVersion + 1;
    await move(desk, { what: 'change', actor, request }, { document, documentVersion });
    return undefined;
  });
}
