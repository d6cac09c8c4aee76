import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { createLog, createMetrics } from '../platform/index.ts';
import { journalJobs } from './journal-jobs.ts';
import { watchPartitions } from './watch-partitions.ts';

const database = await freshDatabase();
const { pool } = database;
afterAll(() => database.close());

const now = new Date('2026-11-23T08:30:00Z');
const running = new AbortController().signal;

function jobs(keepYears?: number) {
  const logged: string[] = [];
  const log = createLog('debug', { write: (line) => logged.push(line) });
  const all = journalJobs(database, { log, keepYears });
  const run = async (name: string, at = now): Promise<string> => {
    const job = all.find((each) => each.name === name);
    if (job === undefined) throw new RangeError(name);
    await job.run(at, running);
    return logged.splice(0).join('');
  };
  return { names: all.map(({ name }) => name), run };
}

const partitions = async (): Promise<string[]> => {
  const text = `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'inquiry'::regclass order by 1`;
  return (await pool.query<{ name: string }>(text)).rows.map(({ name }) => name);
};

describe('the journal', () => {
  it('gets its partitions ahead of time, and the metrics say for how many days', async () => {
    const metrics = createMetrics();
    let today = now;
    watchPartitions(metrics, pool, { now: () => today });
    const days = async (): Promise<number> =>
      Number(/^estehqaq_journal_partition_days_ahead (\S+)$/m.exec(await metrics.metrics())?.[1]);
    expect(await days()).toBeLessThan(0);

    const said = await jobs().run('journal-partitions');
    expect(await partitions()).toEqual(['inquiry_2026_11', 'inquiry_2026_12', 'inquiry_2027_01', 'inquiry_2027_02']);
    expect(JSON.parse(said)).toMatchObject({ level: 'info', daysAhead: 97 });
    expect(await days()).toBeCloseTo(97.6, 1);
    today = new Date('2026-12-23T08:30:00Z');
    expect(await days()).toBeCloseTo(67.6, 1);
    await jobs().run('journal-partitions');
    expect(await partitions()).toHaveLength(4);
  });

  it('keeps nobody waiting for its metrics whose database stands still', async () => {
    let asked = 0;
    const frozen = {
      query: () => {
        asked += 1;
        return new Promise<never>(() => undefined);
      },
    };
    const metrics = createMetrics();
    watchPartitions(metrics, frozen, { now: () => now });
    const begun = performance.now();
    expect(await metrics.metrics()).toContain('estehqaq_journal_partition_days_ahead Nan');
    await metrics.metrics();
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(asked).toBe(1);
  });

  it('forgets request ids after seven days', async () => {
    const add = (request: string, askedAt: string) =>
      pool.query('insert into request_key values (1, $1, $1, 1, 1, $2)', [request, askedAt]);
    await add('old', '2026-11-16T08:29:00Z');
    await add('young', '2026-11-16T08:31:00Z');
    await jobs().run('request-ids');
    const { rows } = await pool.query<{ request_id: string }>('select request_id from request_key');
    expect(rows).toEqual([{ request_id: 'young' }]);
  });

  it('drops no month unless it is said how many years are kept', async () => {
    expect(jobs().names).toEqual(['journal-partitions', 'request-ids']);
    const { names, run } = jobs(2);
    expect(names).toContain('journal-retention');
    expect(await run('journal-retention')).toBe('');
    const said = await run('journal-retention', new Date('2029-01-15T00:00:00Z'));
    expect(JSON.parse(said)).toMatchObject({ level: 'warn', dropped: ['inquiry_2026_11', 'inquiry_2026_12'] });
    expect(await partitions()).toEqual(['inquiry_2027_01', 'inquiry_2027_02']);
  });

  it('keeps a month that is being read until the next time', { timeout: 20_000 }, async () => {
    const reader = await pool.connect();
    await reader.query('begin');
    await reader.query('select count(*) from inquiry');
    const said = await jobs(1).run('journal-retention', new Date('2029-01-15T00:00:00Z'));
    expect(JSON.parse(said)).toMatchObject({ code: 'JOURNAL_IN_USE' });
    await reader.query('rollback');
    reader.release();
    expect(await partitions()).toHaveLength(2);
  });
});
