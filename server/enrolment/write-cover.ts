import { isoDay, type MemberTerms } from '@estehqaq/law';
import { fault, system } from './actor.ts';
import {
  claimBooklet,
  findCover,
  insertCover,
  insertCoverMember,
  insertTask,
  listCoverMembers,
  listCovers,
  markRenewed,
  type Cover,
  type NewCover,
} from './cover-store.ts';
import { findApplication } from './application-store.ts';
import { joinedTo } from './joins.ts';
import { claimPersons } from './household-store.ts';
import { getDay, hasTerms } from './law-case.ts';
import { findMember } from './member-key.ts';
import { lastCase, move, todayOf, type Desk } from './move.ts';
import { bookletDigits, drawNumber } from './numbers.ts';

import { findNextState } from './states.ts';
import { tell } from './tell.ts';

/** So many days before its end a cover is said to be expiring. */
export const expiringDays = 30;

/** The dates that a settled case has; before that the law gives none. */
type Dated = MemberTerms & { readonly coverFrom: string; readonly coverUntil: string; readonly entitledFrom: string };

function isDated(terms: MemberTerms): terms is Dated {
  return terms.coverFrom !== null && terms.coverUntil !== null && terms.entitledFrom !== null;
}

/**
 * Writes the cover that the last decision gives: a period, its members with their waiting days and booklets (M-64), and a
 * task for each dossier. The application waits until everybody is entitled, or begins at once.
 */
export async function writeCover(desk: Desk): Promise<void> {
  const { client, parts, household, at } = desk;
  const { decision, caseDocument } = lastCase(desk);
  const members = hasTerms(decision) ? decision.members.filter(isDated) : [];
  const [first] = members;
  if (first === undefined) throw new RangeError('the case is not settled: there is no cover to write');
  const [id = 0n, ...tasks] = await parts.ids.make([household.household, ...members.map(() => household.household)]);
  const cover: NewCover = {
    household: household.household,
    cover: id,
    origin: 'application',
    application: desk.application.application,
    fund: 'universal',
    coveredFrom: first.coverFrom,
    coveredUntil: first.coverUntil,
    regime: decision.regime,
    feeGroup: decision.group,
    lateEntrant: decision.regime === 'late',
    free: decision.payable === 0,
    writtenAt: at,
    joins: caseDocument.joins === undefined ? null : BigInt(caseDocument.joins.cover),
  };
  await insertCover(client, cover);
  const keyed = members.map((terms) => ({ terms, person: getKey(terms.id) }));
  const elsewhere = await claimPersons(
    client,
    household.household,
    keyed.map(({ person }) => person),
    at,
  );
  if (elsewhere.length > 0) throw fault('MEMBER_ELSEWHERE');
  for (const [index, { terms, person }] of keyed.entries()) {
    await insertCoverMember(client, {
      household: household.household,
      cover: id,
      person,
      relation: caseDocument.members.find((member) => member.id === terms.id)?.relation ?? 'child',
      waitingDays: terms.waitingDays,
      coveredFrom: terms.coverFrom,
      entitledFrom: terms.entitledFrom,
      coveredUntil: terms.coverUntil,
      booklet: await drawBooklet(desk),
      replacedBy: null,
    });
    await insertTask(client, { household: household.household, task: tasks[index] ?? id, person }, at);
  }
  await endRenewal(
    desk,
    id,
    keyed.map(({ person }) => person),
  );
  await begin(desk, cover, members);
}

/** The cover that this one follows, and those that joined it, need no further renewal; their applications are renewed. */
async function endRenewal(desk: Desk, cover: bigint, covered: readonly bigint[]): Promise<void> {
  const { client, application } = desk;
  const { household, renews } = application;
  const before = renews === null ? undefined : await findCover(client, household, renews);
  if (before === undefined) return;
  const all = await listCoverMembers(client, household);
  // Who has joined since the renewal was asked for is not in it.
  const isIn = (joined: Cover): boolean =>
    all.some((member) => member.cover === joined.cover && covered.includes(member.person));
  const joined = joinedTo(await listCovers(client, household), before.cover).filter(isIn);
  for (const each of [before, ...joined]) {
    await markRenewed(client, each, cover);
    if (each.application === null) continue;
    const origin = await findApplication(client, { household, application: each.application });
    if (origin === undefined || findNextState(origin.state, 'renew') === undefined) continue;
    await move(
      { ...desk, application: origin, decision: undefined },
      { what: 'renew', actor: system },
      { dueOn: null },
    );
  }
}

async function begin(desk: Desk, cover: NewCover, members: readonly Dated[]): Promise<void> {
  const entitled =
    members
      .map(({ entitledFrom }) => entitledFrom)
      .toSorted()
      .at(-1) ?? cover.coveredFrom;
  const isEntitled = entitled <= isoDay(todayOf(desk));
  const { cover: id, coveredUntil } = cover;
  const dueOn = isEntitled ? expiringOn(coveredUntil) : entitled;
  // Asked again at the start of the cover (M-03).
  const changes = { cover: id, awaits: null, dueOn, recheckDueAt: desk.at };
  await move(
    desk,
    { what: isEntitled ? 'begin' : 'wait', actor: system, clauses: lastCase(desk).decision.clauses },
    changes,
  );
  if (cover.free && desk.application.kind === 'renewal') {
    await tell(desk, 'renewedFree', { from: cover.coveredFrom, until: coveredUntil }, String(id));
    return;
  }
  const data = { from: entitled, until: coveredUntil, members: members.length };
  await tell(desk, 'coverBegins', data, String(id));
}

/** The first of the last days of a cover; ISO. */
export function expiringOn(coveredUntil: string): string {
  return isoDay((getDay(coveredUntil) - expiringDays) as ReturnType<typeof getDay>);
}

async function drawBooklet({ client, parts, household }: Desk): Promise<bigint> {
  const draw = parts.draw ?? drawNumber;
  let number = draw(bookletDigits);
  while (!(await claimBooklet(client, number, household.household))) number = draw(bookletDigits);
  return number;
}

function getKey(id: string): bigint {
  const key = findMember(id);
  if (key === undefined) throw new RangeError('the law was asked about somebody who is nobody');
  return key;
}
