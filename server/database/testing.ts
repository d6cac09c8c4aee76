import { createHash, randomBytes } from 'node:crypto';
import { Client, type ClientConfig, type Pool } from 'pg';
import { Fault } from '../platform/index.ts';
import { obtainPostmaster } from './embedded/obtain.ts';
import { prepareSite } from './embedded/server.ts';
import { appRole, ownerRole, superuser } from './embedded/settings.ts';
import { migrate, readMigrations } from './migrate.ts';
import { assemble, type Database } from './open.ts';
import { createPool } from './pool.ts';
import { createRole } from './roles.ts';
import { folderVariable } from './testing/setup.ts';

/**
 * A database of its own for a test file, with all migrations, made in milliseconds as a copy of a template:
 *
 *     const database = await freshDatabase();
 *     afterAll(() => database.close());
 *
 * The server is shared by all files of a run; the first that asks starts it, `testing/setup.ts` stops it.
 * It is a real PostgreSQL under the real supervisor; only that it does not wait for the disk.
 */
export async function freshDatabase(): Promise<Database> {
  const folder = process.env[folderVariable];
  if (folder === undefined)
    throw new Fault('DATABASE_FAULT', 'vitest has no globalSetup: server/database/testing/setup.ts');
  const { client, socketFolder, pid } = await obtainServer(folder);
  const at = (user: string, database: string): ClientConfig => ({ host: socketFolder, port: 5432, user, database });
  const name = `test_${randomBytes(8).toString('hex')}`;
  try {
    const template = await makeTemplate(client, (database) => at(ownerRole, database));
    await client.query(`create database ${name} template ${template} owner ${ownerRole}`);
  } finally {
    // Nothing stays open but the pool: a worker must be able to end.
    await client.end();
  }
  return assemble({
    owner: at(ownerRole, name),
    app: at(appRole, name),
    poolSize: 4,
    describe: () => ({
      kind: 'embedded',
      version: 'of the tests',
      folder,
      logFolder: folder,
      socketFolder,
      database: name,
      pid,
      isGuest: true,
    }),
    stop: () => dropDatabase(at(superuser, 'postgres'), name),
  });
}

/** For a process of its own that a test has started: the application's pool on the database of that test. */
export function joinDatabase({ host, database }: { readonly host: string; readonly database: string }): Pool {
  return createPool({ host, port: 5432, user: appRole, database }, 2);
}

const lockKey = 7_170_423;

async function obtainServer(folder: string): ReturnType<typeof obtainPostmaster> {
  const site = await prepareSite({
    dataFolder: folder,
    purpose: 'tests',
    ifServed: 'join',
    onProgress: () => undefined,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' },
  });
  return obtainPostmaster(site);
}

/** One for each state of the migrations; it gets its name only when it is complete. */
async function makeTemplate(client: Client, ownerAt: (database: string) => ClientConfig): Promise<string> {
  const migrations = readMigrations();
  const state = createHash('sha256').update(migrations.map(({ checksum }) => checksum).join());
  const template = `template_${state.digest('hex').slice(0, 16)}`;
  await client.query('select pg_advisory_lock($1)', [lockKey]);
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
    if (rowCount !== 0) return template;
    for (const role of [ownerRole, appRole]) await createRole(client, role);
    const unfinished = `unfinished_${randomBytes(8).toString('hex')}`;
    await client.query(`create database ${unfinished} owner ${ownerRole}`);
    await migrate(ownerAt(unfinished), migrations);
    await client.query(`alter database ${unfinished} rename to ${template}`);
    return template;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockKey]);
  }
}

async function dropDatabase(at: ClientConfig, name: string): Promise<void> {
  const client = new Client(at);
  await client.connect();
  await client.query(`drop database ${name} with (force)`);
  await client.end();
}
