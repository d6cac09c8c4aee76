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

const inTamin = { baseCover: { insurer: 'tamin' } };
const supported = { baseCover: { insurer: 'ihio', fund: 'otherStrata', supportiveBody: true } };
const newborn = { ...baby, birthDate: day('1399/05/01') };
const afterTheWindow = { requestedOn: day('1399/05/01') };
const afterLostCover = {
  requestedOn: day('1399/05/01'),
  lostCover: { endedOn: day('1399/04/01'), cause: 'unemployed' },
};
const awaited = { outcome: 'AWAITING_MEANS_TEST', group: null, members: [] } as const;

const ofNewborns = ['M-09', 'M-03', 'M-38', 'M-08', 'M-39', 'M-41', 'M-17', 'M-18', 'M-30', 'M-40'] as const;
const ofEmergencies = ['M-09', 'M-03', 'M-42', 'M-08', 'M-44', 'M-17', 'M-18', 'M-30', 'M-43'] as const;

/** Children in hospital since birth whose head has no cover: M-38 to M-41. */
export const newbornCases: readonly Row[] = [
  {
    name: 'after the window: half a year as asked; the newborn does not wait, the others do',
    case: household({ ...afterTheWindow, termMonths: 6, paidOn: day('1399/05/02'), members: [head, wife, newborn] }),
    decision: {
      outcome: 'TERMS',
      regime: 'newborn',
      group: null,
      payablePercent: 100,
      payable: 8_712_000,
      stateShare: 0,
      termMonths: 6,
      members: [
        ...covered(10, ['1399/05/02', '1399/11/01', '1399/05/12'], 'head', 'wife'),
        ...covered(0, ['1399/05/02', '1399/11/01', '1399/05/02'], 'baby'),
      ],
      clauses: ofNewborns,
    },
  },
  {
    name: 'one month asked for becomes six',
    case: household({ ...afterTheWindow, termMonths: 1, members: [head, newborn] }),
    decision: {
      regime: 'newborn',
      termMonths: 6,
      payable: 5_808_000,
      members: [...unpaid(10, 'head'), ...unpaid(0, 'baby')],
    },
  },
  {
    name: 'a year as asked',
    case: household({ ...afterTheWindow, termMonths: 12, members: [head, newborn] }),
    decision: { regime: 'newborn', termMonths: 12, payable: 11_616_000 },
  },
  {
    name: 'the same household without a child in hospital is late',
    case: household({
      ...afterTheWindow,
      termMonths: 1,
      members: [head, { ...newborn, hospitalisedFromBirth: false }],
    }),
    decision: { regime: 'late', termMonths: 12, members: unpaid(10, 'head', 'baby') },
  },
  {
    name: 'the head is with Tamin: late, and the newborn waits like the others',
    case: household({ ...afterTheWindow, members: [{ ...head, ...inTamin }, wife, newborn] }),
    decision: { regime: 'late', members: unpaid(10, 'wife', 'baby') },
  },
  {
    name: 'the head is with Tamin and not in application: late all the same',
    case: household({ ...afterTheWindow, members: [{ ...head, ...inTamin, inApplication: false }, wife, newborn] }),
    decision: { regime: 'late', members: unpaid(10, 'wife', 'baby') },
  },
  {
    name: "the head has a supportive body's cover, which does not count: newborn",
    case: household({ ...afterTheWindow, members: [{ ...head, ...supported }, wife, newborn] }),
    decision: { regime: 'newborn', members: [...unpaid(10, 'head', 'wife'), ...unpaid(0, 'baby')] },
  },
  {
    name: 'the wife is with Tamin: newborn all the same',
    case: household({ ...afterTheWindow, members: [head, { ...wife, ...inTamin }, newborn] }),
    decision: { regime: 'newborn', members: [...unpaid(10, 'head'), ...unpaid(0, 'baby')] },
  },
  {
    name: 'the newborn itself is covered elsewhere: late',
    case: household({ ...afterTheWindow, members: [head, { ...newborn, ...inTamin }] }),
    decision: { regime: 'late', members: unpaid(10, 'head') },
  },
  {
    name: 'decile one after the window: the means test changes nothing now',
    case: tested(decile(1, '1399/05/02'), { ...afterTheWindow, members: [head, newborn] }),
    decision: { regime: 'newborn', group: null, payablePercent: 100 },
  },
  {
    name: 'in the window by declaration: the window, and the newborn does not wait',
    case: household({ termMonths: 1, members: [head, baby] }),
    decision: {
      regime: 'window',
      termMonths: 1,
      members: [...unpaid(10, 'head'), ...unpaid(0, 'baby')],
      clauses: ['M-09', 'M-03', 'M-13', 'M-08', 'M-16', 'M-29', 'M-17', 'M-30', 'M-40'],
    },
  },
  {
    name: 'in the window, the test not answered: need not wait a month',
    case: tested(null, { termMonths: 6, members: [head, baby] }),
    decision: { outcome: 'TERMS', regime: 'newborn', group: null, payablePercent: 100, termMonths: 6 },
  },
  {
    name: 'in the window, the test not answered, nobody in hospital: awaited',
    case: tested(null, { termMonths: 6, members: [head, { ...baby, hospitalisedFromBirth: false }] }),
    decision: { ...awaited, regime: 'window' },
  },
  {
    name: 'in the window, the test not answered, the head with Tamin: awaited',
    case: tested(null, { members: [{ ...head, ...inTamin }, wife, baby] }),
    decision: { ...awaited, regime: 'window' },
  },
  {
    name: 'in the window, the test not answered, and the newborn left out: awaited',
    case: tested(null, { members: [head, { ...baby, inApplication: false }] }),
    decision: { ...awaited, regime: 'window', notices: ['HOUSEHOLD_INCOMPLETE'] },
  },
  {
    name: 'in the window, decile four: the window, and the newborn does not wait',
    case: tested(decile(4), { members: [head, baby] }),
    decision: { regime: 'window', group: 2, members: [...unpaid(10, 'head'), ...unpaid(0, 'baby')] },
  },
  {
    name: 'after lost cover, the test not answered: newborn',
    case: tested(null, { ...afterLostCover, termMonths: 6, members: [head, newborn] }),
    decision: { outcome: 'TERMS', regime: 'newborn', termMonths: 6 },
  },
  {
    name: 'after lost cover by declaration: as in the window',
    case: household({ ...afterLostCover, termMonths: 1, members: [head, newborn] }),
    decision: { regime: 'lostCoverWindow', termMonths: 1, members: [...unpaid(10, 'head'), ...unpaid(0, 'baby')] },
  },
  {
    name: 'after the window, the newborn left out: late, and refused for it',
    case: household({ ...afterTheWindow, members: [head, { ...newborn, inApplication: false }] }),
    decision: { outcome: 'REFUSED', needs: ['/members/1/inApplication'], clauses: ['M-09', 'M-19', 'M-03', 'M-33'] },
  },
  {
    name: 'group one adds the newborn that was left out, without a wait',
    case: tested(decile(1), { members: [head, { ...baby, inApplication: false }] }),
    decision: { regime: 'window', notices: ['MEMBERS_ADDED'], payable: 0, stateShare: 11_616_000 },
  },
  {
    name: 'a renewal after the grace: the newborn does not wait',
    case: household({
      ...afterTheWindow,
      renewal: { expiresOn: day('1399/03/01') },
      members: [head, newborn],
    }),
    decision: {
      regime: 'renewal',
      members: [...unpaid(10, 'head'), ...unpaid(0, 'baby')],
      clauses: ['M-09', 'M-03', 'M-08', 'M-58', 'M-64', 'M-57', 'M-17', 'M-18', 'M-40'],
    },
  },
];

