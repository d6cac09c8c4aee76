import { isoDay, plusDays } from '../words/day.ts';
import { getHijriDay } from '../words/solar-hijri.ts';

/* Households and persons made from a row of numbers: well-formed cases of every kind, most of them near a limit. */

/** A number from 0 to before `below`. */
export type Pick = (below: number) => number;

/** Picks by the numbers in their order, and 0 where there are no more. */
export function pickingBy(numbers: readonly number[]): Pick {
  let next = 0;
  return (below) => {
    const number = numbers[next] ?? 0;
    next += 1;
    return number % below;
  };
}

/** So many numbers are enough for every case. */
export const numbersPerCase = 160;

/** The same endless row of numbers for the same seed. */
export function pickingFrom(seed: number): Pick {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function oneOf<T>(pick: Pick, first: T, ...others: readonly T[]): T {
  return [first, ...others][pick(others.length + 1)] ?? first;
}

function often<T>(pick: Pick, make: () => T): T | null {
  return pick(2) === 0 ? null : make();
}

function flag(pick: Pick, oneIn = 4): boolean {
  return pick(oneIn) === oneIn - 1;
}

const limits = [
  '1397/01/01',
  '1397/12/29',
  '1398/01/01',
  '1398/07/12',
  '1398/08/01',
  '1398/11/30',
  '1399/01/31',
  '1399/03/01',
  '1399/04/01',
  '1399/06/31',
  '1399/12/30',
  '1400/01/01',
  '1401/01/01',
  '1402/01/01',
  '1403/12/30',
  '1404/01/01',
  '1405/01/01',
  '1410/12/29',
].map((limit) => getHijriDay(limit));
const [first, last] = [getHijriDay('1396/06/01'), getHijriDay('1411/06/01')];

/** A day on, before or after a limit, or any day of 1396 to 1411. */
export function someDay(pick: Pick): number {
  if (pick(3) === 0) return first + pick(last - first);
  return (limits[pick(limits.length)] ?? first) + pick(3) - 1;
}

const steps = [
  0, 1, -1, 10, 29, 30, 31, 32, -29, -30, -31, -32, 60, -60, 89, 90, 91, 92, 93, 94, -89, -90, -91, -92, -93,
];

/** A day not far from another. */
function dayNear(pick: Pick, day: number): string {
  return iso(day + (steps[pick(steps.length)] ?? 0) + (pick(6) === 5 ? pick(800) - 400 : 0));
}

function iso(day: number): string {
  return isoDay(plusDays(getHijriDay('1300/01/01'), day - getHijriDay('1300/01/01')));
}

const funds = [null, 'employees', 'otherStrata', 'universal', 'rural'] as const;

function baseCover(pick: Pick): object {
  return {
    insurer: oneOf(pick, 'ihio', 'tamin', 'armedForces', 'other', 'ihio'),
    fund: oneOf(pick, ...funds),
    supportiveBody: flag(pick, 2),
  };
}

const incomes = [0, 6_067_523, 6_067_524, 15_168_809, 15_168_810, 7_641_708, 19_104_270, 26_554_949, 2 ** 53];

function meansTest(pick: Pick, requestedOn: number): object {
  return {
    determinedOn: iso(Math.max(getHijriDay('1397/01/01'), requestedOn + (steps[pick(steps.length)] ?? 0))),
    incomeMonthly: often(pick, () => incomes[pick(incomes.length)] ?? pick(120_000_000)),
    decile: often(pick, () => 1 + pick(10)),
  };
}

function member(pick: Pick, index: number, requestedOn: number): object {
  const years = oneOf(pick, 40, 18, 17, 3, 0);
  return {
    id: `member ${String(index)}`,
    relation: index === 0 ? 'head' : oneOf(pick, 'child', 'spouse', 'child'),
    birthDate: iso(requestedOn - Math.floor(years * 365.2422) - pick(3)),
    baseCover: flag(pick) ? baseCover(pick) : null,
    hospitalisedFromBirth: flag(pick, 6),
    emergency: flag(pick, 6),
    inApplication: !flag(pick, 5),
  };
}

function renewal(pick: Pick, requestedOn: number): object {
  const expiresOn = requestedOn + (steps[pick(steps.length)] ?? 0);
  return {
    expiresOn: iso(expiresOn),
    lateEntrant: flag(pick, 2),
    meansTestRequestedOn: often(pick, () => iso(expiresOn + pick(3) - 1)),
  };
}

const causes = ['other', 'militaryServiceEnded', 'unemployed', 'marriage', 'separation', 'ageLimit'] as const;

export type HouseholdDocument = Readonly<Record<string, unknown>> & { readonly members: readonly object[] };

export function someHousehold(pick: Pick): HouseholdDocument {
  const requestedOn = someDay(pick);
  return {
    kind: 'enrolment',
    caseId: often(pick, () => 'one'),
    requestedOn: iso(requestedOn),
    route: oneOf(pick, 'meansTest', 'selfDeclared', 'meansTest'),
    paidOn: often(pick, () => iso(requestedOn + pick(40))),
    termMonths: oneOf(pick, 12, 6, 1),
    meansTest: pick(4) === 0 ? null : meansTest(pick, requestedOn),
    lostCover: often(pick, () => ({ endedOn: dayNear(pick, requestedOn), cause: oneOf(pick, ...causes) })),
    renewal: pick(3) === 0 ? renewal(pick, requestedOn) : null,
    members: Array.from({ length: 1 + pick(4) }, (_, index) => member(pick, index, requestedOn)),
  };
}

function ownStanding(pick: Pick, on: number): object {
  switch (pick(5)) {
    case 0:
      return {
        class: 'pensioner',
        pension: 'oldAge',
        from: dayNear(pick, on),
        until: often(pick, () => dayNear(pick, on)),
      };
    case 1:
      return { class: 'insured', basis: 'unemploymentBenefit', until: dayNear(pick, on) };
    case 2:
    case 3:
      return {
        class: 'insured',
        basis: oneOf(pick, 'voluntary', 'selfEmployed'),
        paidUntil: dayNear(pick, on),
        treatmentOption: !flag(pick),
      };
    default:
      return {
        class: 'insured',
        basis: 'compulsory',
        lastContributionMonth: `${String(1397 + pick(5))}-${String(1 + pick(12)).padStart(2, '0')}`,
      };
  }
}

const relations: Readonly<Record<'male' | 'female', readonly [string, ...string[]]>> = {
  female: ['wife', 'daughter', 'mother'],
  male: ['son', 'husband', 'father'],
};

function dependant(pick: Pick, on: number, sex: 'male' | 'female'): object {
  return {
    class: 'dependant',
    relation: oneOf(pick, ...relations[sex]),
    principal: {
      diedOn: often(pick, () => dayNear(pick, on)),
      standings: Array.from({ length: 1 + pick(2) }, () => ownStanding(pick, on)),
    },
    endedOn: flag(pick) ? dayNear(pick, on) : null,
    maintained: oneOf(pick, true, null, false),
    disabled: flag(pick),
    married: flag(pick),
    employed: flag(pick),
    ownPension: flag(pick),
    studyCertificateUntil: often(pick, () => dayNear(pick, on)),
    idSightedOn: often(pick, () => dayNear(pick, on - oneOf(pick, 0, 365))),
  };
}

function otherCover(pick: Pick, on: number): object {
  return {
    insurer: oneOf(pick, 'ihio', 'armedForces', 'other', 'ihio'),
    fund: oneOf(pick, ...funds),
    from: dayNear(pick, on),
    until: often(pick, () => dayNear(pick, on)),
  };
}

function otherCovers(pick: Pick, on: number): unknown {
  const kind = pick(5);
  if (kind < 2) return kind === 0 ? null : 'unavailable';
  return Array.from({ length: kind - 2 }, () => otherCover(pick, on));
}

function provider(pick: Pick, on: number): object {
  return {
    kind: 'clinic',
    ownership: oneOf(pick, 'contracted', 'owned'),
    contractFrom: dayNear(pick, on),
    contractUntil: often(pick, () => dayNear(pick, on)),
    suspended: flag(pick),
  };
}

export function somePerson(pick: Pick): Readonly<Record<string, unknown>> {
  const on = someDay(pick);
  const sex = oneOf(pick, 'female', 'male');
  const years = oneOf(pick, 40, 15, 19, 55, 60);
  const asker = oneOf(pick, 'self', 'staff', 'provider');
  return {
    kind: 'entitlement',
    on: iso(on),
    setting: oneOf(pick, 'outpatient', 'inpatient'),
    asker,
    provider: asker === 'provider' ? provider(pick, on) : null,
    person: {
      sex,
      birthDate: iso(on - Math.floor(years * 365.2422) + pick(3) - 1),
      diedOn: flag(pick, 8) ? dayNear(pick, on) : null,
      standings: Array.from({ length: pick(4) }, () =>
        pick(3) === 0 ? ownStanding(pick, on) : dependant(pick, on, sex),
      ),
      otherCovers: otherCovers(pick, on),
    },
    links: { msrt: flag(pick, 2), sabtAsnad: flag(pick, 2) },
  };
}
