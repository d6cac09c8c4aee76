import type { Pool } from 'pg';

export interface WatchOptions {
  /** How often the database is asked whether anything has changed. */
  readonly pollMs?: number;
}

const usualPollMs = 300;

/**
 * Reference data, all of it in memory, read again whenever its row of `reference_version` was raised: a change is known in
 * every process within `pollMs` and the time of one read. While the database does not answer, the last state stays.
 */
export class KeptInMemory<State> {
  readonly #pool: Pool;
  readonly #name: string;
  readonly #read: (pool: Pool) => Promise<State>;
  readonly #pollMs: number;
  #kept: { readonly version: bigint; readonly state: State };
  #checkedAt: number;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #isStopped = false;

  private constructor(pool: Pool, name: string, read: (pool: Pool) => Promise<State>, begun: Begun<State>) {
    this.#pool = pool;
    this.#name = name;
    this.#read = read;
    this.#pollMs = begun.pollMs;
    this.#kept = begun;
    this.#checkedAt = begun.checkedAt;
  }

  /**
   * Reads it and begins to watch it.
   * @param name in `reference_version`
   * @throws errors of the database as they are
   */
  static async start<State>(
    pool: Pool,
    name: string,
    read: (pool: Pool) => Promise<State>,
    { pollMs = usualPollMs }: WatchOptions = {},
  ): Promise<KeptInMemory<State>> {
    const checkedAt = performance.now();
    // The version first: a change between the two reads is seen at the next turn.
    const version = await readVersion(pool, name);
    const kept = new KeptInMemory(pool, name, read, { version, state: await read(pool), checkedAt, pollMs });
    kept.#wait();
    return kept;
  }

  get state(): State {
    return this.#kept.state;
  }

  /** Milliseconds since the database was last seen to have nothing newer. */
  get ageMs(): number {
    return performance.now() - this.#checkedAt;
  }

  /** Looks at once, without waiting for the next turn. @throws errors of the database as they are */
  async refresh(): Promise<void> {
    const begun = performance.now();
    const version = await readVersion(this.#pool, this.#name);
    if (version !== this.#kept.version) this.#kept = { version, state: await this.#read(this.#pool) };
    this.#checkedAt = begun;
  }

  /** Ends the watching; the last state can still be asked. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#underWay;
  }

  #wait(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#underWay = this.refresh()
        // A database that does not answer is seen by whoever asks it something; `ageMs` tells for how long.
        .catch(() => undefined)
        .then(() => {
          this.#wait();
        });
    }, this.#pollMs);
    this.#timer.unref();
  }
}

interface Begun<State> {
  readonly version: bigint;
  readonly state: State;
  readonly checkedAt: number;
  readonly pollMs: number;
}

async function readVersion(pool: Pool, name: string): Promise<bigint> {
  const { rows } = await pool.query<{ version: bigint }>({
    name: 'reference-version',
    text: 'select version from reference_version where name = $1',
    values: [name],
  });
  return rows[0]?.version ?? 0n;
}
