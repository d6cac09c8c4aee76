import { covered, day, decile, head, household, income, tested, unpaid, type Row } from './household.cases.ts';

const everybody = ['head', 'wife', 'child'] as const;

/** A renewal of a cover whose last day is 10 Ordibehesht 1400, unless it is said otherwise. */
function renewing(requestedOn: string, changes: object = {}, expiresOn = '1400/02/10'): object {
  return { requestedOn: day(requestedOn), renewal: { expiresOn: day(expiresOn) }, ...changes };
}

const inFull = ['M-09', 'M-03', 'M-08', 'M-58', 'M-64', 'M-56', 'M-17', 'M-18'] as const;
const inFullLater = ['M-09', 'M-03', 'M-08', 'M-58', 'M-64', 'M-57', 'M-17', 'M-18'] as const;

function grace(name: string, expiresOn: string, lastDay: string, nextDay: string): readonly Row[] {
  return [
    {
      name: `${name}: expired on ${expiresOn}, asked on ${lastDay}`,
      case: household(renewing(lastDay, {}, expiresOn)),
      decision: { regime: 'renewal', members: unpaid(0, ...everybody) },
    },
    {
      name: `${name}: expired on ${expiresOn}, asked on ${nextDay}`,
      case: household(renewing(nextDay, {}, expiresOn)),
      decision: { regime: 'renewal', members: unpaid(10, ...everybody) },
    },
  ];
}

/** One month from expiry without a wait: M-56, M-57. */
export const graceCases: readonly Row[] = [
  ...grace('a month', '1400/02/10', '1400/03/10', '1400/03/11'),
  ...grace('from 31 Shahrivar to Mehr', '1399/06/31', '1399/07/30', '1399/08/01'),
  ...grace('from 30 Bahman to Esfand', '1398/11/30', '1398/12/29', '1399/01/01'),
  ...grace('from 30 Bahman to Esfand of a leap year', '1399/11/30', '1399/12/30', '1400/01/01'),
  {
    name: 'asked in the month and paid after it: the day of the request decides',
    case: household(renewing('1400/03/10', { paidOn: day('1400/04/01') })),
    decision: { members: covered(0, ['1400/04/01', '1401/03/31', '1400/04/01'], ...everybody), clauses: inFull },
  },
  {
    name: 'asked and paid a year before expiry',
    case: household(renewing('1399/02/10', { paidOn: day('1399/02/10') })),
    decision: { members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], ...everybody) },
  },
  {
    name: 'asked many years after expiry: it is still a renewal',
    case: household(renewing('1408/01/01', { paidOn: day('1408/01/01') })),
    decision: {
      regime: 'renewal',
      members: covered(10, ['1408/01/01', '1408/12/30', '1408/01/11'], ...everybody),
      clauses: inFullLater,
    },
  },
];

