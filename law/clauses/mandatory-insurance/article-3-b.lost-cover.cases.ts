import { covered, day, decile, household, tested, unpaid, type Row } from './household.cases.ts';

const everybody = ['head', 'wife', 'child'] as const;

function lost(endedOn: string, requestedOn: string, changes: object = {}, cause = 'unemployed'): object {
  return { requestedOn: day(requestedOn), lostCover: { endedOn: day(endedOn), cause }, ...changes };
}

function pair(name: string, endedOn: string, lastDay: string, nextDay: string): readonly Row[] {
  return [
    {
      name: `${name}: cover ended on ${endedOn}, asked on ${lastDay}`,
      case: household(lost(endedOn, lastDay)),
      decision: { regime: 'lostCoverWindow' },
    },
    {
      name: `${name}: cover ended on ${endedOn}, asked on ${nextDay}`,
      case: household(lost(endedOn, nextDay)),
      decision: { regime: 'late' },
    },
  ];
}

/** Three months from the end of base cover: M-48, M-49. */
export const threeMonthsCases: readonly Row[] = [
  ...pair('three months', '1399/03/15', '1399/06/15', '1399/06/16'),
  ...pair('from the end of a month to a shorter one', '1399/06/31', '1399/09/30', '1399/10/01'),
  ...pair('from 31 Khordad to 31 Shahrivar', '1399/03/31', '1399/06/31', '1399/07/01'),
  ...pair('over 30 Esfand of a leap year', '1399/09/30', '1399/12/30', '1400/01/01'),
  ...pair('over 29 Esfand', '1400/09/30', '1400/12/29', '1401/01/01'),
  {
    name: 'the day after the window: cover ended three months ago',
    case: household(lost('1398/11/01', '1399/02/01')),
    decision: { regime: 'lostCoverWindow' },
  },
  {
    name: 'the day after the window: cover ended a day earlier',
    case: household(lost('1398/10/30', '1399/02/01')),
    decision: { regime: 'late' },
  },
  {
    name: 'on the last day of the window, cover lost in it: the window',
    case: household(lost('1398/11/01', '1399/01/31')),
    decision: { regime: 'window', clauses: ['M-09', 'M-03', 'M-13', 'M-08', 'M-16', 'M-29', 'M-17', 'M-18', 'M-30'] },
  },
  {
    name: 'in the window the cover begins with the payment, although the old one has not ended yet',
    case: household(lost('1398/09/30', '1398/08/15', { paidOn: day('1398/08/20') })),
    decision: { regime: 'window', members: covered(10, ['1398/08/20', '1399/08/19', '1398/08/30'], ...everybody) },
  },
  {
    name: 'asked for long before the old cover ends',
    case: household(lost('1402/12/29', '1399/02/01')),
    decision: { regime: 'lostCoverWindow' },
  },
  {
    name: 'asked for while the old cover runs, paid on its last day: from the day after it',
    case: household(lost('1399/07/10', '1399/07/01', { paidOn: day('1399/07/10') })),
    decision: { members: covered(10, ['1399/07/11', '1400/07/10', '1399/07/21'], ...everybody) },
  },
  {
    name: 'paid on the day after the old cover: from that day',
    case: household(lost('1399/07/10', '1399/07/01', { paidOn: day('1399/07/11') })),
    decision: { members: covered(10, ['1399/07/11', '1400/07/10', '1399/07/21'], ...everybody) },
  },
  {
    name: 'paid two days after the old cover: from the payment',
    case: household(lost('1399/07/10', '1399/07/01', { paidOn: day('1399/07/12') })),
    decision: { members: covered(10, ['1399/07/12', '1400/07/11', '1399/07/22'], ...everybody) },
  },
  {
    name: 'a late household does not wait for the end of the old cover',
    case: household(lost('1398/10/01', '1399/07/01', { paidOn: day('1399/07/02') })),
    decision: { regime: 'late', members: covered(10, ['1399/07/02', '1400/07/01', '1399/07/12'], ...everybody) },
  },
];

const inTime = ['1399/04/01', '1399/05/01'] as const;

function cause(word: string, cite: 'M-50' | 'M-51' | 'M-52'): Row {
  return {
    name: `cover lost: ${word}`,
    case: household(lost(...inTime, {}, word)),
    decision: {
      outcome: 'TERMS',
      regime: 'lostCoverWindow',
      clauses: ['M-09', 'M-03', 'M-48', 'M-08', 'M-16', 'M-29', 'M-17', 'M-18', cite],
    },
  };
}

/** Why cover was lost, and what holds then: M-50 to M-52. */
export const causeCases: readonly Row[] = [
  cause('militaryServiceEnded', 'M-50'),
  cause('unemployed', 'M-50'),
  cause('other', 'M-50'),
  cause('marriage', 'M-51'),
  cause('separation', 'M-51'),
  cause('ageLimit', 'M-52'),
  {
    name: 'in the three months by declaration: the term as asked',
    case: household(lost(...inTime, { termMonths: 1, paidOn: day('1399/05/01') }, 'marriage')),
    decision: {
      group: null,
      payablePercent: 100,
      payable: 1_452_000,
      termMonths: 1,
      members: covered(10, ['1399/05/01', '1399/05/31', '1399/05/11'], ...everybody),
    },
  },
  {
    name: 'group one after lost cover: free, no wait, from the result',
    case: tested(decile(1, '1399/05/20'), lost(...inTime, {}, 'ageLimit')),
    decision: {
      regime: 'lostCoverWindow',
      group: 1,
      payable: 0,
      termMonths: 12,
      members: covered(0, ['1399/05/20', '1400/05/19', '1399/05/20'], ...everybody),
      clauses: ['M-09', 'M-03', 'M-48', 'M-23', 'M-08', 'M-24', 'M-64', 'M-25', 'M-17', 'M-18', 'M-52'],
    },
  },
  {
    name: 'group one asks before the old cover ends: from the day after it',
    case: tested(decile(1, '1399/05/02'), lost('1399/06/01', '1399/05/01')),
    decision: { members: covered(0, ['1399/06/02', '1400/06/01', '1399/06/02'], ...everybody) },
  },
  {
    name: 'group two after lost cover: half a premium, ten days',
    case: tested(decile(4, '1399/05/20'), lost(...inTime, { termMonths: 1 })),
    decision: {
      group: 2,
      payablePercent: 50,
      payable: 8_712_000,
      termMonths: 12,
      members: unpaid(10, ...everybody),
      clauses: ['M-09', 'M-03', 'M-48', 'M-27', 'M-08', 'M-28', 'M-64', 'M-29', 'M-17', 'M-18', 'M-50'],
    },
  },
  {
    name: 'group three after lost cover: the whole premium, ten days',
    case: tested(decile(5, '1399/05/20'), lost(...inTime, {}, 'separation')),
    decision: {
      group: 3,
      payablePercent: 100,
      termMonths: 12,
      members: unpaid(10, ...everybody),
      clauses: ['M-09', 'M-03', 'M-48', 'M-55', 'M-08', 'M-22', 'M-64', 'M-29', 'M-17', 'M-18', 'M-51'],
    },
  },
  {
    name: 'the test is asked for in the three months and not answered',
    case: tested(null, lost(...inTime)),
    decision: { outcome: 'AWAITING_MEANS_TEST', regime: 'lostCoverWindow', clauses: ['M-09', 'M-03', 'M-48', 'M-20'] },
  },
  {
    name: 'after the three months decile one pays the whole year',
    case: tested(decile(1, '1399/07/20'), lost('1399/04/01', '1399/07/02')),
    decision: { regime: 'late', group: null, payablePercent: 100 },
  },
];
