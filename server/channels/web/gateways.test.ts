import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { createHttpSender, readGateway, usualGateway, type Gateway } from '../sms/index.ts';
import { codeIn, insured, openPhones, provider, register, SetClock } from '../sms/testing-phones.ts';
import { screenTexts } from '../short-messages.ts';
import { createGatewayAccess } from './gateway-access.ts';
import { createTestWeb } from './testing.ts';

const father = { nationalId: '0012345679', mobile: '+989121111111' };
const secret = 'a-secret-of-sixteen';
const header = usualGateway.secretHeader;

const database = await freshDatabase();
const clock = new SetClock();
await register(database, [insured(father.nationalId, father.mobile)], [provider('100001', ['+989124444444'])]);
const phones = await openPhones(database, clock);
afterAll(async () => {
  await phones.close();
  await database.close();
});

const form = (fields: Record<string, string>) => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded', [header]: secret },
  payload: new URLSearchParams(fields).toString(),
});

async function web(
  dialect: Gateway = usualGateway,
  { addresses = [] as string[], trustedProxies = [] as string[] } = {},
) {
  const { app } = await createTestWeb({
    trustedProxies,
    gateways: {
      sms: phones.sms,
      ussd: phones.ussd,
      dialect,
      allows: createGatewayAccess({
        secret,
        header: dialect.secretHeader,
        addresses,
        hasTrustedProxies: trustedProxies.length > 0,
      }),
      send: dialect.outbound === null ? undefined : createHttpSender(dialect.outbound),
    },
  });
  return app;
}

const sms = '/channels/sms/http';
const ussd = '/channels/ussd/http';
const entitled = /^دارای استحقاق درمان تا پایان .*\n5679\nرهگیری \d{16}$/;

describe('the door for SMS', async () => {
  const app = await web();
  const fields = { from: father.mobile, to: '1420', text: '0' };

  it.each([
    ['a form', () => app.inject({ method: 'POST', url: sms, ...form({ ...fields, id: 'a' }) })],
    [
      'JSON',
      () => app.inject({ method: 'POST', url: sms, headers: { [header]: secret }, payload: { ...fields, id: 17 } }),
    ],
    ['an address', () => app.inject({ method: 'GET', url: sms, headers: { [header]: secret }, query: fields })],
    [
      'a POST with an address',
      () => app.inject({ method: 'POST', url: sms, headers: { [header]: secret }, query: fields }),
    ],
  ])('answers %s in its reply', async (_name, ask) => {
    clock.advance(61);
    const answer = await ask();
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(answer.body).toMatch(entitled);
  });

  it('answers a message that is brought again with the same code', async () => {
    const ask = () => app.inject({ method: 'POST', url: sms, ...form({ ...fields, id: 'b' }) });
    const first = codeIn((await ask()).body);
    clock.advance(600);
    expect(codeIn((await ask()).body)).toBe(first);
  });

  it('replies with nothing where there is nothing to say', async () => {
    const answer = await app.inject({ method: 'POST', url: sms, ...form({ ...fields, from: 'TAMIN' }) });
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
  });

  it('says which field is missing', async () => {
    const answer = await app.inject({ method: 'POST', url: sms, ...form({ from: father.mobile }) });
    expect(answer.json()).toMatchObject({ status: 400, code: 'INVALID_REQUEST', path: '/text' });
    const list = await app.inject({
      method: 'POST',
      url: sms,
      headers: { [header]: secret },
      payload: { from: [1], text: '' },
    });
    expect(list.json()).toMatchObject({ status: 400, path: '/from' });
  });
});

describe('the door for USSD', async () => {
  const app = await web();
  const step = (text: string, more: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: ussd,
      ...form({ sessionId: 's1', serviceCode: '*4*1420#', phoneNumber: father.mobile, text, ...more }),
    });

  it('goes from screen to screen', async () => {
    const first = await step('');
    expect(first.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(first.body).toBe(`CON ${screenTexts.menu}`);
    const last = await step('1');
    expect(last.body).toMatch(/^END دارای استحقاق درمان تا پایان /);
    expect(last.body.length).toBeLessThanOrEqual(80);
    expect((await step('1')).body).toBe(last.body);
  });
});

describe('PUT /v1/people/me/notices', () => {
  it('is for the person alone, who may change it again', async () => {
    const { app, bearer } = await createTestWeb({ pool: database.pool });
    const put = async (holder: Parameters<typeof bearer>[0], payload: object) =>
      app.inject({ method: 'PUT', url: '/v1/people/me/notices', headers: await bearer(holder), payload });
    const self = { kind: 'self', person: BigInt(father.nationalId) } as const;
    for (const inquirySms of [true, true, false]) {
      expect((await put(self, { inquirySms })).json()).toEqual({ inquirySms });
      const { rows } = await database.pool.query('select inquiry_sms from person_sms_choice');
      expect(rows).toEqual([{ inquiry_sms: inquirySms }]);
    }
    expect((await put({ kind: 'provider', code: '100001' }, { inquirySms: true })).json()).toMatchObject({
      status: 403,
      code: 'NOT_YOURS',
    });
    expect((await put(self, { inquirySms: 'yes' })).statusCode).toBe(400);
  });
});

