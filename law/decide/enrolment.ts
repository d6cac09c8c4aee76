import type { Book } from '../book.ts';
import type { Group, HouseholdFacts } from '../clauses/mandatory-insurance/asked.ts';
import { askedInTime, dependsOnTheTest } from '../clauses/mandatory-insurance/timeliness.ts';
import type { EnrolmentDecision, EnrolmentNotice, EnrolmentReason, MemberTerms } from '../decision.ts';
import { invalidCase, type InvalidCase } from '../facts/read-case.ts';
import type { EnrolmentCase, HouseholdMember } from '../facts.ts';
import { isoDay, later, plusDays, type Day } from '../words/day.ts';
import { On } from '../words/on.ts';
import { percentOf } from '../words/rial.ts';
import { lastDayOfTerm } from '../words/solar-hijri.ts';
import { Minutes } from './minutes.ts';
import { mandatoryInsurance as law } from './questions.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

type Household = {
  readonly facts: Mutable<HouseholdFacts>;
  readonly toCover: readonly HouseholdMember[];
  readonly missing: readonly HouseholdMember[];
  readonly headElsewhere: boolean;
};

/** One case being heard: its facts, the law by date, and what was said so far. */
type Hearing = { readonly facts: EnrolmentCase; readonly book: Book; readonly on: On; readonly minutes: Minutes };

/** Hears a case of the mandatory insurance (M). */
export function hearEnrolment(
  facts: EnrolmentCase,
  book: Book,
): { decision: EnrolmentDecision | InvalidCase; minutes: Minutes } {
  const minutes = new Minutes();
  const hearing = {
    facts,
    book,
    on: On.day(facts.requestedOn, book.mandatoryInsurance.on(facts.requestedOn)),
    minutes,
  };
  return { decision: decisionOf(hearing), minutes };
}

function decisionOf(hearing: Hearing): EnrolmentDecision | InvalidCase {
  const { facts, on, minutes } = hearing;
  const asking = askingFacts(facts);
  const opening = law.opening.hear(asking, on).answer('opening', minutes);
  if (opening !== 'open') return refusal(hearing, opening, []);

  const household = householdOf(hearing, asking);
  if (household.facts.membersToCover === 0 && household.facts.membersElsewhere === 0) {
    return invalidCase(facts.caseId, {
      path: '/members',
      message: 'expected a member to be covered: nobody is in application',
    });
  }
  const subject = law.subject.hear(household.facts, on).answer('subject', minutes);
  if (subject !== 'subject') return refusal(hearing, subject, []);

  placeInRegime(hearing, household);
  const course = law.course.hear(household.facts, on).answer('course', minutes);
  switch (course) {
    case 'HOUSEHOLD_INCOMPLETE':
      return refusal(hearing, course, household.missing);
    case 'AWAITING_MEANS_TEST':
      return awaiting(hearing, household);
    case 'TERMS':
      return terms(hearing, household, []);
    case 'TERMS_WITH_ADDED_MEMBERS':
      return terms(hearing, household, household.missing);
  }
}

/** What is asked about a household before its members are looked at. */
function askingFacts({
  requestedOn,
  route,
  termMonths,
  meansTest,
  lostCover,
  renewal,
}: EnrolmentCase): Mutable<HouseholdFacts> {
  return {
    renewing: renewal !== null,
    requestedOn,
    route,
    termMonths,
    incomeMonthly: meansTest?.incomeMonthly ?? null,
    decile: meansTest?.decile ?? null,
    lostCoverEndedOn: lostCover?.endedOn ?? null,
    lostCoverCause: lostCover?.cause ?? null,
    expiresOn: renewal?.expiresOn ?? null,
    lateEntrant: renewal?.lateEntrant ?? false,
    meansTestRequestedOn: renewal?.meansTestRequestedOn ?? null,
    membersToCover: 0,
    membersElsewhere: 0,
    membersExempt: 0,
    membersMissing: 0,
    newborn: false,
    emergency: false,
    group: null,
    regime: 'renewal',
  };
}

