import type { PoolClient } from 'pg';
import { findConstraint, transaction } from '../database/index.ts';
import { findInquiry } from '../decisions/index.ts';
import { Fault, meaningOf } from '../platform/index.ts';
import { nameOf, notFound, type Actor } from './actor.ts';
import { maySpeakFor } from './speak-for.ts';
import { receiptOf, type Receipt } from './move-objection.ts';
import { claimCaseNumber, findByRequest, insertEvent, insertObjection, type Objection } from './objection-store.ts';
import type { ObjectionsParts } from './desk.ts';
import type { DrawCaseNumber } from './case-number.ts';

export interface OpenRequest {
  readonly actor: Actor;
  /** Whose status it is about. */
  readonly person: bigint;
  /** For whatever reason, in the person's own words. */
  readonly text: string;
  /** Where the person wants to be reached. */
  readonly contact?: string | undefined;
  /** Of an answer about this person. */
  readonly trackingCode?: string | undefined;
  /** The same one from the same actor about the same person is the same objection. */
  readonly requestId?: string | undefined;
}

type Desk = ObjectionsParts & { readonly draw: DrawCaseNumber };

/**
 * Opens a case. It suspends nothing: what was answered stands (T-29).
 * @throws Fault NOT_YOURS; NOT_FOUND for a tracking code of no answer about this person; REQUEST_ID_REUSED;
 *   INVALID_REQUEST; DATABASE_…
 */
export async function openObjection(desk: Desk, request: OpenRequest): Promise<Receipt> {
  const { pool, isMinorOf } = desk;
  const { actor, person, requestId = null } = request;
  if (actor.kind === 'self' && !(await maySpeakFor(pool, isMinorOf, actor.person, person))) {
    throw new Fault('NOT_YOURS', meaningOf('NOT_YOURS'));
  }
  const said = await readWhatIsSaid(desk, request);
  const first = await findOpened(desk, said);
  if (first !== undefined) return first;
  try {
    const opened = await transaction(pool, (client) => open(client, desk, request, said));
    return { ...receiptOf(opened), replayed: false };
  } catch (error) {
    // Two at once with one request id: the other one was quicker.
    const twin = findConstraint(error) === 'objection_once' ? await findOpened(desk, said) : undefined;
    if (requestId === null || twin === undefined) throw error;
    return twin;
  }
}

type Said = Pick<Objection, 'person' | 'opener' | 'requestId' | 'inquiryId' | 'text' | 'contact'>;

async function readWhatIsSaid({ pool, codes }: Desk, request: OpenRequest): Promise<Said> {
  const { actor, person, trackingCode, requestId = null } = request;
  const [text, contact] = [request.text.toWellFormed().trim(), (request.contact ?? '').toWellFormed().trim()];
  if (text === '') throw new Fault('INVALID_REQUEST', 'An objection says what it is about.');
  const inquiryId = trackingCode === undefined ? null : codes.findId(trackingCode);
  if (inquiryId === undefined) throw notFound();
  if (inquiryId !== null && (await findInquiry(pool, inquiryId))?.person !== person) throw notFound();
  return { person, opener: nameOf(actor), requestId, inquiryId, text, contact: contact === '' ? null : contact };
}

/** @throws Fault REQUEST_ID_REUSED where the request id opened another objection */
async function findOpened({ pool }: Desk, said: Said): Promise<Receipt | undefined> {
  const found = said.requestId === null ? undefined : await findByRequest(pool, said);
  if (found === undefined) return undefined;
  const isSame = found.inquiryId === said.inquiryId && found.text === said.text && found.contact === said.contact;
  if (!isSame) throw new Fault('REQUEST_ID_REUSED', meaningOf('REQUEST_ID_REUSED'));
  return { ...receiptOf(found), replayed: true };
}

async function open(client: PoolClient, { clock, draw }: Desk, { actor }: OpenRequest, said: Said): Promise<Objection> {
  let caseNumber = draw();
  while (!(await claimCaseNumber(client, caseNumber, said.person))) caseNumber = draw();
  const at = clock.now();
  const objection: Objection = {
    ...said,
    caseNumber,
    openedAt: at,
    state: 'opened',
    stateSince: at,
    assignee: null,
    proposedBy: null,
    lastEvent: 1,
  };
  await insertObjection(client, objection);
  await insertEvent(client, objection, {
    number: 1,
    at,
    actor: said.opener,
    role: actor.kind === 'staff' ? actor.role : null,
    what: 'open',
    state: 'opened',
    reason: null,
    assignee: null,
    factPerson: null,
    factName: null,
    factVersion: null,
    proposedBy: null,
    requestId: said.requestId,
  });
  return objection;
}
