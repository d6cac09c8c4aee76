import { isoDay, type Day } from '@estehqaq/law';
import type { DeclaredMember, HouseholdDocument } from '../enrolment/index.ts';
import { SeededRandom } from '../membership/index.ts';
import { checkDigitOf } from '../platform/index.ts';
import type { Family, RegisteredPerson } from '../registries/index.ts';
import type { Means, Outside } from './registries.ts';

/** How a household comes to the insurance, if it does. */
export type Coming = 'inWindow' | 'late' | 'lostCover' | 'newborn' | 'emergency' | 'insuredBefore' | 'never';
export type Paying = 'atOnce' | 'later' | 'afterExpiry' | 'twice' | 'wrongly' | 'tooLate' | 'never';

/** A made-up household with its plans for the whole time: the same seed and number make the same one. Nobody exists. */
export interface MadeUp {
  readonly number: number;
  readonly head: string;
  readonly coming: Coming;
  /** The day on which it applies, or on which the imported cover ends. */
  readonly day: Day;
  readonly paying: Paying;
  readonly byCounter: boolean;
  readonly renewsAfterDays: number | undefined;
  readonly happening: 'birth' | 'marriage' | 'separation' | 'death' | 'newWork' | 'childMarries' | undefined;
  readonly happensAfterDays: number;
  readonly document: HouseholdDocument;
  readonly means: Means;
  /** For what is decided by lot later. */
  readonly random: SeededRandom;
}

export interface Time {
  readonly from: Day;
  readonly to: Day;
}

const firstNine = 300_000_000;
const idsOfOne = 16;
const daysInWindow = 185;

export function idOf(household: number, place: number): string {
  const nine = firstNine + household * idsOfOne + place;
  return `${nine}${checkDigitOf(nine)}`;
}

function weighted<T>(random: SeededRandom, weights: readonly (readonly [T, number])[]): T {
  let left = random.fraction() * weights.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of weights) {
    left -= weight;
    if (left < 0) return choice;
  }
  const [[first]] = weights as [readonly [T, number]];
  return first;
}

const comings = [
  ['inWindow', 50],
  ['late', 15],
  ['lostCover', 8],
  ['newborn', 3],
  ['emergency', 4],
  ['insuredBefore', 12],
  ['never', 8],
] as const;
const payings = [
  ['atOnce', 52],
  ['later', 18],
  ['afterExpiry', 8],
  ['twice', 5],
  ['wrongly', 5],
  ['tooLate', 4],
  ['never', 8],
] as const;
const happenings = [
  ['birth', 9],
  ['marriage', 3],
  ['separation', 3],
  ['death', 2],
  ['newWork', 3],
  ['childMarries', 3],
  [undefined, 77],
] as const;
const renewals = [
  ['early', 50],
  ['inGrace', 15],
  ['late', 12],
  ['never', 23],
] as const;

export function makeUp(number: number, seed: number, time: Time): MadeUp {
  const random = new SeededRandom(seed * 1_000_003 + number);
  const coming = weighted(random, comings);
  const document = documentOf(number, random);
  const renews = weighted(random, renewals);
  return {
    number,
    head: idOf(number, 0),
    coming,
    day: dayOf(coming, random, time),
    paying: weighted(random, payings),
    byCounter: random.isOneIn(4),
    renewsAfterDays:
      renews === 'never'
        ? undefined
        : { early: -random.from(1, 28), inGrace: random.from(1, 29), late: random.from(40, 120) }[renews],
    happening: weighted(random, happenings),
    happensAfterDays: random.from(20, 500),
    document,
    means: meansOf(random),
    random,
  };
}

function dayOf(coming: Coming, random: SeededRandom, { from, to }: Time): Day {
  const span = to - from;
  if (coming === 'insuredBefore') return (from + random.from(20, 330)) as Day;
  if (coming === 'inWindow') {
    // More and more of them towards the end, as before every deadline.
    return (from + Math.floor(Math.sqrt(random.fraction()) * Math.min(daysInWindow, span))) as Day;
  }
  const first = coming === 'lostCover' ? 10 : Math.min(daysInWindow + 3, Math.floor(span / 2));
  return (from + random.from(first, Math.max(first, span - 1))) as Day;
}

