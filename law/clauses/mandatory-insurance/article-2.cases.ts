import { child, covered, day, decile, head, household, tested, unpaid, wife, type Row } from './household.cases.ts';

const nothing = {
  regime: null,
  group: null,
  payablePercent: null,
  payable: null,
  stateShare: null,
  perCapitaMonthly: null,
  termMonths: null,
  members: [],
  continues: false,
  needs: [],
  notices: [],
} as const;

const renewal = { expiresOn: day('1398/08/01') };

/** When registration and renewal open: M-01, M-02, M-09. */
export const openingCases: readonly Row[] = [
  {
    name: 'a household that asks long before there was such a law',
    case: household({
      requestedOn: day('1300/01/01'),
      members: [{ id: 'head', relation: 'head', birthDate: day('1300/01/01') }],
    }),
    decision: { ...nothing, outcome: 'REFUSED', reasons: ['NOT_OPEN_YET'], clauses: ['M-02'] },
  },
  {
    name: 'a household that asks on the day of the notification, three weeks before the opening',
    case: household({ requestedOn: day('1398/07/12') }),
    decision: { ...nothing, outcome: 'REFUSED', reasons: ['NOT_OPEN_YET'], clauses: ['M-02'] },
  },
  {
    name: 'a household that asks on the day before the opening',
    case: household({ requestedOn: day('1398/07/30') }),
    decision: { ...nothing, outcome: 'REFUSED', reasons: ['NOT_OPEN_YET'], clauses: ['M-02'] },
  },
  {
    name: 'a household that asks on the opening day',
    case: household({ requestedOn: day('1398/08/01') }),
    decision: {
      outcome: 'TERMS',
      regime: 'window',
      reasons: [],
      clauses: ['M-09', 'M-03', 'M-13', 'M-08', 'M-16', 'M-29', 'M-17', 'M-30'],
    },
  },
  {
    name: 'before the opening a household with other cover is told that it is too early',
    case: household({
      requestedOn: day('1398/07/30'),
      members: [{ ...head, baseCover: { insurer: 'ihio', fund: 'employees' } }],
    }),
    decision: { ...nothing, outcome: 'REFUSED', reasons: ['NOT_OPEN_YET'], clauses: ['M-02'] },
  },
  {
    name: 'before the opening nobody asks who is in application',
    case: household({ requestedOn: day('1398/07/30'), members: [{ ...head, inApplication: false }] }),
    decision: { ...nothing, outcome: 'REFUSED', reasons: ['NOT_OPEN_YET'], clauses: ['M-02'] },
  },
  {
    name: 'a renewal on the day before the procedure',
    case: household({ requestedOn: day('1398/07/11'), renewal }),
    decision: { ...nothing, outcome: 'REFUSED', reasons: ['NOT_IN_FORCE'], clauses: ['M-01'] },
  },
  {
    name: 'a renewal on the day of the procedure, before registration opens',
    case: household({ requestedOn: day('1398/07/12'), renewal }),
    decision: {
      outcome: 'TERMS',
      regime: 'renewal',
      reasons: [],
      clauses: ['M-09', 'M-03', 'M-08', 'M-58', 'M-64', 'M-56', 'M-17'],
    },
  },
  {
    name: 'a renewal before the procedure by a household with other cover is not in force',
    case: household({
      requestedOn: day('1398/07/11'),
      renewal,
      members: [{ ...head, baseCover: { insurer: 'tamin' } }],
    }),
    decision: { ...nothing, outcome: 'REFUSED', reasons: ['NOT_IN_FORCE'], clauses: ['M-01'] },
  },
];

const coveredElsewhere = {
  ...nothing,
  outcome: 'REFUSED',
  reasons: ['ALREADY_COVERED'],
  clauses: ['M-09', 'M-03'],
} as const;

const exempt = {
  ...nothing,
  outcome: 'REFUSED',
  reasons: ['ALREADY_COVERED_EXEMPT'],
  clauses: ['M-09', 'M-11'],
} as const;

