import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../database/testing.ts';
import { openSession } from '../../../identity/index.ts';
import { Fault, nationalIdText, type FaultCode } from '../../../platform/index.ts';
import { createRealWeb, createTestWeb, keys, SetClock, webOrigin } from '../testing.ts';
import { sealForm, unsealForm } from './kept-form.ts';
import { loadPages } from './load-pages.ts';

/** The pages as browsers ask for them, without one; what they look like is tried in portal/. */

const pages = loadPages(join(import.meta.dirname, '../../../../portal/dist'));
if (pages === undefined) throw new Error('the tests build the portal before');
const database = await freshDatabase();
const { app, identity, close } = await createRealWeb(database, { pages, isDemo: true });
afterAll(async () => {
  await close();
  await database.close();
});

const { rows } = await database.pool.query<{ person: bigint }>('select person from person_mobile order by 1 limit 2');
const [person = 0n, other = 0n] = rows.map((row) => row.person);
const own = { origin: webOrigin, 'sec-fetch-site': 'same-origin' };
const formType = 'application/x-www-form-urlencoded';

async function signedIn(who: bigint) {
  const opened = await openSession(identity.parts, { holder: { kind: 'self', person: who } });
  return { csrf: opened.csrfToken, headers: { ...own, cookie: `__Host-session=${opened.token}` } };
}

const post = (url: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = own) =>
  app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': formType },
    payload: new URLSearchParams(fields).toString(),
  });

describe('every page', () => {
  it('is kept nowhere, runs nothing of others, and is in the language that is wished for', async () => {
    const shown = await app.inject({ url: '/insured', headers: { 'accept-language': 'de, en;q=0.8' } });
    expect(shown.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'en',
    });
    expect(shown.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'/,
    );
    expect(shown.body).toContain('<html lang="en" dir="ltr">');
    expect((await app.inject('/insured')).body).toContain('<html lang="fa" dir="rtl">');
    const chosen = await app.inject('/insured?lang=en&before=1');
    expect(chosen.statusCode).toBe(303);
    expect(chosen.headers).toMatchObject({
      location: '/insured?before=1',
      'set-cookie': expect.stringContaining('lang=en') as string,
    });
    const cookie = 'lang=en';
    expect((await app.inject({ url: '/insured', headers: { cookie } })).body).toContain('lang="en"');
  });

  it.each([
    '/home',
    '/dependants',
    '/asked',
    '/objections',
    '/objections/new',
    '/notices',
    '/sessions',
    '/inquiries/1',
  ])('%s is for who is signed in', async (path) => {
    const refused = await app.inject(`/insured${path}`);
    expect(refused.statusCode).toBe(303);
    expect(refused.headers.location).toBe(`/insured/sign-in?to=${encodeURIComponent(`/insured${path}`)}`);
  });

  it('of the insured is for no clerk and no staff', async () => {
    const holder = { kind: 'staff', user: 'reza', role: 'administrator' } as const;
    const { token } = await openSession(identity.parts, { holder });
    const shown = await app.inject({ url: '/insured/asked', headers: { cookie: `__Host-session=${token}` } });
    expect(shown.statusCode).toBe(403);
  });

  it('is found under the host alone, and under a host of its own (T-16)', async () => {
    expect((await app.inject('/')).headers.location).toBe('/insured');
    const hostPages = new Map([['medical.example.org', '/insured' as const]]);
    const web = await createTestWeb({ pages, identity, hostPages });
    const headers = { host: 'medical.example.org' };
    expect((await web.app.inject({ url: '/', headers })).headers.location).toBe('/insured');
    expect((await web.app.inject({ url: '/insured', headers })).body).toContain('آیا بیمه درمان من برقرار است؟');
    await web.app.close();
  });

  it('the files of pages are kept for good, others are not there', async () => {
    const { body } = await app.inject('/insured');
    const [, script = ''] = /src="(\/assets\/[^"]+)"/.exec(body) ?? [];
    expect((await app.inject(script)).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await app.inject('/assets/icon.svg')).headers['cache-control']).toBe('public, max-age=3600');
    expect((await app.inject('/assets/../built.json')).statusCode).toBe(404);
    expect((await app.inject('/sw.js')).headers['cache-control']).toBe('no-cache');
    expect((await app.inject('/insured/manifest.webmanifest')).json()).toMatchObject({ lang: 'fa', dir: 'rtl' });
  });
});

describe('signing in', () => {
  it('says the same of who is known and who is not', async () => {
    const known = await post('/insured/sign-in', { nationalId: nationalIdText(person) });
    const unknown = await post('/insured/sign-in', { nationalId: '0012345679' });
    expect(known.statusCode).toBe(200);
    expect(unknown.body.replaceAll('0012345679', nationalIdText(person))).toBe(known.body);
    await identity.close();
  });

  it('too many codes are refused, with the time to wait', async () => {
    const ask = () => post('/insured/sign-in', { nationalId: '0499370899' });
    for (let number = 0; number < 5; number += 1) expect((await ask()).statusCode).toBe(200);
    const refused = await ask();
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('900');
    expect(refused.body).toContain('پس از ۱۵ دقیقه');
  });

  it('a page of another site signs nobody in', async () => {
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await post('/insured/sign-in', { nationalId: nationalIdText(person) }, foreign)).statusCode).toBe(403);
    expect((await post('/insured/sign-in', { nationalId: nationalIdText(person) }, {})).statusCode).toBe(403);
  });

  it('leads to the page that was wanted, and never out of the site', async () => {
    for (const [to, isKept] of [
      ['/insured/asked?before=12', true],
      ['https://evil.example/insured/', false],
      ['//evil.example', false],
      ['/insured/\\evil', false],
      ['/insured/../../x', false],
    ] as const) {
      const { body } = await app.inject(`/insured/sign-in?to=${encodeURIComponent(to)}`);
      expect(body.includes('name="kept"'), to).toBe(isKept);
    }
  });
});