/** Sorts the members: covered by this insurance, covered elsewhere, or missing (M-03, M-11, M-12, M-19, M-26). */
function householdOf({ facts: { members, renewal }, on, minutes }: Hearing, facts: Mutable<HouseholdFacts>): Household {
  const toCover: HouseholdMember[] = [];
  const missing: HouseholdMember[] = [];
  let headElsewhere = false;
  for (const member of members) {
    const applies = renewal !== null || member.inApplication;
    const elsewhere =
      member.baseCover === null ? null : law.cover.hear(member.baseCover, on).answer('keepsOut', minutes);
    if (elsewhere?.counts === true) {
      if (member.relation === 'head') headElsewhere = true;
      if (!applies) continue;
      facts.membersElsewhere += 1;
      if (elsewhere.exempts) facts.membersExempt += 1;
    } else if (applies) toCover.push(member);
    else if (member.baseCover === null && law.member.hear(member, on).answer('mustComeAlong', minutes))
      missing.push(member);
  }
  facts.membersToCover = toCover.length;
  facts.membersMissing = missing.length;
  facts.newborn = !headElsewhere && toCover.some((member) => member.hospitalisedFromBirth);
  facts.emergency = toCover.some((member) => member.emergency);
  return { facts, toCover, missing, headElsewhere };
}

/** Finds the regime, and the group where the regime depends on it: elsewhere a result of the means test changes nothing. */
function placeInRegime(hearing: Hearing, { facts }: Household): void {
  const { on, minutes } = hearing;
  const ofTheGroup = new Minutes();
  facts.group = findGroup(hearing, facts, ofTheGroup);
  if (!facts.renewing) facts.regime = law.regime.hear(facts, on).answer('regime', minutes);
  if (dependsOnTheTest(facts)) minutes.append(ofTheGroup);
  else facts.group = null;
}

/** By the wage of the day on which the ministry determined the result; absent while there is none (M-55). */
function findGroup(
  { facts: { meansTest, requestedOn }, book, on }: Hearing,
  facts: HouseholdFacts,
  minutes: Minutes,
): Group | null {
  if (facts.route !== 'meansTest') return null;
  const determinedOn = meansTest?.determinedOn ?? requestedOn;
  const heard = law.group.hear(facts, On.day(determinedOn, on.edition, book.mandatoryInsurance.on(determinedOn)));
  return heard.unknownFor('group').length > 0 ? null : heard.answer('group', minutes);
}

const noTerms = {
  payablePercent: null,
  payable: null,
  stateShare: null,
  perCapitaMonthly: null,
  termMonths: null,
  members: [],
} as const;

function refusal(
  { facts, book, minutes }: Hearing,
  reason: EnrolmentReason,
  missing: readonly HouseholdMember[],
): EnrolmentDecision {
  return {
    kind: 'enrolment',
    caseId: facts.caseId,
    outcome: 'REFUSED',
    regime: null,
    group: null,
    ...noTerms,
    continues: false,
    needs: missing.map((member) => `/members/${String(facts.members.indexOf(member))}/inApplication`),
    reasons: [reason],
    notices: [],
    clauses: minutes.cites(),
    lawVersion: book.version,
  };
}

function awaiting({ facts, book, minutes }: Hearing, household: Household): EnrolmentDecision {
  return {
    kind: 'enrolment',
    caseId: facts.caseId,
    outcome: 'AWAITING_MEANS_TEST',
    regime: household.facts.regime,
    group: null,
    ...noTerms,
    continues: askedInTime(household.facts),
    needs: ['/meansTest/decile', '/meansTest/incomeMonthly'],
    reasons: [],
    notices: notices(household, household.missing.length > 0 ? 'HOUSEHOLD_INCOMPLETE' : undefined),
    clauses: minutes.cites(),
    lawVersion: book.version,
  };
}

