import { afterAll, describe, expect, it } from 'vitest';
import { enterDemoActs, LawInForce } from '../../decisions/index.ts';
import { freshDatabase } from '../../database/testing.ts';
import type { TokenHolder } from '../tokens.ts';
import { createRealWeb } from './testing.ts';

const database = await freshDatabase();
const { app, bearer, clock, logged, parts, close } = await createRealWeb(database);
const { pool, enrolment } = parts;
afterAll(async () => {
  await close();
  await database.close();
});

const head: TokenHolder = { kind: 'self', person: 12_345_679n };
const stranger: TokenHolder = { kind: 'self', person: 12_345_717n };
const counter: TokenHolder = { kind: 'staff', user: 'sara', role: 'counter-operator' };
const clerk: TokenHolder = { kind: 'staff', user: 'zohreh', role: 'registry-clerk' };
const analyst: TokenHolder = { kind: 'staff', user: 'omid', role: 'analyst' };
const clinic: TokenHolder = { kind: 'provider', code: '100001' };

async function call(holder: TokenHolder, method: 'GET' | 'POST', url: string, payload?: object) {
  const headers = await bearer(holder);
  const answer = await app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
  return { status: answer.statusCode, headers: answer.headers, body: answer.json<Record<string, unknown>>() };
}
const post = (holder: TokenHolder, url: string, payload: object) => call(holder, 'POST', url, payload);
const get = (holder: TokenHolder, url: string) => call(holder, 'GET', url);

const members = [
  { nationalId: '۰۰۱۲۳۴۵۶۷۹', relation: 'head', sex: 'female', birthDate: '1980-01-01', firstName: 'مریم' },
  { nationalId: '0012345695', relation: 'child', sex: 'male', birthDate: '2015-01-01' },
];
const household = { route: 'selfDeclared', termMonths: 6, members };
const sketch = {
  ...household,
  members: members.map(({ relation, birthDate }) => ({ relation, birthDate })),
};