describe('strangers', () => {
  it('are sent away, whatever they send', async () => {
    const app = await web();
    const { app: closed } = await createTestWeb();
    for (const [each, headers] of [
      [app, {}],
      [app, { [header]: 'another-secret-of-mine' }],
      [app, { authorization: `Bearer ${secret}` }],
      [closed, { [header]: secret }],
    ] as const) {
      for (const [method, url] of [
        ['GET', sms],
        ['POST', sms],
        ['POST', ussd],
      ] as const) {
        const answer = await each.inject({ method, url, headers, ...(method === 'POST' && { payload: {} }) });
        expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([401, 'UNAUTHENTICATED']);
      }
    }
  });

  it('are known by their address, behind a proxy that is named and no other', async () => {
    const status = async (app: Awaited<ReturnType<typeof web>>, remoteAddress: string, forwarded?: string) => {
      const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
      const query = { from: 'TAMIN', text: 'x' };
      return (await app.inject({ method: 'GET', url: sms, remoteAddress, headers, query })).statusCode;
    };
    const local = await web(usualGateway, { addresses: ['loopback', '10.1.0.0/16'] });
    expect(await status(local, '127.0.0.1')).toBe(200);
    expect(await status(local, '::1')).toBe(200);
    expect(await status(local, '10.1.2.3')).toBe(200);
    expect(await status(local, '10.2.2.3')).toBe(401);
    expect(await status(local, '127.0.0.1', '10.1.2.3')).toBe(401);
    const behind = await web(usualGateway, { addresses: ['10.1.0.0/16'], trustedProxies: ['127.0.0.1'] });
    expect(await status(behind, '127.0.0.1', '10.1.2.3')).toBe(200);
    expect(await status(behind, '127.0.0.1', '10.2.2.3')).toBe(401);
    expect(await status(behind, '10.2.2.3', '10.1.2.3')).toBe(401);
  });
});

describe('a dialect', () => {
  it('has its own names, and answers by a request of ours, once', async () => {
    const got: { url: string; body: string; key: string }[] = [];
    let status = 200;
    const gateway = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        got.push({ url: request.url ?? '', body, key: String(request.headers['apikey']) });
        response.writeHead(status).end('{}');
      });
    });
    await new Promise<void>((listening) => gateway.listen(0, '127.0.0.1', listening));
    const { port } = gateway.address() as AddressInfo;
    const dialect = readGateway({
      secretHeader: 'x-key',
      sms: { fields: { text: 'body', id: 'messageId' }, reply: 'outbound', received: 'OK' },
      outbound: {
        url: `http://127.0.0.1:${port}/v1/{to}/send.json`,
        method: 'POST',
        headers: { apikey: 'k' },
        form: { receptor: '{to}', message: '{text}' },
        numbers: 'national',
      },
    });
    const app = await web(dialect);
    clock.advance(120);
    const query = { from: '09121111111', body: '0', messageId: 'c' };
    const ask = () => app.inject({ method: 'GET', url: sms, headers: { 'x-key': secret }, query });
    status = 500;
    expect((await ask()).statusCode).toBe(503);
    status = 200;
    expect((await ask()).body).toBe('OK');
    expect((await ask()).body).toBe('OK');
    expect(got.map(({ url, key }) => [url, key])).toEqual(Array(2).fill(['/v1/09121111111/send.json', 'k']));
    const texts = got.map(({ body }) => new URLSearchParams(body).get('message') ?? '');
    expect(texts[0]).toMatch(entitled);
    expect(texts[1]).toBe(texts[0]);
    gateway.close();
    gateway.closeAllConnections();
  });

  it.each([
    [{ sms: { fields: { from: '' } } }, '/sms/fields/from'],
    [{ ussd: { root: '1420' } }, '/ussd/root'],
    [{ sms: { reply: 'outbound' } }, '/sms/reply'],
    [{ outbound: { url: 'ftp://x', method: 'GET' } }, '/outbound'],
    [{ other: 1 }, ''],
    [[], ''],
  ])('that is not understood is refused: %j', (data, path) => {
    expect(() => readGateway(data)).toThrow(
      expect.objectContaining({ code: 'GATEWAY_INVALID', message: expect.stringContaining(path) as unknown }),
    );
  });
});
