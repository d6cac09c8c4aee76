import type { Pool } from 'pg';
import { asFault } from '../database/index.ts';
import { KeptInMemory, type WatchOptions } from '../platform/index.ts';
import type { Provider } from './provider.ts';
import { providerReference, readProviders } from './provider-store.ts';

interface Indexed {
  readonly byCode: ReadonlyMap<string, Provider>;
  readonly byMobile: ReadonlyMap<bigint, readonly Provider[]>;
}

/** All providers, in memory: a suspension is known in every process within a second. */
export class ProviderDirectory {
  readonly #kept: KeptInMemory<Indexed>;

  private constructor(kept: KeptInMemory<Indexed>) {
    this.#kept = kept;
  }

  /** Reads the providers and begins to watch them. @throws Fault DATABASE_… */
  static async start(pool: Pool, options: WatchOptions = {}): Promise<ProviderDirectory> {
    const read = async (): Promise<Indexed> => index(await readProviders(pool));
    return new ProviderDirectory(await KeptInMemory.start(pool, providerReference, read, options).catch(throwFault));
  }

  find(code: string): Provider | undefined {
    return this.#kept.state.byCode.get(code);
  }

  /** One mobile may be registered for several providers. @param mobile 989121234567n */
  findByMobile(mobile: bigint): readonly Provider[] {
    return this.#kept.state.byMobile.get(mobile) ?? [];
  }

  get size(): number {
    return this.#kept.state.byCode.size;
  }

  /** Milliseconds since the database was last seen to have nothing newer. */
  get ageMs(): number {
    return this.#kept.ageMs;
  }

  /** Looks at once, without waiting for the next turn. @throws Fault DATABASE_… */
  refresh(): Promise<void> {
    return this.#kept.refresh().catch(throwFault);
  }

  /** Ends the watching; the last state can still be asked. */
  stop(): Promise<void> {
    return this.#kept.stop();
  }
}

function index(providers: readonly Provider[]): Indexed {
  const byMobile = new Map<bigint, Provider[]>();
  for (const provider of providers) {
    for (const mobile of provider.mobiles) {
      const known = byMobile.get(mobile);
      if (known === undefined) byMobile.set(mobile, [provider]);
      else known.push(provider);
    }
  }
  return { byCode: new Map(providers.map((provider) => [provider.code, provider])), byMobile };
}

function throwFault(error: unknown): never {
  throw asFault(error);
}