const subject = {
  outcome: 'TERMS',
  payable: 5_808_000,
  members: unpaid(10, 'head'),
  notices: [],
  clauses: ['M-09', 'M-12', 'M-03', 'M-13', 'M-08', 'M-16', 'M-29', 'M-17', 'M-30'],
} as const;

function alone(name: string, baseCover: object, decision: object): Row {
  return { name: `a head alone ${name}`, case: household({ members: [{ ...head, baseCover }] }), decision };
}

/** Whose base cover keeps them out: M-03, M-11, M-12. */
export const baseCoverCases: readonly Row[] = [
  alone('with Tamin', { insurer: 'tamin' }, coveredElsewhere),
  alone('with the armed forces', { insurer: 'armedForces', fund: null }, coveredElsewhere),
  alone('with another insurer', { insurer: 'other' }, coveredElsewhere),
  alone('with the organisation, fund unknown', { insurer: 'ihio' }, coveredElsewhere),
  alone('in the universal fund', { insurer: 'ihio', fund: 'universal' }, coveredElsewhere),
  alone('in the rural fund', { insurer: 'ihio', fund: 'rural' }, coveredElsewhere),
  alone(
    'in the universal fund by a supportive body',
    { insurer: 'ihio', fund: 'universal', supportiveBody: true },
    coveredElsewhere,
  ),
  alone('with Tamin in a fund called employees', { insurer: 'tamin', fund: 'employees' }, coveredElsewhere),
  alone(
    'with Tamin by a supportive body',
    { insurer: 'tamin', fund: 'otherStrata', supportiveBody: true },
    coveredElsewhere,
  ),
  alone("in the government employees' fund", { insurer: 'ihio', fund: 'employees' }, exempt),
  alone(
    "in the government employees' fund by a supportive body",
    { insurer: 'ihio', fund: 'employees', supportiveBody: true },
    exempt,
  ),
  alone('in the other-strata fund', { insurer: 'ihio', fund: 'otherStrata', supportiveBody: false }, exempt),
  alone(
    'in the other-strata fund by a supportive body',
    { insurer: 'ihio', fund: 'otherStrata', supportiveBody: true },
    subject,
  ),
];

const tamin = { baseCover: { insurer: 'tamin' } };
const employees = { baseCover: { insurer: 'ihio', fund: 'employees' } };
const supported = { baseCover: { insurer: 'ihio', fund: 'otherStrata', supportiveBody: true } };
const out = { inApplication: false };

