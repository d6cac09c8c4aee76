import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { openSession, type Holder } from '../../identity/index.ts';
import { createDemoTransport, createNoticeSender, listDemoMessages } from '../../notices/index.ts';
import { createLog, createMetrics, nationalIdText } from '../../platform/index.ts';
import { makeToken } from '../tokens.ts';
import { createRealWeb, createTestWeb, keys, webOrigin } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const { app, identity, clock, logged, parts, close } = await createRealWeb(database);
afterAll(async () => {
  await close();
  await database.close();
});

const { rows: people } = await pool.query<{ person: bigint; mobile: bigint }>(
  'select person, mobile from person_mobile order by person limit 1',
);
const { person, mobile } = people[0] ?? { person: 0n, mobile: 0n };
const nationalId = nationalIdText(person);
const sender = createNoticeSender({
  ...{ pool, clock, keys, log: createLog('silent'), metrics: createMetrics(), quietHours: [] },
  ...{ transport: createDemoTransport({ pool, clock, ids: parts.ids }), decileWording: 'restored' },
});

const fromPage = { origin: webOrigin };
const post = (url: string, payload: object, headers: Record<string, string> = fromPage) =>
  app.inject({ method: 'POST', url, payload, headers });

async function codeOf(to: bigint): Promise<string> {
  await identity.close();
  await sender.sendDue(clock.now(), 100);
  const [message] = await listDemoMessages(pool, { mobile: to, limit: 1 });
  return /\d{6}/.exec(message?.text ?? '')?.[0] ?? 'none';
}

/** Signed in as somebody: the headers of a request from a page of ours. */
async function browserOf(holder: Holder): Promise<{ cookie: string; 'x-csrf-token': string; origin: string }> {
  const { token, csrfToken } = await openSession(identity.parts, { holder, device: 'a browser' });
  return { cookie: `__Host-session=${token}`, 'x-csrf-token': csrfToken, ...fromPage };
}

let minutes = 0;
const later = (more = 20): void => {
  minutes += more;
  clock.set(new Date(Date.UTC(2026, 10, 23, 8) + minutes * 60_000).toISOString());
};

describe('signing in as a person', () => {
  it('the code makes a session; the cookie is out of reach of scripts, and of other hosts', async () => {
    const asked = await post('/v1/identity/codes', { nationalId });
    expect(asked.statusCode).toBe(202);
    const answer = await post('/v1/identity/sessions', { nationalId, code: await codeOf(mobile) });
    expect(answer.statusCode).toBe(201);
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^__Host-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
    const { csrfToken } = answer.json<{ csrfToken: string }>();
    expect(answer.json()).toMatchObject({ as: 'self', nationalId });
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    const me = await app.inject({ url: '/v1/identity/session', headers: { cookie } });
    expect(me.json()).toMatchObject({ as: 'self', nationalId, csrfToken });
    const inquiries = await app.inject({ url: '/v1/people/me/inquiries', headers: { cookie } });
    expect(inquiries.json()).toEqual({ inquiries: [] });
  });

  it('the answer is the same for known and unknown, letter by letter', async () => {
    later();
    const [known, unknown] = await Promise.all(
      [nationalId, '0499370899'].map((each) => post('/v1/identity/codes', { nationalId: each })),
    );
    expect(unknown?.statusCode).toBe(202);
    expect(unknown?.body).toBe(known?.body);
    const refused = await Promise.all(
      [nationalId, '0499370899'].map((each) => post('/v1/identity/sessions', { nationalId: each, code: '000000' })),
    );
    expect(refused[0]?.statusCode).toBe(401);
    expect(refused[1]?.body).toBe(refused[0]?.body);
    expect(refused[0]?.json()).toMatchObject({ code: 'SIGN_IN_REFUSED' });
  });

  it('too often is refused, with when to come again', async () => {
    later();
    const answers = await Promise.all(Array.from({ length: 7 }, () => post('/v1/identity/codes', { nationalId })));
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    expect(refused).toHaveLength(2);
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(100);
  });

  it('no page of others signs anybody in', async () => {
    later();
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const answer = await post('/v1/identity/sessions', { nationalId, code: '000000' }, headers);
      expect(answer.json()).toMatchObject({ status: 403, code: 'FORGED_REQUEST' });
    }
  });

  it('no log names anybody', () => {
    expect(logged.length).toBeGreaterThan(3);
    for (const line of logged) expect(line).not.toMatch(new RegExp(`${nationalId}|${String(mobile)}|192\\.0`));
  });
});

