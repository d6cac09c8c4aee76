import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { Ids } from '../platform/index.ts';
import { addAccount, disableAccount, listAccounts, resetAccount, type LoginProgress } from './index.ts';
import type { OutsideIssuer } from './parts.ts';
import { createTestIdentity, SetClock } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const clock = new SetClock();
const ids = new Ids(pool, clock);
const keys = { pepper: randomBytes(32) };
const parts = { pool, clock, ids, keys };
const { identity } = createTestIdentity(database, clock, ids, { keys });
afterAll(async () => {
  await identity.close();
  await ids.close();
  await database.close();
});

const chosen = 'three calm herons';
const network = '192.0.2.1';
const invalid = expect.objectContaining({ code: 'ACCOUNT_INVALID' }) as unknown;
const refused = expect.objectContaining({ code: 'SIGN_IN_REFUSED' }) as unknown;
const limited = expect.objectContaining({ code: 'RATE_LIMITED' }) as unknown;

const add = (user: string, more: object = {}) =>
  addAccount(parts, { user, displayName: 'Reza', roles: ['auditor'], by: 'root', ...more });

const codeOf = (secret: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now().getTime() });

async function begin(user: string, password: string, from = network): Promise<LoginProgress | undefined> {
  return (await identity.takePassword({ user, password, network: from })).progress;
}

/** Through the first sign-in of a member of staff. */
async function setUp(user: string): Promise<{ readonly secret: string; readonly recovery: readonly string[] }> {
  const first = await begin(user, await add(user));
  const step = await identity.findLoginStep(first);
  if (first === undefined || step.name !== 'setUpDevice') throw new RangeError(step.name);
  const { progress = first, recoveryCodes = [] } = await identity.takeSecondFactor(first, codeOf(step.secret));
  const done = await identity.takeNewPassword(progress, { password: chosen, repeated: chosen });
  expect((await identity.findLoginStep(done.progress)).name).toBe('done');
  clock.plusSeconds(30);
  return { secret: step.secret, recovery: recoveryCodes };
}

describe('an account', () => {
  it('has a user name that is one person’s for ever', async () => {
    await add('reza');
    await expect(add('reza')).rejects.toEqual(invalid);
    await disableAccount(parts, 'reza', 'root');
    await expect(add('reza')).rejects.toEqual(invalid);
    for (const name of ['Reza', 'r', 'رضا', 're za', 'reza:1', '1reza', '']) {
      await expect(add(name)).rejects.toEqual(invalid);
    }
  });

  it('is of staff with roles, or of a provider', async () => {
    await expect(add('nobody', { roles: [] })).rejects.toEqual(invalid);
    await expect(add('both', { provider: '100001' })).rejects.toEqual(invalid);
    await add('maryam', { roles: [], provider: '100001' });
    const found = (await listAccounts(parts)).find(({ user }) => user === 'maryam');
    expect(found).toMatchObject({ kind: 'clerk', provider: '100001', roles: [], state: 'active' });
  });

  it('remembers what was done to it, and by whom', async () => {
    await add('audited');
    await resetAccount(parts, 'audited', 'zohreh');
    await disableAccount(parts, 'audited', 'zohreh');
    const { rows } = await pool.query(
      `select what, by_whom as by from account_event where user_name = 'audited' order by id`,
    );
    expect(rows).toEqual([
      { what: 'added: auditor', by: 'root' },
      { what: 'reset', by: 'zohreh' },
      { what: 'disabled', by: 'zohreh' },
    ]);
    await expect(disableAccount(parts, 'nobody', 'zohreh')).rejects.toEqual(invalid);
  });
});

