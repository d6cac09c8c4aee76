import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Pool } from 'pg';
import { asFault } from '../../database/index.ts';
import type { Keys } from '../../platform/index.ts';
import { plainHash, seal, unseal } from '../secrets.ts';
import { findApiClient } from './api-clients.ts';

/**
 * Where the embedded issuer keeps what it must remember, for all processes: sealed, and found by hashes, so that whoever
 * reads the table has no code and no session of anybody.
 */
interface Stored {
  readonly payload: Buffer;
  readonly consumedAt: Date | null;
}

interface AdapterParts {
  readonly pool: Pool;
  readonly keys: Pick<Keys, 'pepper'>;
}

const purpose = 'state of the issuer';

class PayloadAdapter implements Adapter {
  readonly #model: string;
  readonly #parts: AdapterParts;

  constructor(model: string, parts: AdapterParts) {
    this.#model = model;
    this.#parts = parts;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const { uid, grantId, accountId } = payload;
    // The library reckons with the machine's clock, here too.
    const expiresAt = expiresIn === undefined ? null : new Date(Date.now() + expiresIn * 1000);
    await this.#ask(
      `insert into issuer_state (id_hash, model, uid_hash, grant_hash, user_name, payload, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (id_hash) do update set uid_hash = excluded.uid_hash, grant_hash = excluded.grant_hash,
         user_name = excluded.user_name, payload = excluded.payload, expires_at = excluded.expires_at`,
      [
        this.#hashOf('id', id),
        this.#model,
        uid === undefined ? null : this.#hashOf('uid', uid),
        grantId === undefined ? null : plainHash(`grant:${grantId}`),
        accountId ?? null,
        seal(this.#parts.keys, purpose, JSON.stringify(payload)),
        expiresAt,
      ],
    );
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (this.#model === 'Client') return findApiClient(this.#parts.pool, id);
    return this.#findBy('id_hash', this.#hashOf('id', id));
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#findBy('uid_hash', this.#hashOf('uid', uid));
  }

  /** Of devices without a browser, which there are none of. */
  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** @throws Error where another was quicker: what is used once is used by one */
  async consume(id: string): Promise<void> {
    const rows = await this.#ask(
      'update issuer_state set consumed_at = $2 where id_hash = $1 and consumed_at is null returning model',
      [this.#hashOf('id', id), new Date()],
    );
    if (rows.length === 0) throw new Error('it was used at the same moment');
  }

  async destroy(id: string): Promise<void> {
    await this.#ask('delete from issuer_state where id_hash = $1', [this.#hashOf('id', id)]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#ask('delete from issuer_state where grant_hash = $1', [plainHash(`grant:${grantId}`)]);
  }

  async #findBy(column: 'id_hash' | 'uid_hash', hash: Buffer): Promise<AdapterPayload | undefined> {
    const [found] = await this.#ask<Stored>(
      `select payload, consumed_at as "consumedAt" from issuer_state
       where ${column} = $1 and model = $2 and (expires_at is null or expires_at > $3)`,
      [hash, this.#model, new Date()],
    );
    if (found === undefined) return undefined;
    const payload = JSON.parse(unseal(this.#parts.keys, purpose, found.payload)) as AdapterPayload;
    const { consumedAt } = found;
    return consumedAt === null ? payload : { ...payload, consumed: Math.floor(consumedAt.getTime() / 1000) };
  }

  async #ask<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    try {
      return (await this.#parts.pool.query<Row>(text, values)).rows;
    } catch (error) {
      throw asFault(error);
    }
  }

  #hashOf(what: 'id' | 'uid', text: string): Buffer {
    return plainHash(`${what}:${this.#model}:${text}`);
  }
}

export function createAdapters(parts: AdapterParts): (model: string) => Adapter {
  return (model) => new PayloadAdapter(model, parts);
}

/** Whoever signs out here is signed out at the issuer. */
export async function forgetUser({ pool }: AdapterParts, user: string): Promise<void> {
  try {
    await pool.query('delete from issuer_state where user_name = $1', [user]);
  } catch (error) {
    throw asFault(error);
  }
}
