import { Client, Pool } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { codeOfSqlstate, findConstraint, findFaultCode } from './sqlstate.ts';
import { freshDatabase } from './testing.ts';
import { transaction } from './transaction.ts';

describe.each([
  ['08006', 'DATABASE_OUTCOME_UNKNOWN'],
  ['08001', 'DATABASE_UNAVAILABLE'],
  ['57P01', 'DATABASE_OUTCOME_UNKNOWN'],
  ['57P03', 'DATABASE_UNAVAILABLE'],
  ['XX000', 'DATABASE_OUTCOME_UNKNOWN'],
  ['53100', 'DATABASE_DISK_FULL'],
  ['53300', 'DATABASE_UNAVAILABLE'],
  ['40001', 'DATABASE_CONFLICT'],
  ['57014', 'DATABASE_TIMED_OUT'],
  ['23505', 'DATABASE_DUPLICATE'],
  ['23514', 'DATABASE_CONSTRAINT'],
  ['22P02', 'DATABASE_BAD_VALUE'],
  ['42501', 'DATABASE_ACCESS_REFUSED'],
  ['42601', 'DATABASE_FAULT'],
])('SQLSTATE %s', (sqlstate, code) => {
  it(`is ${code}`, () => {
    expect(codeOfSqlstate(sqlstate)).toBe(code);
  });
});

describe('on the real server', async () => {
  const database = await freshDatabase();
  const { pool, asOwner } = database;
  const description = database.describe();
  const at =
    description.kind === 'embedded'
      ? { host: description.socketFolder, database: description.database, user: 'estehqaq_app' }
      : {};
  await asOwner((client) =>
    client.query(`
      create table entry (id bigint primary key, amount bigint constraint entry_amount check (amount > 0));
      grant select, insert on entry to estehqaq_app`),
  );
  afterAll(() => database.close());
  const count = async (): Promise<bigint | undefined> =>
    (await pool.query<{ n: bigint }>('select count(*) as n from entry')).rows[0]?.n;

  it('commits what returns and takes back what throws', async () => {
    const before = (await count()) ?? 0n;
    expect(await transaction(pool, (client) => client.query('insert into entry values (1, 1)'))).toBeDefined();
    const thrown = transaction(pool, async (client) => {
      await client.query('insert into entry values (2, 1)');
      throw new RangeError('no');
    });
    await expect(thrown).rejects.toThrow(RangeError);
    expect(await count()).toBe(before + 1n);
  });

  it('names what went wrong, and the constraint', async () => {
    const insert = (id: number, amount: number): Promise<unknown> =>
      transaction(pool, (client) => client.query('insert into entry values ($1, $2)', [id, amount]));
    await insert(10, 1);
    const twice: unknown = await insert(10, 1).catch((error: unknown) => error);
    expect([findFaultCode(twice), findConstraint(twice)]).toEqual(['DATABASE_DUPLICATE', 'entry_pkey']);
    const negative: unknown = await insert(11, -1).catch((error: unknown) => error);
    expect([findFaultCode(negative), findConstraint(negative)]).toEqual(['DATABASE_CONSTRAINT', 'entry_amount']);
  });

  it('does not take a transaction for committed in which a statement failed', async () => {
    const swallowed = transaction(pool, async (client) => {
      await client.query('select 1 / 0').catch(() => undefined);
    });
    await expect(swallowed).rejects.toMatchObject({ code: 'DATABASE_FAULT' });
  });

  it('says that it does not know when the connection is lost on the way, and goes on with another', async () => {
    const lost = transaction(pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await asOwner((owner) => owner.query('grant pg_signal_backend to current_user').catch(() => undefined));
      await client.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    });
    await expect(lost).rejects.toMatchObject({ code: 'DATABASE_OUTCOME_UNKNOWN' });
    expect(await transaction(pool, (client) => client.query('select 1'))).toMatchObject({ rowCount: 1 });
  });

  it('knows what the driver says without a code', async () => {
    const hasty = new Client({ ...at, query_timeout: 50 });
    hasty.on('error', () => undefined);
    await hasty.connect();
    const timedOut: unknown = await hasty.query('select pg_sleep(0.3)').catch((error: unknown) => error);
    await hasty.end();
    const closed: unknown = await hasty.query('select 1').catch((error: unknown) => error);
    const full = new Pool({ ...at, max: 1, connectionTimeoutMillis: 50 });
    const held = await full.connect();
    const waited: unknown = await full.query('select 1').catch((error: unknown) => error);
    held.release();
    await full.end();
    const ended: unknown = await full.query('select 1').catch((error: unknown) => error);
    const nowhere = new Client({ ...at, host: '/nowhere' });
    const absent: unknown = await nowhere.connect().catch((error: unknown) => error);
    expect([timedOut, closed, waited, ended, absent].map(findFaultCode)).toEqual([
      'DATABASE_OUTCOME_UNKNOWN',
      'DATABASE_OUTCOME_UNKNOWN',
      'DATABASE_UNAVAILABLE',
      'DATABASE_UNAVAILABLE',
      'DATABASE_UNAVAILABLE',
    ]);
  });

  it('keeps numbers exact and days without a time', async () => {
    const { rows } = await pool.query(
      `select 9007199254740993::bigint as id, array[1::bigint, null] as ids, date '2019-10-23' as day,
              array[date '2019-10-23', null] as days, null::bigint as none`,
    );
    expect(rows).toEqual([
      { id: 9007199254740993n, ids: [1n, null], day: '2019-10-23', days: ['2019-10-23', null], none: null },
    ]);
    const { rows: bound } = await pool.query<{ same: boolean }>('select $1::bigint = 9007199254740993 as same', [
      9007199254740993n,
    ]);
    expect(bound).toEqual([{ same: true }]);
  });

  it('limits every statement', async () => {
    const { rows } = await pool.query(`select current_setting('statement_timeout') as most`);
    expect(rows).toEqual([{ most: '15s' }]);
  });
});
