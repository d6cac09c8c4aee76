import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decide } from '../decide.ts';
import { mandatoryInsurance, treatmentEntitlement } from '../decide/questions.ts';
import { Question } from '../decide/question.ts';
import { pickingFrom, someHousehold, somePerson } from '../decide/random.cases.ts';
import { layOver, shippedBook } from '../book.ts';
import { readCase } from '../facts/read-case.ts';
import type { Answer } from '../words/answer.ts';
import type { Clause } from '../words/clause.ts';
import type { On } from '../words/on.ts';

/* What a clause declares to look at is what it looks at: explanations and the coverage of facts are built on it. */

type AnyClause = Clause<never, object>;
type Reads = { readonly facts: Set<string>; readonly figures: Set<string> };

function questionsIn(value: unknown): readonly AnyClause[] {
  if (value instanceof Question) return value.clauses;
  return Object.values(value as object).flatMap(questionsIn);
}

const clauses = [...new Set([...questionsIn(mandatoryInsurance), ...questionsIn(treatmentEntitlement)])];
const reads = new Map<AnyClause, Reads>(clauses.map((clause) => [clause, { facts: new Set(), figures: new Set() }]));

/** The same object, which notes the names of the properties that are asked for. */
function noting<T extends object>(object: T, names: Set<string>): T {
  return new Proxy(object, {
    get(target, name) {
      if (typeof name === 'string') names.add(name);
      return Reflect.get(target, name, target) as unknown;
    },
  });
}

/**
 * The day, which notes the figures that are asked for by their value or their first day. Whether there is a value at all
 * (`hasFigure`) is no look at the figure: M-02 asks just that, where there is none.
 */
function notingFigures(on: On, names: Set<string>): On {
  const figures = noting(on.figures, names);
  return new Proxy(on, {
    get(target, name) {
      if (name === 'figures') return figures;
      const value = Reflect.get(target, name, target) as unknown;
      if (typeof value !== 'function') return value;
      return (...asked: readonly unknown[]): unknown => {
        if (name === 'figureFrom' || name === 'figureFirstFrom') names.add(String(asked[0]));
        return Reflect.apply(value, target, asked);
      };
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}

type Then = (first: object, ...others: readonly unknown[]) => unknown;

/** What is said by a function is said from the figures, or (the first day of cover) from the facts. */
function notingThen(clause: AnyClause, { facts, figures }: Reads): void {
  const then = clause.then as Record<string, unknown>;
  for (const [respect, said] of Object.entries(then)) {
    if (typeof said !== 'function') continue;
    const original = said as Then;
    vi.spyOn(then as Record<string, Then>, respect).mockImplementation((first, ...others) => {
      const names = respect === 'coverFrom' ? facts : figures;
      if (respect === 'termMonths' && original.length > 1) facts.add('termMonths');
      return original(noting(first, names), ...others);
    });
  }
}

beforeAll(() => {
  for (const clause of clauses) {
    const noted = reads.get(clause);
    if (noted === undefined) continue;
    const open = clause as unknown as { when: (facts: object, on: On) => Answer };
    const original = open.when;
    vi.spyOn(open, 'when').mockImplementation((facts, on) =>
      original(noting(facts, noted.facts), notingFigures(on, noted.figures)),
    );
    notingThen(clause, noted);
  }
  const pick = pickingFrom(1399_03_01);
  const reference = { fa: 'آزمون', en: 'test' };
  const untested = layOver(shippedBook, {
    parameters: {},
    suspensions: [{ clause: 'M-20', from: '1398/08/01', until: '1410/12/29', reference, provenance: 'assumed' }],
  });
  for (let round = 0; round < 30_000; round += 1) {
    const facts = readCase(round % 2 === 0 ? someHousehold(pick) : somePerson(pick));
    if ('error' in facts) throw new Error(`${facts.error.path}: ${facts.error.message}`);
    decide(facts, round % 10 === 0 ? untested : shippedBook);
  }
});

afterAll(() => {
  vi.restoreAllMocks();
});

/** The rate itself is not asked for by its clause: it is what the clause says. */
const saidItself: Readonly<Record<string, readonly string[]>> = { 'M-17': ['perCapitaMonthly'] };

function named(clause: AnyClause): string {
  return `${clause.cite} ${Object.keys(clause.then).join(', ')}: ${clause.en.slice(0, 60)}`;
}

describe.each(clauses.map((clause) => [named(clause), clause] as const))('%s', (_, clause) => {
  it('looks at all the facts that it declares, and at no others', () => {
    expect([...(reads.get(clause)?.facts ?? [])].toSorted()).toEqual(clause.facts.toSorted());
  });

  it('looks at all the figures that it declares, and at no others', () => {
    const looked = [...(reads.get(clause)?.figures ?? []), ...(saidItself[clause.cite] ?? [])];
    expect([...new Set(looked)].toSorted()).toEqual(clause.figures.toSorted());
  });
});

it('looks at every rule of both regulations', () => {
  expect(clauses.length).toBeGreaterThan(75);
});
