import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { shippedBook } from '../book.ts';
import { decideEntitlement, readCase, type EntitlementCase, type EntitlementDecision } from '../index.ts';
import { isoDay, plusDays } from '../words/day.ts';
import { birthday, getHijriDay, hijriDate, plusMonths } from '../words/solar-hijri.ts';
import {
  beforeDeath,
  horizonDays,
  isEntitledOn,
  order,
  outcomeOn,
  turningPoints,
  walkBack,
  walkForward,
} from './day-by-day.cases.ts';
import { judgeInFull } from './entitlement.ts';
import { tellTo } from './telling.ts';

/* Properties of all decisions, over cases whose days crowd together around the limits. */

vi.setConfig({ testTimeout: 60_000 });

type Json = Readonly<Record<string, unknown>>;

const runs = { seed: 13990301, numRuns: 2500 };
const middle = getHijriDay('1399/09/01');

const day = fc.integer({ min: -220, max: 330 }).map((days) => plusDays(middle, days));
const nearby = fc.integer({ min: -60, max: 90 }).map((days) => plusDays(middle, days));
const nearbyIso = nearby.map(isoDay);
const flagOrNone = fc.constantFrom(true, false, null);

const contributionMonth = fc.integer({ min: -7, max: 3 }).map((months) => {
  const { year, month } = hijriDate(plusMonths(middle, months));
  return `${year}-${String(month).padStart(2, '0')}`;
});

const insured = fc.oneof(
  fc.record({
    class: fc.constant('insured'),
    basis: fc.constant('compulsory'),
    lastContributionMonth: contributionMonth,
  }),
  fc.record({
    class: fc.constant('insured'),
    basis: fc.constantFrom('voluntary', 'selfEmployed'),
    paidUntil: nearbyIso,
    treatmentOption: fc.boolean(),
  }),
  fc.record({ class: fc.constant('insured'), basis: fc.constant('unemploymentBenefit'), until: nearbyIso }),
);

const pensioner = fc.record({
  class: fc.constant('pensioner'),
  pension: fc.constantFrom('oldAge', 'disability', 'survivor'),
  from: nearbyIso,
  until: fc.option(nearbyIso),
});

const principal = fc.record({
  diedOn: fc.option(nearbyIso),
  standings: fc.array(fc.oneof(insured, pensioner), { minLength: 1, maxLength: 3 }),
});

function dependant(sex: string): fc.Arbitrary<Json> {
  return fc.record({
    class: fc.constant('dependant'),
    relation:
      sex === 'male' ? fc.constantFrom('husband', 'son', 'father') : fc.constantFrom('wife', 'daughter', 'mother'),
    principal,
    endedOn: fc.option(nearbyIso, { freq: 2 }),
    maintained: flagOrNone,
    disabled: fc.constantFrom(true, false, false, false),
    married: fc.constantFrom(true, false, false, false),
    employed: fc.constantFrom(true, false, false, false),
    ownPension: fc.constantFrom(true, false, false, false),
    studyCertificateUntil: fc.option(nearbyIso),
    idSightedOn: fc.option(
      fc.oneof(
        nearbyIso,
        nearby.map((seen) => isoDay(plusMonths(seen, -12))),
      ),
    ),
  });
}

/** Born so that one of the ages that count is reached on a day nearby. */
const birthDate = fc
  .tuple(nearby, fc.constantFrom(15, 19, 55, 60, 40))
  .map(([near, age]) => isoDay(birthday(near, -age)));

const otherCover = fc.record({
  insurer: fc.constantFrom('ihio', 'ihio', 'ihio', 'armedForces', 'other'),
  fund: fc.constantFrom('employees', 'otherStrata', 'universal', 'rural', null),
  from: fc.oneof(fc.constant('2019-03-21'), nearbyIso),
  until: fc.option(nearbyIso, { freq: 1 }),
});

const person = fc.constantFrom('male', 'female').chain((sex) =>
  fc.record({
    sex: fc.constant(sex),
    birthDate,
    diedOn: fc.option(nearbyIso, { freq: 5 }).map((died) => (sex === 'male' ? died : null)),
    standings: fc.array(fc.oneof<fc.Arbitrary<Json>[]>(dependant(sex), dependant(sex), insured, pensioner), {
      maxLength: 3,
    }),
    otherCovers: fc.oneof<fc.Arbitrary<unknown>[]>(
      fc.array(otherCover, { maxLength: 3 }),
      fc.constantFrom('unavailable', null),
    ),
  }),
);

const provider = fc.record({
  kind: fc.constantFrom('physician', 'pharmacy', 'paraclinic', 'clinic', 'hospital'),
  ownership: fc.constantFrom('owned', 'contracted'),
  contractFrom: nearbyIso.map((from) => (from < isoDay(middle) ? from : '2019-03-21')),
  contractUntil: fc.option(nearbyIso),
  suspended: fc.constantFrom(true, false, false, false),
});

