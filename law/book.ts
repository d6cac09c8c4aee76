import { allClauses } from './clauses/index.ts';
import { Edition, everyFigure, type RowInForce, type Rows, type SuspendedDays } from './edition.ts';
import { figureNames, parameters, type FigureName, type Figures } from './parameters/index.ts';
import { textVersion } from './version.ts';
import type { ClauseId } from './words/clause-id.ts';
import type { Clause } from './words/clause.ts';
import type { Dated, Provenance, Row, Words } from './words/dated.ts';
import { beginningOfTime, endOfTime, plusDays, type Day } from './words/day.ts';
import { fingerprint } from './words/fingerprint.ts';
import { getHijriDay } from './words/solar-hijri.ts';

/** A clause that is not applied from `from` to `until`, both inclusive (Solar Hijri). */
export type Suspension = {
  readonly clause: ClauseId;
  readonly from: string;
  readonly until: string;
  readonly reference: Words;
  readonly provenance: Provenance;
};

/** Dated rows that are laid over a book: a row with the day of an earlier one replaces it. */
export type LaterActs = {
  readonly parameters: { readonly [Name in FigureName]?: readonly Row<Figures[Name]>[] };
  readonly suspensions: readonly Suspension[];
};

/** Later acts that cannot be laid over the law; `path` is a JSON pointer into them. */
export class InvalidActs extends Error {
  override readonly name = 'InvalidActs';
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

export type Instrument = 'T' | 'M';

/** One instrument by date: an edition from every change of its figures, clauses and suspensions to the next. */
export class Timeline {
  readonly editions: readonly Edition[];
  #last: Edition;

  constructor(instrument: Instrument, rows: Rows, suspensions: readonly SuspendedDays[]) {
    const days = new Set([beginningOfTime, ...changesOf(instrument, rows, suspensions)]);
    const firstDays = [...days].sort((one, other) => one - other);
    this.editions = firstDays.map((from, index) => {
      const next = firstDays[index + 1];
      return new Edition(from, next === undefined ? endOfTime : plusDays(next, -1), rows, suspensions);
    });
    this.#last = this.#find(endOfTime);
  }

  /** The law of a day. */
  on(day: Day): Edition {
    if (day < this.#last.from || day > this.#last.until) this.#last = this.#find(day);
    return this.#last;
  }

  #find(day: Day): Edition {
    let found = this.editions[0];
    for (const edition of this.editions) if (edition.from <= day) found = edition;
    if (found === undefined) throw new RangeError('a timeline has at least one edition');
    return found;
  }
}

/** The first days of every new state of an instrument. */
function changesOf(instrument: Instrument, rows: Rows, suspensions: readonly SuspendedDays[]): Day[] {
  const periods = allClauses
    .filter((clause) => clause.cite.startsWith(instrument))
    .flatMap((clause) => (clause.kind === 'rule' ? clause.inForce : []));
  return [
    ...figureNames[instrument].flatMap((name) => rows[name].map((row) => row.fromDay)),
    ...suspensions.flatMap(({ fromDay, untilDay }) => [fromDay, plusDays(untilDay, 1)]),
    ...periods.flatMap(({ from, until }) => [
      getHijriDay(from),
      ...(until === undefined ? [] : [plusDays(getHijriDay(until), 1)]),
    ]),
  ];
}

/** The figures and suspensions of both instruments by date. */
export class Book {
  readonly treatmentEntitlement: Timeline;
  readonly mandatoryInsurance: Timeline;
  /** Changes whenever a clause or a figure changes. */
  readonly version: string;
  readonly rows: Rows;
  readonly suspensions: readonly Suspension[];

  constructor(rows: Rows, suspensions: readonly Suspension[], version: string) {
    const days = suspensions.map(({ clause, from, until }) => ({
      clause,
      fromDay: getHijriDay(from),
      untilDay: getHijriDay(until),
    }));
    this.rows = rows;
    this.suspensions = suspensions;
    this.version = version;
    this.treatmentEntitlement = new Timeline('T', rows, days);
    this.mandatoryInsurance = new Timeline('M', rows, days);
  }
}

function inOrder<Value>(rows: readonly Row<Value>[]): RowInForce[] {
  return rows
    .map((row) => ({ ...row, fromDay: getHijriDay(row.from) }))
    .sort((one, other) => one.fromDay - other.fromDay);
}

function rowsOf(make: (name: FigureName) => readonly RowInForce[]): Rows {
  return Object.fromEntries(everyFigure.map((name) => [name, make(name)] as const)) as unknown as Rows;
}

/** The book that is shipped with the law. */
export const shippedBook = new Book(
  rowsOf((name) => inOrder((parameters[name] as Dated<unknown>).rows)),
  [],
  textVersion,
);

/**
 * A general rule cannot be suspended, nor an exception on days on which its general rule is no law: nothing would answer in
 * its place. The means test can (M-20 says what holds then).
 */
function maySuspend(cite: ClauseId): boolean {
  const rules = allClauses.filter((clause): clause is Clause => clause.kind === 'rule' && clause.cite === cite);
  const isCovered = ({ exceptionTo, inForce }: Clause): boolean =>
    exceptionTo.length > 0 && exceptionTo.every((general) => general.inForce === inForce);
  return rules.length > 0 && rules.every(isCovered);
}

/**
 * A book with later acts laid over it.
 * @throws InvalidActs where a suspended clause is a general rule or no rule at all, or a suspension ends before it begins
 */
export function layOver(book: Book, acts: LaterActs): Book {
  if (acts.suspensions.length === 0 && Object.values(acts.parameters).every((rows) => rows.length === 0)) return book;
  acts.suspensions.forEach(({ clause, from, until }, index) => {
    if (getHijriDay(until) < getHijriDay(from)) {
      throw new InvalidActs(`/suspensions/${String(index)}/until`, `${until} lies before ${from}`);
    }
    if (!maySuspend(clause)) {
      throw new InvalidActs(
        `/suspensions/${String(index)}/clause`,
        `${clause} is no exception to another clause: nothing would hold in its place`,
      );
    }
  });
  const rows = rowsOf((name) => {
    const laid = inOrder<unknown>(acts.parameters[name] ?? []);
    const kept = book.rows[name].filter((row) => !laid.some(({ fromDay }) => fromDay === row.fromDay));
    return [...kept, ...laid].sort((one, other) => one.fromDay - other.fromDay);
  });
  return new Book(
    rows,
    [...book.suspensions, ...acts.suspensions],
    `${book.version}+${fingerprint(JSON.stringify(acts))}`,
  );
}
