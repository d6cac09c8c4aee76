import type { ClauseId } from '../words/clause-id.ts';
import type { Clause } from '../words/clause.ts';
import type { On } from '../words/on.ts';

/** A clause that spoke, the facts that it was asked about, and the day (with the figures) on which it was asked. */
export type Spoken = { readonly clause: Clause; readonly facts: Readonly<Record<string, unknown>>; readonly on: On };

/** The clauses that spoke in one decision, in the order in which they spoke. */
export class Minutes {
  spoken: Spoken[] = [];

  /** A clause speaks together with the one on which it rests. */
  write<Facts, Then>(clause: Clause<Facts, Then>, facts: Facts, on: On): void {
    if (clause.restsOn !== undefined) this.write(clause.restsOn, facts, on);
    this.spoken.push({ clause: clause, facts: facts as Readonly<Record<string, unknown>>, on });
  }

  append(others: Minutes): void {
    for (const spoken of others.spoken) this.spoken.push(spoken);
  }

  keepOnly(clauses: ReadonlySet<ClauseId>): void {
    this.spoken = this.spoken.filter(({ clause }) => clauses.has(clause.cite));
  }

  /** Each clause once. */
  cites(): ClauseId[] {
    const cites: ClauseId[] = [];
    for (const { clause } of this.spoken) if (!cites.includes(clause.cite)) cites.push(clause.cite);
    return cites;
  }
}