describe('enrolment over HTTP', () => {
  it('bills nothing on figures that nobody has confirmed, and keeps the day of the application', async () => {
    expect(await post(head, '/v1/enrolment/quote', sketch)).toMatchObject({
      ...{ status: 409, body: { code: 'FIGURES_NOT_CONFIRMED' } },
    });
    const law = await LawInForce.start(pool);
    await enterDemoActs(law, clock);
    await enterDemoActs(law, clock);
    expect([law.acts.length, law.confirmations.length]).toEqual([1, 1]);
    await law.stop();
    await expect.poll(async () => (await post(head, '/v1/enrolment/quote', sketch)).status).toBe(200);
  });

  it('goes from the quote over the application to the bill, at the same price', async () => {
    const quoted = await post(head, '/v1/enrolment/quote', sketch);
    expect(quoted.body).toMatchObject({ decision: { outcome: 'TERMS', regime: 'window', payable: 28_296_000 } });
    const opened = await post(head, '/v1/enrolment/applications', { household, requestId: 'o' });
    expect(opened.status).toBe(201);
    const again = await post(head, '/v1/enrolment/applications', { household, requestId: 'o' });
    expect([again.status, again.headers['idempotent-replay'], again.body]).toEqual([200, 'true', opened.body]);
    const one = `/v1/enrolment/applications/${String(opened.body['number'])}`;
    const submitted = await post(head, `${one}/events`, { what: 'submit', requestId: 's' });
    expect(submitted.body).toMatchObject({ state: 'billed', awaits: 'payment' });
    const read = await get(head, one);
    expect(read.body).toMatchObject({ requestedOn: '2026-11-23', unchecked: true, payUntil: '2026-12-23' });
    const { bills } = (await get(head, '/v1/enrolment/bills')).body as { bills: { payable: number; bill: string }[] };
    expect(bills).toMatchObject([{ payable: 28_296_000, bill: read.body['bill'] }]);
    expect((await get(stranger, one)).status).toBe(404);
    expect((await post(stranger, `${one}/events`, { what: 'withdraw' })).status).toBe(404);
    expect(await get(analyst, one)).toMatchObject({ status: 403, body: { code: 'NOT_YOURS' } });
    expect(await get(clinic, one)).toMatchObject({ status: 403 });
  });

  it('says where in the household something is wrong, and never what was written', async () => {
    const twice = { ...household, members: [...members, { ...members[1], sex: 'female' }] };
    const answer = await post(head, '/v1/enrolment/applications', { household: twice });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'APPLICATION_INVALID', detail: 'nobody is named twice' },
    });
    const nobody = { ...household, members: [{ relation: 'head', sex: 'male', birthDate: '1980-01-01' }] };
    expect(await post(head, '/v1/enrolment/applications', { household: nobody })).toMatchObject({
      body: { code: 'INVALID_REQUEST', path: '/household/members/0' },
    });
    expect(await post(head, '/v1/enrolment/applications', { household })).toMatchObject({
      ...{ status: 409, body: { code: 'APPLICATION_OPEN' } },
    });
  });

  it('M-14: takes an application at a counter, with office and document, and corrections from a clerk alone', async () => {
    const other = {
      ...household,
      members: [{ nationalId: '0012345717', relation: 'head', sex: 'male', birthDate: '1990-01-01' }],
    };
    const withoutOffice = await post(counter, '/v1/enrolment/applications', { household: other });
    expect(withoutOffice.body).toMatchObject({ code: 'APPLICATION_INVALID' });
    const asked = { household: other, office: '72001', identityDocument: 'national card' };
    expect((await post(analyst, '/v1/enrolment/applications', asked)).status).toBe(403);
    const opened = await post(counter, '/v1/enrolment/applications', asked);
    const one = `/v1/enrolment/applications/${String(opened.body['number'])}`;
    await post(counter, `${one}/events`, { what: 'submit', office: '72001' });
    expect((await get(counter, one)).body).toMatchObject({ office: '72001', state: 'billed' });
    const correction = { what: 'correct', household: { ...other, termMonths: 12 }, reason: 'the term' };
    expect((await post(counter, `${one}/events`, correction)).status).toBe(403);
    expect((await post(stranger, `${one}/events`, correction)).status).toBe(403);
    const corrected = await post(clerk, `${one}/events`, correction);
    expect(corrected.body).toMatchObject({ state: 'billed' });
    expect((await get(clerk, one)).body).toMatchObject({ state: 'corrected' });
    const { rows } = await pool.query('select reader, purpose from record_reading where person = 12345717 order by id');
    expect(rows.length).toBe(2);
  });

  it('M-45: answers a clinic whether somebody is covered, without an end, and the person with it', async () => {
    const asked = { nationalId: '0012345679' };
    const told = await post(clinic, '/v1/enrolment/cover-checks', asked);
    expect(told.body).toMatchObject({ nationalId: '0012345679', outcome: 'NOT_COVERED_PAY_TARIFF', clauses: ['M-45'] });
    expect((await post(head, '/v1/enrolment/cover-checks', asked)).status).toBe(200);
    expect((await post(stranger, '/v1/enrolment/cover-checks', asked)).body).toMatchObject({ code: 'NOT_YOURS' });
    const nobody: TokenHolder = { kind: 'provider', code: 'nobody' };
    expect((await post(nobody, '/v1/enrolment/cover-checks', asked)).body).toMatchObject({ code: 'NOT_CONTRACTED' });
  });

  it('M-42: takes a certificate from the treating centre under its own name, or from a counter that has sighted one', async () => {
    const url = '/v1/enrolment/certificates';
    const asked = { kind: 'emergency', nationalId: '0012345679', at: '2026-11-23T07:30:00Z' };
    expect(await post(clinic, url, asked)).toMatchObject({
      ...{ status: 201, body: { providerCode: '100001', certifiedAt: '2026-11-23T07:30:00.000Z' } },
    });
    expect((await post(clinic, url, asked)).status).toBe(200);
    expect((await post(clinic, url, { ...asked, providerCode: '100002' })).status).toBe(403);
    expect((await post(head, url, asked)).status).toBe(403);
    expect((await post(clinic, url, { ...asked, motherNationalId: '0012345679' })).status).toBe(400);
    expect((await post(counter, url, asked)).body).toMatchObject({ path: '/providerCode' });
    const sighted = { ...asked, providerCode: '100001', office: '72001', document: 'letter' };
    expect((await post(counter, url, { ...sighted, at: '2026-11-23T07:31:00Z' })).status).toBe(201);
  });

  it('shows a household to its head, and to staff with a record of it', async () => {
    const own = await get(head, '/v1/enrolment/household');
    expect(own.body).toMatchObject({ head: '0012345679', covers: [], applications: [{ state: 'billed' }] });
    expect((await get(stranger, '/v1/enrolment/household?nationalId=0012345679')).status).toBe(404);
    expect((await get(clerk, '/v1/enrolment/household')).body).toMatchObject({ path: '/nationalId' });
    expect((await get(clerk, '/v1/enrolment/household?nationalId=0012345695')).body).toMatchObject({
      head: '0012345679',
    });
    expect((await post(head, '/v1/enrolment/renewals', { route: 'meansTest' })).status).toBe(404);
  });

  it('writes no id, name or number into the log', () => {
    expect(enrolment).toBeDefined();
    expect(logged.length).toBeGreaterThan(10);
    expect(logged.join('')).not.toMatch(/12345679|12345717|مریم|\d{13}|"o"|sara/);
  });
});
