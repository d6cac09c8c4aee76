import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { applyRetention } from './apply-retention.ts';
import { listPartitions, makePartitions } from './partitions.ts';

const now = new Date('2036-11-23T08:00:00Z');

describe('retention', async () => {
  const database = await freshDatabase();
  afterAll(() => database.close());
  for (const month of ['2026-09', '2026-10', '2026-11', '2036-11']) {
    await database.asOwner((owner) => makePartitions(owner, new Date(`${month}-15T00:00:00Z`)));
  }
  const all = await database.asOwner(listPartitions);
  const apply = (keepYears: number, isDryRun = false) =>
    database.asOwner((owner) => applyRetention(owner, { now, keepYears, isDryRun }));
  const addKey = (id: number, askedAt: string) =>
    database.pool.query(
      `insert into request_key (person, asker, request_id, inquiry_id, setting, asked_at) values (1, '', $1, $2, 1, $3)`,
      [String(id), id, askedAt],
    );
  await addKey(1, '2036-11-16T07:59:59Z');
  await addKey(2, '2036-11-16T08:00:00Z');

  it('says what would go', async () => {
    expect(await apply(10, true)).toEqual({
      before: new Date('2026-11-23T08:00:00Z'),
      partitions: ['inquiry_2026_09', 'inquiry_2026_10'],
      requestKeys: 1,
    });
    expect(await database.asOwner(listPartitions)).toEqual(all);
    expect((await database.pool.query('select from request_key')).rowCount).toBe(2);
  });

  it('is not for the application', async () => {
    for (const forbidden of ['drop table inquiry_2026_09', 'delete from request_key', 'delete from inquiry']) {
      await expect(database.pool.query(forbidden)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('waits for no reader of the journal, so that no inquiry waits behind it', { timeout: 30_000 }, async () => {
    const reader = await database.pool.connect();
    await reader.query('begin');
    await reader.query('select from inquiry');
    const tried = apply(10);
    tried.catch(() => undefined);
    for (let asked = 0; asked < 3; asked += 1) {
      const begun = performance.now();
      await database.pool.query('select from inquiry where person = 1');
      expect(performance.now() - begun).toBeLessThan(4_000);
    }
    await expect(tried).rejects.toMatchObject({ code: 'JOURNAL_IN_USE' });
    await reader.query('rollback');
    reader.release();
    expect(await database.asOwner(listPartitions)).toEqual(all);
  });

  it('lets go whole months that are old enough, and request ids after seven days', async () => {
    expect(await apply(10)).toMatchObject({ partitions: ['inquiry_2026_09', 'inquiry_2026_10'], requestKeys: 1 });
    expect(await database.asOwner(listPartitions)).toEqual(all.slice(2));
    expect((await database.pool.query('select from request_key')).rowCount).toBe(1);
    expect(await apply(10)).toMatchObject({ partitions: [], requestKeys: 0 });
  });
});
