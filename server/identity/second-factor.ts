import { Secret, TOTP } from 'otpauth';
import { withLatinDigits } from '../platform/index.ts';
import { proposeTotpSecret, takeRecoveryCode, useTotpStep, type Reader } from './account-store.ts';
import type { Account, AccountSecrets } from './account.ts';
import { makePassword } from './passwords.ts';
import type { IdentityParts } from './parts.ts';
import { keyedHash, seal, unseal } from './secrets.ts';

/** The second factor of staff: six digits of a device that change every thirty seconds, or one of ten recovery codes. */
const name = 'Estehqaq';
const periodSeconds = 30;
/** A device's clock may be off by a step. */
const stepsOff = 1;
const purpose = 'second factors';
const recoveryCodes = 10;

function deviceOf(user: string, secret: string): TOTP {
  return new TOTP({ issuer: name, label: user, secret: Secret.fromBase32(secret), digits: 6, period: periodSeconds });
}

/** What a device is set up with; the same until it is confirmed. @returns nothing where one is confirmed already */
export async function prepareDevice(
  { pool, keys }: IdentityParts,
  user: string,
): Promise<{ readonly secret: string; readonly address: string } | undefined> {
  const fresh = new Secret({ size: 20 }).base32;
  const sealed = await proposeTotpSecret(pool, user, seal(keys, purpose, fresh));
  if (sealed === undefined) return undefined;
  const secret = unseal(keys, purpose, sealed);
  return { secret, address: deviceOf(user, secret).toString() };
}

/** Whether the device shows this now; each code is taken once. */
export async function takeDeviceCode(
  reader: Reader,
  { clock, keys }: Pick<IdentityParts, 'clock' | 'keys'>,
  { user, totpSecret }: Pick<Account & AccountSecrets, 'user' | 'totpSecret'>,
  code: string,
): Promise<boolean> {
  const token = withLatinDigits(code).replace(/\s/g, '');
  if (totpSecret === null || !/^\d{6}$/.test(token)) return false;
  const timestamp = clock.now().getTime();
  const device = deviceOf(user, unseal(keys, purpose, totpSecret));
  const delta = device.validate({ token, timestamp, window: stepsOff });
  if (delta === null) return false;
  return useTotpStep(reader, user, TOTP.counter({ period: periodSeconds, timestamp }) + delta);
}

/** Ten codes to keep in a drawer, and how they are kept here. */
export function makeRecoveryCodes(
  keys: IdentityParts['keys'],
  user: string,
): { readonly codes: readonly string[]; readonly hashes: readonly Buffer[] } {
  const codes = Array.from({ length: recoveryCodes }, () => makePassword(3));
  return { codes, hashes: codes.map((code) => hashOf(keys, user, code)) };
}

export async function takeRecovery({ pool, clock, keys }: IdentityParts, user: string, code: string): Promise<boolean> {
  return takeRecoveryCode(pool, user, hashOf(keys, user, code.trim().toLowerCase()), clock.now());
}

function hashOf(keys: IdentityParts['keys'], user: string, code: string): Buffer {
  return keyedHash(keys, 'recovery codes', `${user}:${code}`);
}

/** For the logins of a demo alone: what its account's device is set up with. */
export function sealDeviceSecret(keys: IdentityParts['keys'], secret: string): Buffer {
  return seal(keys, purpose, secret);
}
