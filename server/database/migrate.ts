import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import { migrationFailed, migrationsAhead, migrationsBehind, migrationsDiffer } from './faults.ts';

/**
 * Migrations go forward only. To add one, put the next number into `migrations/`: `0007_what_it_does.sql`, plain SQL,
 * run by the owner in one transaction of its own. In it, for each table: an owner's key first in the primary key,
 * `comment on table`, `select dist('table', 'owner_key')` (no key for a reference table), and a GRANT of just what the
 * application needs to `estehqaq_app`. `migration-rules.ts` says what is refused; `migrations.test.ts` runs them all.
 * One that has been released is never edited.
 */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface Applied {
  readonly name: string;
  readonly checksum: string;
}

export const migrationsFolder = join(import.meta.dirname, 'migrations');

/** Any number that nobody else uses for an advisory lock in this database. */
const lockKey = 7_170_422;

const makeTable = `
  create table if not exists schema_migration (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null
  )`;

export function readMigrations(folder = migrationsFolder): readonly Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((file) => {
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
    return { name: file.replace(/\.sql$/, ''), sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/** Runs what is missing. Of several starters one works and the others wait, and find nothing left to do. */
export async function migrate(
  owner: ClientConfig,
  migrations: readonly Migration[] = readMigrations(),
  onStart: (name: string) => void = () => undefined,
): Promise<readonly string[]> {
  const client = new Client(owner);
  client.on('error', () => undefined); // the query that is under way reports it
  await client.connect();
  try {
    return await migrateOn(client, migrations, onStart);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The same on a connection of the owner that is there; every other starter waits until it ends. */
export async function migrateOn(
  client: Client,
  migrations: readonly Migration[],
  onStart: (name: string) => void = () => undefined,
): Promise<readonly string[]> {
  await keepStartersWaiting(client);
  await client.query(makeTable);
  const missing = findMissing(await readApplied(client), migrations);
  for (const migration of missing) {
    onStart(migration.name);
    await run(client, migration);
  }
  return missing.map(({ name }) => name);
}

/** Of the session, not of a transaction: it lasts over all of them and goes with the connection. */
export async function keepStartersWaiting(client: Client): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [lockKey]);
}

/** For a guest beside a running system, who may not change the tables under it. */
export async function requireMigrated(
  client: Client,
  migrations: readonly Migration[] = readMigrations(),
): Promise<void> {
  const missing = findMissing(await readApplied(client), migrations);
  if (missing.length > 0) throw migrationsBehind(missing.map(({ name }) => name));
}

async function readApplied(client: Client): Promise<readonly Applied[]> {
  const { rows } = await client.query<Applied>('select name, checksum from schema_migration order by name');
  return rows;
}

function findMissing(applied: readonly Applied[], migrations: readonly Migration[]): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const ahead = applied.filter(({ name }) => !known.has(name));
  if (ahead.length > 0) throw migrationsAhead(ahead.map(({ name }) => name));
  const edited = applied.filter(({ name, checksum }) => known.get(name)?.checksum !== checksum);
  if (edited.length > 0) {
    throw migrationsDiffer(`Edited after they were run: ${edited.map(({ name }) => name).join(', ')}`);
  }
  const missing = migrations.slice(applied.length);
  const first = missing[0];
  const last = applied.at(-1);
  // All applied ones are known; so if the rest is not exactly what follows them, one has been slipped in between.
  if (first !== undefined && last !== undefined && first.name <= last.name) {
    const known = new Set(applied.map(({ name }) => name));
    const late = migrations.filter(({ name }) => name < last.name && !known.has(name));
    throw migrationsDiffer(`${late.map(({ name }) => name).join(', ')} comes before ${last.name}, which has been run`);
  }
  return missing;
}

async function run(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    const applied = 'insert into schema_migration (name, checksum, applied_at) values ($1, $2, $3)';
    await client.query(applied, [name, checksum, new Date()]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw migrationFailed(name, (error as Error).message, error);
  }
}
