import type { BaseCover, EnrolmentCase, HouseholdMember, LostCover, MeansTest, Renewal } from '../facts.ts';
import { figuresKnownFrom } from '../parameters/effective-dates.ts';
import { findHijriDay } from '../words/solar-hijri.ts';
import type { Incomplete } from './incomplete.ts';
import type { Reading } from './reading.ts';
import { flag, listOf, objectOf, oneOf, optional, required, requiredWhere, text, type Shape } from './shape.ts';
import { day, decile, fund, insurer, rials } from './words.ts';

const baseCover: Shape<BaseCover> = objectOf<BaseCover>({
  insurer: required(insurer),
  fund: optional(fund, 'fund of the Health Insurance Organization', null),
  supportiveBody: optional(flag, 'covered by a supportive body', false),
});

const member: Shape<HouseholdMember> = objectOf<HouseholdMember>({
  id: required(text, 'any text, once in the household'),
  relation: required(oneOf(['head', 'spouse', 'child']), 'exactly one head'),
  birthDate: required(day, 'on or before requestedOn'),
  baseCover: optional(baseCover, 'null: no cover of any kind', null),
  hospitalisedFromBirth: optional(flag, 'in hospital since birth', false),
  emergency: optional(flag, 'an emergency patient', false),
  inApplication: optional(flag, 'applied for', true),
});

const meansTest: Shape<MeansTest> = objectOf<MeansTest>({
  determinedOn: requiredWhere(
    ({ incomeMonthly, decile: known }) => incomeMonthly !== null || known !== null,
    day,
    'required with a result; not before 1397/01/01',
  ),
  incomeMonthly: optional(rials, 'income of the whole household, rial a month', null),
  decile: optional(decile, 'income decile, 1 the poorest', null),
});

const lostCover: Shape<LostCover> = objectOf<LostCover>({
  endedOn: required(day, 'last covered day'),
  cause: required(oneOf(['militaryServiceEnded', 'unemployed', 'marriage', 'separation', 'ageLimit', 'other'])),
});

const renewal: Shape<Renewal> = objectOf<Renewal>({
  expiresOn: required(day, 'last covered day'),
  lateEntrant: optional(flag, 'entered by the late rule', false),
  meansTestRequestedOn: optional(day, 'day on which the means test was asked for', null),
});

export const enrolmentCase: Shape<EnrolmentCase> = objectOf<EnrolmentCase>({
  kind: required(oneOf(['enrolment'])),
  caseId: optional(text, 'echoed in the decision', null),
  requestedOn: required(day, 'day of the request'),
  route: required(oneOf(['selfDeclared', 'meansTest'])),
  paidOn: optional(day, 'day on which the whole bill was verified as paid; not before requestedOn', null),
  termMonths: optional(oneOf([1, 6, 12]), 'term asked for', 12),
  meansTest: optional(meansTest, 'answer of the ministry', null),
  lostCover: optional(lostCover, 'base cover that ended', null),
  renewal: optional(renewal, 'existing insured of the organisation', null),
  members: required(listOf(member, 1)),
});

const firstDetermination = findHijriDay(figuresKnownFrom) ?? Number.NaN;

/** Writes down the facts that are well-formed, but cannot stand together. */
export function clashesOfEnrolment(facts: NonNullable<Incomplete<EnrolmentCase>>, reading: Reading): void {
  const { requestedOn, paidOn, members } = facts;
  if (typeof paidOn === 'number' && requestedOn !== undefined && paidOn < requestedOn) {
    reading.clash(['paidOn'], 'expected a day on or after requestedOn');
  }
  if (facts.meansTest) clashesOfMeansTest(facts.meansTest, reading);
  if (members === undefined) return;
  if (members.length > 0 && members.filter((one) => one?.relation === 'head').length !== 1) {
    reading.clash(['members'], 'expected exactly one head of the household');
  }
  const ids = new Set<string>();
  members.forEach((one, index) => {
    if (one?.id !== undefined && ids.has(one.id))
      reading.clash(['members', index, 'id'], 'expected an id that no other member has');
    if (one?.id !== undefined) ids.add(one.id);
    if (one?.birthDate !== undefined && requestedOn !== undefined && one.birthDate > requestedOn) {
      reading.clash(['members', index, 'birthDate'], 'expected a day on or before requestedOn');
    }
  });
}

function clashesOfMeansTest(test: NonNullable<Incomplete<MeansTest>>, reading: Reading): void {
  const at = ['meansTest', 'determinedOn'] as const;
  if (typeof test.determinedOn === 'number' && test.determinedOn < firstDetermination) {
    reading.clash(at, `expected a day on or after ${figuresKnownFrom}: no minimum wage is known before it`);
  }
}
