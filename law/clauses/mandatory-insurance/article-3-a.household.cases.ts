import {
  baby,
  child,
  covered,
  day,
  decile,
  head,
  household,
  tested,
  unpaid,
  wife,
  type Row,
} from './household.cases.ts';

const out = { inApplication: false };
const incomplete = {
  outcome: 'REFUSED',
  regime: null,
  group: null,
  payablePercent: null,
  payable: null,
  stateShare: null,
  perCapitaMonthly: null,
  termMonths: null,
  members: [],
  continues: false,
  reasons: ['HOUSEHOLD_INCOMPLETE'],
  notices: [],
  clauses: ['M-09', 'M-19', 'M-03', 'M-13'],
} as const;

function born(birthDate: string): object {
  return { ...child, birthDate: day(birthDate), ...out };
}

/** Who must come along: M-19. */
const leftOut: readonly Row[] = [
  {
    name: 'the wife is left out',
    case: household({ members: [head, { ...wife, ...out }, child] }),
    decision: { ...incomplete, needs: ['/members/1/inApplication'] },
  },
  {
    name: 'the head is left out',
    case: household({ members: [{ ...head, ...out }, wife] }),
    decision: {
      ...incomplete,
      needs: ['/members/0/inApplication'],
      clauses: ['M-09', 'M-19', 'M-03', 'M-13'],
    },
  },
  {
    name: 'head and child are left out',
    case: household({ members: [{ ...child, ...out }, wife, { ...head, ...out }] }),
    decision: {
      ...incomplete,
      needs: ['/members/0/inApplication', '/members/2/inApplication'],
      clauses: ['M-09', 'M-19', 'M-03', 'M-13'],
    },
  },
  {
    name: 'a child on the day before its 18th birthday',
    case: household({ members: [head, born('1380/08/16')] }),
    decision: { ...incomplete, needs: ['/members/1/inApplication'] },
  },
  {
    name: 'a child on its 18th birthday may stay out',
    case: household({ members: [head, born('1380/08/15')] }),
    decision: { outcome: 'TERMS', members: unpaid(10, 'head'), notices: [] },
  },
  {
    name: 'born on 30 Esfand: on 28 Esfand, 18 years later, still a child',
    case: household({ requestedOn: day('1401/12/28'), members: [head, born('1383/12/30')] }),
    decision: { outcome: 'REFUSED', needs: ['/members/1/inApplication'] },
  },
  {
    name: 'born on 30 Esfand: of age on 29 Esfand, 18 years later',
    case: household({ requestedOn: day('1401/12/29'), members: [head, born('1383/12/30')] }),
    decision: { outcome: 'TERMS' },
  },
  {
    name: 'a spouse who is still a child must come along',
    case: household({ members: [head, { ...wife, birthDate: day('1381/01/01'), ...out }] }),
    decision: { outcome: 'REFUSED', needs: ['/members/1/inApplication'] },
  },
  {
    name: 'a spouse of any age must come along',
    case: household({ members: [head, { ...wife, birthDate: day('1330/01/01'), ...out }] }),
    decision: { outcome: 'REFUSED', needs: ['/members/1/inApplication'] },
  },
  {
    name: 'a wife with other cover need not come along',
    case: household({ members: [head, { ...wife, ...out, baseCover: { insurer: 'tamin' } }] }),
    decision: {
      outcome: 'TERMS',
      notices: [],
      clauses: ['M-09', 'M-03', 'M-13', 'M-08', 'M-16', 'M-29', 'M-17', 'M-30'],
    },
  },
  {
    name: "the holder of a supportive body's cover need not come along",
    case: household({
      members: [head, { ...wife, ...out, baseCover: { insurer: 'ihio', fund: 'otherStrata', supportiveBody: true } }],
    }),
    decision: { outcome: 'TERMS', members: unpaid(10, 'head'), notices: [] },
  },
  {
    name: "the holder of a supportive body's cover may come along",
    case: household({
      members: [head, { ...wife, baseCover: { insurer: 'ihio', fund: 'otherStrata', supportiveBody: true } }],
    }),
    decision: { outcome: 'TERMS', members: unpaid(10, 'head', 'wife'), notices: [] },
  },
  {
    name: 'late applicants, too, must bring everybody',
    case: household({ requestedOn: day('1399/02/01'), members: [head, { ...wife, ...out }] }),
    decision: { ...incomplete, needs: ['/members/1/inApplication'], clauses: ['M-09', 'M-19', 'M-03', 'M-33'] },
  },
  {
    name: "a newborn's family must bring everybody",
    case: household({
      requestedOn: day('1399/05/01'),
      members: [head, { ...wife, ...out }, { ...baby, birthDate: day('1399/05/01') }],
    }),
    decision: { ...incomplete, needs: ['/members/1/inApplication'], clauses: ['M-09', 'M-19', 'M-03', 'M-38'] },
  },
  {
    name: "an emergency patient's family must bring everybody",
    case: household({
      requestedOn: day('1399/05/01'),
      members: [
        { ...head, emergency: true },
        { ...wife, ...out },
      ],
    }),
    decision: { ...incomplete, needs: ['/members/1/inApplication'], clauses: ['M-09', 'M-19', 'M-03', 'M-42'] },
  },
  {
    name: 'in a renewal nobody is missing',
    case: household({ renewal: { expiresOn: day('1398/08/20') }, members: [head, { ...wife, ...out }] }),
    decision: { outcome: 'TERMS', members: unpaid(0, 'head', 'wife'), notices: [] },
  },
];

