import type { Pool, PoolClient } from 'pg';
import { asFault } from '../database/index.ts';

export interface NewCode {
  readonly person: bigint;
  readonly id: bigint;
  readonly codeHash: Buffer;
  readonly sealed: Buffer;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** In the place of the one before. */
export async function putCode(pool: Pool, code: NewCode): Promise<void> {
  try {
    await pool.query({
      name: 'one-time-code-put',
      text: `
        insert into one_time_code (person, id, code_hash, sealed, issued_at, expires_at, tries, used_at)
        values ($1, $2, $3, $4, $5, $6, 0, null)
        on conflict (person) do update set id = excluded.id, code_hash = excluded.code_hash, sealed = excluded.sealed,
          issued_at = excluded.issued_at, expires_at = excluded.expires_at, tries = 0, used_at = null`,
      values: [code.person, code.id, code.codeHash, code.sealed, code.issuedAt, code.expiresAt],
    });
  } catch (error) {
    throw asFault(error);
  }
}

/** The live code, its tries counted by one more and its row locked; none where it is used, expired or tried too often. */
export async function takeTry(
  client: PoolClient,
  person: bigint,
  now: Date,
  mostTries: number,
): Promise<{ readonly id: bigint; readonly codeHash: Buffer } | undefined> {
  const { rows } = await client.query<{ id: bigint; codeHash: Buffer }>({
    name: 'one-time-code-try',
    text: `
      update one_time_code set tries = tries + 1
      where person = $1 and used_at is null and expires_at > $2 and tries < $3
      returning id, code_hash as "codeHash"`,
    values: [person, now, mostTries],
  });
  return rows[0];
}

export async function useCode(client: PoolClient, person: bigint, id: bigint, now: Date): Promise<void> {
  await client.query('update one_time_code set used_at = $3, sealed = null where person = $1 and id = $2', [
    person,
    id,
    now,
  ]);
}

export interface WaitingCode {
  readonly person: bigint;
  readonly id: bigint;
  readonly sealed: Buffer;
  readonly expiresAt: Date;
}

/** Those that nobody has handed on yet; from now on this transaction has. */
export async function claimWaiting(client: PoolClient, limit: number): Promise<readonly WaitingCode[]> {
  const { rows } = await client.query<WaitingCode>({
    name: 'one-time-code-waiting',
    text: `select person, id, sealed, expires_at as "expiresAt" from one_time_code
           where sealed is not null order by issued_at limit $1 for update skip locked`,
    values: [limit],
  });
  await client.query('update one_time_code set sealed = null where person = any($1::bigint[])', [
    rows.map(({ person }) => person),
  ]);
  return rows;
}
