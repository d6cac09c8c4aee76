import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeys } from '../../platform/index.ts';
import { readMigrations } from '../migrate.ts';
import type { Database } from '../open.ts';
import { freshDatabase } from '../testing.ts';
import { transaction } from '../transaction.ts';
import { backUp, type BackupOptions } from './back-up.ts';
import { checkBackup, type CheckOptions } from './check-backup.ts';
import { restore, type RestoreOptions } from './restore.ts';
import { readPassphrase } from './sealed-keys.ts';
import { isBackedUp, listTables } from './tables.ts';

const root = mkdtempSync(join(tmpdir(), 'estehqaq-backup-'));
const opened: Database[] = [];
const clock = { now: () => new Date('2026-11-23T08:00:00Z') };
const passphrase = 'گذرواژهٔ پشتیبان';
const keysFolder = join(root, 'keys');
let count = 0;
const newFolder = (): string => join(root, String((count += 1)));

const fresh = async (): Promise<Database> => {
  const database = await freshDatabase();
  opened.push(database);
  return database;
};
const write = (from: Database, more: Partial<BackupOptions> = {}) =>
  backUp(from, {
    folder: newFolder(),
    keysFolder,
    passphrase: undefined,
    release: '0.1.0',
    lawVersion: 'a law',
    clock,
    ...more,
  });
const check = (folder: string, more: Partial<CheckOptions> = {}) =>
  checkBackup({ folder, passphrase: undefined, needsKeys: false, ...more });
const fill = async (to: Database, folder: string, more: Partial<RestoreOptions> = {}) =>
  restore(to, await check(folder), { keysFolder, withoutKeys: false, clock, ...more });
const fillWithKeys = async (to: Database, folder: string, keys: string) =>
  restore(to, await check(folder, { passphrase }), { keysFolder: keys, withoutKeys: false, clock });

/** Every row of every table, as the database itself writes it. */
const everything = (database: Database): Promise<Record<string, unknown[]>> =>
  database.asOwner(async (client: Client) => {
    const rows: Record<string, unknown[]> = {};
    for (const { name } of (await listTables(client)).filter(isBackedUp)) {
      const found = await client.query<{ row: string }>(`select t::text as row from ${name} t order by 1`);
      rows[name] = found.rows.map(({ row }) => row);
    }
    return rows;
  });

const isEmpty = async (database: Database): Promise<boolean> => {
  const rows = await everything(database);
  return ['dossier', 'provider', 'provider_mobile', 'installation'].every((table) => rows[table]?.length === 0);
};

const awkward = 'tab\t line\nend\r back\\slash "quoted" \\N \u200c یک ۱۲۳ 🙂';

const addPerson = (database: Database, person: number): Promise<void> =>
  transaction(database.pool, async (client) => {
    const facts = JSON.stringify({ person, awkward });
    const dossier = 'insert into dossier (person, version, recorded_at, facts, sources) values ($1, 1, now(), $2, $2)';
    await client.query(dossier, [person, facts]);
    await client.query(
      `insert into dossier_version (person, version, recorded_at, recorded_by, source, facts, sources)
       values ($1, 1, now(), $2, 'test', $3, $3)`,
      [person, awkward, facts],
    );
  });

async function fillSource(database: Database): Promise<void> {
  await database.pool.query(`insert into installation (name, kind, claimed_at) values ('kind', 'real', now())`);
  await database.pool.query(
    `insert into provider (code, name, kind, ownership, contract_from, suspended, licence, version)
     values ('1', $1, 'hospital', 'contracted', '2020-01-01', false, null, 1), ('2', '', 'clinic', 'owned', null, true, '', 2)`,
    [awkward],
  );
  await database.pool.query(`insert into provider_mobile (code, mobile) values ('1', 989121234567)`);
  await database.pool.query(`update id_slot set reserved_until = 77 where slot = 3`);
  await database.pool.query(`insert into import_line (person, line, facts, sources) values (1, 1, '{}', '{}')`);
  await database.asOwner(async (client) => {
    for (const month of [1, 2]) {
      await client.query(`create table inquiry_2026_0${month} (like inquiry including all)`);
      await client.query(
        `alter table inquiry attach partition inquiry_2026_0${month} for values from (${month}000) to (${month}999)`,
      );
    }
  });
  await database.pool.query(
    `insert into inquiry (person, id, asked_at, asker_kind, asker, channel, setting, on_day, told, outcome, reasons, clauses,
       needs, law_version, dossier_version, principals, principal_versions, links, other_covers, duration_us)
     values (7, 2001, '2026-11-23T08:00:00.123456Z', 1, $1, 1, 1, '2026-11-23', 1, 1, '{1,2}', '{}', array[$1], 1, 1,
       '{9007199254740993}', '{1}', 0, '[]', 900)`,
    [awkward],
  );
  for (let person = 1; person <= 300; person += 1) await addPerson(database, person);
}