/** Group one is completed for it: M-26. */
const completed: readonly Row[] = [
  {
    name: 'no result yet and the wife left out: awaited, and told',
    case: tested(null, { members: [head, { ...wife, ...out }] }),
    decision: {
      outcome: 'AWAITING_MEANS_TEST',
      reasons: [],
      needs: ['/meansTest/decile', '/meansTest/incomeMonthly'],
      notices: ['HOUSEHOLD_INCOMPLETE'],
      clauses: ['M-09', 'M-19', 'M-03', 'M-13', 'M-20'],
    },
  },
  {
    name: 'group one: wife and child are added, in the order of the case, and the grown son is not',
    case: tested(decile(3), {
      members: [
        { ...child, ...out },
        head,
        { ...child, id: 'son', birthDate: day('1380/08/15'), ...out },
        { ...wife, ...out },
      ],
    }),
    decision: {
      outcome: 'TERMS',
      group: 1,
      payable: 0,
      stateShare: 17_424_000,
      members: covered(0, ['1398/09/10', '1399/09/09', '1398/09/10'], 'child', 'head', 'wife'),
      needs: [],
      reasons: [],
      notices: ['MEMBERS_ADDED'],
      clauses: ['M-09', 'M-19', 'M-03', 'M-13', 'M-23', 'M-26', 'M-24', 'M-64', 'M-25', 'M-17', 'M-30'],
    },
  },
  {
    name: 'group two is not completed for it',
    case: tested(decile(4), { members: [head, { ...wife, ...out }] }),
    decision: {
      ...incomplete,
      needs: ['/members/1/inApplication'],
      clauses: ['M-09', 'M-19', 'M-03', 'M-13', 'M-27'],
    },
  },
  {
    name: 'group three is not completed for it',
    case: tested(decile(5), { members: [head, { ...wife, ...out }] }),
    decision: {
      ...incomplete,
      needs: ['/members/1/inApplication'],
      clauses: ['M-09', 'M-19', 'M-03', 'M-13', 'M-55'],
    },
  },
  {
    name: 'group one after lost cover: the wife is added',
    case: tested(decile(1, '1399/07/10'), {
      requestedOn: day('1399/07/01'),
      lostCover: { endedOn: day('1399/06/31'), cause: 'unemployed' },
      members: [head, { ...wife, ...out }],
    }),
    decision: {
      outcome: 'TERMS',
      regime: 'lostCoverWindow',
      members: covered(0, ['1399/07/10', '1400/07/09', '1399/07/10'], 'head', 'wife'),
      notices: ['MEMBERS_ADDED', 'RATE_CARRIED_FORWARD'],
      clauses: [
        ...['M-09', 'M-19', 'M-03', 'M-48', 'M-23', 'M-26', 'M-24', 'M-64', 'M-25', 'M-17', 'M-18'],
        'M-50',
      ] as const,
    },
  },
  {
    name: 'after the window decile one adds nobody',
    case: tested(decile(1, '1399/02/10'), {
      requestedOn: day('1399/02/01'),
      members: [head, { ...wife, ...out }],
    }),
    decision: { ...incomplete, needs: ['/members/1/inApplication'], clauses: ['M-09', 'M-19', 'M-03', 'M-33'] },
  },
];

export const householdCases: readonly Row[] = [...leftOut, ...completed];
