import { covered, day, decile, head, household, tested, unpaid, type Row } from './household.cases.ts';

const everybody = ['head', 'wife', 'child'] as const;
const late = ['M-09', 'M-03', 'M-33', 'M-08', 'M-35', 'M-17', 'M-18', 'M-30'] as const;

/** After the window: M-33 to M-35. */
export const lateCases: readonly Row[] = [
  {
    name: 'a late household pays a year at once, even if it asks for one month',
    case: household({ requestedOn: day('1399/02/01'), termMonths: 1 }),
    decision: {
      outcome: 'TERMS',
      regime: 'late',
      group: null,
      payablePercent: 100,
      payable: 17_424_000,
      stateShare: 0,
      termMonths: 12,
      members: unpaid(10, ...everybody),
      notices: ['RATE_CARRIED_FORWARD'],
      clauses: late,
    },
  },
  {
    name: 'paid: from the payment, treatment ten days later',
    case: household({ requestedOn: day('1399/02/01'), paidOn: day('1399/02/05') }),
    decision: { members: covered(10, ['1399/02/05', '1400/02/04', '1399/02/15'], ...everybody), clauses: late },
  },
  {
    name: 'the means test changes nothing now: decile one pays the whole year',
    case: tested(decile(1, '1399/02/10'), { requestedOn: day('1399/02/01') }),
    decision: { outcome: 'TERMS', regime: 'late', group: null, payablePercent: 100, clauses: late },
  },
  {
    name: 'a late household is not made to wait for its means test',
    case: tested(null, { requestedOn: day('1399/02/01'), paidOn: day('1399/02/05') }),
    decision: { outcome: 'TERMS', regime: 'late', group: null, needs: [], continues: false },
  },
  {
    name: 'years later it is still the late rule',
    case: household({ requestedOn: day('1410/12/29') }),
    decision: { regime: 'late', payable: 84_888_000 },
  },
];

function lateEntrant(changes: object, expiresOn = '1400/02/10'): object {
  return {
    requestedOn: day('1400/02/01'),
    renewal: { expiresOn: day(expiresOn), lateEntrant: true, meansTestRequestedOn: day('1400/02/10') },
    ...changes,
  };
}

function askedOn(meansTestRequestedOn: string | null): object {
  return {
    expiresOn: day('1400/02/10'),
    lateEntrant: true,
    meansTestRequestedOn: meansTestRequestedOn === null ? null : day(meansTestRequestedOn),
  };
}

const notAsked = {
  outcome: 'TERMS',
  regime: 'renewal',
  group: null,
  payablePercent: 100,
  payable: 17_424_000,
  stateShare: 0,
  termMonths: 12,
  continues: false,
  needs: [],
} as const;

