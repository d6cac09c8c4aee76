import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideEnrolment } from '../decide.ts';
import type { EnrolmentDecision } from '../decision.ts';
import { readCase } from '../facts/read-case.ts';
import type { EnrolmentCase } from '../facts.ts';
import { findDay, type Day } from '../words/day.ts';
import { lastDayOfTerm } from '../words/solar-hijri.ts';
import { numbersPerCase, pickingBy, someHousehold, type HouseholdDocument } from './random.cases.ts';

const runs = { seed: 1398_07_12, numRuns: 10_000, interruptAfterTimeLimit: 5_000, markInterruptAsFailure: false };

const households = fc
  .array(fc.nat({ max: 0xff_ffff }), { minLength: numbersPerCase, maxLength: numbersPerCase })
  .map((numbers) => someHousehold(pickingBy(numbers)));

function read(document: object): EnrolmentCase {
  const facts = readCase(document);
  if ('error' in facts || facts.kind !== 'enrolment') throw new Error(`no household: ${JSON.stringify(facts)}`);
  return facts;
}

/** The decision; absent for a household in which nobody is in application. */
function decided(document: object): EnrolmentDecision | undefined {
  const decision = decideEnrolment(read(document));
  return 'error' in decision ? undefined : decision;
}

function terms(document: object): EnrolmentDecision | undefined {
  const decision = decided(document);
  return decision?.outcome === 'TERMS' ? decision : undefined;
}

/** Fails where the property was never put to the test. */
function holdsFor<T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => boolean): void {
  let compared = 0;
  fc.assert(
    fc.property(arbitrary, (value) => {
      if (property(value)) compared += 1;
    }),
    runs,
  );
  expect(compared).toBeGreaterThan(500);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}

function withTest(document: HouseholdDocument, result: object): HouseholdDocument {
  const old = document['meansTest'] as object | null;
  return { ...document, route: 'meansTest', meansTest: { determinedOn: '2019-12-01', ...old, ...result } };
}

