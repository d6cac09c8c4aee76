import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../database/testing.ts';
import { createPayments, findPayersBill } from '../../../contributions/index.ts';
import { LawInForce } from '../../../decisions/index.ts';
import { createEnrolment } from '../../../enrolment/index.ts';
import { openSession } from '../../../identity/index.ts';
import { ProviderDirectory } from '../../../membership/index.ts';
import { checkDigitOf, createLog, Ids, nationalIdText } from '../../../platform/index.ts';
import { createPaymentGateway, type Family } from '../../../registries/index.ts';
import { createRealWeb, SetClock, webOrigin } from '../testing.ts';
import { loadPages } from './load-pages.ts';

/** The pages of enrolment as browsers ask for them, on real use cases; registries answer what the test says. */

const pages = loadPages(join(import.meta.dirname, '../../../../portal/dist'));
if (pages === undefined) throw new Error('the tests build the portal before');
const database = await freshDatabase();
const { pool } = database;
const clock = new SetClock();
const law = await LawInForce.start(pool);
const ids = new Ids(pool, clock);
const directory = await ProviderDirectory.start(pool);
const families = new Map<string, Family>();
const enrolment = createEnrolment({
  ...{ pool, clock, ids, law, directory, log: createLog('silent') },
  civilRegistry: { familyOf: (id) => Promise.resolve(families.get(id) ?? 'notFound') },
  otherInsurers: { coversOf: () => Promise.resolve([]) },
});
const { app, identity, close } = await createRealWeb(database, { pages, enrolment, clock });
beforeAll(async () => {
  await law.confirm(clock, 1405, 'test', 'a decree');
});
afterAll(async () => {
  await close();
  await directory.stop();
  await ids.close();
  await law.stop();
  await database.close();
});

/** As at a counter: the gateway of these tests is silent. */
const counter = createPayments({
  ...{ pool, clock, ids, log: createLog('silent'), callbackUrl: () => '' },
  ...{ onPaid: enrolment.onPaid, onExpired: enrolment.onExpired, lockHousehold: enrolment.lockHousehold },
  gateway: createPaymentGateway({ address: undefined, merchantId: undefined, allowStandIn: false }),
});

const idOf = (number: number): string => {
  const nine = 120_000_000 + number;
  return `${nine}${checkDigitOf(nine)}`.padStart(10, '0');
};
const described = {
  ...{ firstName: 'مریم', lastName: 'نوری', sex: 'female', day: '۱۵', month: '3', year: '۱۳۶۰' },
};
const child = { firstName: 'سارا', lastName: 'نوری', sex: 'female', day: '1', month: '1', year: '1395' };