/** Of several members, who is covered and what the others are told: M-03, M-08, M-11. */
export const subjectCases: readonly Row[] = [
  {
    name: 'the wife is with Tamin: the others are enrolled, and told so',
    case: household({ paidOn: day('1398/08/20'), members: [head, { ...wife, ...tamin }, child] }),
    decision: {
      outcome: 'TERMS',
      payable: 11_616_000,
      members: covered(10, ['1398/08/20', '1399/08/19', '1398/08/30'], 'head', 'child'),
      notices: ['MEMBER_ALREADY_COVERED'],
      clauses: ['M-09', 'M-03', 'M-13', 'M-08', 'M-16', 'M-29', 'M-17', 'M-30'],
    },
  },
  {
    name: 'the wife is with Tamin and not in application: nothing to tell',
    case: household({ members: [head, { ...wife, ...tamin, ...out }, child] }),
    decision: { outcome: 'TERMS', payable: 11_616_000, notices: [] },
  },
  {
    name: 'the head is with Tamin: wife and child are enrolled',
    case: household({ members: [{ ...head, ...tamin }, wife, child] }),
    decision: { outcome: 'TERMS', members: unpaid(10, 'wife', 'child'), notices: ['MEMBER_ALREADY_COVERED'] },
  },
  {
    name: 'an exempt wife does not exempt the head',
    case: household({ members: [head, { ...wife, ...employees }] }),
    decision: {
      outcome: 'TERMS',
      members: unpaid(10, 'head'),
      notices: ['MEMBER_ALREADY_COVERED'],
      clauses: ['M-09', 'M-11', 'M-03', 'M-13', 'M-08', 'M-16', 'M-29', 'M-17', 'M-30'],
    },
  },
  {
    name: 'all are covered, the head exempt',
    case: household({
      members: [
        { ...head, ...employees },
        { ...wife, ...tamin },
      ],
    }),
    decision: { ...exempt, clauses: ['M-09', 'M-11', 'M-03'] },
  },
  {
    name: 'all are covered, the wife exempt',
    case: household({
      members: [
        { ...head, ...tamin },
        { ...wife, ...employees },
      ],
    }),
    decision: { ...exempt, clauses: ['M-09', 'M-03', 'M-11'] },
  },
  {
    name: 'all in application are covered, and the exempt wife is not in application',
    case: household({
      members: [
        { ...head, ...tamin },
        { ...wife, ...employees, ...out },
      ],
    }),
    decision: { ...coveredElsewhere, clauses: ['M-09', 'M-03', 'M-11'] },
  },
  {
    name: 'in a renewal it is not asked who is in application: the exempt wife exempts',
    case: household({
      renewal,
      members: [
        { ...head, ...tamin },
        { ...wife, ...employees, ...out },
      ],
    }),
    decision: { ...exempt, clauses: ['M-09', 'M-03', 'M-11'] },
  },
  {
    name: 'all who are in application are covered: a missing child does not matter any more',
    case: household({
      members: [
        { ...head, ...tamin },
        { ...child, ...out },
      ],
    }),
    decision: { ...coveredElsewhere, clauses: ['M-09', 'M-03', 'M-19'] },
  },
  {
    name: 'a household with other cover is not asked for its means test',
    case: tested(null, { members: [{ ...head, ...tamin }] }),
    decision: coveredElsewhere,
  },
  {
    name: 'nobody is in application',
    case: household({ members: [{ ...head, ...out }] }),
    decision: { error: { path: '/members' } },
  },
  {
    name: 'nobody is in application, and the head has other cover',
    case: household({ members: [{ ...head, ...tamin, ...out }] }),
    decision: { error: { path: '/members' } },
  },
  {
    name: 'only the holder of a supportive cover is there, and not in application',
    case: household({ members: [{ ...head, ...supported, ...out }] }),
    decision: { error: { path: '/members' } },
  },
  {
    name: 'in a renewal everybody is in application',
    case: household({ renewal, members: [{ ...head, ...out }] }),
    decision: { outcome: 'TERMS', regime: 'renewal', members: unpaid(0, 'head') },
  },
  {
    name: 'a renewal by a household that Tamin covers now',
    case: household({ renewal, members: [{ ...head, ...tamin }] }),
    decision: coveredElsewhere,
  },
  {
    name: 'a renewal, and the child is with Tamin now',
    case: household({ renewal, members: [head, wife, { ...child, ...tamin }] }),
    decision: { outcome: 'TERMS', members: unpaid(0, 'head', 'wife'), notices: ['MEMBER_ALREADY_COVERED'] },
  },
  {
    name: 'while the test is awaited, it is told who is covered elsewhere and that somebody is missing',
    case: tested(null, { members: [head, { ...wife, ...out }, { ...child, ...tamin }] }),
    decision: { outcome: 'AWAITING_MEANS_TEST', notices: ['MEMBER_ALREADY_COVERED', 'HOUSEHOLD_INCOMPLETE'] },
  },
  {
    name: 'all that there is to tell, in its order',
    case: tested(decile(1, '1399/02/10'), { members: [head, { ...wife, ...out }, { ...child, ...tamin }] }),
    decision: {
      outcome: 'TERMS',
      members: covered(0, ['1399/02/10', '1400/02/09', '1399/02/10'], 'head', 'wife'),
      notices: ['MEMBER_ALREADY_COVERED', 'MEMBERS_ADDED', 'RATE_CARRIED_FORWARD'],
    },
  },
];
