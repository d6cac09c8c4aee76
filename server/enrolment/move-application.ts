import { transaction } from '../database/index.ts';
import { dayInTehran } from '../platform/index.ts';
import { fault, isFault, notFound, system } from './actor.ts';
import {
  findApplication,
  listAwaitingFigures,
  listRechecks,
  postpone,
  updateApplication,
  type Application,
} from './application-store.ts';
import { insertTask, listCoverMembers, replaceCoverMember } from './cover-store.ts';
import { getPlace, open, takeStep, type Receipt, type Step } from './draft-application.ts';
import { caseMembersOf, gatherFacts, type Gathered } from './gather-facts.ts';
import { headOf, membersOf, type HouseholdDocument } from './household-document.ts';
import { claimPersons, endMembership, insertMember, listMembers, releasePersons } from './household-store.ts';
import { findMember, isTemporary, memberText } from './member-key.ts';
import { withoutWhoJoins, withWhatBelongsTo } from './joins.ts';
import { findNextState } from './states.ts';
import { tell } from './tell.ts';
import { keepDecision, lastCase, move, openDesk, todayOf, type Desk } from './move.ts';
import type { EnrolmentParts } from './parts.ts';
import { bill, goOn, releaseUncovered, takeBillBack } from './settle.ts';
import { recheckAfterMs, submit, takeIn } from './submit-application.ts';
import { findDay, isoDay } from '@estehqaq/law';

const dayMs = 86_400_000;

const nothingDue = { awaits: null, bill: null, billUntil: null, dueOn: null, recheckDueAt: null } as const;

/** Before it is paid. @throws Fault APPLICATION_STATE, NOT_FOUND, REQUEST_ID_REUSED, DATABASE_… */
export async function withdrawApplication(
  parts: EnrolmentParts,
  step: Step & { readonly reason?: string | undefined },
): Promise<Receipt> {
  return takeStep(parts, step, ['withdraw', step.reason ?? null], async (desk, request) => {
    await takeBillBack(desk, 'withdrawn');
    await move(desk, { what: 'withdraw', actor: step.actor, reason: step.reason, request }, nothingDue);
    await releaseUncovered(desk);
    return undefined;
  });
}

/**
 * A new bill at today's price, after the last one has expired (M-30).
 * @throws Fault FIGURES_NOT_CONFIRMED; APPLICATION_STATE; DATABASE_…
 */
export async function priceAnew(parts: EnrolmentParts, step: Step): Promise<Receipt> {
  if (!parts.law.isConfirmed(dayInTehran(parts.clock.now()))) throw fault('FIGURES_NOT_CONFIRMED');
  return takeStep(parts, step, ['priceAnew', null], async (desk) => {
    if (desk.application.awaits !== 'newPrice') throw fault('APPLICATION_STATE');
    await bill(desk);
    return undefined;
  });
}

/**
 * While the ministry is late the household may pay in full and be covered; a result that comes before the payment takes the
 * place of that bill, and one that comes after it rates the next term (M-06, M-16).
 * @throws Fault APPLICATION_STATE where no result is awaited; DATABASE_…
 */
export async function payMeanwhile(parts: EnrolmentParts, step: Step): Promise<Receipt> {
  return takeStep(parts, step, ['payMeanwhile', null], async (desk, request) => {
    if (desk.application.awaits !== 'meansTest') throw fault('APPLICATION_STATE');
    await move(desk, { what: 'payMeanwhile', actor: step.actor, request }, { paysInFull: true, awaits: null });
    const { caseDocument, inputs } = lastCase(desk);
    await keepDecision(desk, 'price', { ...caseDocument, route: 'selfDeclared' }, inputs);
    await goOn(desk, step.actor);
    return undefined;
  });
}

/**
 * Puts right what was declared: another application takes the place of this one, with its day of submission; the decisions
 * on this one stay readable. Staff alone, before it is paid.
 * @throws Fault APPLICATION_STATE; HOUSEHOLD_CLASHES; APPLICATION_INVALID; MEMBER_ELSEWHERE; DATABASE_…
 */
