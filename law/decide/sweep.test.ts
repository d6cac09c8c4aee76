import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { layOver, shippedBook, suspendableClauses, type Book, type Suspension } from '../book.ts';
import { allClauses } from '../clauses/index.ts';
import { coverIsWaitedFor } from '../clauses/mandatory-insurance/article-3-a.ts';
import { renewedLater } from '../clauses/mandatory-insurance/article-4.ts';
import { decide } from '../decide.ts';
import { readCase } from '../facts/read-case.ts';
import type { Case } from '../facts.ts';
import type { ClauseId } from '../words/clause-id.ts';
import { plusDays, type Day } from '../words/day.ts';
import { getHijriDay } from '../words/solar-hijri.ts';
import { LawFault } from './question.ts';
import { numbersPerCase, pickingBy, pickingFrom, someHousehold, somePerson } from './random.cases.ts';
import { representativeHouseholds, representativePersons } from './sweep.cases.ts';

const [first, last] = [getHijriDay('1397/01/01'), getHijriDay('1410/12/29')];
const wholeTime = { from: '1397/01/01', until: '1410/12/29' };

function read(document: object): Case {
  const facts = readCase(document);
  if ('error' in facts) throw new Error(`${facts.error.path}: ${facts.error.message}`);
  return facts;
}

/** The same case asked on another day; in `moving` its other days of the sweep move along. */
function asked(facts: Case, day: Day, moving: boolean): Case {
  if (facts.kind === 'entitlement') return { ...facts, on: day };
  if (!moving) return { ...facts, requestedOn: day };
  const meansTest = facts.meansTest === null ? null : { ...facts.meansTest, determinedOn: day };
  return { ...facts, requestedOn: day, paidOn: day, meansTest };
}

const cases = [...representativeHouseholds, ...representativePersons].map(read);

/** The days from `from` to `until` on which the law has no answer to a case, or two. */
function faults(book: Book, { from, until }: { readonly from: string; readonly until: string }): string[] {
  const found = new Set<string>();
  const end = getHijriDay(until);
  for (let day = getHijriDay(from); day <= end; day = plusDays(day, 1)) {
    for (const facts of cases) {
      for (const moving of facts.kind === 'enrolment' ? [false, true] : [false]) {
        try {
          decide(asked(facts, day, moving), book);
        } catch (error) {
          found.add(String(error));
        }
      }
    }
  }
  return [...found];
}

const rules = allClauses.filter((clause) => clause.kind === 'rule');

const suspendable = suspendableClauses;

function suspended(clause: ClauseId, from: string, until: string): Book {
  const suspension: Suspension = {
    clause,
    from,
    until,
    reference: { fa: 'آزمون', en: 'test' },
    provenance: 'assumed',
  };
  return layOver(shippedBook, { parameters: {}, suspensions: [suspension] });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the law has one answer on every day', () => {
  it('looks at every way through the law', () => {
    expect(representativeHouseholds.length).toBeGreaterThanOrEqual(30);
    expect(representativePersons.length).toBeGreaterThanOrEqual(25);
    expect(last - first).toBe(5_112);
    const cited = new Set<ClauseId>();
    for (let day = first; day <= last; day = plusDays(day, 1)) {
      for (const facts of cases) {
        const decision = decide(asked(facts, day, facts.kind === 'enrolment'));
        if (!('error' in decision)) for (const cite of decision.clauses) cited.add(cite);
      }
    }
    const silent = rules.map((rule) => rule.cite).filter((cite) => !cited.has(cite));
    expect(silent).toEqual([]);
  });

  it('for the representative households and persons, from 1397/01/01 to 1410/12/29', () => {
    expect(faults(shippedBook, wholeTime)).toEqual([]);
  });

  it('finds a conflict that is planted', () => {
    vi.spyOn(renewedLater, 'when').mockReturnValue(true);
    expect(faults(shippedBook, { from: '1399/08/01', until: '1399/08/02' })).toContain(
      'LawFault: waitingDays: M-56, M-57 hold together, and neither prevails',
    );
  });

  it('finds a gap that is planted', () => {
    vi.spyOn(coverIsWaitedFor, 'when').mockReturnValue(false);
    expect(faults(shippedBook, { from: '1398/08/01', until: '1398/08/02' })).toEqual([
      'LawFault: waitingDays: no clause answers',
    ]);
  });

  it('knows which clauses may be suspended', () => {
    expect(suspendable).toContain('M-20');
    expect(suspendable).toContain('M-33');
    expect(suspendable).not.toContain('M-03');
    expect(suspendable).not.toContain('M-02');
    expect(suspendable).not.toContain('T-07');
    expect(suspendable.length).toBe(6);
  });

  it.each(suspendable.filter((cite) => cite.startsWith('M')))('while %s is suspended in the window', (clause) => {
    expect(faults(suspended(clause, '1398/08/10', '1399/02/10'), { from: '1398/08/01', until: '1399/02/20' })).toEqual(
      [],
    );
  });

  it.each(suspendable)('while %s is suspended', (clause) => {
    expect(faults(suspended(clause, '1399/07/20', '1399/08/20'), { from: '1399/07/15', until: '1399/08/25' })).toEqual(
      [],
    );
    expect(faults(suspended(clause, '1399/03/10', '1410/12/29'), { from: '1400/01/01', until: '1400/03/20' })).toEqual(
      [],
    );
  });
});

describe('the law has one answer to any case', () => {
  const someCase = fc
    .array(fc.nat({ max: 0xff_ffff }), { minLength: numbersPerCase, maxLength: numbersPerCase })
    .map((numbers) => [someHousehold(pickingBy(numbers)), somePerson(pickingBy(numbers))]);

  it('under the shipped book', () => {
    let decisions = 0;
    fc.assert(
      fc.property(someCase, (documents) => {
        for (const document of documents) {
          expect(decide(read(document))).toHaveProperty('caseId');
          decisions += 1;
        }
      }),
      { seed: 7, numRuns: 10_000, interruptAfterTimeLimit: 4_000 },
    );
    expect(decisions).toBeGreaterThan(5_000);
  });

  it('with one clause suspended since 1 Tir 1399', () => {
    const books = suspendable.map((clause) => suspended(clause, '1399/04/01', '1402/12/29'));
    const pick = pickingFrom(11);
    const found = new Set<string>();
    for (let round = 0; round < 40_000; round += 1) {
      const book = books[pick(books.length)] ?? shippedBook;
      const facts = read(round % 2 === 0 ? someHousehold(pick) : somePerson(pick));
      try {
        decide(facts, book);
      } catch (error) {
        if (!(error instanceof LawFault)) throw error;
        found.add(error.message);
      }
    }
    expect([...found]).toEqual([]);
  });
});
