import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTestWeb } from './testing.ts';

describe('POST /v1/decisions', async () => {
  const { app } = await createTestWeb();
  const decide = (payload: string, type = 'application/json') =>
    app.inject({ method: 'POST', url: '/v1/decisions', headers: { 'content-type': type }, payload });

  it('decides what the command decides, for anybody', async () => {
    const file = join(import.meta.dirname, '../../../law/examples/cases.ndjson');
    const cases = readFileSync(file, 'utf8').trim().split('\n');
    for (const each of cases) {
      const answer = await decide(each);
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toMatchObject({
        outcome: expect.any(String) as unknown,
        lawVersion: expect.any(String) as unknown,
      });
    }
    expect(cases.length).toBeGreaterThan(5);
  });

  it('names the first fault of a case that is none', async () => {
    const missing = await decide('{"kind":"entitlement"}');
    expect(missing.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(missing.json()).toMatchObject({ status: 400, code: 'INVALID_CASE', path: '/on' });
    expect(missing.json<{ message: string }>().message).toMatch(/./);
    expect((await decide('{')).json()).toMatchObject({ code: 'INVALID_CASE', path: '' });
    expect((await decide('')).statusCode).toBe(400);
    expect((await decide('[]')).json()).toMatchObject({ code: 'INVALID_CASE', path: '' });
  });

  it('refuses what is too long or of another type', async () => {
    expect((await decide(JSON.stringify({ caseId: 'x'.repeat(70_000) }))).statusCode).toBe(413);
    expect((await decide('{}', 'text/plain')).statusCode).toBe(415);
  });

  it('is limited by address', async () => {
    const { app: limited } = await createTestWeb({ limits: { perToken: 1, perAddress: 1 } });
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => limited.inject({ method: 'POST', url: '/v1/decisions', payload: {} })),
    );
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    expect(refused.length).toBeGreaterThanOrEqual(9);
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('operation', () => {
  it('says whether it lives and whether it would answer', async () => {
    let isReady = true;
    const { app } = await createTestWeb({ isReady: () => Promise.resolve(isReady) });
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'alive' });
    expect((await app.inject('/readyz')).statusCode).toBe(200);
    isReady = false;
    const not = await app.inject('/readyz');
    expect([not.statusCode, not.headers['retry-after']]).toEqual([503, '1']);
  });

  it('says in a demo that it is one, in every answer', async () => {
    const { app } = await createTestWeb({ isDemo: true });
    for (const url of ['/healthz', '/nowhere', '/v1/inquiries/1']) {
      expect((await app.inject(url)).headers['estehqaq-demo']).toBe('demo');
    }
    expect((await app.inject('/docs')).body).toContain('آزمایشی');
    expect((await (await createTestWeb()).app.inject('/healthz')).headers['estehqaq-demo']).toBeUndefined();
  });

  it('shows its description without scripts and without another host', async () => {
    const { app } = await createTestWeb();
    const page = await app.inject('/docs');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.body).toContain('/v1/inquiries');
    expect(page.body).not.toMatch(/<script|https?:\/\/| style=| on\w+="/i);
    expect((await app.inject('/docs/style.css')).headers['content-type']).toContain('text/css');
  });

  it('answers what is not there with a problem', async () => {
    const { app } = await createTestWeb();
    for (const url of ['/', '/v1', '/v1/inquiries', '/%', `/v1/inquiries/${'9'.repeat(500)}`, '/v1/../healthz/x']) {
      const answer = await app.inject(url);
      expect(answer.headers['content-type'], url).toMatch(/^application\/problem\+json/);
      expect([400, 401, 404], url).toContain(answer.statusCode);
      expect(answer.body).not.toContain('9'.repeat(100));
    }
  });
});

describe('GET /v1/people/me/inquiries', () => {
  it('is for the person alone', async () => {
    const { app, bearer, inquiry } = await createTestWeb();
    inquiry.whoAsked = (person, page) =>
      Promise.resolve([
        {
          trackingCode: '4819205733161234',
          askedAt: new Date('2026-11-23T08:00:00Z'),
          asker: { kind: 'provider', code: '1001', name: `${person} ${page?.limit ?? 0}` },
          channel: 'web',
          setting: 'outpatient',
          on: '2026-11-23',
          outcome: 'ENTITLED',
        },
      ]);
    const url = '/v1/people/me/inquiries?limit=5';
    const own = await app.inject({ url, headers: await bearer({ kind: 'self', person: 12345679n }) });
    expect(own.json()).toEqual({
      inquiries: [
        {
          trackingCode: '4819205733161234',
          askedAt: '2026-11-23T08:00:00.000Z',
          asker: { kind: 'provider', code: '1001', name: '12345679 5' },
          channel: 'web',
          setting: 'outpatient',
          on: '2026-11-23',
          outcome: 'ENTITLED',
        },
      ],
    });
    const other = await app.inject({ url, headers: await bearer({ kind: 'provider', code: '1001' }) });
    expect(other.json()).toMatchObject({ status: 403, code: 'NOT_YOURS' });
  });
});

describe('an address of its own', async () => {
  const hostPages = new Map([
    ['medical.example.org', '/insured'],
    ['darman.example.org', '/provider'],
  ] as const);
  const { app } = await createTestWeb({ hostPages, isDemo: true });
  const call = (host: string, url = '/') => app.inject({ url, headers: { host } });

  it.each([
    ['medical.example.org', '/insured', 'استعلام بیمه‌شدگان (آزمایشی)'],
    ['DARMAN.example.org:8080', '/provider', 'درگاه مراکز درمانی (آزمایشی)'],
  ])('%s leads to %s (T-16)', async (host, page, title) => {
    const answer = await call(host);
    expect([answer.statusCode, answer.headers.location]).toEqual([302, page]);
    const shown = await call(host, page);
    expect(shown.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(shown.body).toContain(title);
    expect(shown.body).not.toContain('<script');
  });

  it('is nobody else’s', async () => {
    expect((await call('example.org')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect((await call('medical.example.org', '/enrol')).statusCode).toBe(404);
    const { app: plain } = await createTestWeb();
    expect((await plain.inject({ url: '/insured' })).statusCode).toBe(404);
  });
});

describe('what is no HTTP', async () => {
  const { app } = await createTestWeb();

  it('is refused in the form of every other refusal', async () => {
    const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect(Number(port), '127.0.0.1');
    socket.setEncoding('utf8').end('GARBAGE\r\n\r\n');
    const text = (await Array.fromAsync(socket as AsyncIterable<string>)).join('');
    await app.close();
    expect(text).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json.*"code":"INVALID_REQUEST"/s);
  });
});
