import { createHmac } from 'node:crypto';
import { Secret } from 'otpauth';
import { addDemoAccount, staffRoles, type AccountParts } from '../../identity/index.ts';

/** The accounts of a demo, ready to be used: the same again at every start of it. */

const accounts = [
  { user: 'demo', displayName: 'کارمند آزمایشی', roles: [...staffRoles] },
  // Whoever proposes does not approve: it takes two people to try that.
  { user: 'demo2', displayName: 'کارمند دوم آزمایشی', roles: [...staffRoles] },
  { user: 'clerk', displayName: 'کاربر مرکز آزمایشی', roles: [] },
] as const;

/** Makes those that are not there. @returns what is printed */
export async function introduceLogins(
  parts: AccountParts,
  url: string,
  providerCode: string,
): Promise<readonly string[]> {
  const made = (what: string): Buffer => createHmac('sha256', parts.keys.pepper).update(`demo ${what}`).digest();
  const password = made('password').toString('base64url').slice(0, 16);
  const totpSecret = new Secret({ buffer: new Uint8Array(made('device').subarray(0, 20)).buffer }).base32;
  for (const { roles, ...account } of accounts) {
    const kind = roles.length === 0 ? { roles: [], provider: providerCode } : { roles, totpSecret };
    await addDemoAccount(parts, { ...account, ...kind, password, by: 'demo' });
  }
  return [
    `Sign in: ${url}/login/staff as demo or demo2, ${url}/login/provider as clerk; password ${password}`,
    `  key of the second factor, for an authenticator app: ${totpSecret}`,
    '  people sign in with a code; what is "sent" in a demo: GET /v1/demo/messages',
  ];
}
