import { hijriDate, isoDay, type EnrolmentDecision } from '@estehqaq/law';
import { bookSubsidy, cancelBill, issueBill, type BillTerms } from '../contributions/index.ts';
import { system, type Actor } from './actor.ts';
import { hasTerms, priceFrom, type Terms } from './law-case.ts';
import { findMember, isTemporary } from './member-key.ts';
import { keepDecision, lastCase, move, todayOf, type Desk } from './move.ts';
import { listCoversOfPerson } from './cover-store.ts';
import { releasePersons } from './household-store.ts';
import { endReminders } from '../notices/index.ts';
import { tell } from './tell.ts';
import { writeCover } from './write-cover.ts';

/**
 * Goes on from the last decision: refused; waiting for the ministry; free, then covered at once; or owed, then billed.
 * @param by who has brought it to this
 */
export async function goOn(desk: Desk, by: Actor): Promise<void> {
  const { decision } = lastCase(desk);
  switch (decision.outcome) {
    case 'REFUSED':
      await refuse(desk, decision);
      return;
    case 'AWAITING_MEANS_TEST':
      await awaitMeansTest(desk);
      return;
    case 'TERMS':
      if (!hasTerms(decision)) throw new RangeError('terms without amounts');
      await rate(desk, decision, by);
      return;
  }
}

async function refuse(desk: Desk, { reasons, clauses }: EnrolmentDecision): Promise<void> {
  await takeBillBack(desk, 'refused');
  const changes = { awaits: null, bill: null, billUntil: null, dueOn: null, recheckDueAt: null };
  await move(desk, { what: 'refuse', actor: system, reason: reasons.join(' '), clauses }, changes);
  await releaseUncovered(desk);
  await tell(desk, 'applicationRefused', { application: String(desk.application.number) }, numberOf(desk));
}

/** Without another step by the applicant (M-05). Asked once: a second question would be a second deadline. */
async function awaitMeansTest(desk: Desk): Promise<void> {
  const { application, client, parts } = desk;
  if (application.awaits === 'meansTest') return;
  const { decision, caseDocument } = lastCase(desk);
  const members = caseDocument.members
    .map(({ id }) => findMember(id))
    .filter((key) => key !== undefined)
    .filter((key) => !isTemporary(key));
  await move(desk, { what: 'requestMeansTest', actor: system, clauses: decision.clauses }, { awaits: 'meansTest' });
  await parts.meansTesting.request(client, {
    household: application.household,
    application: application.application,
    members,
    requestedOn: isoDay(todayOf(desk)),
  });
}

/** The group is known, or none is needed. */
async function rate(desk: Desk, decision: Terms, by: Actor): Promise<void> {
  await takeBillBack(desk, 'priced anew');
  const what = decision.group === null ? 'declare' : 'test';
  if (what === 'test' || desk.application.state === 'submitted') {
    await move(desk, { what, actor: by, clauses: decision.clauses }, { awaits: null, bill: null, billUntil: null });
  }
  if (decision.notices.includes('MEMBERS_ADDED')) {
    const from = decision.members[0]?.coverFrom ?? null;
    await tell(desk, 'memberAdded', { members: decision.members.length, from }, numberOf(desk));
  }
  if (decision.payable > 0) {
    await bill(desk);
    return;
  }
  await bookSubsidy(
    desk.client,
    { now: () => desk.at },
    desk.parts.ids,
    billTerms(desk, decision, isoDay(todayOf(desk))),
  );
  await writeCover(desk);
}

/**
 * Prices the case as of today and issues the one bill of the household (M-08); or waits until the figures of the year are
 * confirmed.
 */
export async function bill(desk: Desk): Promise<void> {
  const { client, parts, at } = desk;
  const today = todayOf(desk);
  const { caseDocument, inputs } = lastCase(desk);
  const price = priceFrom(parts.law, { ...caseDocument, paidOn: null }, today);
  if (price.kind === 'figures') {
    await holdForFigures(desk);
    return;
  }
  const { document, terms, validUntil } = price;
  await keepDecision(desk, 'price', document, inputs);
  const issued = await issueBill(client, { now: () => at }, parts.ids, billTerms(desk, terms, validUntil));
  const changes = { awaits: 'payment' as const, bill: issued.bill, billUntil: validUntil };
  await move(desk, { what: 'bill', actor: system, clauses: terms.clauses }, changes);
  const amount = issued.payable;
  await tell(
    desk,
    'billIssued',
    { bill: String(issued.bill), amount, members: terms.members.length, validUntil },
    String(issued.bill),
  );
}

async function holdForFigures(desk: Desk): Promise<void> {
  if (desk.application.awaits === 'figures') return;
  const { year } = hijriDate(todayOf(desk));
  await move(desk, { what: 'hold', actor: system, reason: 'FIGURES_NOT_CONFIRMED' }, { awaits: 'figures', bill: null });
  const application = numberOf(desk);
  await tell(desk, 'figuresNotConfirmed', { application, year: String(year) }, application);
  desk.parts.log.warn({ year }, 'bills wait until the figures of the year are confirmed');
}

function billTerms({ household, application, at }: Desk, terms: Terms, validUntil: string): BillTerms {
  return {
    household: household.household,
    application: application.application,
    payer: household.head,
    payable: BigInt(terms.payable),
    stateShare: BigInt(terms.stateShare),
    perCapitaMonthly: BigInt(terms.perCapitaMonthly),
    membersCovered: terms.members.length,
    termMonths: terms.termMonths,
    percent: terms.payablePercent,
    issuedOn: isoDay(todayOf({ at })),
    validUntil,
    lawVersion: terms.lawVersion,
  };
}

/** An open bill, if there is one, with what was booked for it. */
export async function takeBillBack(desk: Desk, reason: string): Promise<void> {
  const { application, client, at } = desk;
  if (application.state !== 'billed' || application.bill === null || application.awaits !== 'payment') return;
  await cancelBill(client, { now: () => at }, { household: application.household, bill: application.bill, reason });
  const ofBill = { owner: application.household, event: 'billIssued', key: String(application.bill) } as const;
  await endReminders(client, { now: () => at }, ofBill);
}

/** Those whom no cover holds may be in another household's application. */
export async function releaseUncovered(desk: Desk): Promise<void> {
  const { client, household } = desk;
  const keys = (desk.decision?.caseDocument.members.map(({ id }) => findMember(id)) ?? []).filter(
    (key) => key !== undefined,
  );
  const today = isoDay(todayOf(desk));
  const free: bigint[] = [];
  for (const key of new Set([household.head, ...keys])) {
    const covers = await listCoversOfPerson(client, key);
    if (!covers.some(({ coveredUntil }) => coveredUntil >= today)) free.push(key);
  }
  await releasePersons(client, household.household, free);
}

export function numberOf({ application }: Desk): string {
  return String(application.number);
}
