import type { Pool } from 'pg';
import { asFault } from '../database/index.ts';
import type { Provider } from './provider.ts';
import { readProviders, readProviderVersion } from './provider-store.ts';

interface DirectoryOptions {
  /** How often the database is asked whether anything has changed. */
  readonly pollMs?: number;
}

/**
 * All providers, in memory, read again whenever their reference version was raised: a suspension is known in every
 * process within `pollMs` and the time of one read. While the database does not answer, the last state stays.
 */
export class ProviderDirectory {
  readonly #pool: Pool;
  readonly #pollMs: number;
  #byCode: ReadonlyMap<string, Provider> = new Map();
  #byMobile: ReadonlyMap<bigint, readonly Provider[]> = new Map();
  #version = -1n;
  #checkedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #isStopped = false;

  private constructor(pool: Pool, pollMs: number) {
    this.#pool = pool;
    this.#pollMs = pollMs;
  }

  /** Reads the providers and begins to watch them. @throws Fault DATABASE_… */
  static async start(pool: Pool, { pollMs = 300 }: DirectoryOptions = {}): Promise<ProviderDirectory> {
    const directory = new ProviderDirectory(pool, pollMs);
    await directory.refresh();
    directory.#wait();
    return directory;
  }

  find(code: string): Provider | undefined {
    return this.#byCode.get(code);
  }

  /** One mobile may be registered for several providers. @param mobile 989121234567n */
  findByMobile(mobile: bigint): readonly Provider[] {
    return this.#byMobile.get(mobile) ?? [];
  }

  get size(): number {
    return this.#byCode.size;
  }

  /** Milliseconds since the database was last seen to have nothing newer. */
  get ageMs(): number {
    return performance.now() - this.#checkedAt;
  }

  /** Looks at once, without waiting for the next turn. */
  async refresh(): Promise<void> {
    const begun = performance.now();
    try {
      // The version first: a change between the two reads is seen at the next turn.
      const version = await readProviderVersion(this.#pool);
      if (version !== this.#version) {
        this.#keep(await readProviders(this.#pool));
        this.#version = version;
      }
      this.#checkedAt = begun;
    } catch (error) {
      throw asFault(error);
    }
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

  #keep(providers: readonly Provider[]): void {
    const byMobile = new Map<bigint, Provider[]>();
    for (const provider of providers) {
      for (const mobile of provider.mobiles) {
        const known = byMobile.get(mobile);
        if (known === undefined) byMobile.set(mobile, [provider]);
        else known.push(provider);
      }
    }
    this.#byCode = new Map(providers.map((provider) => [provider.code, provider]));
    this.#byMobile = byMobile;
  }
}