describe('what was typed', () => {
  const clock = new SetClock();
  const form = { path: '/insured/objections/new', fields: { text: 'متن' } };

  it('is sealed, for an hour, and not to be made up', () => {
    const sealed = sealForm({ keys, clock }, form);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('objections');
    expect(unsealForm({ keys, clock }, sealed)).toEqual(form);
    expect(unsealForm({ keys, clock }, `A${sealed.slice(1)}`)).toBeUndefined();
    expect(unsealForm({ keys, clock }, '')).toBeUndefined();
    clock.set('2026-11-23T09:00:01Z');
    expect(unsealForm({ keys, clock }, sealed)).toBeUndefined();
  });

  it('goes along when the session has ended, and nothing is done', async () => {
    const shown = await post('/insured/objections/new', { csrf: 'old', text: '<b>متن</b>' });
    expect(shown.statusCode).toBe(401);
    expect(shown.body).toContain('name="kept"');
    expect(shown.body).not.toContain('متن</b>');
    expect((await database.pool.query('select from objection')).rowCount).toBe(0);
  });
});

describe('asking', () => {
  it('is recorded once for one sending, and its answer is for the person alone', async () => {
    const { csrf, headers } = await signedIn(person);
    const fields = { csrf, setting: 'outpatient', requestId: 'aaaaaaaa-1' };
    const [first, second] = [
      await post('/insured/inquiries', fields, headers),
      await post('/insured/inquiries', fields, headers),
    ];
    expect(first.statusCode).toBe(303);
    expect(second.headers.location).toBe(first.headers.location);
    const url = first.headers.location ?? '';
    expect((await app.inject({ url, headers })).statusCode).toBe(200);
    const { headers: ofOther } = await signedIn(other);
    expect((await app.inject({ url, headers: ofOther })).statusCode).toBe(404);
    expect((await app.inject({ url: `${url}/proof`, headers: ofOther })).statusCode).toBe(404);
    const theirs = await app.inject({ url: '/insured/asked', headers: ofOther });
    expect(theirs.body).not.toContain(url.slice(-16));
  });

  it('who asked is told page by page', async () => {
    const { csrf, headers } = await signedIn(other);
    for (let number = 0; number < 21; number += 1) {
      await post('/insured/inquiries', { csrf, requestId: `bbbbbbbb-${number}` }, headers);
    }
    const first = await app.inject({ url: '/insured/asked', headers });
    const [, older = ''] = /href="(\/insured\/asked\?before=\d+)"/.exec(first.body) ?? [];
    const second = await app.inject({ url: older, headers });
    const rowsOf = (page: string): number => page.split('<tr>').length - 2;
    expect([rowsOf(first.body), rowsOf(second.body)]).toEqual([20, 1]);
    expect(second.body).not.toContain('قدیمی‌ترها');
    expect((await app.inject({ url: '/insured/asked?before=nonsense', headers })).statusCode).toBe(200);
  });

  it('needs the token of this very session', async () => {
    const { headers } = await signedIn(person);
    const { csrf: ofOther } = await signedIn(other);
    for (const csrf of ['', 'x', ofOther]) {
      const refused = await post('/insured/inquiries', { csrf, setting: 'outpatient' }, headers);
      expect(refused.statusCode).toBe(403);
    }
  });

  it('shows what was typed as text, never as markup', async () => {
    const { csrf, headers } = await signedIn(person);
    const shown = await post('/insured/dependants', { csrf, nationalId: '"><script>alert(1)</script>' }, headers);
    expect(shown.statusCode).toBe(400);
    expect(shown.body).not.toContain('<script>alert');
    expect(shown.body).toContain('&lt;script&gt;alert(1)');
  });
});

describe('what fails', () => {
  it.each([
    ['COULD_NOT_DETERMINE', 503, 'نامشخص'],
    ['DATABASE_UNAVAILABLE', 503, 'به معنی «فاقد» نیست'],
    ['OVERLOADED', 503, 'نامشخص'],
    ['RATE_LIMITED', 429, 'درخواست‌ها زیاد است'],
    ['NOT_YOURS', 403, 'برای شما نیست'],
    ['DATABASE_FAULT', 500, 'اشکال از ماست'],
  ] as const)('%s is a page that says what to do', async (code: FaultCode, status, words) => {
    const web = await createTestWeb({ pages, identity, isDemo: true });
    web.inquiry.answer = () => {
      throw new Fault(code, 'inside words');
    };
    const { csrf, headers } = await signedIn(person);
    const shown = await web.app.inject({
      method: 'POST',
      url: '/insured/inquiries',
      headers: { ...headers, 'content-type': formType },
      payload: new URLSearchParams({ csrf, setting: 'outpatient' }).toString(),
    });
    expect(shown.statusCode).toBe(status);
    expect(shown.headers['content-type']).toContain('text/html');
    expect(shown.body).toContain(words);
    expect(shown.body).not.toContain('inside words');
    expect(shown.body).not.toContain('فاقد استحقاق');
    await web.app.close();
  });

  it('without built pages programs are served as before', async () => {
    const web = await createTestWeb({ identity });
    expect((await web.app.inject('/insured')).statusCode).toBe(404);
    expect((await web.app.inject('/healthz')).statusCode).toBe(200);
    await web.app.close();
    expect(loadPages('/nowhere')).toBeUndefined();
  });
});