const anyInquiry = fc.record({
  kind: fc.constant('entitlement'),
  on: day.map(isoDay),
  setting: fc.constantFrom('outpatient', 'inpatient'),
  asker: fc.constantFrom('provider', 'self', 'staff'),
  provider,
  person,
  links: fc.record({ msrt: fc.boolean(), sabtAsnad: fc.boolean() }),
});

function read(written: unknown): EntitlementCase {
  const facts = readCase(written);
  if ('error' in facts) throw new Error(`${facts.error.path}: ${facts.error.message}`);
  if (facts.kind !== 'entitlement') throw new Error('expected an inquiry');
  return facts;
}

const inquiry = anyInquiry.map(read);

describe('the days that the person is told', () => {
  it('are found by walking on from day to day, too', () => {
    const seen = { until: 0, withoutEnd: 0 };
    fc.assert(
      fc.property(inquiry, (facts) => {
        const { outcome, entitledUntil } = decideEntitlement({ ...facts, asker: 'self' });
        if (outcome !== 'ENTITLED' && outcome !== 'PROVISIONAL') {
          expect(entitledUntil).toBeNull();
          return;
        }
        const last = walkForward(beforeDeath(facts));
        seen[last === null ? 'withoutEnd' : 'until'] += 1;
        if (last !== null) expect(entitledUntil).toBe(isoDay(last));
        else if (typeof entitledUntil === 'string') {
          expect(entitledUntil >= isoDay(plusDays(facts.on, horizonDays))).toBe(true);
        }
      }),
      runs,
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });

  it('are found by walking back from day to day, too', () => {
    const seen = { ended: 0, never: 0, byOverlap: 0 };
    fc.assert(
      fc.property(inquiry, (facts) => {
        const { outcome, reasons, endedOn } = decideEntitlement({ ...facts, asker: 'self' });
        const byOverlap = reasons.includes('OVERLAP_OTHER_INSURER');
        if (byOverlap) seen.byOverlap += 1;
        if (outcome !== 'NOT_ENTITLED' || byOverlap) {
          expect(endedOn).toBeNull();
          return;
        }
        const last = walkBack(beforeDeath(facts));
        seen[last === null ? 'never' : 'ended'] += 1;
        expect(endedOn).toBe(last === null ? null : isoDay(last));
      }),
      runs,
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(5);
  });

  it('come only after a run without a gap: every day up to the last one is entitled, the next one is not', () => {
    let told = 0;
    fc.assert(
      fc.property(inquiry, (asked) => {
        const facts = { ...asked, person: { ...asked.person, diedOn: null } };
        const { entitledUntil } = decideEntitlement({ ...facts, asker: 'self' });
        if (typeof entitledUntil !== 'string') return;
        told += 1;
        let next = facts.on;
        for (; isoDay(next) <= entitledUntil; next = plusDays(next, 1)) {
          if (!isEntitledOn(facts, next)) expect(isoDay(next)).toBe('entitled');
        }
        expect(isEntitledOn(facts, next)).toBe(false);
      }),
      { ...runs, numRuns: 600 },
    );
    expect(told).toBeGreaterThan(30);
  });
});

describe('a later day', () => {
  it('changes nothing without a dated fact or a limit in between', () => {
    let changes = 0;
    fc.assert(
      fc.property(inquiry, (facts) => {
        const points = turningPoints(facts);
        const first = plusDays(middle, -200);
        let before = outcomeOn(facts, first);
        for (let next = plusDays(first, 1); next < middle + 450; next = plusDays(next, 1)) {
          const after = outcomeOn(facts, next);
          const isSame =
            after.outcome === before.outcome &&
            after.actingClass === before.actingClass &&
            after.reasons.join() === before.reasons.join();
          if (!isSame) {
            changes += 1;
            expect(points).toContain(next);
          }
          before = after;
        }
      }),
      { ...runs, numRuns: 600 },
    );
    expect(changes).toBeGreaterThan(400);
  });
});

/** What does not depend on the order in which the facts were given. */
function regardlessOfOrder(decision: EntitlementDecision): Json {
  const { needs, reasons, clauses, ...others } = decision;
  return { ...others, needs: needs?.length, reasons: [...reasons].sort(), clauses: [...clauses].sort() };
}

function inOrderOf<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...items].sort((one, other) => key(one).localeCompare(key(other)));
}