describe('terms of the mandatory insurance', () => {
  it('less income never pays more', () => {
    const pair = fc.record({
      document: households,
      income: fc.oneof(fc.nat({ max: 120_000_000 }), fc.constantFrom(6_067_523, 6_067_524, 15_168_809, 15_168_810)),
      less: fc.oneof(fc.nat({ max: 120_000_000 }), fc.constant(1)),
    });
    holdsFor(pair, ({ document, income, less }) => {
      const richer = terms(withTest(document, { incomeMonthly: income }));
      const poorer = terms(withTest(document, { incomeMonthly: Math.max(0, income - less) }));
      if (richer === undefined || poorer === undefined) return false;
      expect(poorer.payable).toBeLessThanOrEqual(richer.payable ?? Number.NaN);
      expect(poorer.payablePercent).toBeLessThanOrEqual(richer.payablePercent ?? Number.NaN);
      return true;
    });
  });

  it('a lower decile never pays more', () => {
    const pair = fc.record({ document: households, decile: fc.integer({ min: 2, max: 10 }) });
    holdsFor(pair, ({ document, decile }) => {
      const richer = terms(withTest(document, { decile }));
      const poorer = terms(withTest(document, { decile: decile - 1 }));
      if (richer === undefined || poorer === undefined) return false;
      expect(poorer.payable).toBeLessThanOrEqual(richer.payable ?? Number.NaN);
      return true;
    });
  });

  it('in the same regime and term one more covered member never lowers the bill', () => {
    const more = fc.record({ document: households, spouse: fc.boolean() });
    holdsFor(more, ({ document, spouse }) => {
      const another = { id: 'another', relation: spouse ? 'spouse' : 'child', birthDate: '1996-03-01' };
      const fewer = terms(document);
      const larger = terms({ ...document, members: [...document.members, another] });
      if (fewer?.regime !== larger?.regime || fewer?.termMonths !== larger?.termMonths) return false;
      if (fewer === undefined || larger === undefined) return false;
      expect(larger.members.length).toBe(fewer.members.length + 1);
      expect(larger.payable).toBeGreaterThanOrEqual(fewer.payable ?? Number.NaN);
      return true;
    });
  });

  it('household and state together pay the whole premium, in whole rials', () => {
    holdsFor(households, (document) => {
      const decision = terms(document);
      if (decision === undefined) return false;
      const { payable, stateShare, perCapitaMonthly, termMonths, members, payablePercent } = decision;
      const full = (perCapitaMonthly ?? Number.NaN) * members.length * (termMonths ?? Number.NaN);
      expect((payable ?? Number.NaN) + (stateShare ?? Number.NaN)).toBe(full);
      expect((payable ?? Number.NaN) * 100).toBe(full * (payablePercent ?? Number.NaN));
      expect(Number.isInteger(payable)).toBe(true);
      return true;
    });
  });

  it('the order of the members changes no outcome, amount or date', () => {
    const shuffled = households.chain((document) =>
      fc.record({
        document: fc.constant(document),
        members: fc.shuffledSubarray([...document.members], { minLength: document.members.length }),
      }),
    );
    holdsFor(shuffled, ({ document, members }) => {
      const one = decided(document);
      const other = decided({ ...document, members });
      if (one === undefined || other === undefined) {
        expect(one).toBe(other);
        return false;
      }
      const byId = ({ members: answered }: EnrolmentDecision): object =>
        Object.fromEntries(answered.map((member) => [member.id, member]));
      expect(byId(other)).toEqual(byId(one));
      expect({ ...other, members: [], needs: [], clauses: [] }).toEqual({
        ...one,
        members: [],
        needs: [],
        clauses: [],
      });
      expect(other.needs.length).toBe(one.needs.length);
      expect(other.clauses.toSorted()).toEqual(one.clauses.toSorted());
      return true;
    });
  });

  it('the same case is answered the same, and is left as it was', () => {
    holdsFor(households, (document) => {
      const facts = deepFreeze(read(deepFreeze(document)));
      expect(decideEnrolment(facts)).toEqual(decideEnrolment(read(document)));
      return true;
    });
  });

  it('the days follow one from another', () => {
    const msPerDay = 86_400_000;
    holdsFor(households, (document) => {
      const decision = terms(document);
      if (decision === undefined) return false;
      const { paidOn, requestedOn } = read(document);
      const dated = decision.payable === 0 || paidOn !== null;
      expect(
        new Set(decision.members.map((member) => `${String(member.coverFrom)} ${String(member.coverUntil)}`)).size,
      ).toBe(1);
      for (const { waitingDays, coverFrom, coverUntil, entitledFrom } of decision.members) {
        expect([0, 10]).toContain(waitingDays);
        expect([coverFrom, coverUntil, entitledFrom].map((day) => day !== null)).toEqual([dated, dated, dated]);
        if (coverFrom === null || coverUntil === null || entitledFrom === null) continue;
        expect((Date.parse(entitledFrom) - Date.parse(coverFrom)) / msPerDay).toBe(waitingDays);
        expect(findDay(coverUntil)).toBe(lastDayOfTerm(findDay(coverFrom) as Day, decision.termMonths ?? Number.NaN));
        if (decision.regime !== 'renewal') expect(findDay(coverFrom)).toBeGreaterThanOrEqual(requestedOn);
      }
      return true;
    });
  });

  it('every answer says nothing of what it does not decide', () => {
    holdsFor(households, (document) => {
      const decision = decided(document);
      if (decision === undefined) return false;
      const { outcome, regime, group, members, payable, termMonths, reasons, needs, notices, continues } = decision;
      expect(reasons.length).toBe(outcome === 'REFUSED' ? 1 : 0);
      expect(regime === null).toBe(outcome === 'REFUSED');
      if (outcome === 'TERMS') {
        expect({ needs, continues }).toEqual({ needs: [], continues: false });
        expect(members.length).toBeGreaterThan(0);
        return true;
      }
      expect({ group, payable, termMonths, members }).toEqual({
        group: null,
        payable: null,
        termMonths: null,
        members: [],
      });
      if (outcome === 'REFUSED') expect({ notices, continues }).toEqual({ notices: [], continues: false });
      else expect(needs).toEqual(['/meansTest/decile', '/meansTest/incomeMonthly']);
      return true;
    });
  });
});
