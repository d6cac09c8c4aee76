import type { PoolClient } from 'pg';
import { transaction } from '../database/index.ts';
import { Fault } from '../platform/index.ts';
import {
  confirmTotp,
  findAccount,
  forgetTotp,
  insertAccount,
  insertAccountEvent,
  listAccounts as list,
  lockAccount,
  proposeTotpSecret,
  updatePassword,
  updateState,
} from './account-store.ts';
import type { Account } from './account.ts';
import { userNamePattern, type StaffRole } from './holder.ts';
import type { IdentityParts } from './parts.ts';
import { hashPassword, makePassword } from './passwords.ts';
import { sealDeviceSecret } from './second-factor.ts';
import { endSessionsOfUser } from './session-store.ts';

/** What it takes to look after accounts. */
export type AccountParts = Pick<IdentityParts, 'pool' | 'clock' | 'ids' | 'keys'>;

export interface AddAccount {
  readonly user: string;
  readonly displayName: string;
  /** Of staff; a clerk has none. */
  readonly roles: readonly StaffRole[];
  /** The code of a clerk's provider. */
  readonly provider?: string | undefined;
  /** Who makes it. */
  readonly by: string;
}

/**
 * Makes an account of a member of staff or of a provider's clerk.
 * @returns a password for the first sign-in, which asks for another one; shown once and kept nowhere
 * @throws Fault ACCOUNT_INVALID, DATABASE_…
 */
export async function addAccount(parts: AccountParts, account: AddAccount): Promise<string> {
  const { pool, clock } = parts;
  const { user, displayName, roles, provider = null, by } = account;
  if (!userNamePattern.test(user)) throw invalid('the user name has 2 to 60 of a–z, 0–9, dot, dash, underscore');
  if (displayName.trim() === '') throw invalid('it has no name to show');
  if ((roles.length === 0) === (provider === null)) throw invalid('it has either roles or a provider');
  const password = makePassword();
  const passwordHash = await hashPassword(password);
  await transaction(pool, async (client) => {
    const kind = provider === null ? 'staff' : 'clerk';
    const made = { user, kind, displayName: displayName.trim(), roles, provider, passwordHash } as const;
    if (!(await insertAccount(client, made, clock.now()))) throw invalid('the user name is taken, for ever');
    await record(client, parts, user, provider === null ? `added: ${roles.join(', ')}` : `added: ${provider}`, by);
  });
  return password;
}

export async function listAccounts({ pool }: AccountParts): Promise<readonly Account[]> {
  return list(pool);
}

/** Ends all sessions of the account and lets it in no more. @throws Fault ACCOUNT_INVALID, DATABASE_… */
export async function disableAccount(parts: AccountParts, user: string, by: string): Promise<void> {
  await transaction(parts.pool, async (client) => {
    await getAccount(client, user);
    await updateState(client, user, 'disabled');
    await endSessionsOfUser(client, user, { at: parts.clock.now(), by });
    await record(client, parts, user, 'disabled', by);
  });
}

/**
 * Begins again: a new password for one sign-in, the device of the second factor forgotten, all sessions ended; and where
 * it was disabled it is active again.
 * @throws Fault ACCOUNT_INVALID, DATABASE_…
 */
export async function resetAccount(parts: AccountParts, user: string, by: string): Promise<string> {
  const password = makePassword();
  const hash = await hashPassword(password);
  const at = parts.clock.now();
  await transaction(parts.pool, async (client) => {
    const { issuer } = await getAccount(client, user);
    if (issuer !== null) throw invalid('it signs in at another issuer, and has no password here');
    await updatePassword(client, user, { hash, isOneTime: true, at });
    await forgetTotp(client, user);
    await updateState(client, user, 'active');
    await endSessionsOfUser(client, user, { at, by });
    await record(client, parts, user, 'reset', by);
  });
  return password;
}

/** For a demo alone: an account that is ready to be used, with a password and a device that are printed. */
export async function addDemoAccount(
  parts: AccountParts,
  { password, totpSecret, ...account }: AddAccount & { readonly password: string; readonly totpSecret?: string },
): Promise<void> {
  const { pool, clock, keys } = parts;
  if ((await findAccount(pool, account.user)) !== undefined) return;
  await addAccount(parts, account);
  const hash = await hashPassword(password);
  await transaction(pool, async (client) => {
    await updatePassword(client, account.user, { hash, isOneTime: false, at: clock.now() });
    if (totpSecret === undefined) return;
    await proposeTotpSecret(client, account.user, sealDeviceSecret(keys, totpSecret));
    await confirmTotp(client, account.user, []);
  });
}

/** In the caller's transaction: what is not written down is not done. */
export async function record(
  client: PoolClient,
  { ids, clock }: Pick<AccountParts, 'ids' | 'clock'>,
  user: string,
  what: string,
  by: string,
): Promise<void> {
  const [id = 0n] = await ids.make([0n]);
  await insertAccountEvent(client, { user, id, at: clock.now(), what, by });
}

async function getAccount(client: PoolClient, user: string): Promise<Account> {
  const account = await lockAccount(client, user);
  if (account === undefined) throw invalid('there is none with this user name');
  return account;
}

function invalid(reason: string): Fault {
  return new Fault('ACCOUNT_INVALID', `This cannot be done with the account: ${reason}.`);
}
