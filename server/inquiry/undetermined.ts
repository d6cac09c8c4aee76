import type { Pool } from 'pg';
import { findFaultCode } from '../database/index.ts';
import { insertMissingInquiries, type JournalRow } from '../decisions/index.ts';
import type { Ids } from '../platform/index.ts';

const mostKept = 65_536;
const rowsAtOnce = 256;

/** An attempt that got no answer, less what is only known once the store is back. */
export type Attempt = Omit<JournalRow, 'id' | 'lawVersion'> & { readonly id: bigint | undefined };

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
 * Attempts that could not be determined, kept until the journal can be written again. The journal shows them then, and
 * the report on compliance counts them as undetermined, never as unchecked.
 */
export class Undetermined {
  readonly #pool: Pool;
  readonly #ids: Ids;
  readonly #lawVersion: () => Promise<number>;
  #attempts: Attempt[] = [];
  #lost = 0;
  #flushing: Promise<void> | undefined;

  constructor(pool: Pool, ids: Ids, lawVersion: () => Promise<number>) {
    this.#pool = pool;
    this.#ids = ids;
    this.#lawVersion = lawVersion;
  }

  /** How many wait to be written. */
  get waiting(): number {
    return this.#attempts.length;
  }

  /** How many could not be kept, or not be written. */
  get lost(): number {
    return this.#lost;
  }

  add(attempt: Attempt): void {
    if (this.#attempts.length < mostKept) this.#attempts.push(attempt);
    else this.#lost += 1;
  }

  /** Writes what waits, as far as the store is there; never throws. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flushAll().finally(() => (this.#flushing = undefined));
    return this.#flushing;
  }

  async #flushAll(): Promise<void> {
    try {
      while (this.#attempts.length > 0) {
        const some = this.#attempts.slice(0, rowsAtOnce);
        await this.#write(some);
        this.#attempts = this.#attempts.slice(some.length);
      }
    } catch {
      // Still no store: tried again later.
    }
  }

  async #write(attempts: readonly Attempt[]): Promise<void> {
    try {
      const lawVersion = await this.#lawVersion();
      const made = await this.#ids.make(attempts.filter(({ id }) => id === undefined).map(({ person }) => person));
      const rows = attempts.map((attempt) => ({ ...attempt, id: attempt.id ?? made.shift() ?? 0n, lawVersion }));
      // One that was answered after all, and committed unseen, keeps its answer.
      await insertMissingInquiries(this.#pool, rows);
    } catch (error) {
      if (isAbsence(error)) throw error;
      if (attempts.length === 1) this.#lost += 1;
      else for (const attempt of attempts) await this.#write([attempt]);
    }
  }
}