describe('the first sign-in of staff', () => {
  it('sets up a device, gives recovery codes once, and asks for another password', async () => {
    const password = await add('zohreh');
    const first = await begin('zohreh', password);
    const step = await identity.findLoginStep(first);
    if (first === undefined || step.name !== 'setUpDevice') throw new RangeError(step.name);
    expect(step.address).toMatch(/^otpauth:\/\/totp\/Estehqaq:zohreh\?/);
    expect(await identity.findLoginStep(first)).toEqual(step);
    expect(await identity.takeSecondFactor(first, '000000')).toMatchObject({ fault: 'codeRefused' });
    const second = await identity.takeSecondFactor(first, codeOf(step.secret));
    expect(second.recoveryCodes).toHaveLength(10);
    expect((await identity.findLoginStep(second.progress)).name).toBe('newPassword');
    const choose = (next: string, repeated = next) =>
      identity.takeNewPassword(second.progress ?? first, { password: next, repeated });
    expect(await choose('short')).toMatchObject({ fault: 'passwordShort' });
    expect(await choose('zohreh is my name')).toMatchObject({ fault: 'passwordName' });
    expect(await choose('x'.repeat(201))).toMatchObject({ fault: 'passwordLong' });
    expect(await choose(chosen, 'another one')).toMatchObject({ fault: 'notRepeated' });
    const third = await choose(chosen);
    const last = await identity.findLoginStep(third.progress);
    expect(last).toMatchObject({ name: 'done', account: { user: 'zohreh', roles: ['auditor'] } });
    // What has been done cannot be done again with what was known before it.
    expect((await identity.findLoginStep(second.progress)).name).toBe('password');
    expect(await begin('zohreh', password)).toBeUndefined();
    expect(await begin('ZOHREH ', chosen)).toBeDefined();
  });

  it('chooses no password before the device is seen', async () => {
    const first = await begin('eager', await add('eager'));
    if (first === undefined) throw new RangeError('refused');
    expect(await identity.takeNewPassword(first, { password: chosen, repeated: chosen })).toEqual({ fault: 'refused' });
  });

  it('is within three days', async () => {
    const password = await add('late');
    clock.plusSeconds(3 * 24 * 60 * 60 + 1);
    expect(await begin('late', password)).toBeUndefined();
    expect(await begin('late', await resetAccount(parts, 'late', 'root'))).toBeDefined();
  });
});

describe('the second factor', () => {
  it('is asked for at every sign-in, and each code is taken once, also at the same moment', async () => {
    const { secret } = await setUp('second');
    const progress = await begin('second', chosen);
    if (progress === undefined) throw new RangeError('refused');
    expect((await identity.findLoginStep(progress)).name).toBe('deviceCode');
    const code = codeOf(secret);
    const tried = await Promise.all(Array.from({ length: 8 }, () => identity.takeSecondFactor(progress, code)));
    expect(tried.filter(({ fault }) => fault === undefined)).toHaveLength(1);
    clock.plusSeconds(30);
    expect(await identity.takeSecondFactor(progress, code)).toMatchObject({ fault: 'codeRefused' });
    const ended = await identity.takeSecondFactor(progress, codeOf(secret));
    expect((await identity.findLoginStep(ended.progress)).name).toBe('done');
  });

  it('may be a recovery code, each once', async () => {
    const { recovery } = await setUp('recovering');
    const progress = await begin('recovering', chosen);
    if (progress === undefined) throw new RangeError('refused');
    const [code = ''] = recovery;
    const tried = await Promise.all(
      Array.from({ length: 4 }, () => identity.takeSecondFactor(progress, ` ${code.toUpperCase()}`)),
    );
    expect(tried.filter(({ fault }) => fault === undefined)).toHaveLength(1);
    expect(await identity.takeSecondFactor(progress, recovery[1] ?? '')).not.toHaveProperty('fault', 'codeRefused');
  });

  it('is tried ten times in a quarter of an hour', async () => {
    const { secret } = await setUp('guessed');
    const progress = await begin('guessed', chosen);
    if (progress === undefined) throw new RangeError('refused');
    for (let n = 0; n < 10; n += 1) {
      expect(await identity.takeSecondFactor(progress, 'abcdef')).toMatchObject({ fault: 'codeRefused' });
    }
    await expect(identity.takeSecondFactor(progress, codeOf(secret))).rejects.toEqual(limited);
  });

  it('is kept sealed', async () => {
    const { secret, recovery } = await setUp('sealed');
    const { rows } = await pool.query<{ row: string }>(
      `select row_to_json(a)::text as row from account a where user_name = 'sealed'
       union all select row_to_json(r)::text from account_recovery_code r`,
    );
    const bytes = Buffer.from(Secret.fromBase32(secret).bytes).toString('hex');
    for (const { row } of rows) {
      for (const clear of [secret, bytes, chosen, ...recovery]) expect(row).not.toContain(clear);
    }
    expect(rows.length).toBeGreaterThan(10);
  });
});