function meansOf(random: SeededRandom): Means {
  const decile = weighted(random, [
    [random.from(1, 3), 45],
    [4, 15],
    [random.from(5, 7), 25],
    [random.from(8, 10), 15],
  ]);
  return {
    decile,
    incomeMonthly: decile * random.from(1_200_000, 4_200_000),
    form: random.pick(['decile', 'decile', 'income', 'both'] as const),
    takesDays: weighted(random, [
      [random.from(0, 20), 75],
      [random.from(21, 31), 12],
      [random.from(32, 70), 8],
      [null, 5],
    ]),
  };
}

export function member(id: string, more: Partial<DeclaredMember>): DeclaredMember {
  return {
    ...{ id, relation: 'child', sex: 'female', birthDate: '1980-01-01', firstName: null, lastName: null },
    ...{ mobile: null, inApplication: true, declaredCover: null, hospitalisedFromBirth: null, emergency: null },
    ...more,
  };
}

function documentOf(number: number, random: SeededRandom): HouseholdDocument {
  const birth = (first: number, last: number): string =>
    `${random.from(first, last)}-0${random.from(1, 9)}-${random.from(10, 28)}`;
  const sex = random.isOneIn(6) ? 'female' : 'male';
  const mobile = random.isOneIn(10)
    ? null
    : `+98912${String(1_000_000 + number)
        .padStart(7, '0')
        .slice(-7)}`;
  const head = member(idOf(number, 0), { relation: 'head', sex, birthDate: birth(1955, 1994), mobile });
  const hasSpouse = sex === 'male' && !random.isOneIn(4);
  const spouses = hasSpouse
    ? [member(idOf(number, 1), { relation: 'spouse', sex: 'female', birthDate: birth(1960, 1997) })]
    : [];
  const children = Array.from({ length: hasSpouse ? random.from(0, 4) : random.from(0, 1) }, (_, place) =>
    member(idOf(number, 2 + place), { sex: random.pick(['male', 'female'] as const), birthDate: birth(2003, 2018) }),
  );
  return {
    route: random.isOneIn(3) ? 'selfDeclared' : 'meansTest',
    termMonths: random.pick([12, 12, 12, 6, 1] as const),
    members: [head, ...spouses, ...children],
    lostCover: null,
    separatedSpouses: [],
  };
}

/** Makes a household known outside; the civil registry knows two in three. */
export function introduce({ number, head, coming, day, document, means, random }: MadeUp, outside: Outside): void {
  outside.means.set(head, means);
  if (!random.isOneIn(3)) outside.families.set(head, familyOf(document));
  if (coming !== 'lostCover' && !random.isOneIn(15)) return;
  // Whose cover is lost had it until shortly before; a few have another cover for ever.
  const until = coming === 'lostCover' ? isoDay((day - random.from(1, 110)) as Day) : null;
  outside.covers.set(idOf(number, coming === 'lostCover' ? 0 : 1), [
    { insurer: 'armedForces', fund: null, from: '2015-01-01', until },
  ]);
}

export function familyOf({ members }: HouseholdDocument, died: ReadonlyMap<string, string> = new Map()): Family {
  const registered = ({ id, sex, birthDate }: DeclaredMember): RegisteredPerson => ({
    ...{ nationalId: id, sex, birthDate, diedOn: died.get(id) ?? null, firstName: null, lastName: null },
  });
  const [head, ...others] = members;
  if (head === undefined) throw new RangeError('a household has a head');
  const known = others.filter(({ id }) => !id.includes('-'));
  return {
    person: registered(head),
    spouses: known.filter(({ relation }) => relation === 'spouse').map(registered),
    children: known.filter(({ relation }) => relation === 'child').map(registered),
  };
}