describe('a session', () => {
  const url = '/v1/people/me/notice-preference';
  const payload = { language: 'en', bySms: true };
  const change = (headers: Record<string, string>) => app.inject({ method: 'PUT', url, payload, headers });

  it('changes something only with its token, from a page of ours', async () => {
    const own = await browserOf({ kind: 'self', person });
    const other = await browserOf({ kind: 'self', person });
    expect((await change(own)).statusCode).toBe(200);
    const { cookie, origin } = own;
    const forged = [
      { cookie, origin },
      { cookie, 'x-csrf-token': own['x-csrf-token'] },
      { ...own, 'x-csrf-token': other['x-csrf-token'] },
      { ...own, 'x-csrf-token': '' },
      { ...own, origin: 'https://evil.example' },
      { ...own, origin: 'null' },
      { ...own, 'sec-fetch-site': 'same-site' },
      { ...own, 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of forged) expect((await change(headers)).json()).toMatchObject({ code: 'FORGED_REQUEST' });
    // A page that names no referrer has no origin; the browser says all the same that it is ours.
    expect((await change({ ...own, origin: 'null', 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
    expect((await app.inject({ url, headers: { cookie: own.cookie } })).statusCode).toBe(200);
  });

  it('ends after half an hour without a request, and in any case after twelve', async () => {
    const { cookie } = await browserOf({ kind: 'self', person });
    const ask = async () => (await app.inject({ url, headers: { cookie } })).statusCode;
    later(29);
    expect(await ask()).toBe(200);
    later(29);
    expect(await ask()).toBe(200);
    later(31);
    expect(await ask()).toBe(401);
    const { cookie: busy } = await browserOf({ kind: 'self', person });
    for (let n = 0; n < 35; n += 1) {
      later(20);
      expect((await app.inject({ url, headers: { cookie: busy } })).statusCode).toBe(200);
    }
    later(20);
    expect((await app.inject({ url, headers: { cookie: busy } })).statusCode).toBe(401);
  });

  it('is listed, and ended at once; only one’s own', async () => {
    later(24 * 60);
    const [first, second] = [await browserOf({ kind: 'self', person }), await browserOf({ kind: 'self', person })];
    const stranger = await browserOf({ kind: 'self', person: 499370899n });
    const list = async (headers: { cookie: string }) =>
      (await app.inject({ url: '/v1/identity/sessions', headers })).json<{
        sessions: { id: string; isThisOne: boolean; device: string }[];
      }>().sessions;
    const listed = await list(first);
    expect(listed).toHaveLength(2);
    expect(listed[0]).toMatchObject({ device: 'a browser' });
    const id = listed.find(({ isThisOne }) => !isThisOne)?.id ?? '';
    const end = (headers: Record<string, string>) =>
      app.inject({ method: 'DELETE', url: `/v1/identity/sessions/${id}`, headers });
    expect((await end(stranger)).statusCode).toBe(404);
    expect((await end(first)).json()).toEqual({ ended: true });
    expect((await end(first)).statusCode).toBe(404);
    expect((await app.inject({ url, headers: second })).statusCode).toBe(401);
    const out = await app.inject({ method: 'DELETE', url: '/v1/identity/session', headers: first });
    expect([out.statusCode, String(out.headers['set-cookie'])]).toEqual([
      200,
      '__Host-session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure',
    ]);
    expect((await app.inject({ url, headers: first })).statusCode).toBe(401);
  });

  it('is not what is kept of it: its hash and its number let nobody in', async () => {
    const { rows } = await pool.query<{ hash: Buffer }>('select token_hash as hash from session limit 3');
    for (const { hash } of rows) {
      for (const token of [hash.toString('base64url'), hash.toString('hex'), hash.toString('hex').slice(0, 16)]) {
        const answer = await app.inject({ url, headers: { cookie: `__Host-session=${token}` } });
        expect(answer.statusCode).toBe(401);
      }
    }
    expect(rows).toHaveLength(3);
  });

  it('leads to the same holder as a bearer token, which goes before it', async () => {
    const { cookie } = await browserOf({ kind: 'self', person });
    const { token } = await makeToken({ kind: 'staff', user: 'reza', role: 'auditor' }, keys, clock);
    const headers = { cookie, authorization: `Bearer ${token}` };
    const answer = await app.inject({ url: '/v1/identity/session', headers });
    expect(answer.json()).toEqual({ as: 'auditor', user: 'reza' });
    const bad = await app.inject({ url, headers: { cookie, authorization: 'Bearer x' } });
    expect(bad.statusCode).toBe(401);
  });

  it('has a plain cookie in a demo without TLS, and there alone', async () => {
    const { token } = await openSession(identity.parts, { holder: { kind: 'self', person } });
    const plain = { ...identity, parts: { ...identity.parts, origin: () => 'http://127.0.0.1:4000' } };
    const ask = async (isDemo: boolean) => {
      const web = await createTestWeb({ ...parts, metrics: createMetrics(), identity: plain, isDemo });
      const answer = await web.app.inject({ url: '/v1/identity/session', headers: { cookie: `session=${token}` } });
      await web.app.close();
      return answer.statusCode;
    };
    expect([await ask(true), await ask(false)]).toEqual([200, 401]);
  });
});
