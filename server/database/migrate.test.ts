import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client, ClientConfig } from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate, migrationsFolder, readMigrations, requireMigrated, type Migration } from './migrate.ts';
import { freshDatabase } from './testing.ts';

const own = (name: string, sql: string): Migration => ({ name, sql, checksum: `sum of ${sql}` });
const released = readMigrations();
const next = own('9001_next', 'create table next (id bigint primary key)');

describe('migrations', async () => {
  let database = await freshDatabase();
  let owner: ClientConfig = {};
  const opened = [database];
  beforeEach(async () => {
    database = await freshDatabase();
    opened.push(database);
    const description = database.describe();
    if (description.kind !== 'embedded') throw new Error('not embedded');
    owner = { host: description.socketFolder, user: 'estehqaq_owner', database: description.database };
  });
  afterAll(() => Promise.all(opened.map((each) => each.close())));

  const ask = async <T extends object>(sql: string): Promise<T[]> =>
    database.asOwner(async (client: Client) => (await client.query<T>(sql)).rows);

  it('are read in the order of their numbers, with whatever line ends', () => {
    expect(released.map(({ name }) => `${name}.sql`)).toEqual(readdirSync(migrationsFolder).sort());
    const folder = mkdtempSync(join(tmpdir(), 'estehqaq-migrations-'));
    writeFileSync(join(folder, '0002_b.sql'), 'select 1;\r\n');
    writeFileSync(join(folder, '0001_a.sql'), 'select 1;\n');
    writeFileSync(join(folder, 'README.md'), '');
    const [first, second] = readMigrations(folder);
    rmSync(folder, { recursive: true });
    expect([first?.name, second?.name]).toEqual(['0001_a', '0002_b']);
    expect(first?.checksum).toBe(second?.checksum);
  });

  it('are run once, in order', async () => {
    const after = own('9002_after', 'insert into next values (1)');
    expect(await migrate(owner, [...released, next])).toEqual(['9001_next']);
    expect(await migrate(owner, [...released, next, after])).toEqual(['9002_after']);
    expect(await migrate(owner, [...released, next, after])).toEqual([]);
    expect(await ask('select id from next')).toHaveLength(1);
  });

  it('of many starters at once, one runs them', async () => {
    const slow = own('9002_slow', 'select pg_sleep(0.2); insert into next values (1)');
    const runs = await Promise.all(Array.from({ length: 6 }, () => migrate(owner, [...released, next, slow])));
    expect(runs.filter((run) => run.length === 2)).toHaveLength(1);
    expect(runs.filter((run) => run.length === 0)).toHaveLength(5);
    expect(await ask('select id from next')).toHaveLength(1);
  });

  it('that fail leave nothing half-done, and those before them stay', async () => {
    const bad = own('9002_bad', 'create table half (id bigint primary key); insert into next values (1 / 0)');
    const run = migrate(owner, [...released, next, bad]);
    await expect(run).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    await expect(run).rejects.toThrow(/9002_bad.*division by zero/);
    expect(await ask(`select to_regclass('half') as half, to_regclass('next') as next`)).toEqual([
      { half: null, next: 'next' },
    ]);
    const mended = own('9002_bad', 'create table half (id bigint primary key)');
    expect(await migrate(owner, [...released, next, mended])).toEqual(['9002_bad']);
  });

  it('that end their own transaction and then fail are not taken for done', async () => {
    const sly = own('9002_sly', 'commit; select 1 / 0');
    await expect(migrate(owner, [...released, next, sly])).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    expect(await ask(`select from schema_migration where name = '9002_sly'`)).toEqual([]);
  });

  it('of a newer release are refused, and nothing is changed', async () => {
    await migrate(owner, [...released, next]);
    await expect(migrate(owner, released)).rejects.toMatchObject({ code: 'MIGRATIONS_AHEAD' });
    await expect(migrate(owner, released)).rejects.toThrow('9001_next');
  });

  it('that were edited or slipped in are refused', async () => {
    await migrate(owner, [...released, next]);
    const edited = own('9001_next', 'create table other (id bigint primary key)');
    await expect(migrate(owner, [...released, edited])).rejects.toMatchObject({ code: 'MIGRATIONS_DIFFER' });
    const late = own('9000_late', 'select 1');
    const slipped = migrate(owner, [...released, late, next]);
    await expect(slipped).rejects.toMatchObject({ code: 'MIGRATIONS_DIFFER' });
    await expect(slipped).rejects.toThrow('9000_late comes before 9001_next');
  });

  it('that a guest finds missing are not run by it', async () => {
    await database.asOwner((client) => requireMigrated(client));
    const guest = database.asOwner((client) => requireMigrated(client, [...released, next]));
    await expect(guest).rejects.toMatchObject({ code: 'MIGRATIONS_BEHIND' });
  });

  it('call dist(), which does nothing here and divides the tables on a cluster', async () => {
    await ask(`create table person (person_id bigint primary key); select dist('person', 'person_id')`);
    await ask(`
      create table called (what text);
      create function create_distributed_table(t regclass, c text) returns void language sql
        as $$ insert into called values (t::text || ' by ' || c) $$;
      create function create_reference_table(t regclass) returns void language sql
        as $$ insert into called values (t::text) $$`);
    await ask(`select dist('person', 'person_id'), dist('called')`);
    expect(await ask('select what from called order by what')).toEqual([
      { what: 'called' },
      { what: 'person by person_id' },
    ]);
  });
});
