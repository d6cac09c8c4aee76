import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../database/testing.ts';
import { openSession } from '../../../identity/index.ts';
import { CouldNotDetermine, Overloaded, type InquiryAnswer } from '../../../inquiry/index.ts';
import { Fault, nationalIdText } from '../../../platform/index.ts';
import { createRealWeb, createTestWeb, entitled, webOrigin } from '../testing.ts';
import { loadPages } from './load-pages.ts';

/** The desk of a provider as browsers ask for it, without one; what it looks like is tried in portal/. */

const pages = loadPages(join(import.meta.dirname, '../../../../portal/dist'));
if (pages === undefined) throw new Error('the tests build the portal before');
const database = await freshDatabase();
const real = await createRealWeb(database, { pages, isDemo: true });
const { identity } = real;
afterAll(async () => {
  await real.close();
  await database.close();
});

const { rows } = await database.pool.query<{ person: bigint }>('select person from person_mobile order by 1 limit 1');
const [person = 0n] = rows.map((row) => row.person);
const own = { origin: webOrigin, 'sec-fetch-site': 'same-origin', 'accept-language': 'en' };
const clerk = { kind: 'provider', code: '100001', user: 'maryam' } as const;

type Holder = Parameters<typeof openSession>[1]['holder'];

async function signedIn(holder: Holder = clerk) {
  const opened = await openSession(identity.parts, { holder });
  return { csrf: opened.csrfToken, headers: { ...own, cookie: `__Host-session=${opened.token}` } };
}

/** With the real identity, around an inquiry that answers what the test says. */
const webThat = async (answer: () => InquiryAnswer) => {
  const web = await createTestWeb({ pages, identity, pool: database.pool });
  web.inquiry.answer = answer;
  return web;
};

type Web = Pick<typeof real, 'app'>;
const post = ({ app }: Web, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>) =>
  app.inject({
    method: 'POST',
    url: '/provider',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });

