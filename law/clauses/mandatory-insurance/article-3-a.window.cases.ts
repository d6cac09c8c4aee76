import { covered, day, decile, household, tested, unpaid, type Row } from './household.cases.ts';

const declared = ['M-09', 'M-03', 'M-13', 'M-08', 'M-16', 'M-29', 'M-17', 'M-30'] as const;
const late = ['M-09', 'M-03', 'M-33', 'M-08', 'M-35', 'M-17', 'M-18', 'M-30'] as const;
const everybody = ['head', 'wife', 'child'] as const;

/** The window of six months, and paying by one's own declaration: M-13, M-16, M-29, M-30. */
export const windowCases: readonly Row[] = [
  {
    name: 'declares ability in the window, not paid yet: the amounts, and no dates',
    case: household({}),
    decision: {
      kind: 'enrolment',
      caseId: null,
      outcome: 'TERMS',
      regime: 'window',
      group: null,
      payablePercent: 100,
      payable: 17_424_000,
      stateShare: 0,
      perCapitaMonthly: 484_000,
      termMonths: 12,
      members: unpaid(10, ...everybody),
      continues: false,
      needs: [],
      reasons: [],
      notices: [],
      clauses: declared,
    },
  },
  {
    name: 'the id of the case comes back',
    case: household({ caseId: 'پرونده ۱' }),
    decision: { caseId: 'پرونده ۱' },
  },
  {
    name: 'paid: the cover begins on the day of payment, treatment ten days later',
    case: household({ paidOn: day('1398/09/10') }),
    decision: {
      payable: 17_424_000,
      members: covered(10, ['1398/09/10', '1399/09/09', '1398/09/20'], ...everybody),
      clauses: declared,
    },
  },
  {
    name: 'one month',
    case: household({ termMonths: 1, paidOn: day('1398/08/30') }),
    decision: {
      payable: 1_452_000,
      termMonths: 1,
      members: covered(10, ['1398/08/30', '1398/09/29', '1398/09/10'], ...everybody),
      clauses: declared,
    },
  },
  {
    name: 'six months',
    case: household({ termMonths: 6, paidOn: day('1398/08/15') }),
    decision: {
      payable: 8_712_000,
      termMonths: 6,
      members: covered(10, ['1398/08/15', '1399/02/14', '1398/08/25'], ...everybody),
    },
  },
  {
    name: 'the last day of the window',
    case: household({ requestedOn: day('1399/01/31'), termMonths: 1 }),
    decision: {
      regime: 'window',
      termMonths: 1,
      clauses: ['M-09', 'M-03', 'M-13', 'M-08', 'M-16', 'M-29', 'M-17', 'M-18', 'M-30'],
    },
  },
  {
    name: 'the first day after the window: a year, whatever is asked for',
    case: household({ requestedOn: day('1399/02/01'), termMonths: 1 }),
    decision: { regime: 'late', payablePercent: 100, payable: 17_424_000, termMonths: 12, clauses: late },
  },
  {
    name: 'asked for in the window and paid after it: the day of the request decides',
    case: household({ requestedOn: day('1399/01/31'), termMonths: 1, paidOn: day('1399/02/10') }),
    decision: { regime: 'window', members: covered(10, ['1399/02/10', '1399/03/09', '1399/02/20'], ...everybody) },
  },
  {
    name: 'declares ability although the ministry found group one: no group, the whole premium',
    case: household({ meansTest: { determinedOn: day('1398/08/10'), decile: 1 } }),
    decision: { regime: 'window', group: null, payablePercent: 100, clauses: declared },
  },
  {
    name: 'paid at the end of the year: ten days of waiting go over Norouz',
    case: household({ paidOn: day('1398/12/25') }),
    decision: { members: covered(10, ['1398/12/25', '1399/12/24', '1399/01/06'], ...everybody) },
  },
  {
    name: 'paid on 30 Esfand of a leap year: a year later there is no such day',
    case: household({ requestedOn: day('1399/12/30'), paidOn: day('1399/12/30') }),
    decision: { regime: 'late', members: covered(10, ['1399/12/30', '1400/12/28', '1400/01/10'], ...everybody) },
  },
  {
    name: 'paid on 29 Esfand of a leap year',
    case: household({ requestedOn: day('1399/12/29'), paidOn: day('1399/12/29') }),
    decision: { regime: 'late', members: covered(10, ['1399/12/29', '1400/12/28', '1400/01/09'], ...everybody) },
  },
  {
    name: 'a month from 31 Shahrivar ends with Mehr less a day',
    case: household({ requestedOn: day('1398/12/01'), termMonths: 1, paidOn: day('1399/06/31') }),
    decision: { regime: 'window', members: covered(10, ['1399/06/31', '1399/07/29', '1399/07/10'], ...everybody) },
  },
];

