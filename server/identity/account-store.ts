import type { Pool, PoolClient } from 'pg';
import { asFault } from '../database/index.ts';
import type { Account, AccountSecrets } from './account.ts';

export type Reader = Pick<Pool | PoolClient, 'query'>;

const columns = `user_name as "user", kind, display_name as "displayName", roles, provider, state,
  password_is_one_time as "passwordIsOneTime", password_set_at as "passwordSetAt", totp_confirmed as "totpConfirmed",
  issuer, created_at as "createdAt"`;

export async function ask<Found extends object>(reader: Reader, text: string, values: unknown[]): Promise<Found[]> {
  try {
    return (await reader.query<Found>(text, values)).rows;
  } catch (error) {
    throw asFault(error);
  }
}

const withSecrets = `select ${columns}, password_hash as "passwordHash", totp_secret as "totpSecret"
  from account where user_name = $1`;

export async function findAccount(reader: Reader, user: string): Promise<(Account & AccountSecrets) | undefined> {
  return (await ask<Account & AccountSecrets>(reader, withSecrets, [user]))[0];
}

/** The same, and nobody changes it before the transaction ends. */
export async function lockAccount(client: PoolClient, user: string): Promise<(Account & AccountSecrets) | undefined> {
  return (await ask<Account & AccountSecrets>(client, `${withSecrets} for update`, [user]))[0];
}

export async function findAccountAtIssuer(
  client: PoolClient,
  issuer: string,
  subject: string,
): Promise<Account | undefined> {
  const text = `select ${columns} from account where issuer = $1 and issuer_subject = $2 for update`;
  return (await ask<Account>(client, text, [issuer, subject]))[0];
}

export async function listAccounts(reader: Reader): Promise<readonly Account[]> {
  return ask<Account>(reader, `select ${columns} from account order by user_name`, []);
}

export interface NewAccount extends Pick<Account, 'user' | 'kind' | 'displayName' | 'roles' | 'provider'> {
  readonly passwordHash: string | null;
  readonly issuer?: string;
  readonly issuerSubject?: string;
}

/** @returns false where the user name is somebody's already, and be it of long ago */
export async function insertAccount(client: PoolClient, account: NewAccount, now: Date): Promise<boolean> {
  const { user, kind, displayName, roles, provider, passwordHash, issuer = null, issuerSubject = null } = account;
  const rows = await ask(
    client,
    `insert into account (user_name, kind, display_name, roles, provider, state, password_hash, password_is_one_time,
       password_set_at, totp_confirmed, totp_step, issuer, issuer_subject, created_at)
     values ($1, $2, $3, $4, $5, 'active', $6, $6::text is not null, $7, false, 0, $8, $9, $10)
     on conflict (user_name) do nothing returning user_name`,
    [
      user,
      kind,
      displayName,
      roles,
      provider,
      passwordHash,
      passwordHash === null ? null : now,
      issuer,
      issuerSubject,
      now,
    ],
  );
  return rows.length === 1;
}

export async function updateGrants(
  client: PoolClient,
  { user, displayName, roles, provider }: Pick<Account, 'user' | 'displayName' | 'roles' | 'provider'>,
): Promise<void> {
  await ask(client, 'update account set display_name = $2, roles = $3, provider = $4 where user_name = $1', [
    user,
    displayName,
    roles,
    provider,
  ]);
}

export async function updateState(client: PoolClient, user: string, state: Account['state']): Promise<void> {
  await ask(client, 'update account set state = $2 where user_name = $1', [user, state]);
}

export async function updatePassword(
  client: PoolClient,
  user: string,
  set: { readonly hash: string; readonly isOneTime: boolean; readonly at: Date },
): Promise<void> {
  await ask(
    client,
    'update account set password_hash = $2, password_is_one_time = $3, password_set_at = $4 where user_name = $1',
    [user, set.hash, set.isOneTime, set.at],
  );
}

/** A new secret, unless one is confirmed already. @returns the one that counts, sealed */
export async function proposeTotpSecret(reader: Reader, user: string, sealed: Buffer): Promise<Buffer | undefined> {
  const rows = await ask<{ secret: Buffer }>(
    reader,
    `update account set totp_secret = coalesce(totp_secret, $2) where user_name = $1 and not totp_confirmed
     returning totp_secret as secret`,
    [user, sealed],
  );
  return rows[0]?.secret;
}

/** @returns false where a code of this step, or of a later one, was used before: also by somebody at the same moment */
export async function useTotpStep(reader: Reader, user: string, step: number): Promise<boolean> {
  const rows = await ask(
    reader,
    'update account set totp_step = $2 where user_name = $1 and totp_step < $2 returning user_name',
    [user, step],
  );
  return rows.length === 1;
}

export async function confirmTotp(client: PoolClient, user: string, recoveryHashes: readonly Buffer[]): Promise<void> {
  await ask(client, 'update account set totp_confirmed = true where user_name = $1', [user]);
  await ask(client, 'delete from account_recovery_code where user_name = $1', [user]);
  await ask(
    client,
    'insert into account_recovery_code (user_name, code_hash) select $1, hash from unnest($2::bytea[]) as hash',
    [user, recoveryHashes],
  );
}

export async function forgetTotp(client: PoolClient, user: string): Promise<void> {
  await ask(client, 'update account set totp_secret = null, totp_confirmed = false where user_name = $1', [user]);
  await ask(client, 'delete from account_recovery_code where user_name = $1', [user]);
}

/** @returns whether it was there and unused */
export async function takeRecoveryCode(reader: Reader, user: string, hash: Buffer, now: Date): Promise<boolean> {
  const rows = await ask(
    reader,
    `update account_recovery_code set used_at = $3 where user_name = $1 and code_hash = $2 and used_at is null
     returning user_name`,
    [user, hash, now],
  );
  return rows.length === 1;
}

export async function insertAccountEvent(
  reader: Reader,
  event: { readonly user: string; readonly id: bigint; readonly at: Date; readonly what: string; readonly by: string },
): Promise<void> {
  await ask(reader, 'insert into account_event (user_name, id, at, what, by_whom) values ($1, $2, $3, $4, $5)', [
    event.user,
    event.id,
    event.at,
    event.what,
    event.by,
  ]);
}
