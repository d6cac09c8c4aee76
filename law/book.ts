import { allClauses } from './clauses/index.ts';
import { Edition, everyFigure, type RowInForce, type Rows, type SuspendedDays } from './edition.ts';
import { figureNames, parameters, type FigureName, type Figures } from './parameters/index.ts';
import { textVersion } from './version.ts';
import type { ClauseId } from './words/clause-id.ts';
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

/** Only clauses can be suspended of which it is known what holds in their place. */
function maySuspend(cite: ClauseId): boolean {
  const rules = allClauses.filter((clause) => clause.kind === 'rule' && clause.cite === cite);
  return rules.length > 0 && rules.every((rule) => rule.kind === 'rule' && rule.suspendable === true);
}

/** The clauses that an act may suspend. */
export const suspendableClauses: readonly ClauseId[] = [...new Set(allClauses.map(({ cite }) => cite))].filter(
  maySuspend,
);

/** A figure begins with the regulation; what begins it is no figure that an act could move. */
function refuseEarlyRows(acts: LaterActs): void {
  for (const name of everyFigure) {
    const first = shippedBook.rows[name][0]?.fromDay ?? beginningOfTime;
    const days = (acts.parameters[name] ?? []).map(({ from }) => getHijriDay(from));
    days.forEach((day, index) => {
      const path = `/parameters/${name}/${String(index)}/from`;
      if (day < first)
        throw new InvalidActs(
          path,
          `${name} begins on ${shippedBook.rows[name][0]?.from ?? ''}: no row may stand before it`,
        );
      if (days.indexOf(day) < index) throw new InvalidActs(path, 'two rows of one figure begin on the same day');
    });
  }
}

/**
 * A book with later acts laid over it.
 * @throws InvalidActs where a clause cannot be suspended, a suspension ends before it begins, or a row begins too early or twice
 */
export function layOver(book: Book, acts: LaterActs): Book {
  if (acts.suspensions.length === 0 && Object.values(acts.parameters).every((rows) => rows.length === 0)) return book;
  refuseEarlyRows(acts);
  acts.suspensions.forEach(({ clause, from, until }, index) => {
    if (getHijriDay(until) < getHijriDay(from)) {
      throw new InvalidActs(`/suspensions/${String(index)}/until`, `${until} lies before ${from}`);
    }
    if (!maySuspend(clause)) {
      throw new InvalidActs(
        `/suspensions/${String(index)}/clause`,
        `${clause} cannot be suspended; these can: ${suspendableClauses.join(', ')}`,
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
