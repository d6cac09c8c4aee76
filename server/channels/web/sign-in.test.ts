import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { Secret, TOTP } from 'otpauth';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import {
  addAccount,
  addApiClient,
  addDemoAccount,
  createIdentity,
  disableAccount,
  disableApiClient,
  type IdentityOptions,
} from '../../identity/index.ts';
import { createLog, createMetrics, Ids, systemClock as clock } from '../../platform/index.ts';
import { createTestWeb, keys, webOrigin } from './testing.ts';

/** Browsers go through the doors as they would: cookies, redirects and forms, without a script. */

const database = await freshDatabase();
const { pool } = database;
const ids = new Ids(pool, clock);
const parts = { pool, clock, ids, keys };
const log = createLog('silent');

async function openWeb(more: Partial<IdentityOptions> = {}) {
  const metrics = createMetrics();
  const identity = createIdentity({ ...parts, log, metrics, origin: () => webOrigin, ...more });
  const web = await createTestWeb({ pool, clock, ids, identity, metrics, isDemo: true });
  return { ...web, identity, metrics };
}

const { app, identity, metrics, logged } = await openWeb();
afterAll(async () => {
  await app.close();
  await identity.close();
  await ids.close();
  await database.close();
});

interface Answer {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

class Browser {
  readonly cookies = new Map<string, string>();
  readonly #app: typeof app;
  readonly #origin: string;

  constructor(of = app, origin = webOrigin) {
    this.#app = of;
    this.#origin = origin;
  }