export async function correctApplication(
  parts: EnrolmentParts,
  step: Step & { readonly document: HouseholdDocument; readonly reason: string },
): Promise<Receipt> {
  const { document, actor, reason } = step;
  if (actor.kind !== 'staff') throw fault('NOT_YOURS');
  const head = headOf(membersOf(document)).key;
  const wrong = await findApplication(parts.pool, await getPlace(parts, step));
  const gathered =
    wrong?.submittedAt === null || wrong === undefined
      ? undefined
      : await gatherFacts(parts, document, {
          on: dayInTehran(wrong.submittedAt),
          isRenewal: false,
          leaveOut: [],
        });
  return takeStep(parts, step, ['correct', [document, reason]], async (desk, request) => {
    const { household, client, at, application: old } = desk;
    if (gathered === undefined || old.submittedAt === null) throw fault('APPLICATION_STATE');
    if (household.head !== head) throw fault('APPLICATION_INVALID', 'the head of a household stays');
    await takeBillBack(desk, 'corrected');
    await move(desk, { what: 'correct', actor, reason, request }, nothingDue);
    await releaseUncovered(desk);
    const identityDocument = old.identityDocument ?? undefined;
    const more = { supersedes: old.application, ...(old.kind === 'addition' && { kind: old.kind }) };
    const opened = await open(parts, client, household, {
      actor,
      document,
      identityDocument,
      request: undefined,
      at,
      more,
    });
    await claimPersons(client, household.household, [head], at);
    const next = await openDesk(parts, client, opened, at);
    await submit(next, gathered, {
      step: { actor, number: step.number },
      request: undefined,
      submittedAt: old.submittedAt,
    });
    return next.application;
  });
}

/**
 * A newborn has got a national id: the membership and the cover move to it (M-38).
 * @throws Fault APPLICATION_INVALID; MEMBER_ELSEWHERE; NOT_FOUND where nobody is covered under that key; DATABASE_…
 */
export async function replaceTemporaryKey(
  parts: EnrolmentParts,
  step: Step & { readonly temporaryKey: string; readonly nationalId: bigint },
): Promise<Receipt> {
  const { temporaryKey, nationalId, actor } = step;
  const key = findMember(temporaryKey);
  if (key === undefined || !isTemporary(key)) throw fault('APPLICATION_INVALID', 'this is no temporary key');
  return takeStep(parts, step, ['replaceKey', [temporaryKey, String(nationalId)]], async (desk, request) => {
    const { client, household, at } = desk;
    const members = await listMembers(client, household.household);
    const member = members.find(({ person }) => person === key);
    const covers = (await listCoverMembers(client, household.household)).filter(
      ({ person, replacedBy }) => person === key && replacedBy === null,
    );
    if (member === undefined || covers.length === 0) throw notFound();
    if ((await claimPersons(client, household.household, [nationalId], at)).length > 0) throw fault('MEMBER_ELSEWHERE');
    await releasePersons(client, household.household, [key]);
    const today = isoDay(todayOf(desk));
    await endMembership(client, { household: household.household, person: key, untilDay: today, cause: 'nationalId' });
    await insertMember(client, { ...member, person: nationalId, fromDay: today, cause: 'nationalId' });
    for (const cover of covers) await replaceCoverMember(client, cover, nationalId);
    const [task = 0n] = await parts.ids.make([household.household]);
    await insertTask(client, { household: household.household, task, person: nationalId }, at);
    await move(desk, { what: 'replaceKey', actor, request });
    return undefined;
  });
}

export const departures = ['death', 'marriage', 'separation', 'age', 'other'] as const;

/**
 * Somebody is of the household no more, from a day on: left out of the next renewal, and free for another household. No text
 * ends a cover that stands: it runs to its end.
 * @throws Fault APPLICATION_INVALID for the head, and for a day to come; NOT_FOUND for who is no member; APPLICATION_STATE
 */
export async function removeMember(
  parts: EnrolmentParts,
  step: Step & {
    readonly id: string;
    readonly cause: (typeof departures)[number];
    /** ISO. */
    readonly on: string;
  },
): Promise<Receipt> {
  const { id, cause, on, actor } = step;
  const person = findMember(id);
  return takeStep(parts, step, ['memberLeft', [id, cause, on]], async (desk, request) => {
    const { client, household } = desk;
    const members = await listMembers(client, household.household);
    if (person === undefined || !members.some((member) => member.person === person)) throw notFound();
    if (person === household.head) throw fault('APPLICATION_INVALID', '/nationalId: the head does not leave');
    if (findDay(on) === undefined || on > isoDay(todayOf(desk))) {
      throw fault('APPLICATION_INVALID', '/on: a day that has come');
    }
    await endMembership(client, { household: household.household, person, untilDay: on, cause });
    await releasePersons(client, household.household, [person]);
    await move(desk, { what: 'memberLeft', actor, reason: cause, request });
    await tell(desk, 'memberLeft', { on }, `${memberText(person)}:${on}`);
    return undefined;
  });
}