describe('the desk', () => {
  it('is for clerks: nobody is sent to sign in, others are told', async () => {
    const nobody = await real.app.inject({ url: '/provider', headers: own });
    expect(nobody.statusCode).toBe(303);
    expect(nobody.headers.location).toBe('/login/provider?next=%2Fprovider');
    const others: readonly Holder[] = [
      { kind: 'self', person },
      { kind: 'staff', user: 'reza', role: 'administrator' },
    ];
    for (const holder of others) {
      const { headers, csrf } = await signedIn(holder);
      expect((await real.app.inject({ url: '/provider', headers })).statusCode).toBe(403);
      expect((await post(real, { csrf, asked: nationalIdText(person) }, headers)).statusCode).toBe(403);
    }
    const { headers } = await signedIn();
    const shown = await real.app.inject({ url: '/provider', headers });
    expect(shown.statusCode).toBe(200);
    expect(shown.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'/,
    );
    expect(shown.body).not.toMatch(/<script(?![^>]* src=)|style="/);
  });

  it('answers a form under an address of its own, to those who asked alone', async () => {
    const { headers, csrf } = await signedIn();
    const fields = { csrf, asked: nationalIdText(person), setting: 'inpatient', requestId: 'a-request-id' };
    const sent = await post(real, fields, headers);
    expect(sent.statusCode).toBe(303);
    const { location = '' } = sent.headers;
    expect(location).toMatch(/^\/provider\/inquiries\/\d{16}$/);
    expect((await post(real, fields, headers)).headers.location).toBe(location);
    const shown = await real.app.inject({ url: location, headers });
    expect(shown.body).toContain('Inpatient');
    expect(shown.body).not.toContain(nationalIdText(person));
    expect(shown.body).not.toMatch(/until|_ENDED|endedOn/);
    const byCode = await post(real, { csrf, asked: location.slice(-16) }, headers);
    expect(byCode.headers.location).toBe(location);
    const another = await signedIn({ kind: 'provider', code: '100002', user: 'ali' });
    expect((await real.app.inject({ url: location, headers: another.headers })).statusCode).toBe(404);
    const asked = { csrf: another.csrf, asked: location.slice(-16) };
    expect((await post(real, asked, another.headers)).statusCode).toBe(404);
  });

  it.each([
    ['', 'Type the patient'],
    ['12345', 'neither a national id'],
    ['0012345678', 'not right'],
    ['4819205733161234', 'no answer with this tracking code'],
  ])('says what is wrong with %j and keeps it', async (asked, words) => {
    const { headers, csrf } = await signedIn();
    const shown = await post(real, { csrf, asked }, headers);
    expect(shown.statusCode).toBeGreaterThanOrEqual(400);
    expect(shown.body).toContain(words);
    expect(shown.body).toContain(`value="${asked}"`);
  });

  it('takes no form of others', async () => {
    const { headers, csrf } = await signedIn();
    const asked = nationalIdText(person);
    expect((await post(real, { csrf: 'x', asked }, headers)).statusCode).toBe(403);
    expect((await post(real, { csrf, asked }, { ...headers, 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
  });

  it('keeps what was typed when the session has ended', async () => {
    const sent = await post(real, { asked: '۱۲۳', setting: 'inpatient' }, own);
    expect(sent.statusCode).toBe(303);
    const next = new URL(sent.headers.location ?? '', webOrigin).searchParams.get('next') ?? '';
    expect(next).toMatch(/^\/provider\?kept=/);
    expect(next.length).toBeLessThan(500);
    const { headers } = await signedIn();
    const { body } = await real.app.inject({ url: next, headers });
    expect(body).toContain('value="۱۲۳"');
    expect(body).toMatch(/name="setting" checked=""|checked="" name="setting"/);
  });

  it('as browsers keep it knows nobody', async () => {
    const { headers, csrf } = await signedIn();
    const { body } = await real.app.inject({ url: '/provider/offline', headers });
    expect(body).toContain('id="desk"');
    expect(body).not.toMatch(/maryam|100001|data-csrf/);
    expect(body).not.toContain(csrf);
  });
});

describe('what fails', () => {
  it.each([
    ['no answer', () => new CouldNotDetermine('4819205733161234', undefined)],
    ['too much at once', () => new Overloaded(1)],
    ['no database', () => new Fault('DATABASE_UNAVAILABLE', 'inside words')],
  ])('%s is no no, and is asked again under the same request id', async (_what, fault) => {
    const web = await webThat(() => {
      throw fault();
    });
    const { headers, csrf } = await signedIn();
    const asked = nationalIdText(person);
    const shown = await post(web, { csrf, asked, requestId: 'a-request-id' }, headers);
    expect(shown.statusCode).toBe(503);
    expect(shown.body).toContain('Not determined');
    expect(shown.body).not.toMatch(/Not entitled|inside words/);
    expect(shown.body).toContain('name="requestId" value="a-request-id"');
    expect(shown.body).toContain(`value="${asked}"`);
    await web.app.close();
  });

  it('a contract that is not there is said to be the provider’s own', async () => {
    const web = await webThat(() => {
      throw new Fault('NOT_CONTRACTED', 'inside words');
    });
    const { headers, csrf } = await signedIn();
    const shown = await post(web, { csrf, asked: nationalIdText(person) }, headers);
    expect(shown.statusCode).toBe(403);
    expect(shown.body).toContain('says nothing about the patient');
    await web.app.close();
  });

  it('asks as the clerk, once', async () => {
    const web = await webThat(() => entitled);
    const { headers, csrf } = await signedIn();
    await post(web, { csrf, asked: nationalIdText(person), requestId: 'a-request-id' }, headers);
    expect(web.inquiry.asked).toMatchObject([
      { asker: clerk, person, setting: 'outpatient', channel: 'web', requestId: 'a-request-id' },
    ]);
    await web.app.close();
  });
});
