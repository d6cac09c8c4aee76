import { transaction } from '../database/index.ts';
import { Fault, meaningOf } from '../platform/index.ts';
import { confirmTotp, findAccount, lockAccount, updatePassword } from './account-store.ts';
import type { Account, AccountSecrets } from './account.ts';
import { record } from './accounts.ts';
import { clearLimit, takeLimit, TooOften, type Limit } from './limits.ts';
import type { IdentityParts } from './parts.ts';
import { findPasswordFault, hashPassword, isPassword, longestPassword } from './passwords.ts';
import { plainHash } from './secrets.ts';
import { makeRecoveryCodes, prepareDevice, takeDeviceCode, takeRecovery } from './second-factor.ts';

/** How far somebody has come who signs in with a password. Kept by the issuer, never by the browser. */
export interface LoginProgress {
  readonly user: string;
  /** By which the password that was right is known again; after another one all begins anew. */
  readonly passwordMark: string;
  /** Whether the second factor was seen. */
  readonly secondFactor: boolean;
}

/** What is asked next. */
export type LoginStep =
  | { readonly name: 'password' }
  | { readonly name: 'setUpDevice'; readonly secret: string; readonly address: string }
  | { readonly name: 'deviceCode' }
  | { readonly name: 'newPassword' }
  | { readonly name: 'done'; readonly account: Account };

/** What is wrong with what was sent; the same for whoever has no account. */
export type LoginFault = 'refused' | 'codeRefused' | 'passwordShort' | 'passwordLong' | 'passwordName' | 'notRepeated';

export interface LoginResult {
  readonly progress?: LoginProgress | undefined;
  readonly fault?: LoginFault | undefined;
  /** Shown once, after a device was set up. */
  readonly recoveryCodes?: readonly string[] | undefined;
}

const quarter = 15 * 60;
const limits = {
  perUserAndNetwork: { name: 'passwords of a user from a network', most: 10, seconds: quarter },
  perUser: { name: 'passwords of a user', most: 60, seconds: quarter },
  perNetwork: { name: 'passwords from a network', most: 60, seconds: quarter },
  secondFactor: { name: 'second factors of a user', most: 10, seconds: quarter },
} as const satisfies Record<string, Limit>;

/** A password for one sign-in is good for three days. */
const oneTimePasswordMs = 3 * 24 * 60 * 60 * 1000;

export interface PasswordSent {
  readonly user: string;
  readonly password: string;
  readonly network: string;
}

/** @throws Fault RATE_LIMITED, OVERLOADED, DATABASE_… */
export async function takePassword(
  parts: IdentityParts,
  { user: written, password, network }: PasswordSent,
): Promise<LoginResult> {
  const user = written.normalize('NFKC').trim().toLowerCase();
  const waits = [
    await takeLimit(parts, limits.perNetwork, network),
    await takeLimit(parts, limits.perUserAndNetwork, `${user} ${network}`),
    await takeLimit(parts, limits.perUser, user),
  ];
  const wait = Math.max(...waits);
  if (wait > 0) {
    parts.count('password', 'limited');
    throw new TooOften(wait);
  }
  const account = await findAccount(parts.pool, user);
  const isRight = await isPassword(password.slice(0, longestPassword * 4), account?.passwordHash ?? null);
  if (account === undefined || !isRight || !mayComeIn(account) || isTooOld(account, parts.clock.now())) {
    parts.count('password', 'wrong');
    return { fault: 'refused' };
  }
  await clearLimit(parts, limits.perUserAndNetwork, `${user} ${network}`);
  parts.count('password', 'done');
  return { progress: { user, passwordMark: markOf(account), secondFactor: false } };
}

/** Staff show a device before anything else, also before they choose a password. */
export async function findLoginStep(parts: IdentityParts, progress: LoginProgress | undefined): Promise<LoginStep> {
  const account = progress === undefined ? undefined : await findAccount(parts.pool, progress.user);
  if (progress === undefined || account === undefined || !isStill(account, progress)) return { name: 'password' };
  if (account.kind === 'staff' && !account.totpConfirmed) {
    const device = await prepareDevice(parts, account.user);
    if (device !== undefined) return { name: 'setUpDevice', ...device };
  }
  if (account.kind === 'staff' && !progress.secondFactor) return { name: 'deviceCode' };
  return account.passwordIsOneTime ? { name: 'newPassword' } : { name: 'done', account };
}