describe('a password', () => {
  it('is tried ten times from a network, and sixty from everywhere', async () => {
    await setUp('tried');
    const isCounted = async (from: number, to: number): Promise<void> => {
      // As if it had gone on: a guess takes its time.
      const { rowCount } = await pool.query('update identity_limit set count = $2 where count = $1', [from, to]);
      expect(rowCount).toBeGreaterThan(0);
    };
    for (let n = 0; n < 2; n += 1) expect(await begin('tried', 'wrong', '192.0.2.7')).toBeUndefined();
    await isCounted(2, 9);
    expect(await begin('tried', 'wrong', '192.0.2.7')).toBeUndefined();
    await expect(begin('tried', chosen, '192.0.2.7')).rejects.toEqual(limited);
    expect(await begin('tried', chosen, '192.0.2.8')).toBeDefined();
    await isCounted(6, 60);
    await expect(begin('tried', chosen, '192.0.2.9')).rejects.toEqual(limited);
  });

  it('takes as long for whoever has no account', async () => {
    clock.plusSeconds(60 * 60);
    const time = async (user: string): Promise<number> => {
      const begun = performance.now();
      await begin(user, 'wrong', `203.0.113.${Math.floor(begun) % 200}`);
      return performance.now() - begun;
    };
    const known = [await time('tried'), await time('tried'), await time('tried')];
    const unknown = [await time('nobody'), await time('nobody'), await time('nobody')];
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3);
  });
});

describe('sessions of accounts', () => {
  it('end at once when the account is disabled or reset, and none begins', async () => {
    await add('leaving');
    const opened = await identity.openAccountSession({ user: 'leaving' });
    expect((await identity.findSession(opened.token))?.holder).toMatchObject({ user: 'leaving', role: 'auditor' });
    await disableAccount(parts, 'leaving', 'root');
    expect(await identity.findSession(opened.token)).toBeUndefined();
    await expect(identity.openAccountSession({ user: 'leaving' })).rejects.toEqual(refused);
    await expect(identity.openAccountSession({ user: 'nobody' })).rejects.toEqual(refused);
    await resetAccount(parts, 'leaving', 'root');
    const again = await identity.openAccountSession({ user: 'leaving' });
    await resetAccount(parts, 'leaving', 'root');
    expect(await identity.findSession(again.token)).toBeUndefined();
  });

  it('act in one role; another of the account’s is chosen, no other', async () => {
    await add('two', { roles: ['analyst', 'auditor'] });
    const opened = await identity.openAccountSession({ user: 'two' });
    expect(opened.holder).toEqual({ kind: 'staff', user: 'two', role: 'analyst' });
    clock.plusSeconds(60);
    const changed = await identity.changeRole(opened, 'auditor');
    expect(changed.holder).toEqual({ kind: 'staff', user: 'two', role: 'auditor' });
    expect(changed.expiresAt).toEqual(opened.expiresAt);
    expect(await identity.findSession(opened.token)).toBeUndefined();
    await expect(identity.changeRole(changed, 'administrator')).rejects.toMatchObject({ code: 'NOT_YOURS' });
  });
});

describe('an issuer outside', () => {
  const issuer: OutsideIssuer = {
    address: 'https://sso.example.org',
    clientId: 'estehqaq',
    clientSecret: undefined,
    roleClaim: 'groups',
    roles: new Map([
      ['audit', 'auditor'],
      ['admins', 'administrator'],
    ]),
    providerClaim: 'provider',
  };
  const take = (subject: string, claims: object) =>
    identity.takeOutsideAccount(issuer, { subject, claims: claims as Record<string, unknown> });

  it('gives roles by its claim, and takes them away again', async () => {
    expect(await take('a1', { preferred_username: 'Sara', name: 'Sara N.', groups: ['audit', 'other'] })).toBe('sara');
    const { token, holder } = await identity.openAccountSession({ user: 'sara' });
    expect(holder).toMatchObject({ role: 'auditor' });
    expect(await take('a1', { preferred_username: 'renamed', groups: 'admins' })).toBe('sara');
    expect(await identity.findSession(token)).toBeUndefined();
    expect((await identity.openAccountSession({ user: 'sara' })).holder).toMatchObject({ role: 'administrator' });
    await expect(take('a1', { groups: [] })).rejects.toEqual(refused);
    await expect(take('a2', { preferred_username: 'p', groups: ['other'] })).rejects.toEqual(refused);
  });

  it('names clerks by their provider', async () => {
    expect(await take('c1', { preferred_username: 'clerk.one', provider: '100001' })).toBe('clerk.one');
    const { holder } = await identity.openAccountSession({ user: 'clerk.one' });
    expect(holder).toEqual({ kind: 'provider', code: '100001', user: 'clerk.one' });
  });

  it('takes over no account of ours, and its accounts have no password here', async () => {
    await add('ours');
    await expect(take('a3', { preferred_username: 'ours', groups: 'audit' })).rejects.toEqual(refused);
    await take('a4', { preferred_username: 'theirs', groups: 'audit' });
    await expect(resetAccount(parts, 'theirs', 'root')).rejects.toEqual(invalid);
    expect(await begin('theirs', '')).toBeUndefined();
  });
});
