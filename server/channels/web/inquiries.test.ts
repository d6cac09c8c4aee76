import { describe, expect, it } from 'vitest';
import { Fault } from '../../platform/index.ts';
import { createTestWeb, entitled } from './testing.ts';

const provider = { kind: 'provider', code: '1001' } as const;
const staff = { kind: 'staff', user: 'reza', role: 'auditor' } as const;
const nationalId = '0012345679';

describe('POST /v1/inquiries', async () => {
  const { app, inquiry, bearer, clock, logged } = await createTestWeb();
  const post = async (payload: unknown, headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/v1/inquiries',
      headers: { 'content-type': 'application/json', ...headers },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });

  it('answers a provider with code, outcome and message', async () => {
    const answer = await post({ nationalId }, await bearer(provider));
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['idempotent-replay']).toBeUndefined();
    expect(answer.json()).toEqual({
      trackingCode: '4819205733161234',
      outcome: 'ENTITLED',
      on: '2026-11-23',
      setting: 'outpatient',
      reasons: [],
      clauses: ['T-04', 'T-21'],
      message: {
        fa: 'دارای استحقاق درمان\n1405/09/02\nرهگیری 4819205733161234',
        en: 'Entitled to treatment on 2026-11-23\ntracking code 4819205733161234',
      },
      lawVersion: 'a law',
    });
    expect(inquiry.asked.at(-1)).toEqual({ asker: provider, person: 12345679n, setting: 'outpatient', channel: 'web' });
  });

  it('takes digits of any script, and eight digits', async () => {
    const token = await bearer(provider);
    for (const written of ['۰۰۱۲۳۴۵۶۷۹', '٠٠١٢٣٤٥٦٧٩', '12345679', ' 0012345679 ']) {
      expect((await post({ nationalId: written, setting: 'inpatient' }, token)).statusCode).toBe(200);
      expect(inquiry.asked.at(-1)).toMatchObject({ person: 12345679n, setting: 'inpatient' });
    }
  });

  it('takes the request id from the field or from the header, and says when it is a replay', async () => {
    const token = await bearer(provider);
    inquiry.answer = () => ({ ...entitled, replayed: true });
    const answer = await post({ nationalId }, { ...token, 'idempotency-key': '"abc"' });
    expect(answer.headers['idempotent-replay']).toBe('true');
    expect(inquiry.asked.at(-1)).toMatchObject({ requestId: 'abc' });
    await post({ nationalId, requestId: 'abc' }, { ...token, 'idempotency-key': 'abc' });
    expect(inquiry.asked.at(-1)).toMatchObject({ requestId: 'abc' });
    const other = await post({ nationalId, requestId: 'abd' }, { ...token, 'idempotency-key': 'abc' });
    expect(other.json()).toMatchObject({ status: 400, code: 'INVALID_REQUEST', path: '/requestId' });
    inquiry.answer = () => entitled;
  });

  it('lets only staff ask for another day or an earlier knowledge', async () => {
    const asked = { nationalId, on: '2024-03-20', knownAt: '2024-04-01T00:00:00Z' };
    expect((await post(asked, await bearer(provider))).json()).toMatchObject({ code: 'INVALID_REQUEST', path: '/on' });
    expect((await post(asked, await bearer(staff))).statusCode).toBe(200);
    expect(inquiry.asked.at(-1)).toMatchObject({ asker: staff, knownAt: new Date('2024-04-01T00:00:00Z') });
    const noDay = await post({ nationalId, on: '2023-02-30' }, await bearer(staff));
    expect(noDay.json()).toMatchObject({ code: 'INVALID_REQUEST', path: '/on' });
    const analyst = await post({ nationalId }, await bearer({ ...staff, role: 'analyst' }));
    expect(analyst.json()).toMatchObject({ status: 403, code: 'NOT_YOURS' });
  });

  it.each([
    ['not JSON', '{', 400, 'INVALID_REQUEST', undefined],
    ['nothing', '', 400, 'INVALID_REQUEST', undefined],
    ['an unknown field', { nationalId, nationalID: '1' }, 400, 'INVALID_REQUEST', '/nationalID'],
    ['a field missing', {}, 400, 'INVALID_REQUEST', '/nationalId'],
    ['a number', { nationalId: 12345679 }, 400, 'INVALID_REQUEST', '/nationalId'],
    ['null', 'null', 400, 'INVALID_REQUEST', ''],
    ['another setting', { nationalId, setting: 'home' }, 400, 'INVALID_REQUEST', '/setting'],
    ['a wrong check digit', { nationalId: '0012345678' }, 400, 'INVALID_NATIONAL_ID', undefined],
    ['all digits equal', { nationalId: '1111111111' }, 400, 'INVALID_NATIONAL_ID', undefined],
    ['something poisonous', '{"__proto__": {"nationalId": "0012345679"}}', 400, 'INVALID_REQUEST', undefined],
    ['too much', { nationalId, requestId: 'x'.repeat(70_000) }, 413, 'PAYLOAD_TOO_LARGE', undefined],
  ])('refuses %s', async (_name, payload, status, code, path) => {
    const answer = await post(payload, await bearer(provider));
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ status, code, ...(path !== undefined && { path }) });
    expect(answer.statusCode).toBe(status);
    expect(answer.body).not.toMatch(/0012345678|stack|at .*\.ts/);
  });

  it('refuses another media type', async () => {
    const token = await bearer(provider);
    const answer = await post(`nationalId=${nationalId}`, {
      ...token,
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer.json()).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
    expect((await post(nationalId, { ...token, 'content-type': 'text/plain' })).statusCode).toBe(415);
  });

  it('refuses a token that is missing, forged, of another key or expired', async () => {
    const { authorization } = await bearer(provider);
    const none = await post({ nationalId }, {});
    expect(none.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(none.headers['www-authenticate']).toMatch(/^Bearer/);
    const [head = '', body = '', signature = ''] = authorization.split('.');
    const other = Buffer.from(body, 'base64url').toString().replace('1001', '1002');
    for (const forged of [
      `${head}.${Buffer.from(other).toString('base64url')}.${signature}`,
      `${head}.${body}.`,
      `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`,
      'Bearer x',
      `Bearer ${'x'.repeat(5000)}`,
      authorization.replace('Bearer', 'Basic'),
    ]) {
      expect((await post({ nationalId }, { authorization: forged })).json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    expect((await post({ nationalId }, { authorization })).statusCode).toBe(200);
    clock.set('2026-11-23T09:00:01Z');
    expect((await post({ nationalId }, { authorization })).statusCode).toBe(401);
    clock.set('2026-11-23T08:00:00Z');
  });

  it.each([
    ['OVERLOADED', 503, 'OVERLOADED', '1'],
    ['DATABASE_UNAVAILABLE', 503, 'COULD_NOT_DETERMINE', '2'],
    ['DATABASE_OUTCOME_UNKNOWN', 503, 'COULD_NOT_DETERMINE', '2'],
    ['COULD_NOT_DETERMINE', 503, 'COULD_NOT_DETERMINE', '2'],
    ['NOT_CONTRACTED', 403, 'NOT_CONTRACTED', undefined],
    ['NOT_YOURS', 403, 'NOT_YOURS', undefined],
    ['REQUEST_ID_REUSED', 409, 'REQUEST_ID_REUSED', undefined],
    ['DATABASE_FAULT', 500, 'UNEXPECTED', undefined],
  ] as const)('tells the fault %s without its words', async (fault, status, code, retryAfter) => {
    inquiry.answer = () => {
      throw new Fault(fault, 'select * from dossier where person = 12345679');
    };
    const answer = await post({ nationalId }, await bearer(provider));
    expect(answer.json()).toMatchObject({ status, code });
    expect(answer.headers['retry-after']).toBe(retryAfter);
    expect(answer.body).not.toMatch(/select|12345679/);
    inquiry.answer = () => entitled;
  });

  it('has written no id, code, request id or query into the log', () => {
    expect(logged.length).toBeGreaterThan(20);
    expect(logged.join('')).not.toMatch(/12345679|4819205733161234|abc|select|127\.0\.0\.1/);
  });
});

describe('GET /v1/inquiries/{trackingCode}', async () => {
  const { app, bearer } = await createTestWeb();

  it('tells what was answered, and to others the same as for a code that never was', async () => {
    const headers = await bearer(provider);
    const found = await app.inject({ url: `/v1/inquiries/${entitled.trackingCode}`, headers });
    expect(found.json()).toMatchObject({ outcome: 'ENTITLED', askedAt: '2026-11-23T08:00:00.000Z' });
    for (const code of ['1', 'x', '%00', '۱۲۳۴', "';--"]) {
      const answer = await app.inject({ url: `/v1/inquiries/${encodeURIComponent(code)}`, headers });
      expect(answer.json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
  });
});

describe('limits', () => {
  it('slow an asker who tries out ids, and nobody else', async () => {
    const { app, bearer, logged, parts } = await createTestWeb();
    const ask = async (code: string, id: string) =>
      app.inject({
        method: 'POST',
        url: '/v1/inquiries',
        headers: await bearer({ kind: 'provider', code }),
        payload: { nationalId: id },
      });
    const first = await Promise.all(Array.from({ length: 200 }, () => ask('1001', '0012345678')));
    expect(first.filter(({ statusCode }) => statusCode !== 400)).toEqual([]);
    const begun = performance.now();
    const more = await Promise.all(Array.from({ length: 40 }, () => ask('1001', nationalId)));
    expect(performance.now() - begun).toBeGreaterThan(1_500);
    const refused = more.filter(({ statusCode }) => statusCode === 429);
    expect(refused.length).toBeGreaterThan(25);
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
    expect(more.filter(({ statusCode }) => statusCode === 200).length).toBeGreaterThan(5);
    expect((await ask('1002', nationalId)).statusCode).toBe(200);
    expect(logged.filter((line) => line.includes('wrong ids'))).toHaveLength(1);
    expect(await parts.metrics.metrics()).toContain('estehqaq_wrong_ids_total 200');
  });

  it('hold for each token, and for each address without one', async () => {
    const { app, bearer } = await createTestWeb({ limits: { perToken: 1, perAddress: 1 } });
    const headers = await bearer(provider);
    const many = async (more: object) =>
      Promise.all(
        Array.from({ length: 25 }, () =>
          app.inject({ method: 'POST', url: '/v1/inquiries', payload: { nationalId }, ...more }),
        ),
      );
    await app.inject({ method: 'POST', url: '/v1/inquiries', payload: { nationalId }, headers });
    const limited = (answers: { statusCode: number }[]) =>
      answers.filter(({ statusCode }) => statusCode === 429).length;
    expect(limited(await many({ headers }))).toBeGreaterThan(3);
    expect(limited(await many({}))).toBeGreaterThan(3);
    expect(limited(await many({ remoteAddress: '10.0.0.9' }))).toBeGreaterThan(3);
    const forwarded = await many({ remoteAddress: '10.0.0.9', headers: { 'x-forwarded-for': '10.1.1.1' } });
    expect(limited(forwarded)).toBe(25);
  });

  it('believe a proxy that is named', async () => {
    const { app } = await createTestWeb({ limits: { perToken: 1, perAddress: 1 }, trustedProxies: ['10.0.0.0/8'] });
    const statuses = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const headers = { 'x-forwarded-for': `192.0.2.${index}` };
        return (await app.inject({ url: '/v1/inquiries/1', remoteAddress: '10.0.0.9', headers })).statusCode;
      }),
    );
    expect(new Set(statuses)).toEqual(new Set([401]));
  });
});
