import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { createInquiry } from '../../inquiry/index.ts';
import { Ids } from '../../platform/index.ts';
import type { TokenHolder } from '../tokens.ts';
import { createTestWeb, keys, SetClock } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const clock = new SetClock();
const ids = new Ids(pool, clock);
const inquiry = createInquiry({
  database,
  clock,
  keys,
  directory: { find: () => undefined },
  otherInsurers: { ask: () => Promise.resolve([]) },
  links: { stateOn: () => ({ msrt: false, sabtAsnad: false }), consult: () => Promise.resolve(false) },
});
const { app, bearer, logged } = await createTestWeb({ inquiry, pool, ids });
afterAll(async () => {
  await inquiry.close();
  await ids.close();
  await database.close();
});

const mother: TokenHolder = { kind: 'self', person: 12_345_679n };
const daughter: TokenHolder = { kind: 'self', person: 12_345_695n };
const son: TokenHolder = { kind: 'self', person: 12_345_717n };
const agent: TokenHolder = { kind: 'staff', user: 'reza', role: 'call-centre-agent' };
const clerk: TokenHolder = { kind: 'staff', user: 'zohreh', role: 'registry-clerk' };
const asText = (holder: TokenHolder) => String(holder.kind === 'self' ? holder.person : 0).padStart(10, '0');

async function record(person: TokenHolder, birthDate: string, standing: object): Promise<void> {
  const facts = { sex: 'female', birthDate, diedOn: null, standings: [standing], otherCovers: null };
  await pool.query(
    `with written as (
       insert into dossier (person, version, recorded_at, facts, sources)
       values ($1::bigint, 1, '2026-01-01', $2::json, '{"imports":{}}'))
     insert into dossier_version (person, version, recorded_at, recorded_by, source, facts, sources)
     values ($1::bigint, 1, '2026-01-01', 'test', 'test', $2::json, '{}')`,
    [asText(person), JSON.stringify(facts)],
  );
}

const child = { class: 'dependant', relation: 'daughter', principalNationalId: asText(mother) };
await record(mother, '1980-05-05', { class: 'insured', basis: 'compulsory', lastContributionMonth: '1404-01' });
await record(daughter, '2001-05-05', child);
await record(son, '2015-05-05', child);

async function call(holder: TokenHolder, method: 'GET' | 'POST', url: string, payload?: object) {
  const headers = await bearer(holder);
  const answer = await app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
  const { statusCode: status } = answer;
  return { status, headers: answer.headers, body: answer.json<Record<string, unknown>>() };
}
const post = (holder: TokenHolder, url: string, payload: object) => call(holder, 'POST', url, payload);
const get = (holder: TokenHolder, url: string) => call(holder, 'GET', url);
const text = 'من بیمه هستم';