function notices({ facts }: Household, ...others: readonly (EnrolmentNotice | undefined)[]): EnrolmentNotice[] {
  const elsewhere = facts.membersElsewhere > 0 ? ('MEMBER_ALREADY_COVERED' as const) : undefined;
  return [elsewhere, ...others].filter((notice) => notice !== undefined);
}

/** Amounts; and dates, once nothing is owed or the bill is paid. */
function terms(hearing: Hearing, household: Household, added: readonly HouseholdMember[]): EnrolmentDecision {
  const { facts, book, on, minutes } = hearing;
  const heard = law.terms.hear(household.facts, on);
  const payablePercent = heard.answer('payablePercent', minutes)(on.figures);
  const termMonths = heard.answer('termMonths', minutes)(on.figures, facts.termMonths);
  const waitingDays = heard.answer('waitingDays', minutes)(on.figures);

  const determinedOn = facts.meansTest?.determinedOn ?? facts.requestedOn;
  const isFree = payablePercent === 0;
  const pricedOn = isFree ? determinedOn : (facts.paidOn ?? facts.requestedOn);
  const pricing = On.day(pricedOn, on.edition, book.mandatoryInsurance.on(pricedOn));
  const rate = law.rate.hear({ pricedOn }, pricing).answer('rate', minutes);
  const { perCapitaMonthly } = pricing.figures;

  const settledOn = isFree ? later(facts.requestedOn, determinedOn) : facts.paidOn;
  const coverFrom = heard.answer('coverFrom', minutes);
  const firstDay = settledOn === null ? null : coverFrom(household.facts, { on: settledOn, termMonths });

  const covered = added.length === 0 ? household.toCover : inOrderOfTheCase(facts, [...household.toCover, ...added]);
  const full = perCapitaMonthly * covered.length * termMonths;
  const payable = percentOf(full, payablePercent);
  return {
    kind: 'enrolment',
    caseId: facts.caseId,
    outcome: 'TERMS',
    regime: household.facts.regime,
    group: household.facts.group,
    payablePercent,
    payable,
    stateShare: full - payable,
    perCapitaMonthly,
    termMonths,
    members: covered.map((member) =>
      memberTerms(member.id, waitsOf(hearing, household, member, waitingDays), firstDay, termMonths),
    ),
    continues: false,
    needs: [],
    reasons: [],
    notices: notices(
      household,
      added.length > 0 ? 'MEMBERS_ADDED' : undefined,
      rate === 'carriedForward' ? 'RATE_CARRIED_FORWARD' : undefined,
    ),
    clauses: minutes.cites(),
    lawVersion: book.version,
  };
}

function inOrderOfTheCase({ members }: EnrolmentCase, chosen: readonly HouseholdMember[]): readonly HouseholdMember[] {
  return members.filter((member) => chosen.includes(member));
}

/** A newborn whose head has no base cover and an emergency patient do not wait, whatever the others do (M-40, M-43). */
function waitsOf(
  { on, minutes }: Hearing,
  { headElsewhere }: Household,
  member: HouseholdMember,
  ofTheOthers: number,
): number {
  const { emergency } = member;
  const newborn = member.hospitalisedFromBirth && !headElsewhere;
  if (!newborn && !emergency) return ofTheOthers;
  return law.urgentMember.hear({ newborn, emergency }, on).answer('waitsWithTheOthers', minutes) ? ofTheOthers : 0;
}

function memberTerms(id: string, waitingDays: number, coverFrom: Day | null, termMonths: number): MemberTerms {
  if (coverFrom === null) return { id, waitingDays, coverFrom: null, coverUntil: null, entitledFrom: null };
  return {
    id,
    waitingDays,
    coverFrom: isoDay(coverFrom),
    coverUntil: isoDay(lastDayOfTerm(coverFrom, termMonths)),
    entitledFrom: isoDay(plusDays(coverFrom, waitingDays)),
  };
}