const carried = 'RATE_CARRIED_FORWARD';

function paid(paidOn: string, perCapitaMonthly: number, notices: readonly (typeof carried)[]): Row {
  return {
    name: `paid on ${paidOn}`,
    case: household({ requestedOn: day('1399/03/01'), paidOn: day(paidOn) }),
    decision: {
      perCapitaMonthly,
      payable: perCapitaMonthly * 36,
      notices,
      clauses: notices.length > 0 ? late : late.filter((cite) => cite !== 'M-18'),
    },
  };
}

function free(determinedOn: string, perCapitaMonthly: number, notices: readonly (typeof carried)[]): Row {
  return {
    name: `free since the result of ${determinedOn}`,
    case: tested(decile(2, determinedOn)),
    decision: { perCapitaMonthly, payable: 0, stateShare: perCapitaMonthly * 36, notices },
  };
}

/** The rate per head, carried forward where a year has none: M-17, M-18. */
export const rateCases: readonly Row[] = [
  free('1397/01/01', 440_000, []),
  free('1397/12/29', 440_000, []),
  free('1398/01/01', 484_000, []),
  {
    name: 'asked for on the last day of 1398, not paid',
    case: household({ requestedOn: day('1398/12/29') }),
    decision: { perCapitaMonthly: 484_000, notices: [] },
  },
  {
    name: 'asked for on the first day of 1399, not paid: no rate was ever set for it',
    case: household({ requestedOn: day('1399/01/01') }),
    decision: { perCapitaMonthly: 484_000, notices: [carried] },
  },
  {
    name: 'asked for in 1398 and paid in 1399: the day of payment prices the bill',
    case: household({ requestedOn: day('1398/12/29'), paidOn: day('1399/01/01') }),
    decision: { perCapitaMonthly: 484_000, notices: [carried] },
  },
  paid('1399/12/30', 484_000, [carried]),
  paid('1400/01/01', 484_000, [carried]),
  paid('1400/12/29', 484_000, [carried]),
  paid('1401/01/01', 920_000, []),
  paid('1401/12/29', 920_000, []),
  paid('1402/01/01', 1_196_000, []),
  paid('1402/12/29', 1_196_000, []),
  paid('1403/01/01', 1_615_000, []),
  paid('1403/12/30', 1_615_000, []),
  paid('1404/01/01', 2_358_000, []),
  paid('1404/12/29', 2_358_000, []),
  paid('1405/01/01', 2_358_000, [carried]),
  paid('1410/12/29', 2_358_000, [carried]),
  {
    name: 'a bill of 0 is priced on the day of the result, later than the request',
    case: tested(decile(2, '1401/01/01'), { requestedOn: day('1399/01/20') }),
    decision: { perCapitaMonthly: 920_000, stateShare: 33_120_000, notices: [] },
  },
  {
    name: 'a bill of 0 is priced on the day of the result, earlier than the request',
    case: tested(decile(2, '1398/12/29'), { requestedOn: day('1399/01/20') }),
    decision: { perCapitaMonthly: 484_000, notices: [] },
  },
  {
    name: 'a bill of 0 has no day of payment: one is ignored',
    case: tested(decile(2), { paidOn: day('1401/01/01') }),
    decision: {
      perCapitaMonthly: 484_000,
      members: covered(0, ['1398/09/10', '1399/09/09', '1398/09/10'], ...everybody),
    },
  },
];