describe('objections over HTTP', () => {
  it('go from a refusal to a correction by two persons; the refusal stands meanwhile', async () => {
    const ask = () => post(mother, '/v1/inquiries', { nationalId: asText(mother) });
    const refused = await ask();
    expect(refused.body).toMatchObject({ outcome: 'NOT_ENTITLED' });
    const opening = { text, trackingCode: refused.body['trackingCode'], requestId: 'r1', contact: '021' };
    const opened = await post(mother, '/v1/objections', opening);
    expect(opened.status).toBe(201);
    const again = await post(mother, '/v1/objections', opening);
    expect([again.status, again.headers['idempotent-replay'], again.body]).toEqual([200, 'true', opened.body]);
    expect((await ask()).body).toMatchObject({ outcome: 'NOT_ENTITLED' });

    const one = `/v1/objections/${String(opened.body['caseNumber'])}`;
    const fact = { name: 'standings', version: 1 };
    expect((await post(agent, `${one}/events`, { what: 'assign' })).body).toMatchObject({ state: 'assigned' });
    const proposed = await post(agent, `${one}/events`, { what: 'proposeCorrection', reason: 'paid', fact });
    expect(proposed.status).toBe(200);
    const approval = { what: 'approveCorrection', reason: 'seen' };
    expect((await post(agent, `${one}/events`, approval)).body).toMatchObject({ code: 'NOT_YOURS' });
    const sameUser: TokenHolder = { kind: 'staff', user: 'reza', role: 'administrator' };
    expect((await post(sameUser, `${one}/events`, approval)).body).toMatchObject({ status: 403, code: 'FOUR_EYES' });
    expect((await post(clerk, `${one}/events`, approval)).body).toMatchObject({ state: 'corrected' });
    expect((await post(clerk, `${one}/events`, approval)).body).toMatchObject({ status: 409, code: 'OBJECTION_STATE' });

    const read = await get(agent, one);
    expect(read.body).toMatchObject({
      nationalId: asText(mother),
      trackingCode: refused.body['trackingCode'],
      decision: { outcome: 'corrected', proposedBy: 'reza', approvedBy: 'zohreh', fact },
    });
    const { rows } = await pool.query('select reader from record_reading');
    expect(rows).toEqual([{ reader: 'reza' }]);
    const own = await get(mother, one);
    expect(own.body).toMatchObject({ decision: { outcome: 'corrected', reason: 'seen' } });
    expect(JSON.stringify(own.body)).not.toMatch(/reza|zohreh|standings/);
    expect((await get(daughter, one)).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const listed = await get(mother, '/v1/objections');
    expect(listed.body).toMatchObject({ objections: [{ state: 'corrected', ageDays: 0 }] });
  });

  it('are opened by adults for themselves, by a principal for a minor, by staff for a caller', async () => {
    expect((await post(daughter, '/v1/objections', { text })).status).toBe(201);
    expect((await post(mother, '/v1/objections', { text, nationalId: asText(daughter) })).body).toMatchObject({
      code: 'NOT_YOURS',
    });
    expect((await post(son, '/v1/objections', { text })).body).toMatchObject({ status: 403, code: 'NOT_YOURS' });
    expect((await post(mother, '/v1/objections', { text, nationalId: asText(son) })).status).toBe(201);
    expect((await post(agent, '/v1/objections', { text, nationalId: '۰۰۱۲۳۴۵۷۱۷' })).status).toBe(201);
    expect((await get(agent, `/v1/objections?nationalId=${asText(son)}`)).body['objections']).toHaveLength(2);
    expect((await get(mother, `/v1/objections?nationalId=${asText(son)}`)).body['objections']).toHaveLength(2);
    expect((await get(mother, `/v1/objections?nationalId=${asText(daughter)}`)).status).toBe(403);
    const queue = await get(agent, '/v1/objections?state=opened&limit=2');
    expect(queue.body['objections']).toHaveLength(2);
    expect(JSON.stringify(queue.body)).not.toMatch(/0012345|nationalId/);
  });

  it('are nobody else’s, and say what is wrong with a request', async () => {
    const provider: TokenHolder = { kind: 'provider', code: '1001' };
    const analyst: TokenHolder = { kind: 'staff', user: 'ali', role: 'analyst' };
    for (const holder of [provider, analyst]) {
      expect((await post(holder, '/v1/objections', { text, nationalId: asText(mother) })).status).toBe(403);
      expect((await get(holder, '/v1/objections')).status).toBe(403);
      expect((await get(holder, '/v1/objections/97000000000')).status).toBe(403);
    }
    const wrong: readonly (readonly [TokenHolder, object, string])[] = [
      [mother, { text: '\u0000' }, 'INVALID_REQUEST'],
      [mother, { text: '  ' }, 'INVALID_REQUEST'],
      [mother, { text, trackingCode: '1' }, 'NOT_FOUND'],
      [mother, { text, nationalId: '0012345678' }, 'INVALID_NATIONAL_ID'],
      [agent, { text }, 'INVALID_REQUEST'],
    ];
    for (const [holder, payload, code] of wrong) {
      expect((await post(holder, '/v1/objections', payload)).body, JSON.stringify(payload)).toMatchObject({ code });
    }
    expect((await get(mother, '/v1/objections?state=opened')).body).toMatchObject({ code: 'INVALID_REQUEST' });
    expect((await post(mother, '/v1/objections/97000000000/events', { what: 'withdraw' })).status).toBe(404);
  });

  it('leave nothing of a case in the log', () => {
    expect(logged.length).toBeGreaterThan(20);
    expect(logged.join('')).not.toMatch(/12345679|بیمه|r1|reza|\d{11}/);
  });

  it('take the request id also from the header that retrying clients know', async () => {
    const send = async (url: string, payload: object, key: string) => {
      const headers = { ...(await bearer(daughter)), 'idempotency-key': key };
      const answer = await app.inject({ method: 'POST', url, headers, payload });
      const { caseNumber, code } = answer.json<{ caseNumber?: string; code?: string }>();
      return { status: answer.statusCode, replayed: answer.headers['idempotent-replay'], caseNumber, code };
    };
    const opened = await send('/v1/objections', { text }, '"key-1"');
    expect(opened.status).toBe(201);
    expect(await send('/v1/objections', { text }, 'key-1')).toMatchObject({ ...opened, status: 200, replayed: 'true' });
    expect(await send('/v1/objections', { text, requestId: 'other' }, 'key-1')).toMatchObject({ status: 400 });
    const events = `/v1/objections/${opened.caseNumber ?? ''}/events`;
    expect(await send(events, { what: 'withdraw' }, 'key-2')).toMatchObject({ status: 200, replayed: undefined });
    expect(await send(events, { what: 'withdraw' }, 'key-2')).toMatchObject({ status: 200, replayed: 'true' });
    expect(await send(events, { what: 'withdraw' }, 'key-3')).toMatchObject({ status: 409, code: 'OBJECTION_STATE' });
  });
});
