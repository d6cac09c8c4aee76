import type { Pool } from 'pg';
import { asFault } from '../database/index.ts';
import { Fault } from '../platform/index.ts';

const attempts = 5;

/** The texts of the law have numbers in the journal; a new text gets one when it is first used. */
export class LawVersions {
  readonly #pool: Pool;
  readonly #numbers = new Map<string, number>();
  readonly #versions = new Map<number, string>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** @throws Fault DATABASE_… */
  async numberOf(version: string): Promise<number> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const known = this.#numbers.get(version);
      if (known !== undefined) return known;
      await this.#read();
      if (!this.#numbers.has(version)) await this.#add(version);
    }
    throw new Fault('DATABASE_CONFLICT', 'The text of the law got no number.');
  }

  /** The numbers that rows of the journal name are all there. @throws Fault DATABASE_… */
  async versionOf(number: number): Promise<string> {
    if (!this.#versions.has(number)) await this.#read();
    const version = this.#versions.get(number);
    if (version === undefined) throw new Fault('DATABASE_FAULT', `No text of the law has the number ${number}.`);
    return version;
  }

  async #read(): Promise<void> {
    const { rows } = await this.#pool
      .query<{ id: number; version: string }>('select id, version from law_version')
      .catch(throwFault);
    for (const { id, version } of rows) {
      this.#numbers.set(version, id);
      this.#versions.set(id, version);
    }
  }

  /** Of several processes one gets the number; the others read again. */
  async #add(version: string): Promise<void> {
    const insert = `
      insert into law_version (id, version)
      select coalesce(max(id), 0) + 1, $1::text from law_version
      on conflict do nothing`;
    await this.#pool.query(insert, [version]).catch(throwFault);
  }
}

function throwFault(error: unknown): never {
  throw asFault(error);
}
