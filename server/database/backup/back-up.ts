import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Clock } from '../../platform/index.ts';
import type { Database } from '../open.ts';
import { asBackupFault, folderNotEmpty, nothingThere } from './faults.ts';
import { currentFormat, keysFileName, writeManifest, type Manifest, type TableEntry } from './manifest.ts';
import { fingerprintOf, readKeyFiles, sealKeys } from './sealed-keys.ts';
import { inSql, isBackedUp, listTables, sameWords, type Table } from './tables.ts';
import { writeTableFile } from './table-file.ts';

export interface BackupOptions {
  /** Empty, or not there yet. */
  readonly folder: string;
  readonly keysFolder: string;
  /** The keys come along under it; `undefined`: they are left out. */
  readonly passphrase: string | undefined;
  readonly release: string;
  readonly lawVersion: string;
  readonly clock: Clock;
  /** After each table: its name, and how many rows there are so far. */
  readonly onProgress?: (table: string, rows: number) => void;
}

/**
 * Writes everything as it is at one moment, while the system goes on. What fails takes away what it has written; what is
 * killed leaves no manifest, and so is never taken for a backup.
 * @throws Fault BACKUP_…, KEYS_UNREADABLE, DATABASE_…
 */
export async function backUp(
  database: Pick<Database, 'asOwner' | 'describe'>,
  options: BackupOptions,
): Promise<Manifest> {
  const { folder } = options;
  const written: string[] = [];
  try {
    const keys = await sealedKeys(options);
    await prepareFolder(folder);
    const copied = await database.asOwner((client) => inSnapshot(client, options, written));
    if (keys.text !== undefined) {
      written.push(join(folder, keysFileName));
      await writeFile(join(folder, keysFileName), keys.text, { flag: 'wx', mode: 0o600, flush: true });
    }
    const { release, lawVersion } = options;
    const { version: postgres } = database.describe();
    const manifest: Manifest = { format: currentFormat, release, lawVersion, postgres, ...copied, keys: keys.entry };
    await writeManifest(folder, manifest);
    return manifest;
  } catch (error) {
    await Promise.all(written.map((path) => rm(path, { force: true })));
    throw asBackupFault(error, folder);
  }
}

async function sealedKeys({
  keysFolder,
  passphrase,
}: BackupOptions): Promise<{ readonly entry: Manifest['keys']; readonly text?: string }> {
  const keys = readKeyFiles(keysFolder);
  const fingerprint = fingerprintOf(keys);
  if (passphrase === undefined) return { entry: { kind: 'left out', fingerprint } };
  const text = await sealKeys(keys, passphrase, keysFolder);
  return { entry: { kind: 'encrypted', fingerprint, sha256: createHash('sha256').update(text).digest('hex') }, text };
}

async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw folderNotEmpty(folder);
}

const mostAttempts = 5;

type Copied = Pick<Manifest, 'madeAt' | 'migrations' | 'tables' | 'leftEmpty'>;

/**
 * One snapshot for all tables. They are locked against being dropped before it is taken; if one came or went in between,
 * once more.
 */
async function inSnapshot(client: Client, options: BackupOptions, written: string[]): Promise<Copied> {
  await client.query(sameWords);
  for (let attempt = 1; ; attempt += 1) {
    const tables = await listTables(client);
    await requireStarted(client, tables);
    const isLast = attempt === mostAttempts;
    const madeAt = options.clock.now().toISOString();
    if ((await lockInSnapshot(client, tables.filter(isBackedUp), isLast)) && (await isSame(client, tables))) {
      return { madeAt, ...(await copyAll(client, tables, options, written)) };
    }
    await client.query('rollback');
    if (isLast) throw new RangeError('tables come and go all the time');
  }
}

async function requireStarted(client: Client, tables: readonly Table[]): Promise<void> {
  const isThere = tables.some(({ name }) => name === 'installation');
  if (!isThere || (await client.query('select from installation')).rowCount === 0) throw nothingThere();
}

/** @returns whether all of them are still there */
async function lockInSnapshot(client: Client, tables: readonly Table[], isLast: boolean): Promise<boolean> {
  await client.query('begin isolation level repeatable read, read only');
  try {
    await client.query(`lock table only ${tables.map(({ name }) => inSql(name)).join(', only ')} in access share mode`);
    return true;
  } catch (error) {
    const isGone = (error as { code?: unknown }).code === '42P01';
    if (isGone && !isLast) return false;
    throw error;
  }
}

async function isSame(client: Client, tables: readonly Table[]): Promise<boolean> {
  return JSON.stringify(await listTables(client)) === JSON.stringify(tables);
}

async function copyAll(
  client: Client,
  tables: readonly Table[],
  { folder, onProgress }: BackupOptions,
  written: string[],
): Promise<Omit<Copied, 'madeAt'>> {
  const { rows: migrations } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migration order by name',
  );
  const entries: TableEntry[] = [];
  let rows = 0;
  for (const table of tables.filter(isBackedUp)) {
    const entry = await copyOne(client, table, folder, written);
    entries.push(entry);
    rows += entry.rows;
    onProgress?.(table.name, rows);
  }
  await client.query('commit');
  return { migrations, tables: entries, leftEmpty: tables.filter((each) => each.isPassing).map((each) => each.name) };
}

async function copyOne(
  client: Client,
  { name, columns, partition }: Table,
  folder: string,
  written: string[],
): Promise<TableEntry> {
  const file = `${name}.copy.zst`;
  const path = join(folder, file);
  written.push(path);
  const names = columns.map((column) => `"${column}"`).join(', ');
  const facts = await writeTableFile(path, client.query(copyTo(`copy ${inSql(name)} (${names}) to stdout`)));
  return { table: name, file, columns: [...columns], partition, ...facts };
}
