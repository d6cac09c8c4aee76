import { figureNames, type FigureName, type Figures } from './parameters/index.ts';
import type { ClauseId, Period } from './words/clause-id.ts';
import type { Row } from './words/dated.ts';
import type { Day } from './words/day.ts';
import { getHijriDay } from './words/solar-hijri.ts';

export type RowInForce = Row<unknown> & { readonly fromDay: Day };

/** The rows of every figure, by their first days. */
export type Rows = Readonly<Record<FigureName, readonly RowInForce[]>>;

/** Both days inclusive. */
export type SuspendedDays = { readonly clause: ClauseId; readonly fromDay: Day; readonly untilDay: Day };

export const everyFigure: readonly FigureName[] = [...figureNames.T, ...figureNames.M];

/** What the law must know of a clause to say whether it is in force. */
type InForce = { readonly cite: ClauseId; readonly inForce: readonly Period[]; readonly speaksWhenSuspended?: true };

/** The law between two changes of a figure, a clause or a suspension: one set of figures, one set of clauses in force. */
export class Edition {
  readonly from: Day;
  readonly until: Day;
  readonly rows: Readonly<Partial<Record<FigureName, RowInForce>>>;
  readonly figures: Figures;
  /** The first day for which each figure was ever set. */
  readonly firstDays: Readonly<Record<FigureName, Day | undefined>>;
  readonly suspended: ReadonlySet<ClauseId>;

  constructor(from: Day, until: Day, rows: Rows, suspensions: readonly SuspendedDays[]) {
    this.from = from;
    this.until = until;
    this.rows = Object.fromEntries(
      everyFigure
        .map((name) => [name, rows[name].findLast((row) => row.fromDay <= from)] as const)
        .filter(([, row]) => row !== undefined),
    );
    this.firstDays = Object.fromEntries(everyFigure.map((name) => [name, rows[name][0]?.fromDay])) as Record<
      FigureName,
      Day | undefined
    >;
    this.figures = this.#figures();
    this.suspended = new Set(
      suspensions.filter((days) => days.fromDay <= from && from <= days.untilDay).map((days) => days.clause),
    );
  }

  hasInForce(clause: InForce): boolean {
    if (this.suspended.has(clause.cite) !== (clause.speaksWhenSuspended ?? false)) return false;
    return clause.inForce.some(
      ({ from, until }) => getHijriDay(from) <= this.from && (until === undefined || this.from <= getHijriDay(until)),
    );
  }

  /** A figure that has no value on these days is no guess and no zero: asking for it is an error that names it. */
  #figures(): Figures {
    const figures = {};
    for (const name of everyFigure) {
      const value = this.rows[name]?.value ?? null;
      if (value === null) {
        Object.defineProperty(figures, name, {
          get() {
            throw new RangeError(`${name} has no value on these days`);
          },
        });
      } else Object.defineProperty(figures, name, { value, enumerable: true });
    }
    return figures as Figures;
  }
}