/** The code of the device, to set it up or to sign in; where the device is lost, one of the recovery codes. */
export async function takeSecondFactor(
  parts: IdentityParts,
  progress: LoginProgress,
  code: string,
): Promise<LoginResult> {
  const { pool, count } = parts;
  const { user } = progress;
  const wait = await takeLimit(parts, limits.secondFactor, user);
  if (wait > 0) {
    count('totp', 'limited');
    throw new TooOften(wait);
  }
  const account = await findAccount(pool, user);
  if (account === undefined || !isStill(account, progress)) return { fault: 'refused' };
  const isOfDevice = await takeDeviceCode(pool, parts, account, code);
  const isRecovery = !isOfDevice && account.totpConfirmed && (await takeRecovery(parts, user, code));
  count(isRecovery ? 'recovery' : 'totp', isOfDevice || isRecovery ? 'done' : 'wrong');
  if (!isOfDevice && !isRecovery) return { progress, fault: 'codeRefused' };
  await clearLimit(parts, limits.secondFactor, user);
  const further = { ...progress, secondFactor: true };
  if (account.totpConfirmed) return { progress: further };
  return { progress: further, recoveryCodes: await confirmDevice(parts, user) };
}

async function confirmDevice(parts: IdentityParts, user: string): Promise<readonly string[]> {
  const { codes, hashes } = makeRecoveryCodes(parts.keys, user);
  return transaction(parts.pool, async (client) => {
    const account = await lockAccount(client, user);
    // Somebody else was quicker with the same device: those recovery codes hold.
    if (account?.totpConfirmed !== false) return [];
    await confirmTotp(client, user, hashes);
    await record(client, parts, user, 'device set up', `staff:${user}`);
    return codes;
  });
}

export async function takeNewPassword(
  parts: IdentityParts,
  progress: LoginProgress,
  { password, repeated }: { readonly password: string; readonly repeated: string },
): Promise<LoginResult> {
  const { pool, clock } = parts;
  const { user } = progress;
  const fault = findPasswordFault(password, user);
  if (fault !== undefined) {
    return {
      progress,
      fault: ({ short: 'passwordShort', long: 'passwordLong', name: 'passwordName' } as const)[fault],
    };
  }
  if (password !== repeated) return { progress, fault: 'notRepeated' };
  const hash = await hashPassword(password);
  const at = clock.now();
  return transaction(pool, async (client): Promise<LoginResult> => {
    const account = await lockAccount(client, user);
    const mayChoose = account !== undefined && isStill(account, progress) && account.passwordIsOneTime;
    if (!mayChoose || (account.kind === 'staff' && !progress.secondFactor)) return { fault: 'refused' };
    await updatePassword(client, user, { hash, isOneTime: false, at });
    await record(client, parts, user, 'password chosen', `${account.kind}:${user}`);
    return { progress: { ...progress, passwordMark: markOf({ passwordHash: hash }) } };
  });
}

export function refusedSignIn(): Fault {
  return new Fault('SIGN_IN_REFUSED', meaningOf('SIGN_IN_REFUSED'));
}

function mayComeIn({ state, issuer }: Account): boolean {
  return state === 'active' && issuer === null;
}

function isStill(account: Account & AccountSecrets, { passwordMark }: LoginProgress): boolean {
  return mayComeIn(account) && markOf(account) === passwordMark;
}

/** The salt is another one each time: no two passwords that were set have one mark. */
function markOf({ passwordHash }: Pick<AccountSecrets, 'passwordHash'>): string {
  return plainHash(passwordHash ?? '')
    .toString('hex')
    .slice(0, 32);
}

function isTooOld({ passwordIsOneTime, passwordSetAt }: Account & AccountSecrets, now: Date): boolean {
  return passwordIsOneTime && now.getTime() - (passwordSetAt?.getTime() ?? 0) > oneTimePasswordMs;
}
