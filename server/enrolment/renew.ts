import { isoDay, type Day } from '@estehqaq/law';
import { transaction } from '../database/index.ts';
import { dayInTehran } from '../platform/index.ts';
import { fault, notFound, system, type Actor } from './actor.ts';
import { findDecision, findOpen, updateApplication, type Application } from './application-store.ts';
import {
  findCover,
  insertCover,
  insertCoverMember,
  insertTask,
  listCoverMembers,
  listCovers,
  listRenewalsDue,
  setRenewalDue,
  type Cover,
} from './cover-store.ts';
import { findDone, open, receiptOf, requestOf, type Receipt } from './draft-application.ts';
import { gatherFacts, type Gathered } from './gather-facts.ts';
import type { HouseholdDocument } from './household-document.ts';
import { joinedTo, withoutWhoJoins, withWhatBelongsTo } from './joins.ts';
import { findHouseholdOfHead, listMembers, lockHousehold, type Household } from './household-store.ts';
import { decide, getDay, hasTerms, priceFrom, type CaseDocument } from './law-case.ts';
import type { LatestResult } from './means-testing.ts';
import { memberText } from './member-key.ts';
import { keepDecision, move, openDesk, type Desk, type Request } from './move.ts';
import type { EnrolmentParts } from './parts.ts';
import { goOn, takeBillBack } from './settle.ts';
import { caseOf, recheckAfterMs, takeIn } from './submit-application.ts';
import { tell } from './tell.ts';

/** Days before the end: asked for a test where none is valid; offered; renewed for nothing by a result that stands. */
const offerDays = 30;
const freeDays = 7;
/** No text says how old a result may be: read as not older than the term that it opened. */
const resultHoldsDays = 366;
/** Each time that the ministry is late, the old cover runs on for so long (M-36). */
const continuedDays = 30;

export interface RenewalRequest {
  readonly actor: Actor;
  readonly head: bigint;
  readonly route: HouseholdDocument['route'];
  readonly termMonths: HouseholdDocument['termMonths'];
  readonly identityDocument?: string | undefined;
  readonly requestId?: string | undefined;
}

/**
 * A household that is or was covered asks to be covered on (M-36, M-37, M-56, M-57): the law says from the day of the request
 * what it pays and whether it waits. A result of the means test that still holds is used; else the ministry is asked.
 * @throws Fault NOT_FOUND without an earlier cover; APPLICATION_OPEN; APPLICATION_STATE while it is too early; NOT_YOURS;
 *   FIGURES are waited for as in every application; REQUEST_ID_REUSED; DATABASE_…
 */
export async function applyForRenewal(parts: EnrolmentParts, asked: RenewalRequest): Promise<Receipt> {
  const { actor, head, route, termMonths } = asked;
  if (actor.kind === 'self' && actor.person !== head) throw fault('NOT_YOURS');
  if (actor.kind === 'staff' && (actor.office === undefined || (asked.identityDocument ?? '').trim() === '')) {
    throw fault('APPLICATION_INVALID', 'a counter names its office and the document by which it identified the head');
  }
  const household = await findHouseholdOfHead(parts.pool, head);
  const at = parts.clock.now();
  const today = isoDay(dayInTehran(at));
  const cover = household === undefined ? undefined : await findCoverToRenew(parts, household, today);
  if (household === undefined || cover === undefined) throw notFound();
  const request = requestOf(asked.requestId, 'renew', [route, termMonths]);
  const document = await documentOf(parts, household, { route, termMonths });
  const gathered = await gatherAs(parts, document, cover, at);
  return transaction(parts.pool, async (client) => {
    const locked = (await lockHousehold(client, household.household)) ?? household;
    const done = await findDone(client, locked.household, actor, request);
    if (done !== undefined) return receiptOf(done, true);
    const latest = await parts.meansTesting.latest(client, locked.household);
    const renewal: Renewal = { actor, cover, document, gathered, at, request, latest: valid(latest, cover) };
    requireTime(renewal);
    const { identityDocument } = asked;
    const desk = await openRenewal(parts, client, locked, { ...renewal, identityDocument });
    return receiptOf(desk.application, false);
  });
}

