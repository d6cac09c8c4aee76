import type { Edition } from '../edition.ts';
import type { FigureName, Figures } from '../parameters/index.ts';
import type { ClauseId } from './clause-id.ts';
import { endOfTime, plusDays, type Day } from './day.ts';

/**
 * The day on which something is judged, and the law of that day.
 *
 * It remembers, of every comparison made with it, between which days the comparison would have come out the same. A judgement
 * that asked for the day in no other way is therefore the same on every day from `holdsFrom` to `holdsUntil`.
 */
export class On<G = Figures> {
  readonly day: Day;
  /** The clauses in force. */
  readonly edition: Edition;
  /** The figures, and from when they are: those of the same day, unless the law reckons with another day's. */
  readonly reckonedBy: Edition;
  readonly figures: G;
  holdsFrom: Day;
  holdsUntil: Day;

  private constructor(day: Day, edition: Edition, reckonedBy: Edition, figures: G) {
    this.day = day;
    this.edition = edition;
    this.reckonedBy = reckonedBy;
    this.figures = figures;
    this.holdsFrom = edition.from;
    this.holdsUntil = edition.until;
  }

  static day(day: Day, edition: Edition, reckonedBy: Edition = edition): On {
    return new On(day, edition, reckonedBy, reckonedBy.figures);
  }

  /** Another day, judged by the law of this one. */
  lookingBackTo(day: Day): On<G> {
    return new On(day, this.edition, this.reckonedBy, this.figures);
  }

  /** On or before `lastDay`: last days are inclusive. `null` is no last day. */
  isNotAfter(lastDay: Day | null): boolean {
    if (lastDay === null) return true;
    if (this.day <= lastDay) {
      if (lastDay < this.holdsUntil) this.holdsUntil = lastDay;
      return true;
    }
    if (lastDay >= this.holdsFrom) this.holdsFrom = plusDays(lastDay, 1);
    return false;
  }

  /** On or after `firstDay`. */
  isNotBefore(firstDay: Day): boolean {
    return !this.isNotAfter(plusDays(firstDay, -1));
  }

  isWithin(firstDay: Day, lastDay: Day | null): boolean {
    return this.isNotBefore(firstDay) && this.isNotAfter(lastDay);
  }

  suspends(clause: ClauseId): boolean {
    return this.edition.suspended.has(clause);
  }

  hasFigure(name: FigureName): boolean {
    return this.reckonedBy.rows[name] !== undefined;
  }

  /** The first day on which the figure's present value holds. */
  figureFrom(name: FigureName): Day {
    return this.reckonedBy.rows[name]?.fromDay ?? endOfTime;
  }

  /** The first day for which the figure was ever set. */
  figureFirstFrom(name: FigureName): Day {
    return this.reckonedBy.firstDays[name] ?? endOfTime;
  }
}
