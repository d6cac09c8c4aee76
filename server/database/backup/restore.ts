import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Clock } from '../../platform/index.ts';
import { appRole } from '../embedded/settings.ts';
import { keepStartersWaiting, migrateOn, readMigrations, type Migration } from '../migrate.ts';
import type { Database } from '../open.ts';
import { readEntry, type CheckedBackup } from './check-backup.ts';
import { asBackupFault, damaged, inUse, keysNotTheirs, newerRelease, notEmpty, otherKind } from './faults.ts';
import type { Manifest, TableEntry } from './manifest.ts';
import { fingerprintOf, placeKeys, readKeyFiles } from './sealed-keys.ts';
import { findUsedTables, inOrderOfReferences, inSql, isBackedUp, listTables, sameWords } from './tables.ts';

export interface RestoreOptions {
  readonly keysFolder: string;
  /** Where the keys of the backup are not to be had: go on without them. */
  readonly withoutKeys: boolean;
  readonly clock: Clock;
  readonly onProgress?: (table: string, rows: number) => void;
  readonly migrations?: readonly Migration[];
}

export interface Restored {
  readonly rows: number;
  /** Which had to be run, because the backup is of an older release. */
  readonly migrated: readonly string[];
  /** Where other keys that were there are now. */
  readonly keysMovedTo?: string;
}

/**
 * Fills an empty system with a backup. The rows come in one transaction: a restore that fails leaves the system as empty
 * as it was. Nobody may work with the database meanwhile; whoever starts waits until it is done.
 * @throws Fault RESTORE_…, BACKUP_…, INSTALLATION_OTHER_KIND, DATABASE_…
 */
export async function restore(
  database: Pick<Database, 'asOwner'>,
  backup: CheckedBackup,
  options: RestoreOptions,
): Promise<Restored> {
  const { migrations = readMigrations(), keysFolder, clock } = options;
  const { folder, manifest, keys } = backup;
  try {
    const then = migrationsOfThen(manifest, migrations);
    if (keys === undefined && !options.withoutKeys) requireTheirKeys(manifest, keysFolder);
    return await database.asOwner(async (client) => {
      await client.query(sameWords);
      await keepStartersWaiting(client);
      await requireEmpty(client);
      const movedTo = keys === undefined ? undefined : placeKeys(keys, keysFolder, clock.now());
      if (then.length < migrations.length) await goBackTo(client, then);
      const rows = await copyIn(client, backup, options);
      const migrated = await migrateOn(client, migrations);
      await client.query('analyze');
      return { rows, migrated, ...(movedTo !== undefined && { keysMovedTo: movedTo }) };
    });
  } catch (error) {
    throw asBackupFault(error, folder);
  }
}

/** Those that the backup was made under: ours, or the first of ours. */
function migrationsOfThen({ migrations, release }: Manifest, ours: readonly Migration[]): readonly Migration[] {
  const others = migrations.filter(
    ({ name, checksum }, index) => ours[index]?.name !== name || ours[index].checksum !== checksum,
  );
  if (others.length > 0)
    throw newerRelease(
      release,
      others.map(({ name }) => name),
    );
  return ours.slice(0, migrations.length);
}

function requireTheirKeys({ keys: { fingerprint } }: Manifest, keysFolder: string): void {
  if (fingerprint !== null && fingerprintOf(readKeyFiles(keysFolder)) !== fingerprint) throw keysNotTheirs(keysFolder);
}

async function requireEmpty(client: Client): Promise<void> {
  const used = await findUsedTables(client, await listTables(client));
  if (used.length > 0) throw notEmpty(used);
  const { rows } = await client.query<{ sessions: number }>(
    `select count(*)::int as sessions from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and usesysid is not null
       and pg_has_role(usesysid, $1, 'member')`,
    [appRole],
  );
  const sessions = rows[0]?.sessions ?? 0;
  if (sessions > 0) throw inUse(sessions);
}

/** Makes the tables of an empty system anew, as they were in an older release. */
async function goBackTo(client: Client, then: readonly Migration[]): Promise<void> {
  const drops = await client.query<{ statement: string }>(`
    select format('drop %s if exists %s cascade', what, object) as statement from (
      select 'table' as what, c.oid::regclass::text as object, c.oid, 'pg_class'::regclass as catalog from pg_class c
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
      union all
      select 'routine', p.oid::regprocedure::text, p.oid, 'pg_proc'::regclass from pg_proc p
      where p.pronamespace = 'public'::regnamespace
    ) as ours
    where not exists (select from pg_depend d where d.classid = catalog and d.objid = ours.oid and d.deptype = 'e')`);
  await client.query('begin');
  for (const { statement } of drops.rows) await client.query(statement);
  await client.query('commit');
  await migrateOn(client, then);
}

async function copyIn(
  client: Client,
  { folder, manifest }: CheckedBackup,
  { onProgress }: RestoreOptions,
): Promise<number> {
  await client.query('begin');
  const kindHere = await findKind(client);
  await makeRoom(client, manifest);
  const entries = new Map(manifest.tables.map((entry) => [entry.table, entry]));
  let rows = 0;
  for (const table of await inOrderOfReferences(client, [...entries.keys()])) {
    const entry = entries.get(table);
    if (entry === undefined) continue;
    rows += await copyTable(client, folder, entry);
    onProgress?.(table, rows);
  }
  const kindInBackup = await findKind(client);
  if (kindHere !== undefined && kindInBackup !== undefined && kindHere !== kindInBackup) {
    throw otherKind(kindHere, kindInBackup);
  }
  await client.query('commit');
  return rows;
}

async function findKind(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ kind: string }>('select kind from installation');
  return rows[0]?.kind;
}

/** Empties what a start has written, and makes the partitions of the backup instead of those that are there. */
async function makeRoom(client: Client, manifest: Manifest): Promise<void> {
  const here = await listTables(client);
  for (const { name, partition } of here) if (partition !== null) await client.query(`drop table ${inSql(name)}`);
  const plain = here.filter((table) => isBackedUp(table) && table.partition === null).map(({ name }) => name);
  const named = manifest.tables.filter(({ partition }) => partition === null).map(({ table }) => table);
  const strange = [...plain.filter((each) => !named.includes(each)), ...named.filter((each) => !plain.includes(each))];
  if (strange.length > 0) throw damaged(`its tables are not those of its release (${strange.join(', ')})`);
  await client.query(`truncate ${plain.map(inSql).join(', ')}`);
  for (const { table, partition } of manifest.tables) {
    if (partition === null) continue;
    const { of, from, to } = partition;
    await client.query(`create table ${inSql(table)} (like ${inSql(of)} including all)`);
    const bound = `for values from (${from}) to (${to})`;
    await client.query(`alter table ${inSql(of)} attach partition ${inSql(table)} ${bound}`);
  }
}

async function copyTable(client: Client, folder: string, entry: TableEntry): Promise<number> {
  const columns = entry.columns.map((column) => `"${column}"`).join(', ');
  const into = client.query(copyFrom(`copy ${inSql(entry.table)} (${columns}) from stdin`));
  await readEntry(folder, entry, into);
  if (into.rowCount !== entry.rows) throw damaged(`of ${entry.table} ${into.rowCount} of ${entry.rows} rows came in`);
  return entry.rows;
}
