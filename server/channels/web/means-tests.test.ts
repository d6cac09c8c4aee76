import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { Ids } from '../../platform/index.ts';
import type { TokenHolder } from '../tokens.ts';
import { createTestWeb, SetClock } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const clock = new SetClock();
const ids = new Ids(pool, clock);
const { app, bearer, logged } = await createTestWeb({ pool, ids, clock });
afterAll(async () => {
  await ids.close();
  await database.close();
});

const head = { kind: 'self', person: 12_345_679n } as const;
const son = { kind: 'self', person: 12_345_717n } as const;
const agent = { kind: 'staff', user: 'reza', role: 'call-centre-agent' } as const;
const analyst = { kind: 'staff', user: 'ali', role: 'analyst' } as const;
const provider = { kind: 'provider', code: '1001' } as const;

const at = '2026-11-01T08:00:00Z';
await pool.query('insert into household values (1, 12345679, $1)', [at]);
await pool.query(
  `insert into household_member (household, person, from_day, relation, sex, birth_date, cause)
   values (1, 12345679, '2020-01-01', 'head', 'female', '1980-01-01', 'import')`,
);
await pool.query(
  `insert into means_inquiry (household, inquiry, purpose, head, members, requested_on, requested_at, state, try_at, attempts,
     sent_on, due_on, escalated)
   values (1, 2, 'existing', 12345679, '{12345679}', '2026-09-01', $1, 'answered', $1, 0, '2026-09-01', '2026-10-02', 0),
     (1, 3, 'contest', 12345679, '{12345679}', '2026-10-01', $1, 'sent', $1, 0, '2026-10-01', '2026-11-01', 1)`,
  [at],
);
await pool.query(
  `insert into means_result (household, result, inquiry, determined_on, decile, received_at, received_from, is_late,
     law_version, acts_version, fee_group)
   values (1, 4, 2, '2026-09-20', 9, $1, 'api', false, 'law', 0, 3)`,
  [at],
);
await pool.query(
  `insert into decile_case (household, result, head, decile, determined_on, started_at, state, state_since, deadline_on,
     deadline_from, look_at)
   values (1, 4, 12345679, 9, '2026-09-20', $1, 'running', $1, '2026-12-01', 'delivery', $1)`,
  [at],
);

async function call(holder: TokenHolder, url: string, payload?: object) {
  const headers = await bearer(holder);
  const method = payload === undefined ? 'GET' : 'POST';
  const answer = await app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

describe('means tests over HTTP', () => {
  const own = '/v1/enrolment/means-tests';

  it('M-06, M-32: are told to the head with due day and result, and to staff, whose reading is recorded', async () => {
    const told = await call(head, own);
    expect(told.body).toMatchObject({
      inquiries: [
        { purpose: 'contest', state: 'sent', dueOn: '2026-11-01', isOverdue: true, results: [] },
        { purpose: 'existing', state: 'answered', results: [{ decile: 9, feeGroup: 3, incomeMonthly: null }] },
      ],
      notices: [{ decile: 9, state: 'running', deadlineOn: '2026-12-01' }],
    });
    const toStaff = await call(agent, `${own}?nationalId=0012345679`);
    expect(toStaff.body).toEqual(told.body);
    const { rows } = await pool.query('select reader, purpose from record_reading');
    expect(rows).toEqual([{ reader: 'reza', purpose: 'means tests' }]);
  });

  it('are nobody else’s', async () => {
    expect((await call(son, own)).status).toBe(404);
    expect((await call(son, `${own}?nationalId=0012345679`)).status).toBe(403);
    expect((await call(provider, own)).status).toBe(403);
    expect((await call(analyst, `${own}?nationalId=0012345679`)).status).toBe(403);
    expect((await call(agent, own)).body).toMatchObject({ code: 'INVALID_REQUEST', path: '/nationalId' });
    expect((await call(agent, `${own}?nationalId=1`)).body).toMatchObject({ code: 'INVALID_NATIONAL_ID' });
  });

  it('M-21: what is overdue is listed for staff, without naming a person', async () => {
    const overdue = await call(analyst, `${own}/overdue`);
    expect(overdue.body).toMatchObject({
      inquiries: [{ reference: '1-3', dueOn: '2026-11-01', daysOverdue: 22, escalatedTo: 'desk' }],
    });
    expect(JSON.stringify(overdue.body)).not.toContain('12345679');
    expect((await call(analyst, `${own}/overdue?after=1-3`)).body).toEqual({ inquiries: [] });
    const batches = await call(analyst, `${own}/batches`);
    expect(batches.body).toEqual({ batches: [{ batch: null, sent: 2, answered: 1, overdue: 1 }] });
    expect((await call(head, `${own}/overdue`)).status).toBe(403);
    expect((await call(agent, `${own}/batches`)).status).toBe(403);
  });

  it('M-60: a decile is contested by the head, once', async () => {
    const contest = '/v1/enrolment/decile-contests';
    expect((await call(son, contest, { text: 'نه' })).status).toBe(404);
    expect((await call(head, contest, { text: ' ' })).status).toBe(400);
    expect((await call(head, contest, { text: 'درآمد ما کم است' })).status).toBe(201);
    expect((await call(head, contest, { text: 'باز' })).status).toBe(409);
    const { rows } = await pool.query('select by_whom from decile_contest');
    expect(rows).toEqual([{ by_whom: 'person:0012345679' }]);
    expect((await call(head, own)).body).toMatchObject({ notices: [{ state: 'contested' }] });
    expect(logged.join('')).not.toMatch(/12345679|درآمد/);
  });
});
