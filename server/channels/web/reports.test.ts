import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { generatePeople } from '../../membership/index.ts';
import type { StaffRole } from '../tokens.ts';
import { createRealWeb } from './testing.ts';

const known = [...generatePeople(3, 1)].map((line) => (JSON.parse(line) as { nationalId: string }).nationalId);
const [asked = '', notAsked = ''] = known;

describe('reports', async () => {
  const database = await freshDatabase();
  const { app, bearer, close } = await createRealWeb(database);
  afterAll(async () => {
    await close();
    await database.close();
  });
  const as = (role: StaffRole) => bearer({ kind: 'staff', user: 'reza', role });
  const count = async (query: string, role: StaffRole = 'analyst', more: object = {}) =>
    app.inject({ url: `/v1/reports/inquiries?${query}`, headers: { ...(await as(role)), ...more } });
  const check = async (services: unknown, role: StaffRole = 'auditor', more: object = {}) =>
    app.inject({
      method: 'POST',
      url: '/v1/reports/unchecked',
      payload: { services },
      headers: { ...(await as(role)), ...more },
    });
  const csv = { accept: 'text/csv' };
  const service = (nationalId: string, more: object = {}) => ({
    nationalId,
    provider: '100001',
    day: '2026-11-23',
    ...more,
  });
  const provider = await bearer({ kind: 'provider', code: '100001' });
  await app.inject({ method: 'POST', url: '/v1/inquiries', headers: provider, payload: { nationalId: asked } });

  it('count inquiries of days in either calendar (T-06)', async () => {
    const answer = await count('from=1405/09/01&to=2026-11-30');
    expect(answer.statusCode).toBe(200);
    const { inquiries } = answer.json<{ inquiries: object[] }>();
    expect(inquiries).toMatchObject([{ day: '2026-11-23', channel: 'web', providerKind: 'physician', inquiries: 1 }]);
    const lines = (await count('from=2026-11-23&to=2026-11-23', 'administrator', csv)).body.split('\r\n');
    expect(lines).toEqual([
      'day,channel,outcome,providerKind,inquiries,meanUs,medianUs,p99Us',
      expect.stringMatching(/^2026-11-23,web,[A-Z_]+,physician,1,\d+,\d+,\d+$/),
      '',
    ]);
  });

  it.each([
    ['from=2026-11-23', '/to'],
    ['from=2026-11-31&to=2026-11-30', '/from'],
    ['from=1405/13/01&to=2026-11-30', '/from'],
    ['from=2024-01-01&to=2026-11-30', undefined],
  ])('refuse the days %s', async (query, path) => {
    const answer = await count(query);
    expect(answer.json()).toMatchObject({ status: 400, code: 'INVALID_REQUEST', ...(path !== undefined && { path }) });
  });

  it('name the services without an inquiry, and record of whom was told (T-26 to T-28)', async () => {
    const list = [service(asked), service(notAsked), service(asked, { setting: 'inpatient' })];
    const answer = await check([...list, service(asked, { day: '1405/09/03' })]);
    expect(answer.json()).toEqual({
      services: 4,
      unchecked: [
        { ...service(notAsked), setting: 'outpatient', check: 'unchecked' },
        { ...service(asked), setting: 'inpatient', check: 'unchecked' },
        { ...service(asked), day: '2026-11-24', setting: 'outpatient', check: 'unchecked' },
      ],
    });
    const { rows } = await database.asOwner((owner) =>
      owner.query<{ person: bigint }>(`select person from record_reading where reader = 'reza' and role = 'auditor'`),
    );
    expect(new Set(rows.map(({ person }) => person))).toEqual(new Set([BigInt(asked), BigInt(notAsked)]));
    const said = await check(list.slice(0, 2), 'analyst', csv);
    expect(said.headers['content-type']).toContain('text/csv');
    expect(said.body).toBe(
      `nationalId,provider,day,setting,check\r\n${notAsked},100001,2026-11-23,outpatient,unchecked\r\n`,
    );
  });

  it('name the line of a list that is not understood, and take no list without an end', async () => {
    const wrong = await check([service(asked), service('1111111111')]);
    expect(wrong.json()).toMatchObject({ status: 400, code: 'INVALID_REQUEST', path: '/services/1/nationalId' });
    expect((await check([service(asked, { day: '2026-02-30' })])).json()).toMatchObject({ path: '/services/0/day' });
    expect((await check(Array(5_001).fill(service(asked)))).statusCode).toBe(400);
    expect((await check(Array(20_000).fill(service(asked)))).statusCode).toBe(413);
    expect((await check([])).json()).toEqual({ services: 0, unchecked: [] });
  });

  it('are for analysts, auditors and administrators alone', async () => {
    for (const role of ['counter-operator', 'call-centre-agent', 'registry-clerk', 'contract-officer'] as const) {
      expect((await count('from=2026-11-23&to=2026-11-23', role)).json()).toMatchObject({ code: 'NOT_YOURS' });
      expect((await check([], role)).json()).toMatchObject({ code: 'NOT_YOURS' });
    }
    for (const headers of [provider, await bearer({ kind: 'self', person: BigInt(asked) })]) {
      const answer = await app.inject({ url: '/v1/reports/inquiries?from=2026-11-23&to=2026-11-23', headers });
      expect(answer.json()).toMatchObject({ code: 'NOT_YOURS' });
    }
  });
});