/** Late entrants who renew: M-36, M-37. */
export const lateEntrantCases: readonly Row[] = [
  {
    name: 'asked in time, group one: free, without a gap and without a wait',
    case: tested(decile(3, '1400/03/20'), lateEntrant({})),
    decision: {
      outcome: 'TERMS',
      regime: 'renewal',
      group: 1,
      payablePercent: 0,
      payable: 0,
      stateShare: 17_424_000,
      termMonths: 12,
      members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], ...everybody),
      continues: false,
      clauses: ['M-09', 'M-03', 'M-23', 'M-08', 'M-24', 'M-64', 'M-36', 'M-17', 'M-18'],
    },
  },
  {
    name: 'asked in time, group two: half, without a gap and without a wait, however late it is paid',
    case: tested(decile(4, '1400/03/20'), lateEntrant({ paidOn: day('1400/04/01'), termMonths: 1 })),
    decision: {
      group: 2,
      payablePercent: 50,
      payable: 8_712_000,
      stateShare: 8_712_000,
      termMonths: 12,
      members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], ...everybody),
      clauses: ['M-09', 'M-03', 'M-27', 'M-08', 'M-28', 'M-64', 'M-36', 'M-17', 'M-18'],
    },
  },
  {
    name: 'asked in time, group three: the whole premium, without a gap and without a wait',
    case: tested(decile(5, '1400/03/20'), lateEntrant({ paidOn: day('1400/04/01') })),
    decision: {
      group: 3,
      payablePercent: 100,
      payable: 17_424_000,
      members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], ...everybody),
      clauses: ['M-09', 'M-03', 'M-55', 'M-08', 'M-10', 'M-64', 'M-36', 'M-17', 'M-18'],
    },
  },
  {
    name: 'asked in time and not paid: no wait, no dates',
    case: tested(decile(4, '1400/03/20'), lateEntrant({})),
    decision: { group: 2, members: unpaid(0, ...everybody) },
  },
  {
    name: 'asked in time and renewed long after the grace: still no wait',
    case: tested(decile(4, '1400/03/20'), lateEntrant({ requestedOn: day('1400/06/01') })),
    decision: { group: 2, members: unpaid(0, ...everybody) },
  },
  {
    name: 'asked in time, paid on the last day of the term: without a gap',
    case: tested(decile(4, '1400/03/20'), lateEntrant({ paidOn: day('1401/02/10') })),
    decision: { members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], ...everybody) },
  },
  {
    name: 'asked in time, paid when that term is over: from the payment',
    case: tested(decile(4, '1400/03/20'), lateEntrant({ paidOn: day('1401/02/11') })),
    decision: { members: covered(0, ['1401/02/11', '1402/02/10', '1401/02/11'], ...everybody) },
  },
  {
    name: 'asked in time, the result is still out: the old cover runs on',
    case: tested(null, lateEntrant({})),
    decision: {
      outcome: 'AWAITING_MEANS_TEST',
      regime: 'renewal',
      group: null,
      termMonths: null,
      members: [],
      continues: true,
      needs: ['/meansTest/decile', '/meansTest/incomeMonthly'],
      clauses: ['M-09', 'M-03', 'M-20'],
    },
  },
  {
    name: 'asked on the day of expiry: in time',
    case: tested(decile(1, '1400/03/20'), { requestedOn: day('1400/02/01'), renewal: askedOn('1400/02/10') }),
    decision: { group: 1, payablePercent: 0 },
  },
  {
    name: 'asked on the day after expiry: the whole premium, whatever the result',
    case: tested(decile(1, '1400/03/20'), { requestedOn: day('1400/02/01'), renewal: askedOn('1400/02/11') }),
    decision: {
      ...notAsked,
      members: unpaid(0, ...everybody),
      clauses: ['M-09', 'M-03', 'M-08', 'M-37', 'M-64', 'M-56', 'M-17', 'M-18'],
    },
  },
  {
    name: 'asked a day late, and there is no result: nothing to wait for',
    case: tested(null, { requestedOn: day('1400/02/01'), renewal: askedOn('1400/02/11') }),
    decision: { ...notAsked },
  },
  {
    name: 'never asked for the test',
    case: tested(decile(1, '1400/03/20'), { requestedOn: day('1400/02/01'), renewal: askedOn(null) }),
    decision: { ...notAsked },
  },
  {
    name: 'asked in time, and now declares ability: the test is given up',
    case: household({ requestedOn: day('1400/02/01'), meansTest: decile(1), renewal: askedOn('1400/01/10') }),
    decision: { ...notAsked },
  },
  {
    name: 'did not ask, renews on the last day of the month after expiry: no wait',
    case: household({ requestedOn: day('1400/03/10'), renewal: askedOn(null), termMonths: 1 }),
    decision: {
      ...notAsked,
      members: unpaid(0, ...everybody),
      clauses: ['M-09', 'M-03', 'M-08', 'M-37', 'M-64', 'M-56', 'M-17', 'M-18'],
    },
  },
  {
    name: 'did not ask, renews a day later: ten days',
    case: household({ requestedOn: day('1400/03/11'), renewal: askedOn(null), paidOn: day('1400/03/11') }),
    decision: {
      ...notAsked,
      members: covered(10, ['1400/03/11', '1401/03/10', '1400/03/21'], ...everybody),
      clauses: ['M-09', 'M-03', 'M-08', 'M-37', 'M-64', 'M-57', 'M-17', 'M-18'],
    },
  },
  {
    name: 'did not ask, paid before expiry: from the day after expiry',
    case: household({ requestedOn: day('1400/02/01'), renewal: askedOn(null), paidOn: day('1400/02/05') }),
    decision: { members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], ...everybody) },
  },
  {
    name: 'did not ask, paid after expiry: from the payment, with a gap',
    case: household({ requestedOn: day('1400/02/01'), renewal: askedOn(null), paidOn: day('1400/02/20') }),
    decision: { members: covered(0, ['1400/02/20', '1401/02/19', '1400/02/20'], ...everybody) },
  },
  {
    name: 'no late entrant: that it asked in time changes nothing while the result is out',
    case: tested(null, {
      requestedOn: day('1400/02/01'),
      renewal: { expiresOn: day('1400/02/10'), lateEntrant: false, meansTestRequestedOn: day('1400/02/10') },
    }),
    decision: { outcome: 'AWAITING_MEANS_TEST', continues: false },
  },
  {
    name: 'asked in time, and one alone with an emergency: no wait anyway',
    case: tested(
      decile(4, '1400/03/20'),
      lateEntrant({ members: [{ ...head, emergency: true }], paidOn: day('1400/02/20') }),
    ),
    decision: { regime: 'renewal', members: covered(0, ['1400/02/11', '1401/02/10', '1400/02/11'], 'head') },
  },
];
