import type { Pool } from 'pg';
import { findFaultCode } from '../database/index.ts';
import { insertMissingInquiries, type JournalRow } from '../decisions/index.ts';
import type { Ids } from '../platform/index.ts';
import type { Attempt, AttemptSpool, KeptAttempt } from './attempt-spool.ts';

const mostKept = 65_536;
const rowsAtOnce = 256;

export interface UndeterminedParts {
  readonly pool: Pool;
  readonly ids: Ids;
  readonly spool: AttemptSpool | undefined;
  readonly lawVersion: () => Promise<number>;
  /** Makes sure that there are partitions for these ids. */
  readonly makeRoom: (ids: readonly bigint[]) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

const nothingDecided = {
  outcome: 'COULD_NOT_DETERMINE',
  reasons: [],
  clauses: [],
  actingClass: null,
  needs: [],
  entitledUntil: null,
  endedOn: null,
  dossierVersion: 0n,
  principals: [],
  links: { msrt: false, sabtAsnad: false },
  linksAsked: { msrt: false, sabtAsnad: false },
} as const satisfies Partial<JournalRow>;

/** These say that the store is not there; every other fault is that of a row. */
const absences = [
  'DATABASE_UNAVAILABLE',
  'DATABASE_OUTCOME_UNKNOWN',
  'DATABASE_DISK_FULL',
  'DATABASE_TIMED_OUT',
  'DATABASE_CONFLICT',
  'DATABASE_ACCESS_REFUSED',
  'ID_SLOTS_TAKEN',
] as const satisfies readonly ReturnType<typeof findFaultCode>[];

export function isAbsence(error: unknown): boolean {
  const code = findFaultCode(error);
  return absences.some((absence) => absence === code);
}

/**
 * Attempts that could not be determined, kept until the journal can be written again: in memory, and in a spool on the disk
 * where there is one, so that they outlive the process. The journal shows them then, and the report on compliance counts
 * them as undetermined, never as unchecked.
 */
export class Undetermined {
  readonly #parts: UndeterminedParts;
  #kept: KeptAttempt[];
  /** The ids of those that a batch still has in hand. */
  readonly #noted = new Set<bigint>();
  #lost = 0;
  #flushing: Promise<void> | undefined;

  constructor(parts: UndeterminedParts) {
    this.#parts = parts;
    this.#kept = [...(parts.spool?.takeOver() ?? [])];
  }

  /** How many wait to be written. */
  get waiting(): number {
    return this.#kept.length;
  }

  /** How many could not be kept, or not be written. */
  get lost(): number {
    return this.#lost;
  }

  add(attempts: readonly (Attempt & { readonly id: bigint | undefined })[]): void {
    const some = attempts.slice(0, Math.max(0, mostKept - this.#kept.length));
    this.#lost += attempts.length - some.length;
    if (some.length === 0) return;
    const { spool } = this.#parts;
    this.#kept.push(...(spool?.keep(some) ?? some.map(({ id, ...attempt }) => ({ key: '', attempt, id }))));
  }

  /**
   * Only for the next process, should this one die before it has forgotten them: one that is answered after all keeps its
   * answer.
   */
  note(attempts: readonly (Attempt & { readonly id: bigint })[]): void {
    if (attempts.length === 0) return;
    for (const { id } of attempts) this.#noted.add(id);
    this.#parts.spool?.keep(attempts);
  }

  /** Whatever was noted of these is in the journal, or was added. */
  forget(ids: readonly (bigint | undefined)[]): void {
    if (this.#noted.size === 0) return;
    for (const id of ids) if (id !== undefined) this.#noted.delete(id);
    this.#clearIfDone();
  }

  /** Writes what waits, as far as the store is there; never throws. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flushAll().finally(() => (this.#flushing = undefined));
    return this.#flushing;
  }

  /** What still waits stays in the spool. */
  async close(): Promise<void> {
    await this.flush();
    this.#clearIfDone();
    await this.#parts.spool?.close();
  }

  #clearIfDone(): void {
    if (this.#kept.length === 0 && this.#noted.size === 0) this.#parts.spool?.clear();
  }

  async #flushAll(): Promise<void> {
    try {
      while (this.#kept.length > 0) {
        const some = this.#kept.slice(0, rowsAtOnce);
        await this.#giveIds(some);
        await this.#write(some);
        this.#kept = this.#kept.slice(some.length);
        this.#clearIfDone();
      }
    } catch {
      // Still no store: tried again later.
    }
  }

  /** For good, before anything is written: what may have been written is never written under another id. */
  async #giveIds(kept: readonly KeptAttempt[]): Promise<void> {
    const { ids, spool } = this.#parts;
    const without = kept.filter(({ id }) => id === undefined);
    if (without.length === 0) return;
    const made = await ids.make(without.map(({ attempt }) => attempt.person));
    without.forEach((each, index) => (each.id = made[index]));
    await spool?.keepIds(without);
  }

  async #write(kept: readonly KeptAttempt[]): Promise<void> {
    const { pool, lawVersion: numberOfLaw, makeRoom, onFailure } = this.#parts;
    try {
      const lawVersion = await numberOfLaw();
      const rows = kept.map(({ attempt, id = 0n }) => ({ ...attempt, ...nothingDecided, id, lawVersion }));
      await makeRoom(rows.map(({ id }) => id));
      // One that was answered after all, and committed unseen, keeps its answer; so does one that was written before.
      await insertMissingInquiries(pool, rows);
    } catch (error) {
      if (isAbsence(error)) throw error;
      if (kept.length > 1) {
        for (const each of kept) await this.#write([each]);
        return;
      }
      this.#lost += 1;
      onFailure(error);
    }
  }
}