/** Who is covered on by another cover of ours is covered elsewhere; the one that ends, with what joins or continues it, is none. */
async function gatherAs(
  parts: EnrolmentParts,
  document: HouseholdDocument,
  { household, cover }: Pick<Cover, 'household' | 'cover'>,
  at: Date,
  isByItself = false,
): Promise<Gathered> {
  const leaveOut = await withWhatBelongsTo(parts.pool, household, cover);
  const gathered = await gatherFacts(parts, document, { on: dayInTehran(at), isRenewal: true, leaveOut, isByItself });
  return withoutWhoJoins(parts.pool, household, gathered);
}

/** From a month before the end on; a late entrant asks for a means test at any time before it (M-36). */
function requireTime({ cover, document, at }: Renewal): void {
  const today = dayInTehran(at);
  const isLateEntrantsTest = cover.lateEntrant && document.route === 'meansTest';
  if (!isLateEntrantsTest && today < getDay(cover.coveredUntil) - offerDays) throw fault('APPLICATION_STATE');
}

interface Renewal {
  readonly actor: Actor;
  readonly cover: Cover;
  readonly document: HouseholdDocument;
  readonly gathered: Gathered;
  readonly at: Date;
  readonly request: Request | undefined;
  /** A result that holds. */
  readonly latest: LatestResult | undefined;
  readonly identityDocument?: string | undefined;
}

async function openRenewal(
  parts: EnrolmentParts,
  client: Desk['client'],
  household: Household,
  renewal: Renewal,
): Promise<Desk> {
  const { actor, cover, document, gathered, at, request, latest, identityDocument } = renewal;
  if ((await findOpen(client, household.household, cover.cover)) !== undefined) throw fault('APPLICATION_OPEN');
  // One that is under way covers the same people: they would be billed twice. A forgotten draft is in nobody's way (M-63).
  const other = await findOpen(client, household.household);
  if (other?.kind === 'new' && other.state !== 'draft') throw fault('APPLICATION_OPEN');
  const requestedOn = isoDay(dayInTehran(at));
  const more = { kind: 'renewal' as const, renews: cover.cover };
  const opened = await open(parts, client, household, { actor, document, identityDocument, request, at, more });
  const desk = await openDesk(parts, client, opened, at);
  const recheckDueAt = gathered.isUnchecked ? new Date(at.getTime() + recheckAfterMs) : null;
  await move(desk, { what: 'submit', actor }, { submittedAt: at, requestedOn, recheckDueAt });
  if (latest !== undefined && document.route === 'meansTest') {
    await updateApplication(client, opened, { result: latest.result });
  }
  const asked = renewalCase(desk.application, renewal, requestedOn);
  await takeIn(desk, gathered, asked);
  await keepDecision(desk, 'renewal', asked, gathered.provenance);
  await goOn(desk, actor);
  return desk;
}

function renewalCase(
  application: Parameters<typeof caseOf>[0],
  { cover, gathered, latest }: Pick<Renewal, 'cover' | 'gathered' | 'latest'>,
  requestedOn: string,
): CaseDocument {
  const { route } = application.document;
  return {
    ...caseOf(application, gathered, requestedOn),
    meansTest: route === 'meansTest' && latest !== undefined ? asMeansTest(latest) : null,
    lostCover: null,
    renewal: {
      expiresOn: cover.coveredUntil,
      lateEntrant: cover.lateEntrant,
      meansTestRequestedOn: route === 'meansTest' ? requestedOn : null,
    },
  };
}

function asMeansTest({ determinedOn, incomeMonthly, decile }: LatestResult): CaseDocument['meansTest'] {
  return { determinedOn, incomeMonthly: incomeMonthly === null ? null : Number(incomeMonthly), decile };
}

function valid(latest: LatestResult | undefined, { coveredUntil }: Cover): LatestResult | undefined {
  if (latest === undefined) return undefined;
  return getDay(coveredUntil) - getDay(latest.determinedOn) <= resultHoldsDays ? latest : undefined;
}

/** Of the covers that nothing has followed yet the one that ends first; if all have ended, the last. */
async function findCoverToRenew(
  { pool }: EnrolmentParts,
  { household }: Household,
  today: string,
): Promise<Cover | undefined> {
  const open = (await listCovers(pool, household))
    .filter(({ origin, joins, renewedBy }) => origin !== 'continuation' && joins === null && renewedBy === null)
    .toSorted((one, other) => (one.coveredUntil < other.coveredUntil ? -1 : 1));
  return open.find(({ coveredUntil }) => coveredUntil >= today) ?? open.at(-1);
}

