import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from './testing.ts';

describe('a database for a test file', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
  afterAll(() => Promise.all([one.close(), other.close()]));

  it('has all migrations, and the rights of the application alone', async () => {
    const { rows } = await one.pool.query<{ name: string }>('select name from schema_migration order by name');
    expect(rows[0]?.name).toBe('0001_foundation');
    await expect(one.pool.query('create table mine (id bigint primary key)')).rejects.toMatchObject({ code: '42501' });
  });

  it('is not seen from another', async () => {
    await one.asOwner((client) => client.query('create table mine (id bigint primary key)'));
    await expect(other.asOwner((client) => client.query('select from mine'))).rejects.toMatchObject({ code: '42P01' });
  });

  it('is made in less than a second', async () => {
    const begun = performance.now();
    const third = await freshDatabase();
    expect(performance.now() - begun).toBeLessThan(1_000);
    await third.close();
  });
});
