import { isoDay } from '@estehqaq/law';
import { dayInTehran } from '../platform/index.ts';
import { fault } from './actor.ts';
import { findApplication, isRenewing, type Application } from './application-store.ts';
import { requireCertificates } from './certificate.ts';
import { getPlace, takeStep, type Receipt, type Step } from './draft-application.ts';
import { caseMembersOf, gatherFacts, type Gathered, type GatheredMember } from './gather-facts.ts';
import { membersOf, type HouseholdDocument } from './household-document.ts';
import {
  claimPersons,
  endMembership,
  findHouseholdOf,
  insertMember,
  listMembers,
  type HouseholdMemberRow,
} from './household-store.ts';
import { findJoins } from './joins.ts';
import { decide, type CaseDocument } from './law-case.ts';
import { findMobile } from '../membership/index.ts';
import { keepDecision, move, todayOf, type Desk, type Request } from './move.ts';
import { goOn, numberOf } from './settle.ts';
import { tell } from './tell.ts';
import type { EnrolmentParts } from './parts.ts';

/** A registry that was silent is asked again after so long. */
export const recheckAfterMs = 6 * 3_600_000;

/**
 * Submits a draft. The moment of the request decides the day, and the day the regime (M-09, M-13), however long registries
 * take to answer; then it goes on as far as it can: refused, to the ministry, billed, or covered.
 * @throws Fault APPLICATION_STATE; MEMBER_ELSEWHERE for a member in another household's application or cover;
 *   APPLICATION_OPEN while a renewal is under way; HOUSEHOLD_CLASHES; APPLICATION_INVALID; REQUEST_ID_REUSED; DATABASE_…
 */
export async function submitApplication(parts: EnrolmentParts, step: Step): Promise<Receipt> {
  const submittedAt = parts.clock.now();
  const place = await getPlace(parts, step);
  const draft = await findApplication(parts.pool, place);
  // One that was submitted before may have been by this very request: the step finds out, without asking registries.
  const gathered =
    draft?.state === 'draft' ? await gather(parts, place.household, draft.document, submittedAt) : undefined;
  return takeStep(parts, step, ['submit', null], async (desk, request) => {
    if (gathered === undefined || desk.application.documentVersion !== draft?.documentVersion) {
      throw fault('APPLICATION_STATE');
    }
    // A renewal that is under way covers the same people; who joins is not among them.
    if (desk.application.kind === 'new' && (await isRenewing(desk.client, desk.household.household))) {
      throw fault('APPLICATION_OPEN');
    }
    await submit(desk, gathered, { step, request, submittedAt });
    return undefined;
  });
}

/** Who is named by the civil registry alone, and belongs to another household by now, is not missing in this one. */
async function gather(
  parts: EnrolmentParts,
  household: bigint,
  document: HouseholdDocument,
  at: Date,
): Promise<Gathered> {
  await requireCertificates(parts, document, at);
  const declared = new Set(membersOf(document).map(({ key }) => key));
  const gathered = await gatherFacts(parts, document, {
    on: dayInTehran(at),
    isRenewal: false,
    leaveOut: [],
  });
  const members: GatheredMember[] = [];
  for (const member of gathered.members) {
    const other = declared.has(member.key) ? undefined : await findHouseholdOf(parts.pool, member.key);
    if (other === undefined || other === household) members.push(member);
  }
  return { ...gathered, members };
}

interface Submission {
  readonly step: Step;
  readonly request: Request | undefined;
  readonly submittedAt: Date;
}

export async function submit(
  desk: Desk,
  gathered: Gathered,
  { step, request, submittedAt }: Submission,
): Promise<void> {
  const requestedOn = isoDay(dayInTehran(submittedAt));
  const joins =
    desk.application.kind === 'addition'
      ? await findJoins(desk.client, desk.household.household, isoDay(todayOf(desk)))
      : undefined;
  const document = { ...caseOf(desk.application, gathered, requestedOn), ...(joins !== undefined && { joins }) };
  await takeIn(desk, gathered, document);
  const recheckDueAt = gathered.isUnchecked ? new Date(desk.at.getTime() + recheckAfterMs) : null;
  await move(desk, { what: 'submit', actor: step.actor, request }, { submittedAt, requestedOn, recheckDueAt });
  await tell(desk, 'applicationReceived', { application: numberOf(desk), submittedOn: requestedOn }, numberOf(desk));
  await keepDecision(desk, 'submission', document, gathered.provenance);
  await goOn(desk, step.actor);
}

export function caseOf(
  { document, number }: Pick<Application, 'document' | 'number'>,
  gathered: Gathered,
  requestedOn: string,
): CaseDocument {
  const { route, termMonths, lostCover } = document;
  return {
    kind: 'enrolment',
    caseId: String(number),
    requestedOn,
    route,
    paidOn: null,
    termMonths,
    meansTest: null,
    lostCover: lostCover === null ? null : { endedOn: lostCover.endedOn, cause: lostCover.cause },
    renewal: null,
    members: caseMembersOf(gathered),
  };
}

/**
 * Makes the members the household's, from this day on.
 * @throws Fault MEMBER_ELSEWHERE
 */
export async function takeIn(desk: Desk, gathered: Gathered, document: CaseDocument): Promise<void> {
  await claimMembers(desk, gathered, document);
  await writeMembers(desk, gathered);
}

/** Those in application, and those who must come along and may be added (M-26), belong to this household from now on. */
async function claimMembers(
  { client, parts, household, at }: Desk,
  { members }: Gathered,
  document: CaseDocument,
): Promise<void> {
  const { needs } = decide({ ...document, route: 'selfDeclared' }, parts.law.book);
  const isRenewal = document.renewal !== null;
  const isMissing = (index: number): boolean => isRenewal || needs.includes(`/members/${index}/inApplication`);
  const claimed = members.filter(({ inApplication }, index) => inApplication || isMissing(index)).map(({ key }) => key);
  const elsewhere = await claimPersons(client, household.household, claimed, at);
  if (elsewhere.length === 0) return;
  const places = members.flatMap(({ key }, index) => (elsewhere.includes(key) ? [`/members/${index}`] : []));
  throw fault('MEMBER_ELSEWHERE', `In another household’s application or cover: ${places.join(', ')}`);
}

/** The household as it is from this day on: who is new, who is described otherwise, and who is not of it any more. */
async function writeMembers(desk: Desk, { members }: Gathered): Promise<void> {
  const { client, household: of } = desk;
  const { household } = of;
  const known = new Map((await listMembers(client, household)).map((row) => [row.person, row]));
  const today = isoDay(todayOf(desk));
  for (const { key: person, relation, sex, birthDate, firstName, lastName, mobile: written } of members) {
    const before = known.get(person);
    known.delete(person);
    const said = { relation, sex, birthDate, firstName, lastName, mobile: findMobile(written ?? '') ?? null };
    if (before !== undefined && isSaid(before, said)) continue;
    if (before !== undefined && before.fromDay !== today) {
      await endMembership(client, { household, person, untilDay: today, cause: 'described anew' });
    }
    await insertMember(client, { household, person, fromDay: today, untilDay: null, cause: 'application', ...said });
  }
  // Who joins may name the head and themselves alone: the others leave by a step of their own.
  if (desk.application.kind === 'addition') return;
  for (const person of known.keys()) {
    await endMembership(client, { household, person, untilDay: today, cause: 'not declared' });
  }
}

function isSaid(before: HouseholdMemberRow, said: Partial<HouseholdMemberRow>): boolean {
  return Object.entries(said).every(([name, value]) => before[name as keyof HouseholdMemberRow] === value);
}