/** The household as it is now. */
async function documentOf(
  { pool }: EnrolmentParts,
  { household }: Household,
  { route, termMonths }: Pick<HouseholdDocument, 'route' | 'termMonths'>,
): Promise<HouseholdDocument> {
  const members = await listMembers(pool, household);
  return {
    ...{ route, termMonths, lostCover: null, separatedSpouses: [] },
    members: members.map(({ person, relation, sex, birthDate, firstName, lastName, mobile }) => ({
      ...{ id: memberText(person), relation, sex, birthDate, firstName, lastName, inApplication: true },
      ...{ mobile: mobile === null ? null : `+${String(mobile)}`, declaredCover: null },
      ...{ hospitalisedFromBirth: null, emergency: null },
    })),
  };
}

/**
 * What the end of a cover brings: free covers are tested where no result holds, and renewed without any action and without
 * a gap (M-63); others get an offer; a late entrant whose test is not in yet stays covered (M-36).
 * @returns how many covers were looked at
 */
export async function renewCovers(parts: EnrolmentParts, now: Date, limit = 200): Promise<number> {
  const today = dayInTehran(now);
  const due = await listRenewalsDue(parts.pool, isoDay(today), limit);
  for (const { household, cover } of due) {
    try {
      await renewOne(parts, { household, cover }, now);
    } catch (error) {
      parts.log.error({ err: error, cover: String(cover) }, 'a cover could not be renewed');
      // Tomorrow again: it keeps nobody waiting.
      await setRenewalDue(parts.pool, { household, cover }, isoDay((today + 1) as Day));
    }
  }
  return due.length;
}

async function renewOne(parts: EnrolmentParts, of: Pick<Cover, 'household' | 'cover'>, now: Date): Promise<void> {
  // Registries are asked before the transaction begins; what they said is used only where it is needed.
  const members = await listMembers(parts.pool, of.household);
  const head = members.find(({ relation }) => relation === 'head')?.person;
  const asked = { route: 'meansTest', termMonths: 12 } as const;
  const household = { household: of.household, head: head ?? 0n };
  const document = await documentOf(parts, household, asked);
  const gathered = await gatherAs(parts, document, of, now, true);
  await transaction(parts.pool, async (client) => {
    const locked = await lockHousehold(client, of.household);
    const cover = await findCover(client, of.household, of.cover);
    if (locked === undefined || cover === undefined) return;
    if (cover.renewalDueOn === null || cover.renewedBy !== null) return;
    const latest = valid(await parts.meansTesting.latest(client, of.household), cover);
    const renewal: Renewal = { actor: system, cover, document, gathered, at: now, request: undefined, latest };
    await setRenewalDue(client, cover, await lookAt(parts, client, locked, renewal));
  });
}

/** @returns the day on which it is looked at again; null: never */
async function lookAt(
  parts: EnrolmentParts,
  client: Desk['client'],
  household: Household,
  renewal: Renewal,
): Promise<string | null> {
  const { cover, at, latest } = renewal;
  const today = dayInTehran(at);
  const end = getDay(cover.coveredUntil);
  const pending = await findOpen(client, household.household, cover.cover);
  const isFree = latest !== undefined && wouldBeFree(parts, renewal);
  const isDue = latest === undefined || (isFree && today >= end - freeDays);
  if (cover.free && isDue && (await makeWay(parts, client, pending, { isFree, at }))) {
    await openRenewal(parts, client, household, renewal);
    return isoDay((today < end ? end + 1 : today + 1) as Day);
  }
  if (today > end) return endOfCover(parts, client, household, renewal);
  if (today < end - offerDays) return isoDay((end - offerDays) as Day);
  if (!isFree && pending === undefined) await offer(parts, client, household, renewal);
  return isoDay((isFree && today < end - freeDays ? end - freeDays : end + 1) as Day);
}

/**
 * Who has asked to pay although it would be free, and has not paid, is renewed for nothing all the same (M-63).
 * @returns whether no other renewal is under way, or any more
 */
