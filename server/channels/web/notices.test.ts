import { afterAll, describe, expect, it } from 'vitest';
import { transaction } from '../../database/index.ts';
import { freshDatabase } from '../../database/testing.ts';
import { createDemoTransport, createNoticeSender, enqueueNotice, usualQuietHours } from '../../notices/index.ts';
import { createLog, createMetrics, Ids } from '../../platform/index.ts';
import type { TokenHolder } from '../tokens.ts';
import { createTestWeb, keys, SetClock } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const clock = new SetClock();
const ids = new Ids(pool, clock);
afterAll(async () => {
  await ids.close();
  await database.close();
});

const mother = { kind: 'self', person: 12_345_679n } as const;
const son = { kind: 'self', person: 12_345_717n } as const;
const agent: TokenHolder = { kind: 'staff', user: 'reza', role: 'call-centre-agent' };
const auditor: TokenHolder = { kind: 'staff', user: 'ali', role: 'auditor' };
const provider: TokenHolder = { kind: 'provider', code: '1001' };

await pool.query('insert into person_mobile (person, mobile) values (12345679, 989120000001)');
await transaction(pool, async (client) => {
  for (const person of [mother.person, son.person]) {
    const of = { owner: 1n, person, key: `k${person}` };
    await enqueueNotice(client, clock, ids, { ...of, event: 'coverLapsed', data: { endedOn: '2026-11-22' } });
  }
});
const sender = createNoticeSender({
  pool,
  clock,
  transport: createDemoTransport({ pool, clock, ids }),
  keys,
  log: createLog('silent'),
  metrics: createMetrics(),
  quietHours: usualQuietHours,
  decileWording: 'restored',
});
await sender.sendDue(clock.now(), 10);

async function callOn(web: Awaited<ReturnType<typeof createTestWeb>>, holder: TokenHolder, url: string, body?: object) {
  const headers = await web.bearer(holder);
  const answer = await web.app.inject({
    method: body === undefined ? 'GET' : 'PUT',
    url,
    headers,
    ...(body !== undefined && { payload: body }),
  });
  return { status: answer.statusCode, headers: answer.headers, text: answer.body };
}

describe('notices over HTTP', async () => {
  const web = await createTestWeb({ pool, ids });
  const get = (holder: TokenHolder, url: string) => callOn(web, holder, url);

  it('are the person’s own, in both languages', async () => {
    const own = await get(mother, '/v1/people/me/notices');
    expect(JSON.parse(own.text)).toMatchObject({
      notices: [
        { event: 'coverLapsed', state: 'sent', texts: { fa: expect.stringContaining('۱ آذر ۱۴۰۵') as unknown } },
      ],
    });
    const { notices } = JSON.parse(own.text) as { notices: { id: string }[] };
    const older = await get(mother, `/v1/people/me/notices?limit=1&before=${notices[0]?.id ?? ''}`);
    expect(JSON.parse(older.text)).toEqual({ notices: [] });
    expect((await get(agent, '/v1/people/me/notices')).status).toBe(403);
    expect((await get(mother, '/v1/people/me/notices?before=x')).status).toBe(400);
  });

  it('go by the wish of the person', async () => {
    const url = '/v1/people/me/notice-preference';
    expect(JSON.parse((await get(mother, url)).text)).toEqual({ language: 'fa', bySms: true });
    const wish = { language: 'en', bySms: false };
    expect((await callOn(web, mother, url, wish)).status).toBe(200);
    expect(JSON.parse((await get(mother, url)).text)).toEqual(wish);
    expect((await callOn(web, mother, url, { language: 'de', bySms: false })).status).toBe(400);
    expect((await callOn(web, provider, url, wish)).status).toBe(403);
  });

  it('M-62: that reached nobody are listed for staff, masked, and as a table', async () => {
    const url = '/v1/notices/unreachable?event=coverLapsed';
    const listed = await get(agent, url);
    expect(JSON.parse(listed.text)).toMatchObject({ people: [{ nationalId: '001*****17', name: null }] });
    const table = await get(agent, url.replace('?', '.csv?'));
    expect(table.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(table.text).toMatch(/^\ufeffreference,name,nationalId,district,centre\r\n\d+,,001\*{5}17,,\r\n$/);
    await pool.query(`insert into household values (1, $1, $2)`, [son.person, clock.now()]);
    await pool.query(`insert into person_household values ($1, 1, $2)`, [son.person, clock.now()]);
    await pool.query(
      `insert into insured_household values (1, 'rural', false, '2027-01-01', true, false, 'ورامین', 'مرکز یک', $1)`,
      [clock.now()],
    );
    const ofCentre = await get(agent, `${url}&centre=${encodeURIComponent('مرکز یک')}`);
    expect(JSON.parse(ofCentre.text)).toMatchObject({ people: [{ district: 'ورامین', centre: 'مرکز یک' }] });
    expect(JSON.parse((await get(agent, `${url}&centre=x`)).text)).toEqual({ people: [] });
    for (const holder of [mother, provider, auditor]) expect((await get(holder, url)).status).toBe(403);
    expect((await get(agent, '/v1/notices/unreachable?event=none')).status).toBe(400);
  });

  it('are shown to staff in a demo alone', async () => {
    const url = '/v1/demo/messages';
    expect((await get(agent, url)).status).toBe(404);
    const demo = await createTestWeb({ pool, ids, isDemo: true });
    const seen = await callOn(demo, agent, `${url}?mobile=09120000001`);
    expect(JSON.parse(seen.text)).toMatchObject({ messages: [{ mobile: '+989120000001' }] });
    expect((await callOn(demo, agent, `${url}?mobile=1`)).status).toBe(400);
    expect((await callOn(demo, mother, url)).status).toBe(403);
  });
});