/** Emergency patients: M-42 to M-44. */
export const emergencyCases: readonly Row[] = [
  {
    name: 'after the window: one month asked for becomes six; the patient does not wait, the others do',
    case: household({
      ...afterTheWindow,
      termMonths: 1,
      paidOn: day('1399/05/01'),
      members: [{ ...head, emergency: true }, wife, child],
    }),
    decision: {
      outcome: 'TERMS',
      regime: 'emergency',
      group: null,
      payablePercent: 100,
      payable: 8_712_000,
      termMonths: 6,
      members: [
        ...covered(0, ['1399/05/01', '1399/10/30', '1399/05/01'], 'head'),
        ...covered(10, ['1399/05/01', '1399/10/30', '1399/05/11'], 'wife', 'child'),
      ],
      clauses: ofEmergencies,
    },
  },
  {
    name: 'half a year as asked',
    case: household({ ...afterTheWindow, termMonths: 6, members: [{ ...head, emergency: true }] }),
    decision: { regime: 'emergency', termMonths: 6 },
  },
  {
    name: 'a year as asked',
    case: household({ ...afterTheWindow, members: [{ ...head, emergency: true }] }),
    decision: { regime: 'emergency', termMonths: 12 },
  },
  {
    name: 'several patients: none of them waits',
    case: household({
      ...afterTheWindow,
      members: [head, { ...wife, emergency: true }, { ...child, emergency: true }],
    }),
    decision: { regime: 'emergency', members: [...unpaid(10, 'head'), ...unpaid(0, 'wife', 'child')] },
  },
  {
    name: 'the head is with Tamin: an emergency all the same',
    case: household({
      ...afterTheWindow,
      members: [
        { ...head, ...inTamin },
        { ...wife, emergency: true },
      ],
    }),
    decision: { regime: 'emergency', members: unpaid(0, 'wife') },
  },
  {
    name: 'the patient is covered elsewhere: late',
    case: household({ ...afterTheWindow, members: [head, { ...wife, ...inTamin, emergency: true }] }),
    decision: { regime: 'late', members: unpaid(10, 'head') },
  },
  {
    name: 'in the window by declaration: the window, and the patient does not wait',
    case: household({ termMonths: 1, members: [head, { ...wife, emergency: true }] }),
    decision: {
      regime: 'window',
      termMonths: 1,
      members: [...unpaid(10, 'head'), ...unpaid(0, 'wife')],
      clauses: ['M-09', 'M-03', 'M-13', 'M-08', 'M-16', 'M-29', 'M-17', 'M-30', 'M-43'],
    },
  },
  {
    name: 'in the window, the test not answered: need not wait a month',
    case: tested(null, { termMonths: 1, members: [head, { ...wife, emergency: true }] }),
    decision: { outcome: 'TERMS', regime: 'emergency', termMonths: 6 },
  },
  {
    name: 'in the window, decile five: the window',
    case: tested(decile(5), { members: [head, { ...wife, emergency: true }] }),
    decision: { regime: 'window', group: 3, members: [...unpaid(10, 'head'), ...unpaid(0, 'wife')] },
  },
  {
    name: 'in the window, group one: free and nobody waits',
    case: tested(decile(1), { members: [head, { ...wife, emergency: true }] }),
    decision: { regime: 'window', members: covered(0, ['1398/09/10', '1399/09/09', '1398/09/10'], 'head', 'wife') },
  },
  {
    name: 'after lost cover, the test not answered: an emergency',
    case: tested(null, { ...afterLostCover, members: [{ ...head, emergency: true }] }),
    decision: { outcome: 'TERMS', regime: 'emergency' },
  },
  {
    name: 'after lost cover, decile four: as in the window',
    case: tested(decile(4, '1399/05/02'), { ...afterLostCover, members: [{ ...head, emergency: true }] }),
    decision: { regime: 'lostCoverWindow', group: 2 },
  },
  {
    name: 'a newborn and an emergency patient: the newborn rule, and neither waits',
    case: household({ ...afterTheWindow, termMonths: 6, members: [head, { ...wife, emergency: true }, newborn] }),
    decision: {
      regime: 'newborn',
      members: [...unpaid(10, 'head'), ...unpaid(0, 'wife', 'baby')],
      clauses: ['M-09', 'M-03', 'M-38', 'M-08', 'M-39', 'M-41', 'M-17', 'M-18', 'M-30', 'M-43', 'M-40'],
    },
  },
  {
    name: 'a newborn who is an emergency patient',
    case: household({ ...afterTheWindow, members: [head, { ...newborn, emergency: true }] }),
    decision: { regime: 'newborn', members: [...unpaid(10, 'head'), ...unpaid(0, 'baby')], clauses: ofNewborns },
  },
  {
    name: 'a newborn who is an emergency patient, the head with Tamin: an emergency',
    case: household({ ...afterTheWindow, members: [{ ...head, ...inTamin }, wife, { ...newborn, emergency: true }] }),
    decision: { regime: 'emergency', members: [...unpaid(10, 'wife'), ...unpaid(0, 'baby')] },
  },
  {
    name: 'a renewal after the grace: the patient does not wait',
    case: household({
      ...afterTheWindow,
      renewal: { expiresOn: day('1399/03/01') },
      members: [{ ...head, emergency: true }, wife],
    }),
    decision: { regime: 'renewal', members: [...unpaid(0, 'head'), ...unpaid(10, 'wife')] },
  },
];
