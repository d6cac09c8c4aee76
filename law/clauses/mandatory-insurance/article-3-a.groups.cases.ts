import { covered, day, decile, household, income, tested, unpaid, type Row } from './household.cases.ts';

const everybody = ['head', 'wife', 'child'] as const;
const oneFree = ['M-09', 'M-03', 'M-13', 'M-23', 'M-08', 'M-24', 'M-64', 'M-25', 'M-17', 'M-30'] as const;
const two = ['M-09', 'M-03', 'M-13', 'M-27', 'M-08', 'M-28', 'M-64', 'M-29', 'M-17', 'M-30'] as const;
const three = ['M-09', 'M-03', 'M-13', 'M-55', 'M-08', 'M-22', 'M-64', 'M-29', 'M-17', 'M-30'] as const;

const inGroup = {
  1: { outcome: 'TERMS', group: 1, payablePercent: 0, payable: 0, stateShare: 17_424_000, clauses: oneFree },
  2: { outcome: 'TERMS', group: 2, payablePercent: 50, payable: 8_712_000, stateShare: 8_712_000, clauses: two },
  3: { outcome: 'TERMS', group: 3, payablePercent: 100, payable: 17_424_000, stateShare: 0, clauses: three },
} as const;

const awaiting = {
  outcome: 'AWAITING_MEANS_TEST',
  regime: 'window',
  group: null,
  payablePercent: null,
  payable: null,
  stateShare: null,
  perCapitaMonthly: null,
  termMonths: null,
  members: [],
  continues: false,
  needs: ['/meansTest/decile', '/meansTest/incomeMonthly'],
  reasons: [],
  notices: [],
  clauses: ['M-09', 'M-03', 'M-13', 'M-20'],
} as const;

/** Of 1398: 40 per cent of the wage is 6,067,524. */
export const groupCases: readonly Row[] = [
  { name: 'the test is asked for, and there is no result', case: tested(null), decision: awaiting },
  {
    name: 'a day of determination without income and decile is no result',
    case: tested({ determinedOn: day('1398/09/10') }),
    decision: awaiting,
  },
  { name: 'an empty result is no result', case: tested({}), decision: awaiting },
  { name: 'paid, but without a result', case: tested(null, { paidOn: day('1398/08/20') }), decision: awaiting },
  { name: 'no income at all', case: tested(income(0)), decision: inGroup[1] },
  { name: 'one rial under 40 per cent of the wage', case: tested(income(6_067_523)), decision: inGroup[1] },
  { name: 'exactly 40 per cent of the wage', case: tested(income(6_067_524)), decision: inGroup[2] },
  { name: 'one rial under the wage', case: tested(income(15_168_809)), decision: inGroup[2] },
  { name: 'exactly the wage', case: tested(income(15_168_810)), decision: inGroup[3] },
  { name: 'the largest income that can be written', case: tested(income(2 ** 53)), decision: inGroup[3] },
  { name: 'decile 1', case: tested(decile(1)), decision: inGroup[1] },
  { name: 'decile 3', case: tested(decile(3)), decision: inGroup[1] },
  { name: 'decile 4', case: tested(decile(4)), decision: inGroup[2] },
  { name: 'decile 5', case: tested(decile(5)), decision: inGroup[3] },
  { name: 'decile 10', case: tested(decile(10)), decision: inGroup[3] },
];

const incomes = { low: 6_067_523, middle: 6_067_524, almost: 15_168_809, high: 15_168_810 } as const;

function both(name: keyof typeof incomes, found: number, group: 1 | 2 | 3): Row {
  return {
    name: `${name} income and decile ${String(found)}: group ${String(group)}`,
    case: tested({ determinedOn: day('1398/09/10'), incomeMonthly: incomes[name], decile: found }),
    decision: inGroup[group],
  };
}

/** Either suffices, the more favourable wins. */
export const conflictCases: readonly Row[] = [
  both('low', 3, 1),
  both('low', 4, 1),
  both('low', 5, 1),
  both('low', 10, 1),
  both('middle', 3, 1),
  both('middle', 4, 2),
  both('middle', 5, 2),
  both('middle', 10, 2),
  both('almost', 3, 1),
  both('almost', 4, 2),
  both('almost', 5, 2),
  both('high', 1, 1),
  both('high', 3, 1),
  both('high', 4, 2),
  both('high', 5, 3),
  both('high', 10, 3),
];