describe('a backup', async () => {
  const source = await fresh();
  let whole = '';
  beforeAll(async () => {
    openKeys(keysFolder);
    await fillSource(source);
    whole = newFolder();
    await write(source, { folder: whole, passphrase });
  });
  afterAll(async () => {
    await Promise.all(opened.map((each) => each.close()));
    rmSync(root, { recursive: true });
  });

  it('comes back as it was, with its keys', async () => {
    const target = await fresh();
    const keys = newFolder();
    const restored = await fillWithKeys(target, whole, keys);
    expect(await everything(target)).toEqual(await everything(source));
    expect(restored).toMatchObject({ migrated: [] });
    for (const name of readdirSync(keysFolder)) {
      expect(readFileSync(join(keys, name))).toEqual(readFileSync(join(keysFolder, name)));
      expect(statSync(join(keys, name)).mode & 0o777).toBe(0o600);
    }
    expect((await target.pool.query('select from import_line')).rowCount).toBe(0);
    await expect(target.pool.query('delete from inquiry')).rejects.toMatchObject({ code: '42501' });
  });

  it('is closed to others, and says nothing of the keys', () => {
    const names = readdirSync(whole);
    expect(names).toContain('keys.sealed.json');
    for (const name of names) expect(statSync(join(whole, name)).mode & 0o777).toBe(0o600);
    const pepper = readFileSync(join(keysFolder, 'pepper.key'));
    for (const name of names) expect(readFileSync(join(whole, name)).includes(pepper)).toBe(false);
  });

  it('holds one moment, whatever is written meanwhile', async () => {
    const busy = await fresh();
    await busy.pool.query(`insert into installation (name, kind, claimed_at) values ('kind', 'real', now())`);
    const so = { far: 0, isDone: false };
    const writing = (async () => {
      while (!so.isDone) await addPerson(busy, (so.far += 1));
    })();
    while (so.far <= 50) await sleep(5);
    const folder = newFolder();
    const seen: string[] = [];
    await write(busy, { folder, onProgress: (table) => seen.push(table) });
    so.isDone = true;
    await writing;
    const target = await fresh();
    await fill(target, folder);
    const { dossier = [], dossier_version: versions = [] } = await everything(target);
    expect(dossier.length).toBe(versions.length);
    expect(dossier.length).toBeGreaterThan(50);
    expect((await everything(busy))['dossier']?.length).toBeGreaterThan(dossier.length);
    expect(seen).toContain('dossier');
  });

  it('goes into an empty folder only', async () => {
    const folder = newFolder();
    await write(source, { folder });
    await expect(write(source, { folder })).rejects.toMatchObject({ code: 'BACKUP_FOLDER_NOT_EMPTY' });
    await expect(check(folder)).resolves.toMatchObject({ folder });
  });

  it('of what was never started is refused', async () => {
    await expect(write(await fresh())).rejects.toMatchObject({ code: 'BACKUP_NOTHING_THERE' });
  });

  it('that fails leaves nothing behind', async () => {
    const folder = newFolder();
    const onProgress = (table: string): void => {
      if (table === 'law_version') throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    };
    await expect(write(source, { folder, onProgress })).rejects.toMatchObject({ code: 'BACKUP_DISK_FULL' });
    expect(readdirSync(folder)).toEqual([]);
    await write(source, { folder });
    const noFolder = join(whole, 'manifest.json', 'below');
    await expect(write(source, { folder: noFolder })).rejects.toMatchObject({ code: 'BACKUP_UNREACHABLE' });
  });

  describe('is read through before anything is written', () => {
    const spoil: readonly (readonly [string, string, (folder: string) => void])[] = [
      [
        'one without a manifest',
        'BACKUP_NOT_WHOLE',
        (folder) => {
          rmSync(join(folder, 'manifest.json'));
        },
      ],
      [
        'a missing file',
        'BACKUP_DAMAGED',
        (folder) => {
          rmSync(join(folder, 'dossier.copy.zst'));
        },
      ],
      [
        'a shortened file',
        'BACKUP_DAMAGED',
        (folder) => {
          truncateSync(join(folder, 'dossier.copy.zst'), 200);
        },
      ],
      [
        'a changed byte',
        'BACKUP_DAMAGED',
        (folder) => {
          flip(join(folder, 'inquiry_2026_02.copy.zst'), 60);
        },
      ],
      [
        'something after its end',
        'BACKUP_DAMAGED',
        (folder) => {
          appendFileSync(join(folder, 'dossier.copy.zst'), 'x');
        },
      ],
      [
        'another file in its place',
        'BACKUP_DAMAGED',
        (folder) => {
          writeFileSync(join(folder, 'provider.copy.zst'), '');
        },
      ],
      [
        'changed keys',
        'BACKUP_DAMAGED',
        (folder) => {
          flip(join(folder, 'keys.sealed.json'), 90);
        },
      ],
      [
        'a changed manifest',
        'BACKUP_DAMAGED',
        (folder) => {
          replace(folder, '"rows": 300', '"rows": 299');
        },
      ],
      [
        'half a manifest',
        'BACKUP_DAMAGED',
        (folder) => {
          truncateSync(join(folder, 'manifest.json'), 400);
        },
      ],
    ];
    const flip = (file: string, at: number): void => {
      const bytes = readFileSync(file);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(file, bytes);
    };
    const replace = (folder: string, from: string, to: string): void => {
      const file = join(folder, 'manifest.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
    };
    it.each(spoil)('%s', async (_, code, damage) => {
      const folder = newFolder();
      cpSync(whole, folder, { recursive: true });
      damage(folder);
      await expect(check(folder)).rejects.toMatchObject({ code });
    });

    it('where no passphrase or a wrong one opens the keys', async () => {
      const wrong = { code: 'BACKUP_PASSPHRASE_WRONG' };
      await expect(check(whole, { passphrase: 'another passphrase' })).rejects.toMatchObject(wrong);
      await expect(check(whole, { needsKeys: true })).rejects.toMatchObject(wrong);
      await expect(check(whole)).resolves.toBeDefined();
    });

    it('where it is not there', async () => {
      await expect(check(newFolder())).rejects.toMatchObject({ code: 'BACKUP_NOT_WHOLE' });
    });
  });

  it('is not restored where people are already', async () => {
    const target = await fresh();
    await addPerson(target, 1);
    const before = await everything(target);
    await expect(fill(target, whole)).rejects.toMatchObject({ code: 'RESTORE_NOT_EMPTY' });
    await expect(fill(target, whole)).rejects.toThrow('dossier, dossier_version');
    expect(await everything(target)).toEqual(before);
  });

  it('is not restored under another program', async () => {
    const target = await fresh();
    await target.pool.query('select 1');
    await expect(fill(target, whole)).rejects.toMatchObject({ code: 'RESTORE_SYSTEM_RUNS' });
  });

  it('of a real installation never fills a demo, and what was begun is taken back', async () => {
    const target = await fresh();
    const claim = `insert into installation (name, kind, claimed_at) values ('kind', 'demo', now())`;
    await target.asOwner((client) => client.query(claim));
    const before = await everything(target);
    await expect(fill(target, whole)).rejects.toMatchObject({ code: 'INSTALLATION_OTHER_KIND' });
    expect(await everything(target)).toEqual(before);
  });

  it('whose file is changed after it was checked is not restored', async () => {
    const target = await fresh();
    const folder = newFolder();
    await write(source, { folder });
    const checked = await check(folder);
    truncateSync(join(folder, 'provider_mobile.copy.zst'), 10);
    const restoring = restore(target, checked, { keysFolder, withoutKeys: false, clock });
    await expect(restoring).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
    expect(await isEmpty(target)).toBe(true);
    await fill(target, whole);
  });

  it('of an older release is brought up to this one; of a newer one it is refused', async () => {
    const sql = 'create table next (id bigint primary key); insert into next select count(*) from dossier';
    const next = { name: '9001_next', sql, checksum: 'of the next' };
    const target = await fresh();
    const { migrated } = await fill(target, whole, { migrations: [...readMigrations(), next] });
    expect(migrated).toEqual(['9001_next']);
    expect(await everything(target)).toEqual({ ...(await everything(source)), next: ['(300)'] });
    const older = fill(await fresh(), whole, { migrations: readMigrations().slice(0, -1) });
    await expect(older).rejects.toMatchObject({ code: 'BACKUP_OTHER_RELEASE' });
  });

  it('without keys waits for the right ones, or goes on without as it is told', async () => {
    const folder = newFolder();
    await write(source, { folder });
    const target = await fresh();
    const others = newFolder();
    openKeys(others);
    const missing = fill(target, folder, { keysFolder: others });
    await expect(missing).rejects.toMatchObject({ code: 'BACKUP_KEYS_MISSING' });
    expect(await isEmpty(target)).toBe(true);
    await fill(target, folder);
    await expect(fill(await fresh(), folder, { keysFolder: others, withoutKeys: true })).resolves.toBeDefined();
  });

  it('moves other keys aside and keeps them', async () => {
    const others = newFolder();
    const { pepper } = openKeys(others);
    const { keysMovedTo = '' } = await fillWithKeys(await fresh(), whole, others);
    expect(readFileSync(join(keysMovedTo, 'pepper.key'))).toEqual(pepper);
    expect(openKeys(others).pepper).toEqual(openKeys(keysFolder).pepper);
  });

  it('needs keys to encrypt, and a passphrase that is worth the name', async () => {
    const none = write(source, { keysFolder: newFolder(), passphrase });
    await expect(none).rejects.toMatchObject({ code: 'KEYS_UNREADABLE' });
    const file = join(root, 'passphrase');
    writeFileSync(file, 'one line only, please\n');
    expect(readPassphrase(file)).toBe('one line only, please');
    for (const text of ['too short\n', 'one line\nand another line\n']) {
      writeFileSync(file, text);
      expect(() => readPassphrase(file)).toThrow(expect.objectContaining({ code: 'BACKUP_PASSPHRASE_WRONG' }) as Error);
    }
  });
});