async function makeWay(
  parts: EnrolmentParts,
  client: Desk['client'],
  pending: Application | undefined,
  { isFree, at }: { readonly isFree: boolean; readonly at: Date },
): Promise<boolean> {
  if (pending === undefined) return true;
  const isUnpaid = pending.state === 'declared' || pending.state === 'billed';
  if (!isFree || !isUnpaid || pending.document.route !== 'selfDeclared') return false;
  const desk = await openDesk(parts, client, pending, at);
  await takeBillBack(desk, 'renewedFree');
  const nothingDue = { awaits: null, bill: null, billUntil: null, recheckDueAt: null };
  await move(desk, { what: 'withdraw', actor: system, reason: 'RENEWED_FREE', clauses: ['M-63'] }, nothingDue);
  return true;
}

/** Of a case that is only asked about: it has no number. */
const nobodys = ({ document }: Renewal) => ({ document, number: 0n });

function wouldBeFree({ law }: EnrolmentParts, renewal: Renewal): boolean {
  const requestedOn = isoDay(dayInTehran(renewal.at));
  const decision = decide(renewalCase(nobodys(renewal), renewal, requestedOn), law.book);
  return hasTerms(decision) && decision.payable === 0;
}

async function endOfCover(
  parts: EnrolmentParts,
  client: Desk['client'],
  household: Household,
  renewal: Renewal,
): Promise<string | null> {
  const { cover, at } = renewal;
  const continued = await continueCover(parts, client, household, renewal);
  // Of a cover that came of an application the application's own end is told.
  if (continued === undefined && cover.application === null) {
    await tell({ parts, client, household, at }, 'coverLapsed', { endedOn: cover.coveredUntil }, String(cover.cover));
  }
  return continued ?? null;
}

/** What it would cost, while it can be renewed without a wait. */
async function offer(
  parts: EnrolmentParts,
  client: Desk['client'],
  household: Household,
  { cover, gathered, at, latest, document }: Renewal,
): Promise<void> {
  const route = latest === undefined ? ('selfDeclared' as const) : document.route;
  const today = dayInTehran(at);
  const asked = renewalCase(
    { document: { ...document, route }, number: 0n },
    { cover, gathered, latest },
    isoDay(today),
  );
  const decision = decide(asked, parts.law.book);
  if (!hasTerms(decision)) return;
  const price = priceFrom(parts.law, asked, today);
  // Without confirmed figures nothing is offered: that the cover expires is told all the same.
  if (price.kind === 'figures') return;
  const data = { until: cover.coveredUntil, amount: BigInt(price.terms.payable), payBy: price.validUntil };
  await tell({ parts, client, household, at }, 'renewalOffer', data, String(cover.cover));
}

/**
 * The old cover runs on while the ministry is late: where the law has said so of the renewal that is under way (M-36).
 * @returns when it is looked at again; undefined where it does not run on
 */
async function continueCover(
  parts: EnrolmentParts,
  client: Desk['client'],
  { household }: Household,
  { cover, at }: Renewal,
): Promise<string | undefined> {
  const pending = await findOpen(client, household, cover.cover);
  const said = pending === undefined ? undefined : await findDecision(client, pending);
  if (pending === undefined || said?.decision.continues !== true) return undefined;
  const members = await listCoverMembers(client, household);
  const joined = joinedTo(await listCovers(client, household), cover.cover).map((each) => each.cover);
  const ofCover = members.filter(
    (member) => [cover.cover, ...joined].includes(member.cover) && member.replacedBy === null,
  );
  const last =
    members
      .map(({ coveredUntil }) => coveredUntil)
      .toSorted()
      .at(-1) ?? cover.coveredUntil;
  const today = dayInTehran(at);
  if (last >= isoDay((today + 1) as Day)) return last;
  const from = isoDay((getDay(last) + 1) as Day);
  const until = isoDay((Math.max(today, getDay(last)) + continuedDays) as Day);
  const [id = 0n, ...tasks] = await parts.ids.make([household, ...ofCover.map(() => household)]);
  const { application, fund, regime, feeGroup, lateEntrant } = cover;
  await insertCover(client, {
    ...{ household, cover: id, origin: 'continuation', application: application === null ? null : pending.application },
    ...{
      fund,
      coveredFrom: from,
      coveredUntil: until,
      regime,
      feeGroup,
      lateEntrant,
      free: false,
      writtenAt: at,
      joins: null,
    },
  });
  for (const [index, member] of ofCover.entries()) {
    const period = { coveredFrom: from, entitledFrom: from, coveredUntil: until, waitingDays: 0 };
    await insertCoverMember(client, { ...member, ...period, cover: id });
    await insertTask(client, { household, task: tasks[index] ?? id, person: member.person }, at);
  }
  return until;
}