async function visitor(nationalId: string) {
  const holder = { kind: 'self', person: BigInt(nationalId) } as const;
  const opened = await openSession(identity.parts, { holder });
  const headers = { origin: webOrigin, 'sec-fetch-site': 'same-origin', cookie: `__Host-session=${opened.token}` };
  const post = (url: string, fields: Readonly<Record<string, string>>, csrf = opened.csrfToken) =>
    app.inject({
      ...{ method: 'POST', url, headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' } },
      payload: new URLSearchParams({ csrf, ...fields }).toString(),
    });
  return { get: (url: string) => app.inject({ url, headers }), post };
}

/** With the head described. */
async function applicant(number: number) {
  const nationalId = idOf(number);
  const own = await visitor(nationalId);
  const opened = await own.post('/enrol/apply', { ...described, requestId: `request-${number}` });
  const address = (opened.headers.location ?? '').replace('/members/0/elsewhere', '');
  return { ...own, nationalId, address };
}

const membersIn = (body: string): number => body.split('class="box member"').length - 1;

describe('before anybody is known', () => {
  it('M-02, M-13: says when registration was open, and what would be paid today', async () => {
    const start = await app.inject('/enrol');
    expect(start.body).toContain('۱ آبان ۱۳۹۸');
    expect(start.body).toContain('۳۱ فروردین ۱۳۹۹');
    const quoted = await app.inject('/enrol/quote/answer?spouses=%DB%B1&children=&route=selfDeclared');
    expect(quoted.body).toContain('برای ۲ نفر');
    const { decision } = enrolment.quote({
      ...{ route: 'selfDeclared', termMonths: 12, meansTest: null, lostCover: null, renewal: null },
      members: (['head', 'spouse'] as const).map((relation) => ({
        ...{ relation, birthDate: '1990-01-01', baseCover: null },
        ...{ hospitalisedFromBirth: false, emergency: false, inApplication: true },
      })),
    });
    const amount = new Intl.NumberFormat('fa').format(decision.payable ?? 0);
    expect(quoted.body).toContain(`<bdi>${amount} ریال</bdi>`);
  });

  it.each([
    ['?spouses=5&children=0', 'spouses'],
    ['?spouses=0&children=many', 'children'],
    ['?spouses=0&children=0&route=free', 'route'],
    ['?spouses=0&children=0&route=meansTest&decile=11', 'decile'],
  ])('a quote says what is wrong in %s', async (query, field) => {
    const shown = await app.inject(`/enrol/quote/answer${query}`);
    expect(shown.statusCode).toBe(400);
    expect(shown.body).toContain(`href="#${field}"`);
  });

  it.each(['/home', '/apply', '/renew', '/applications/1000000000003'])('%s asks who it is', async (path) => {
    const refused = await app.inject(`/enrol${path}`);
    expect(refused.headers.location).toBe(`/insured/sign-in?to=${encodeURIComponent(`/enrol${path}`)}`);
  });
});

describe('an application', () => {
  it('is opened once by a form that is sent twice, and is nobody else’s', async () => {
    const { get, post, address } = await applicant(1);
    const again = await post('/enrol/apply', { ...described, requestId: 'request-1' });
    expect(again.headers.location).toBe(`${address}/members/0/elsewhere`);
    const another = await post('/enrol/apply', { ...described, requestId: 'another-request' });
    expect(another.headers.location).toBe('/enrol/home?problem=APPLICATION_OPEN');
    expect((await post(`${address}/route`, { route: 'meansTest' }, 'forged')).statusCode).toBe(403);
    expect((await get(`${address}/nothing`)).statusCode).toBe(404);
    const stranger = await visitor(idOf(2));
    for (const path of ['', '/route', '/members/0', '/withdraw']) {
      expect((await stranger.get(`${address}${path}`)).statusCode, path).toBe(404);
    }
    expect((await stranger.post(`${address}/submit`, {})).statusCode).toBe(404);
  });

  it('names each member once, however often it is sent, and takes one out once', async () => {
    const { get, post, address } = await applicant(3);
    const newborn = { ...child, newborn: 'yes' };
    await post(`${address}/new-child`, newborn);
    await post(`${address}/new-child`, newborn);
    await post(`${address}/new-child`, { ...newborn, firstName: 'سینا' });
    await post(`${address}/new-child`, { ...child, nationalId: idOf(4) });
    const named = await post(`${address}/new-child`, { ...child, nationalId: idOf(4), firstName: 'باران' });
    expect(named.headers.location).toBe(`${address}/members/3/elsewhere`);
    const { body } = await get(address);
    expect(membersIn(body)).toBe(4);
    expect(body).toContain('باران');
    const own = await post(`${address}/new-child`, { ...child, nationalId: idOf(3) });
    expect(own.body).toContain('پیش‌تر در همین درخواست');
    const unsaid = await post(`${address}/apart`, { nationalId: idOf(20), reason: '' });
    expect(unsaid.body).toContain('href="#reason"');
    await post(`${address}/apart`, { nationalId: idOf(20), reason: 'کار در شهر دیگر' });
    expect((await get(address)).body).toContain('همسر، جدا');
    await post(`${address}/spouse`, { spouse: 'no' });
    expect((await get(address)).body).not.toContain('همسر، جدا');
    await post(`${address}/remove-member`, { member: idOf(4) });
    await post(`${address}/remove-member`, { member: idOf(4) });
    await post(`${address}/remove-member`, { member: idOf(3) });
    expect(membersIn((await get(address)).body)).toBe(3);
  });

  it('M-19: is not sent where the civil registry says otherwise; who is missing is named', async () => {
    const { post, address, nationalId } = await applicant(5);
    const registered = (id: string, birthDate: string) => ({
      ...{ nationalId: id, sex: 'female' as const, birthDate, diedOn: null, firstName: null, lastName: null },
    });
    families.set(nationalId, { person: registered(nationalId, '1981-06-05'), spouses: [], children: [] });
    await post(`${address}/new-child`, { ...child, nationalId: idOf(6) });
    const clashes = await post(`${address}/submit`, { requestId: 'clashing-one' });
    expect(clashes.statusCode).toBe(409);
    expect(clashes.body).toContain('درباره: سارا نوری');
    await post(`${address}/remove-member`, { member: idOf(6) });
    const other = registered(idOf(7), '2016-05-20');
    families.set(nationalId, { person: registered(nationalId, '1981-06-05'), spouses: [], children: [other] });
    const sent = await post(`${address}/submit`, { requestId: 'missing-one' });
    expect(sent.headers.location).toBe(`${address}?new`);
    const { get } = await visitor(nationalId);
    const { body } = await get(address);
    expect(body).toContain('خانوار باید کامل باشد');
    expect(body).toContain('این اعضا باید همراه باشند');
    expect(body).not.toContain(nationalIdText(BigInt(idOf(7))));
    expect(body).toContain('۱۴۲۰');
  });

  it('M-15: is billed and not paid while the gateway is silent; sent twice it is sent once', async () => {
    const { get, post, address } = await applicant(8);
    const sent = await Promise.all([1, 2].map(() => post(`${address}/submit`, { requestId: 'sent-twice' })));
    expect(sent.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    const { body } = await get(address);
    expect(body).toContain('منتظر پرداخت شما هستیم');
    const paying = await post(`${address}/pay`, {});
    expect(paying.headers.location).toBe(`${address}?problem=PAYMENT_GATEWAY_SILENT`);
    expect((await get(paying.headers.location ?? '')).body).toContain('درگاه پرداخت جواب نداد');
    const withdrawn = await post(`${address}/withdraw`, { requestId: 'withdrawn' });
    expect(withdrawn.headers.location).toBe(address);
    expect((await get(address)).body).toContain('پس گرفته شد');
    expect((await post(`${address}/withdraw`, { requestId: 'again-and-again' })).headers.location).toBe(
      `${address}?problem=APPLICATION_STATE`,
    );
  });

  it('M-36: is followed by its cover, and from a month before the end by a renewal', async () => {
    const { get, post, address, nationalId } = await applicant(9);
    await post(`${address}/submit`, { requestId: 'to-be-renewed' });
    const own = { kind: 'self', person: BigInt(nationalId) } as const;
    const [bill] = (await enrolment.readHousehold(own, own)).bills;
    const owed = bill === undefined ? undefined : await findPayersBill(pool, own.person, bill.bill);
    if (bill === undefined || owed === undefined) throw new Error('a bill was expected');
    await counter.takeAtCounter({
      ...{ ...owed, office: '72001', operator: 'staff:sara', receiptNumber: '1', amount: bill.payable },
    });
    const covered = await get('/enrol/home');
    expect(covered.body).toContain('شماره دفترچه');
    expect(covered.body).not.toContain('/enrol/renew');
    const early = await post('/enrol/renew', { route: 'selfDeclared', requestId: 'too-early' });
    expect(early.headers.location).toBe('/enrol/home?problem=APPLICATION_STATE');
    const before = clock.now().toISOString();
    clock.set('2027-11-10T08:00:00Z');
    expect((await get('/enrol/home')).body).toContain('href="/enrol/renew"');
    expect((await post('/enrol/renew', {})).statusCode).toBe(400);
    const renewed = await post('/enrol/renew', { route: 'selfDeclared', requestId: 'in-good-time' });
    expect(renewed.headers.location).toMatch(/^\/enrol\/applications\/\d{13}\?new$/);
    expect((await get(renewed.headers.location ?? '')).body).toContain('درخواست شما رسید');
    clock.set(before);
  });

  it('a payment that is none of ours is said to be so, and nothing more', async () => {
    const shown = await app.inject('/enrol/paid?Authority=A0000&Status=OK');
    expect(shown.body).toContain('چنین پرداختی نیست');
    const back = await app.inject({
      url: '/v1/enrolment/payments/return?Authority=A1&Status=OK',
      headers: { accept: 'text/html' },
    });
    expect(back.headers.location).toBe('/enrol/paid?Authority=A1');
  });
});