/** First and last day of each wage, 40 per cent of it, and itself. */
const wages = [
  ['1397/01/01', '1397/12/29', 4_445_076, 11_112_690],
  ['1398/01/01', '1398/12/29', 6_067_524, 15_168_810],
  ['1399/01/01', '1399/03/31', 7_341_708, 18_354_270],
  ['1399/04/01', '1399/12/30', 7_641_708, 19_104_270],
  ['1400/01/01', '1400/12/29', 10_621_980, 26_554_950],
  ['1401/01/01', '1401/12/29', 16_719_000, 41_797_500],
  ['1402/01/01', '1402/12/29', 21_233_136, 53_082_840],
  ['1403/01/01', '1403/12/30', 28_664_736, 71_661_840],
  ['1404/01/01', '1404/12/29', 41_563_872, 103_909_680],
  ['1405/01/01', '1410/12/29', 41_563_872, 103_909_680],
] as const;

/** The wage of the day of determination counts, not that of the request. */
export const wageCases: readonly Row[] = wages.flatMap(([first, last, freeBelow, wage]) =>
  [first, last].flatMap((determinedOn) =>
    (
      [
        [freeBelow - 1, 1],
        [freeBelow, 2],
        [wage - 1, 2],
        [wage, 3],
      ] as const
    ).map(([found, group]) => ({
      name: `${String(found)} rial, found on ${determinedOn}: group ${String(group)}`,
      case: tested(income(found, determinedOn)),
      decision: { outcome: 'TERMS' as const, group },
    })),
  ),
);

/** What each group pays, how long it is covered and how long it waits: M-22 to M-30. */
export const termsCases: readonly Row[] = [
  {
    name: 'group one is covered without a wait from the day of the result, later than the request',
    case: tested(decile(2), { termMonths: 1 }),
    decision: {
      ...inGroup[1],
      regime: 'window',
      perCapitaMonthly: 484_000,
      termMonths: 12,
      members: covered(0, ['1398/09/10', '1399/09/09', '1398/09/10'], ...everybody),
    },
  },
  {
    name: 'group one, and the result is older than the request: from the day of the request',
    case: tested(decile(2, '1398/08/14')),
    decision: { members: covered(0, ['1398/08/15', '1399/08/14', '1398/08/15'], ...everybody) },
  },
  {
    name: 'group one, and the result is of the day of the request',
    case: tested(decile(2, '1398/08/15')),
    decision: { members: covered(0, ['1398/08/15', '1399/08/14', '1398/08/15'], ...everybody) },
  },
  {
    name: 'group two, not paid: no dates yet',
    case: tested(decile(4), { termMonths: 6 }),
    decision: { ...inGroup[2], regime: 'window', termMonths: 12, members: unpaid(10, ...everybody) },
  },
  {
    name: 'group two pays half for a year and waits ten days from the deposit',
    case: tested(decile(4), { termMonths: 1, paidOn: day('1398/09/15') }),
    decision: {
      ...inGroup[2],
      termMonths: 12,
      members: covered(10, ['1398/09/15', '1399/09/14', '1398/09/25'], ...everybody),
    },
  },
  {
    name: 'group two paid before the result came: covered since the payment',
    case: tested(decile(4), { paidOn: day('1398/09/05') }),
    decision: { group: 2, members: covered(10, ['1398/09/05', '1399/09/04', '1398/09/15'], ...everybody) },
  },
  {
    name: 'group three pays the whole premium of a year and waits ten days',
    case: tested(decile(5), { termMonths: 6, paidOn: day('1398/09/15') }),
    decision: {
      ...inGroup[3],
      termMonths: 12,
      members: covered(10, ['1398/09/15', '1399/09/14', '1398/09/25'], ...everybody),
    },
  },
  {
    name: 'the result comes after the window: the day of the request decides',
    case: tested(decile(4, '1399/03/10'), { requestedOn: day('1399/01/31') }),
    decision: { regime: 'window', group: 2 },
  },
  {
    name: 'one person pays half of 484,000 a month',
    case: household({
      route: 'meansTest',
      meansTest: decile(4),
      members: [{ id: 'head', relation: 'head', birthDate: day('1360/05/10') }],
    }),
    decision: { payable: 2_904_000, stateShare: 2_904_000 },
  },
];