/** What a renewal costs, and from when it runs: M-58, M-63, M-27, M-28. */
export const renewalCases: readonly Row[] = [
  {
    name: 'declares ability: the whole premium of a year, whatever term is asked for',
    case: household(renewing('1400/02/05', { termMonths: 1 })),
    decision: {
      outcome: 'TERMS',
      regime: 'renewal',
      group: null,
      payablePercent: 100,
      payable: 17_424_000,
      stateShare: 0,
      termMonths: 12,
      members: unpaid(0, ...everybody),
      notices: ['RATE_CARRIED_FORWARD'],
      clauses: inFull,
    },
  },
  {
    name: 'paid on the day of expiry: from the day after it',
    case: household(renewing('1400/02/05', { paidOn: day('1400/02/10') })),
    decision: { members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], ...everybody) },
  },
  {
    name: 'paid on the day after expiry: from that day',
    case: household(renewing('1400/02/05', { paidOn: day('1400/02/11') })),
    decision: { members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], ...everybody) },
  },
  {
    name: 'paid two days after expiry: from the payment, with a gap',
    case: household(renewing('1400/02/05', { paidOn: day('1400/02/12') })),
    decision: { members: covered(0, ['1400/02/12', '1401/02/11', '1400/02/12'], ...everybody) },
  },
  {
    name: 'group three, in the month',
    case: tested(decile(7, '1400/01/20'), renewing('1400/03/10', { paidOn: day('1400/03/15') })),
    decision: {
      group: 3,
      payablePercent: 100,
      members: covered(0, ['1400/03/15', '1401/03/14', '1400/03/15'], ...everybody),
      clauses: ['M-09', 'M-03', 'M-55', 'M-08', 'M-58', 'M-64', 'M-56', 'M-17', 'M-18'],
    },
  },
  {
    name: 'group three, a day after the month',
    case: tested(decile(7, '1400/01/20'), renewing('1400/03/11', { paidOn: day('1400/03/15') })),
    decision: {
      group: 3,
      payablePercent: 100,
      members: covered(10, ['1400/03/15', '1401/03/14', '1400/03/25'], ...everybody),
      clauses: ['M-09', 'M-03', 'M-55', 'M-08', 'M-58', 'M-64', 'M-57', 'M-17', 'M-18'],
    },
  },
  {
    name: 'group two, in the month: half',
    case: tested(decile(4, '1400/01/20'), renewing('1400/03/10', { termMonths: 6 })),
    decision: {
      group: 2,
      payablePercent: 50,
      payable: 8_712_000,
      stateShare: 8_712_000,
      termMonths: 12,
      members: unpaid(0, ...everybody),
      clauses: ['M-09', 'M-03', 'M-27', 'M-08', 'M-28', 'M-64', 'M-56', 'M-17', 'M-18'],
    },
  },
  {
    name: 'group two, a day after the month: half, and ten days',
    case: tested(decile(4, '1400/01/20'), renewing('1400/03/11', { paidOn: day('1400/03/11') })),
    decision: {
      group: 2,
      payablePercent: 50,
      members: covered(10, ['1400/03/11', '1401/03/10', '1400/03/21'], ...everybody),
      clauses: ['M-09', 'M-03', 'M-27', 'M-08', 'M-28', 'M-64', 'M-57', 'M-17', 'M-18'],
    },
  },
  {
    name: 'group one stays free, without a gap, whenever it asks',
    case: tested(decile(2, '1400/01/20'), renewing('1400/10/01', { termMonths: 1 })),
    decision: {
      group: 1,
      payablePercent: 0,
      payable: 0,
      stateShare: 17_424_000,
      termMonths: 12,
      members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], ...everybody),
      clauses: ['M-09', 'M-03', 'M-23', 'M-08', 'M-24', 'M-64', 'M-63', 'M-17', 'M-18'],
    },
  },
  {
    name: 'group one by income stays free, too: one rial under 40 per cent of the wage of 1400',
    case: tested(income(10_621_979, '1400/01/20'), renewing('1400/02/05')),
    decision: { group: 1, payable: 0, members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], ...everybody) },
  },
  {
    name: 'decile four does not stay free',
    case: tested(decile(4, '1400/01/20'), renewing('1400/02/05')),
    decision: { group: 2, payable: 8_712_000, members: unpaid(0, ...everybody) },
  },
  {
    name: 'free, asked for on the last day of the term without a gap',
    case: tested(decile(2, '1400/01/20'), renewing('1401/02/10')),
    decision: { members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], ...everybody) },
  },
  {
    name: 'free, asked for when that term would be over: from the request',
    case: tested(decile(2, '1400/01/20'), renewing('1401/02/11')),
    decision: { members: covered(0, ['1401/02/11', '1402/02/10', '1401/02/11'], ...everybody) },
  },
  {
    name: 'free, and the result comes when that term would be over: from the result, at its rate',
    case: tested(decile(2, '1401/02/11'), renewing('1400/02/05')),
    decision: {
      perCapitaMonthly: 920_000,
      members: covered(0, ['1401/02/11', '1402/02/10', '1401/02/11'], ...everybody),
      notices: [],
    },
  },
  {
    name: 'free, and a day of payment is ignored',
    case: tested(decile(2, '1400/01/20'), renewing('1400/02/05', { paidOn: day('1402/01/01') })),
    decision: {
      perCapitaMonthly: 484_000,
      members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], ...everybody),
    },
  },
  {
    name: 'the result is still out: awaited, and the old cover does not run on',
    case: tested(null, renewing('1400/02/05')),
    decision: {
      outcome: 'AWAITING_MEANS_TEST',
      regime: 'renewal',
      continues: false,
      needs: ['/meansTest/decile', '/meansTest/incomeMonthly'],
      notices: [],
      clauses: ['M-09', 'M-03', 'M-20'],
    },
  },
  {
    name: 'declares ability although the ministry found decile one: the whole premium',
    case: household(renewing('1400/02/05', { meansTest: decile(1, '1400/01/20') })),
    decision: { group: null, payablePercent: 100, clauses: inFull },
  },
  {
    name: 'a renewal in the window is a renewal',
    case: household(renewing('1398/08/15', {}, '1398/08/20')),
    decision: { regime: 'renewal', termMonths: 12, notices: [] },
  },
  {
    name: 'a renewal with lost cover is a renewal, and begins after expiry',
    case: household(
      renewing('1400/02/05', {
        paidOn: day('1400/02/05'),
        lostCover: { endedOn: day('1400/02/20'), cause: 'marriage' },
      }),
    ),
    decision: {
      regime: 'renewal',
      members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], ...everybody),
      clauses: inFull,
    },
  },
  {
    name: 'the cover of one alone expires on 30 Esfand: renewed to the 30th of Esfand less a day, which is the 29th',
    case: household(renewing('1399/12/01', { paidOn: day('1399/12/01'), members: [head] }, '1399/12/30')),
    decision: { members: covered(0, ['1400/01/01', '1400/12/29', '1400/01/01'], 'head') },
  },
  {
    name: 'the last day that can be written: the law reckons on beyond it',
    case: household(renewing('1499/12/29', { paidOn: day('1499/12/29') }, '1499/12/29')),
    decision: { members: covered(0, ['1500/01/01', '1500/12/29', '1500/01/01'], ...everybody) },
  },
];