  async ask(method: 'GET' | 'POST', address: string, form?: Record<string, string>, headers = {}): Promise<Answer> {
    const { pathname, search, origin } = new URL(address, this.#origin);
    expect(origin).toBe(this.#origin);
    const answer = await this.#app.inject({
      method,
      url: `${pathname}${search}`,
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(method === 'POST' && { origin: this.#origin, 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(form !== undefined && { payload: new URLSearchParams(form).toString() }),
    });
    for (const each of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  /** Follows redirects until there is a page, or what stands outside of the doors. */
  async go(address: string, form?: Record<string, string>): Promise<Answer & { readonly at: string }> {
    let at = address;
    let answer = await this.ask(form === undefined ? 'GET' : 'POST', at, form);
    while (answer.statusCode >= 300 && answer.statusCode < 400) {
      at = String(answer.headers['location']);
      if (!/^\/(?:oidc|sign-in|login)/.test(at.replace(this.#origin, ''))) break;
      answer = await this.ask('GET', at);
    }
    return { ...answer, at };
  }

  async session(): Promise<unknown> {
    return JSON.parse((await this.ask('GET', '/v1/identity/session')).body);
  }
}

const totpSecret = new Secret({ size: 20 }).base32;
const password = 'three calm herons';
let stepsAhead = 0;
/** Another step each time: none is taken twice. */
const codeOf = (secret = totpSecret): string => {
  const timestamp = Date.now() + (stepsAhead - 1) * 30_000;
  stepsAhead += 1;
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
};
const addStaff = (user: string): Promise<void> =>
  addDemoAccount(parts, {
    user,
    displayName: 'Zohreh',
    roles: ['auditor', 'analyst'],
    by: 'test',
    password,
    totpSecret,
  });

async function signIn(user: string, browser = new Browser()): Promise<Browser> {
  stepsAhead = 0;
  await addStaff(user);
  const first = await browser.go('/login/staff');
  const second = await browser.go(first.at, { user, password });
  const done = await browser.go(second.at, { code: codeOf() });
  expect([done.statusCode, done.at]).toEqual([303, '/staff']);
  return browser;
}

describe('staff', () => {
  it('come in at their door with password and device, and have a session', async () => {
    const browser = await signIn('zohreh');
    expect(await browser.session()).toMatchObject({
      as: 'auditor',
      user: 'zohreh',
      name: 'Zohreh',
      roles: ['auditor', 'analyst'],
    });
    expect(browser.cookies.has('__Host-session')).toBe(true);
    expect(browser.cookies.has('__Host-sign-in')).toBe(false);
  });

  it('see plain pages in both languages that run nothing and load nothing', async () => {
    const browser = new Browser();
    const page = await browser.go('/login/staff?next=/staff/objections');
    expect(page.at).toMatch(/^\/sign-in\/[\w-]+$/);
    expect(page.body).toContain('<html lang="fa" dir="rtl">');
    expect(page.body).toContain('نام کاربری');
    expect(page.body).toContain('User name');
    expect(page.body).toContain('آزمایشی');
    expect(page.body).not.toMatch(/<script|https?:| on\w+="/);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['cache-control']).toBe('no-store');
    await addStaff('next');
    stepsAhead = 0;
    await browser.go(page.at, { user: 'next', password });
    expect((await browser.go(page.at, { code: codeOf() })).at).toBe('/staff/objections');
  });

  it('are led to pages of ours alone', async () => {
    const others = ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'];
    for (const [n, next] of others.entries()) {
      stepsAhead = 0;
      const user = `next-${n}`;
      await addStaff(user);
      const browser = new Browser();
      const { at } = await browser.go(`/login/staff?next=${encodeURIComponent(next)}`);
      await browser.go(at, { user, password });
      expect((await browser.go(at, { code: codeOf() })).at).toBe('/staff');
    }
  });

  it('set up their device at the first sign-in, and see their recovery codes once', async () => {
    stepsAhead = 0;
    const first = await addAccount(parts, { user: 'fresh', displayName: 'F', roles: ['analyst'], by: 'test' });
    const browser = new Browser();
    const { at } = await browser.go('/login/staff');
    const device = await browser.go(at, { user: ' FRESH ', password: first });
    expect(device.body).toContain('src="data:image/png;base64,');
    const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(device.body)?.[1]?.replaceAll(' ', '') ?? '';
    const codes = await browser.go(at, { code: codeOf(secret) });
    expect(codes.body.match(/<li>/g)).toHaveLength(10);
    const choose = await browser.go(at);
    expect(choose.body).toContain('name="repeated"');
    const wrong = await browser.go(at, { password: 'short', repeated: 'short' });
    expect([wrong.statusCode, wrong.body.includes('The password is short')]).toEqual([422, true]);
    const done = await browser.go(at, { password: 'a new password', repeated: 'a new password' });
    expect([done.statusCode, done.at]).toEqual([303, '/staff']);
    expect(await browser.session()).toMatchObject({ as: 'analyst', user: 'fresh' });
  });

  it('are refused alike with a wrong password and without an account', async () => {
    await addStaff('known');
    const pages = [];
    for (const user of ['known', 'nobody']) {
      const browser = new Browser();
      const { at } = await browser.go('/login/staff');
      const { statusCode, body } = await browser.go(at, { user, password: 'wrong' });
      pages.push(body.replaceAll(at, '').replaceAll(user, ''));
      expect(statusCode).toBe(422);
    }
    expect(pages[0]).toBe(pages[1]);
  });

  it('do not come in with the password alone, nor by asking the issuer to go on', async () => {
    await addStaff('half');
    const browser = new Browser();
    const { at } = await browser.go('/login/staff');
    await browser.go(at, { user: 'half', password });
    const uid = at.split('/').at(-1) ?? '';
    const skipped = await browser.go(`/oidc/auth/${uid}`);
    expect(skipped.body).not.toContain('Zohreh');
    expect(await browser.session()).toMatchObject({ status: 401 });
  });

  it('sign out here and at the issuer', async () => {
    const browser = await signIn('leaving');
    const { csrfToken } = (await browser.session()) as { csrfToken: string };
    const before = new Map(browser.cookies);
    expect((await browser.ask('POST', '/logout', {})).statusCode).toBe(403);
    const out = await browser.ask('POST', '/logout', { csrf: csrfToken });
    expect([out.statusCode, out.headers['location']]).toEqual([303, '/']);
    expect(browser.cookies.has('__Host-session')).toBe(false);
    const thief = new Browser();
    for (const [name, value] of before) thief.cookies.set(name, value);
    expect(await thief.session()).toMatchObject({ status: 401 });
    const { rows } = await pool.query(`select from issuer_state where user_name = 'leaving'`);
    expect(rows).toHaveLength(0);
  });

  it('who are disabled meanwhile do not come in', async () => {
    stepsAhead = 0;
    await addStaff('dismissed');
    const browser = new Browser();
    const { at } = await browser.go('/login/staff');
    await browser.go(at, { user: 'dismissed', password });
    await disableAccount(parts, 'dismissed', 'test');
    const page = await browser.go(at, { code: codeOf() });
    expect(page.statusCode).not.toBe(303);
    expect(await browser.session()).toMatchObject({ status: 401 });
  });
});

describe('a clerk of a provider', () => {
  it('comes in with a password, as a named user of the provider', async () => {
    const clerk = { user: 'maryam', displayName: 'Maryam', roles: [], provider: '100001', by: 'test' };
    await addDemoAccount(parts, { ...clerk, password });
    const browser = new Browser();
    const { at } = await browser.go('/login/provider');
    expect((await browser.go(at, { user: 'maryam', password })).at).toBe('/provider');
    expect(await browser.session()).toMatchObject({ as: 'clerk', provider: '100001', user: 'maryam' });
    const other = new Browser();
    const astray = await other.go('/login/staff?next=/staff/refunds');
    expect((await other.go(astray.at, { user: 'maryam', password })).at).toBe('/provider');
  });
});

it('a demo on one machine does it without TLS', async () => {
  const plain = 'http://127.0.0.1:4000';
  const web = await openWeb({ origin: () => plain });
  const clerk = { user: 'plain', displayName: 'Plain', roles: [], provider: '100001', by: 'test' };
  await addDemoAccount(parts, { ...clerk, password });
  const browser = new Browser(web.app, plain);
  const { at } = await browser.go('/login/provider');
  expect((await browser.go(at, { user: 'plain', password })).at).toBe('/provider');
  expect(browser.cookies.has('session')).toBe(true);
  expect(await browser.session()).toMatchObject({ as: 'clerk', user: 'plain' });
  await web.app.close();
});

describe('what others could try', () => {
  it('a callback that nobody began, of another browser, or come twice lets nobody in', async () => {
    stepsAhead = 0;
    await addStaff('victim');
    const browser = new Browser();
    const { at } = await browser.go('/login/staff');
    await browser.go(at, { user: 'victim', password });
    let answer = await browser.ask('POST', at, { code: codeOf() });
    while (!String(answer.headers['location']).includes('/login/callback')) {
      answer = await browser.ask('GET', String(answer.headers['location']));
    }
    const callback = String(answer.headers['location']);
    for (const other of [new Browser(), Object.assign(new Browser(), {})]) {
      if (other.cookies.size === 0) await other.go('/login/staff');
      expect((await other.ask('GET', callback)).statusCode).toBe(401);
      expect(await other.session()).toMatchObject({ status: 401 });
    }
    const twice = new Map(browser.cookies);
    expect((await browser.ask('GET', callback)).statusCode).toBe(303);
    const again = new Browser();
    for (const [name, value] of twice) again.cookies.set(name, value);
    expect((await again.ask('GET', callback)).statusCode).toBe(401);
    expect((await new Browser().ask('GET', '/login/callback?code=x&state=y')).statusCode).toBe(401);
  });

  it('a form of another site, or of another sign-in, is refused', async () => {
    const [one, other] = [new Browser(), new Browser()];
    const first = await one.go('/login/staff');
    const second = await other.go('/login/staff');
    const forged = await one.ask('POST', first.at, { user: 'x', password: 'y' }, { origin: 'https://evil.example' });
    expect(forged.statusCode).toBe(403);
    expect((await one.ask('POST', second.at, { user: 'x', password: 'y' })).statusCode).toBe(410);
    expect((await new Browser().ask('GET', first.at)).statusCode).toBe(410);
  });

  it('the issuer takes no code without PKCE, no other page of return, and no other client', async () => {
    const ask = async (more: Record<string, string>) => {
      const query = new URLSearchParams({
        ...{ client_id: 'estehqaq-portal', response_type: 'code', scope: 'openid' },
        redirect_uri: `${webOrigin}/login/callback`,
        ...more,
      });
      return new Browser().ask('GET', `/oidc/auth?${query.toString()}`);
    };
    const challenge = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' };
    expect((await ask(challenge)).headers['location']).toMatch(/^\/sign-in\//);
    expect((await ask({})).headers['location']).toMatch(/error=invalid_request/);
    expect((await ask({ ...challenge, redirect_uri: 'https://evil.example/' })).statusCode).toBe(400);
    expect((await ask({ ...challenge, client_id: 'nobody' })).statusCode).toBe(400);
    expect((await ask({ ...challenge, response_type: 'token' })).headers['location']).toMatch(/error=/);
  });

  it('whatever host is named, the addresses are ours', async () => {
    const answer = await app.inject({
      url: '/oidc/.well-known/openid-configuration',
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    });
    expect(answer.json()).toMatchObject({
      issuer: `${webOrigin}/oidc`,
      token_endpoint: `${webOrigin}/oidc/token`,
      grant_types_supported: expect.arrayContaining(['client_credentials']) as unknown,
    });
    expect(answer.body).not.toContain('evil.example');
  });

  it('what is kept of a sign-in shows nothing of it', async () => {
    const { rows } = await pool.query<{ payload: Buffer }>('select payload from issuer_state');
    for (const { payload } of rows) expect(payload.toString('latin1')).not.toMatch(/sign-in|zohreh|"uid"/);
    expect(rows.length).toBeGreaterThan(0);
  });
});

describe('software of a hospital', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' };
  const clientId = await addApiClient(parts, { provider: '100001', jwks: { keys: [jwk] }, by: 'test' });

  async function askToken(
    id: string,
    key: CryptoKey,
    more: Record<string, string> = {},
    jti = randomBytes(9).toString('hex'),
  ) {
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(id)
      .setSubject(id)
      .setAudience(`${webOrigin}/oidc/token`)
      .setJti(jti)
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(key);
    return app.inject({
      method: 'POST',
      url: '/oidc/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'api',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
        ...more,
      }).toString(),
    });
  }
  const whoAmI = (token: string) =>
    app.inject({ url: '/v1/identity/session', headers: { authorization: `Bearer ${token}` } });

  it('gets a short token with its key, and asks the API as its provider', async () => {
    const answer = await askToken(clientId, privateKey);
    expect(answer.statusCode, answer.body).toBe(200);
    const { access_token: token, expires_in: seconds } = answer.json<{ access_token: string; expires_in: number }>();
    expect(seconds).toBe(600);
    expect((await whoAmI(token)).json()).toEqual({ as: 'provider', provider: '100001' });
    const [head, body, signature] = token.split('.');
    for (const forged of [`${head}.${body}.${signature?.split('').toReversed().join('')}`, `${head}.${body}.`]) {
      expect((await whoAmI(forged)).statusCode).toBe(401);
    }
  });

  it('gets none with another key, with an assertion of before, for another scope, or when it is disabled', async () => {
    const other = await generateKeyPair('ES256');
    expect((await askToken(clientId, other.privateKey)).statusCode).toBe(401);
    expect((await askToken('nobody', privateKey)).statusCode).toBe(401);
    expect((await askToken(clientId, privateKey, {}, 'once')).statusCode).toBe(200);
    expect((await askToken(clientId, privateKey, {}, 'once')).statusCode).toBe(401);
    expect((await askToken(clientId, privateKey, { scope: 'openid' })).statusCode).toBe(400);
    const gone = await addApiClient(parts, { provider: '100001', jwks: { keys: [jwk] }, by: 'test' });
    await disableApiClient(parts, gone, 'test');
    expect((await askToken(gone, privateKey)).statusCode).toBe(401);
  });

  it('is known by public keys that are strong enough, and by nothing else', async () => {
    const invalid = expect.objectContaining({ code: 'API_CLIENT_INVALID' }) as unknown;
    const add = (jwks: unknown) => addApiClient(parts, { provider: '100001', jwks, by: 'test' });
    const weak = { kty: 'RSA', n: randomBytes(128).toString('base64url'), e: 'AQAB', alg: 'PS256' };
    for (const jwks of [
      {},
      { keys: [] },
      { keys: [await exportJWK(privateKey)] },
      { keys: [weak] },
      { keys: [{ ...jwk, alg: 'HS256' }] },
      { keys: [{ kty: 'oct', k: 'x' }] },
      { keys: ['x'] },
    ]) {
      await expect(add(jwks)).rejects.toEqual(invalid);
    }
  });
});

it('counts, and names nobody in the log', async () => {
  const page = await metrics.metrics();
  expect(page).toMatch(/estehqaq_sign_ins_total\{step="issuer",result="refused"\} \d/);
  expect(page).toMatch(/estehqaq_sign_ins_total\{step="totp",result="done"\} \d/);
  expect(page).not.toMatch(/zohreh|maryam/);
  expect(logged.join('')).not.toMatch(/zohreh|maryam|herons/);
});