/**
 * Bills what has waited until the figures of the year were confirmed.
 * @returns how many went on
 */
export async function billAwaitingFigures(parts: EnrolmentParts, now: Date, limit = 200): Promise<number> {
  if (!parts.law.isConfirmed(dayInTehran(now))) return 0;
  return each(parts, now, await listAwaitingFigures(parts.pool, limit), async (desk) => {
    if (desk.application.awaits !== 'figures') return false;
    await bill(desk);
    return true;
  });
}

/**
 * Asks registries again that were silent at the submission, and the other insurers at the start of a cover (M-03). What
 * they say decides a case that is not paid yet anew; after that it is for the desk to look at.
 * @returns how many were looked at
 */
export async function recheckApplications(parts: EnrolmentParts, now: Date, limit = 50): Promise<number> {
  let checked = 0;
  for (const application of await listRechecks(parts.pool, now, limit)) {
    const gathered = await gatherAgain(parts, application, now);
    checked += await each(parts, now, [application], async (desk) => {
      if (desk.application.recheckDueAt === null || desk.application.recheckDueAt > now) return false;
      await recheck(desk, gathered, now);
      return true;
    });
  }
  return checked;
}

type Again = Gathered | 'HOUSEHOLD_CLASHES';

async function gatherAgain(
  parts: EnrolmentParts,
  { household, kind, document, cover, renews }: Application,
  now: Date,
): Promise<Again> {
  try {
    // Its own cover keeps nobody out, nor the one that it renews.
    const renewed = renews === null ? [] : await withWhatBelongsTo(parts.pool, household, renews);
    const gathered = await gatherFacts(parts, document, {
      on: dayInTehran(now),
      isRenewal: kind === 'renewal',
      leaveOut: [...(cover === null ? [] : [cover]), ...renewed],
    });
    return kind === 'renewal' ? await withoutWhoJoins(parts.pool, household, gathered) : gathered;
  } catch (error) {
    if (isFault(error, 'HOUSEHOLD_CLASHES')) return 'HOUSEHOLD_CLASHES';
    throw error;
  }
}

async function recheck(desk: Desk, again: Again, now: Date): Promise<void> {
  const { application } = desk;
  if (findNextState(application.state, 'recheck') === undefined) {
    // It was over before the registries spoke again.
    await updateApplication(desk.client, application, { recheckDueAt: null });
    return;
  }
  if (again === 'HOUSEHOLD_CLASHES') {
    await move(desk, { what: 'recheck', actor: system, reason: again }, { recheckDueAt: null });
    return;
  }
  const recheckDueAt = again.isUnchecked ? new Date(now.getTime() + recheckAfterMs) : null;
  const { caseDocument } = lastCase(desk);
  const members = caseMembersOf(again);
  const isSame = JSON.stringify(members) === JSON.stringify(caseDocument.members);
  const isSettled = application.cover !== null;
  const found = isSettled ? 'CHANGED_SINCE' : 'DECIDED_ANEW';
  const same = again.isUnchecked ? 'UNCHECKED' : 'CHECKED';
  await move(desk, { what: 'recheck', actor: system, reason: isSame ? same : found }, { recheckDueAt });
  if (isSame || isSettled) return;
  const document = { ...caseDocument, members, paidOn: null };
  await takeIn(desk, again, document);
  await keepDecision(desk, 'submission', document, again.provenance);
  await goOn(desk, system);
}

/**
 * Each in a transaction of its own. One that cannot be done is told in the log and looked at again tomorrow, so that it
 * keeps nobody waiting.
 */
export async function each(
  parts: EnrolmentParts,
  now: Date,
  applications: readonly Application[],
  work: (desk: Desk) => Promise<boolean>,
): Promise<number> {
  let done = 0;
  for (const place of applications) {
    try {
      const isDone = await transaction(parts.pool, async (client) => work(await openDesk(parts, client, place, now)));
      if (isDone) done += 1;
    } catch (error) {
      parts.log.error({ err: error, application: String(place.application) }, 'an application could not be moved on');
      await postpone(parts.pool, place, new Date(now.getTime() + dayMs));
    }
  }
  return done;
}