describe('the order of the standings', () => {
  it('changes no outcome, reason, clause or day; nor does that of the principal’s, or of the other covers', () => {
    fc.assert(
      fc.property(inquiry, fc.array(fc.integer(), { minLength: 8, maxLength: 8 }), (facts, salt) => {
        const key = (item: unknown): string => {
          const text = JSON.stringify(item);
          return String(salt.reduce((hash, by) => (hash * 31 + by + text.charCodeAt(by & 31)) | 0, text.length));
        };
        const { standings, otherCovers } = facts.person;
        const shuffled = inOrderOf(standings, key).map((standing) =>
          standing.class === 'dependant'
            ? {
                ...standing,
                principal: { ...standing.principal, standings: inOrderOf(standing.principal.standings, key) },
              }
            : standing,
        );
        const covers =
          otherCovers === null || otherCovers === 'unavailable' ? otherCovers : inOrderOf(otherCovers, key);
        const reordered = { ...facts, person: { ...facts.person, standings: shuffled, otherCovers: covers } };
        expect(regardlessOfOrder(decideEntitlement(reordered))).toStrictEqual(
          regardlessOfOrder(decideEntitlement(facts)),
        );
      }),
      runs,
    );
  });

  it('is the order of the reasons: together they give what the best of them gives alone', () => {
    const rank = ['ENTITLED', 'REFER_CURRENT_PROCEDURE', 'NEEDS_FACTS', 'NOT_ENTITLED'];
    const better = (one: string, other: string): string => (rank.indexOf(one) < rank.indexOf(other) ? one : other);
    fc.assert(
      fc.property(inquiry, (asked) => {
        const facts = { ...asked, on: asked.on < order ? order : asked.on };
        const living = { ...facts, person: { ...facts.person, diedOn: null } };
        const alone = living.person.standings.map((standing) =>
          outcomeOn({ ...living, person: { ...living.person, standings: [standing] } }, living.on),
        );
        const best = alone.map(({ outcome }) => outcome as string).reduce(better, 'NOT_ENTITLED');
        const together = outcomeOn(living, living.on);
        expect(together.outcome).toBe(best);
        const acting = alone.filter(({ outcome }) => outcome === best);
        expect(together.reasons).toStrictEqual([...new Set(acting.flatMap(({ reasons }) => reasons))]);
        const classes = acting.map(({ actingClass }) => actingClass);
        const first = ['insured', 'pensioner', 'dependant'].find((name) => classes.some((one) => one === name)) ?? null;
        expect(together.actingClass).toBe(first);
      }),
      runs,
    );
  });
});

describe('a provider', () => {
  const aboutThePerson = ['T-31', 'T-32', 'T-33', 'T-34', 'T-35'];
  const aboutTheInquiry = ['T-05', 'T-07', 'T-18', 'T-19', 'T-20', 'T-21', 'T-25'];
  const answerToProvider = inquiry.map((facts) => decideEntitlement({ ...facts, asker: 'provider' }));

  it('is told no other keys than these, and categories instead of reasons', () => {
    fc.assert(
      fc.property(answerToProvider, (decision) => {
        expect(Object.keys(decision).sort().join()).toBe('caseId,clauses,kind,lawVersion,on,outcome,reasons,setting');
        const categories = ['NOT_COVERED', 'DOCUMENT_MISSING', 'OTHER_INSURER', 'OVERLAP_PENDING'];
        expect(decision.reasons.filter((reason) => !categories.includes(reason))).toStrictEqual([]);
        expect(new Set(decision.reasons).size).toBe(decision.reasons.length);
      }),
      runs,
    );
  });

  it('learns from the clauses nothing about the person but which document is missing', () => {
    fc.assert(
      fc.property(answerToProvider, ({ clauses, reasons }) => {
        const allowed = reasons.includes('DOCUMENT_MISSING')
          ? [...aboutTheInquiry, ...aboutThePerson]
          : aboutTheInquiry;
        expect(clauses.filter((cite) => !allowed.includes(cite))).toStrictEqual([]);
      }),
      runs,
    );
  });

  it('and staff, and the person: each is told a part of one whole decision', () => {
    fc.assert(
      fc.property(inquiry, (facts) => {
        const { full } = judgeInFull(facts, shippedBook);
        expect(tellTo(facts.asker, full, shippedBook)).toStrictEqual(decideEntitlement(facts));
      }),
      runs,
    );
  });

  it('who may ask is given the same outcome as the person', () => {
    fc.assert(
      fc.property(inquiry, (facts) => {
        const own = {
          kind: 'clinic',
          ownership: 'owned',
          contractFrom: null,
          contractUntil: null,
          suspended: false,
        } as const;
        const askers = (['self', 'staff', 'provider'] as const).map((asker) =>
          decideEntitlement({ ...facts, asker, provider: own }),
        );
        expect(new Set(askers.map(({ outcome }) => outcome)).size).toBe(1);
      }),
      runs,
    );
  });
});

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

describe('the same facts', () => {
  it('give the same answer whatever was asked in between, and are left as they are', () => {
    fc.assert(
      fc.property(inquiry, inquiry, (one, other) => {
        const written = JSON.stringify(one);
        const first = decideEntitlement(frozen(one));
        decideEntitlement(frozen(other));
        expect(decideEntitlement(one)).toStrictEqual(first);
        expect(JSON.stringify(one)).toBe(written);
      }),
      runs,
    );
  });

  it('give the same answer when they are read again', () => {
    fc.assert(
      fc.property(anyInquiry, (written) => {
        const text = JSON.stringify(written);
        expect(decideEntitlement(read(JSON.parse(text)))).toStrictEqual(decideEntitlement(read(written)));
        expect(JSON.stringify(written)).toBe(text);
      }),
      { ...runs, numRuns: 500 },
    );
  });
});
