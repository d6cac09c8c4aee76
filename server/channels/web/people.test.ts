import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { generatePeople } from '../../membership/index.ts';
import { createRealWeb } from './testing.ts';

const nationalId = (JSON.parse([...generatePeople(1, 1)][0] ?? '') as { nationalId: string }).nationalId;
const clerk = { kind: 'staff', user: 'reza', role: 'registry-clerk' } as const;

describe('people’s records', async () => {
  const database = await freshDatabase();
  const { app, bearer, close } = await createRealWeb(database);
  afterAll(async () => {
    await close();
    await database.close();
  });
  const read = async (id: string, holder: Parameters<typeof bearer>[0] = clerk) =>
    app.inject({ url: `/v1/people/${id}?purpose=a+call`, headers: await bearer(holder) });
  const record = async (payload: object, id = nationalId, holder: Parameters<typeof bearer>[0] = clerk) =>
    app.inject({ method: 'POST', url: `/v1/people/${id}/facts`, payload, headers: await bearer(holder) });

  it('are read by staff for a purpose, and every reading is recorded', async () => {
    const answer = await read(nationalId);
    expect(answer.json()).toMatchObject({ nationalId, version: 1, sources: { imports: { insurer: {} } } });
    expect((await read('0012345679')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const { rows } = await database.asOwner((owner) =>
      owner.query('select person, reader, role, purpose from record_reading order by person desc'),
    );
    const reading = { reader: 'reza', role: 'registry-clerk', purpose: 'a call' };
    expect(rows).toEqual([
      { person: BigInt(nationalId), ...reading },
      { person: 12345679n, ...reading },
    ]);
    const without = await app.inject({ url: `/v1/people/${nationalId}`, headers: await bearer(clerk) });
    expect(without.json()).toMatchObject({ status: 400, code: 'INVALID_REQUEST', path: '/purpose' });
  });

  it('are for nobody else', async () => {
    for (const holder of [
      { kind: 'provider', code: '100001' },
      { kind: 'self', person: BigInt(nationalId) },
      { kind: 'staff', user: 'sara', role: 'analyst' },
    ] as const) {
      expect((await read(nationalId, holder)).json()).toMatchObject({ status: 403, code: 'NOT_YOURS' });
      const recorded = await record({ name: 'disabled', value: true }, nationalId, holder);
      expect(recorded.json()).toMatchObject({ status: 403, code: 'NOT_YOURS' });
    }
    const auditor = await record({ name: 'disabled', value: true }, nationalId, { ...clerk, role: 'auditor' });
    expect(auditor.statusCode).toBe(403);
  });

  it('take facts with who saw what', async () => {
    const fact = { name: 'idSightedOn', value: '2026-11-01' };
    expect((await record(fact)).json()).toMatchObject({ status: 400, code: 'FACT_INVALID' });
    const seen = { document: 'birth certificate', by: 'reza' };
    expect((await record({ ...fact, seen })).json()).toEqual({ version: 2, changed: true });
    expect((await record({ ...fact, seen })).json()).toEqual({ version: 2, changed: false });
    expect((await record({ name: 'shoeSize', value: 43 })).json()).toMatchObject({
      code: 'INVALID_REQUEST',
      path: '/name',
    });
    expect((await record(fact, '0012345678')).json()).toMatchObject({ code: 'INVALID_NATIONAL_ID' });
    expect((await record({ ...fact, seen }, '0012345679')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('tell the person who asked', async () => {
    const asked = await app.inject({
      method: 'POST',
      url: '/v1/inquiries',
      payload: { nationalId },
      headers: await bearer({ kind: 'provider', code: '100001' }),
    });
    const { trackingCode, outcome } = asked.json<{ trackingCode: string; outcome: string }>();
    const answer = await app.inject({
      url: '/v1/people/me/inquiries',
      headers: await bearer({ kind: 'self', person: BigInt(nationalId) }),
    });
    expect(answer.json()).toMatchObject({
      inquiries: [{ trackingCode, outcome, channel: 'web', asker: { kind: 'provider', code: '100001' } }],
    });
  });
});
