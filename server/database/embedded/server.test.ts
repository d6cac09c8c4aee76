import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase, type Database } from '../index.ts';
import {
  type ProgramEvent,
  accounts,
  endAll,
  findOrdinaryUser,
  isRoot,
  newCluster,
  newDataFolder,
  startProgram,
  tidyUp,
  until,
  untilGone,
} from '../testing/machine.ts';
import { readPidFile } from './pid-file.ts';

const quietly = { purpose: 'serve' } as const;

async function writeRow(database: Database): Promise<void> {
  await database.asOwner((client) =>
    client.query('drop table if exists kept; create table kept (id bigint primary key)'),
  );
  await database.asOwner((client) => client.query('insert into kept values (1)'));
}

async function readRows(database: Database): Promise<number> {
  const { rows } = await database.asOwner((client) => client.query<{ id: bigint }>('select id from kept'));
  return rows.length;
}

const hasEnded = ({ ready, message }: ProgramEvent): boolean => ready !== undefined || message !== undefined;

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });
afterEach(endAll);
afterAll(tidyUp);

describe.each(accounts)('started as %s', (account) => {
  const user = account === 'root' ? undefined : findOrdinaryUser();

  it('makes its cluster, serves it, and leaves nothing running', async () => {
    const dataFolder = newDataFolder('data', user);
    const program = startProgram({ dataFolder, ...quietly }, { user });
    const { pid, version, socketFolder } = await program.ready();
    expect(program.events.map(({ step }) => step)).toContain('creating-cluster');
    expect(version).toMatch(/^18\./);
    expect(readPidFile(join(dataFolder, 'postgres/cluster'))?.pid).toBe(pid);
    expect(statSync(join(dataFolder, 'postgres/cluster')).uid).not.toBe(0);
    expect(statSync(join(dataFolder, 'postgres/cluster')).mode & 0o077).toBe(0);
    expect(readdirSync(socketFolder)).toContain('.s.PGSQL.5432');
    await program.kill('SIGTERM');
    await untilGone(pid);
    expect(readdirSync(socketFolder)).toEqual([]);
  });

  it('is taken over after kill -9 of the one that started it', async () => {
    const dataFolder = newDataFolder('data', user);
    const first = startProgram({ dataFolder, ...quietly }, { user });
    const { pid } = await first.ready();
    await first.kill('SIGKILL');
    const second = startProgram({ dataFolder, ...quietly }, { user });
    expect((await second.ready()).pid).toBe(pid);
    await second.kill('SIGTERM');
    await untilGone(pid);
  });

  it('starts again after kill -9 of both', async () => {
    const dataFolder = newDataFolder('data', user);
    const first = startProgram({ dataFolder, ...quietly }, { user });
    const { pid } = await first.ready();
    await first.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await untilGone(pid);
    const second = startProgram({ dataFolder, ...quietly }, { user });
    expect((await second.ready()).pid).not.toBe(pid);
  });
});

describe('a restart', () => {
  let dataFolder: string;
  beforeAll(async () => {
    dataFolder = await newCluster();
  });

  it('finds what was there, makes nothing anew, and takes less than three seconds', async () => {
    const first = await openDatabase({ dataFolder });
    await writeRow(first);
    await first.close();
    const steps: string[] = [];
    const begun = performance.now();
    const second = await openDatabase({ dataFolder, onProgress: (step) => steps.push(step) });
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(steps).toEqual(['starting']);
    expect(await readRows(second)).toBe(1);
    await second.close();
  });

  it('waits for one that is still shutting down', async () => {
    const first = await openDatabase({ dataFolder });
    const closing = first.close();
    const second = await openDatabase({ dataFolder });
    await closing;
    expect((await second.pool.query('select 1')).rowCount).toBe(1);
    await second.close();
  });

  it('in one process comes by itself after kill -9 of PostgreSQL', async () => {
    const steps: string[] = [];
    const database = await openDatabase({ dataFolder, onProgress: (step) => steps.push(step) });
    await writeRow(database);
    const before = database.describe();
    process.kill(before.kind === 'embedded' ? before.pid : 0, 'SIGKILL');
    await until(() => (database.describe() as { pid: number }).pid !== (before as { pid: number }).pid || undefined);
    expect(steps).toContain('restarting');
    expect(await readRows(database)).toBe(1);
    expect((await database.pool.query('select 1')).rowCount).toBe(1);
    await database.close();
  });

  it('does not keep us from ending when PostgreSQL hangs', async () => {
    const steps: string[] = [];
    const database = await openDatabase({ dataFolder, onProgress: (step) => steps.push(step) });
    const { pid } = database.describe() as { pid: number };
    const { rows } = await database.pool.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = 'postgres'`,
    );
    process.kill(pid, 'SIGSTOP');
    // The connection that watches ends, and a new one gets no answer.
    for (const watched of rows) process.kill(watched.pid, 'SIGTERM');
    await until(() => steps.includes('restarting') || undefined);
    const begun = performance.now();
    await database.close();
    expect(performance.now() - begun).toBeLessThan(20_000);
    await untilGone(pid);
  });

  it('does not believe a lock file whose number has passed to a stranger', async () => {
    const file = join(dataFolder, 'postgres/cluster/postmaster.pid');
    writeFileSync(file, `${process.pid}\n${dataFolder}\n1700000000\n5432\n${dataFolder}\n\n  1 1\nready   \n`);
    const database = await openDatabase({ dataFolder });
    expect(readPidFile(join(dataFolder, 'postgres/cluster'))?.pid).not.toBe(process.pid);
    await database.close();
  });

  it('gets over a lock file that was left empty', async () => {
    writeFileSync(join(dataFolder, 'postgres/cluster/postmaster.pid'), '');
    await (await openDatabase({ dataFolder })).close();
  });

  it('of a copied folder leaves the server of the original alone', async () => {
    const copy = newDataFolder();
    const original = await openDatabase({ dataFolder });
    await original.asOwner((client) => client.query('select 1'));
    cpSync(dataFolder, copy, { recursive: true, filter: (path) => !statSync(path).isSocket() });
    const database = await openDatabase({ dataFolder: copy });
    expect(database.describe()).not.toMatchObject({ pid: (original.describe() as { pid: number }).pid });
    expect((await original.pool.query('select 1')).rowCount).toBe(1);
    await database.close();
    await original.close();
  });
});

describe('two at once', () => {
  let dataFolder: string;
  beforeAll(async () => {
    dataFolder = await newCluster();
  });

  it('the second is told who serves the folder', async () => {
    const first = startProgram({ dataFolder, purpose: 'serve' });
    await first.ready();
    const second = openDatabase({ dataFolder });
    await expect(second).rejects.toMatchObject({ code: 'DATABASE_FOLDER_IN_USE' });
    await expect(second).rejects.toThrow(`serve (process ${first.pid})`);
  });

  it('a guest uses the running server and leaves it running', async () => {
    const host = await openDatabase({ dataFolder });
    const guest = await openDatabase({ dataFolder, ifServed: 'join' });
    expect(guest.describe()).toMatchObject({ isGuest: true });
    expect((await guest.pool.query('select 1')).rowCount).toBe(1);
    await guest.close();
    expect((await host.pool.query('select 1')).rowCount).toBe(1);
    await host.close();
  });

  it('of four first starts at the same moment one serves and the others are told', async () => {
    const dataFolder = newDataFolder();
    const programs = Array.from({ length: 4 }, () => startProgram({ dataFolder }));
    await until(() => programs.every(({ events }) => events.some(hasEnded)) || undefined);
    const last = programs.map(({ events }) => events.at(-1));
    expect(last.filter((event) => event?.ready !== undefined)).toHaveLength(1);
    expect(last.filter((event) => event?.fault === 'DATABASE_FOLDER_IN_USE')).toHaveLength(3);
    expect(readdirSync(join(dataFolder, 'postgres')).sort()).toEqual(['cluster', 'log', 'socket']);
  });
});

describe('paths', () => {
  it.each([
    ['with blanks, a comma, quotes and Persian', `data, of "ours" 'here' داده‌ها`],
    ['too long for a socket', 'long/'.repeat(30) + 'data'],
  ])('%s', async (_name, name) => {
    const database = await openDatabase({ dataFolder: newDataFolder(name) });
    const description = database.describe();
    expect((await database.pool.query('select 1')).rowCount).toBe(1);
    await database.close();
    if (description.kind === 'embedded' && name.startsWith('long'))
      expect(existsSync(description.socketFolder)).toBe(false);
  });

  it('too long for a socket: the same one after kill -9 of PostgreSQL and of us', async () => {
    const dataFolder = newDataFolder('long/'.repeat(30) + 'data');
    const first = startProgram({ dataFolder });
    const { pid, socketFolder } = await first.ready();
    process.kill(pid, 'SIGKILL');
    await until(() => first.events.find(({ step }) => step === 'restarting'));
    await first.kill('SIGKILL');
    const second = startProgram({ dataFolder });
    expect((await second.ready()).socketFolder).toBe(socketFolder);
    await second.kill('SIGTERM');
    expect(existsSync(socketFolder)).toBe(false);
  });

  it('below a folder that is closed to other accounts', async () => {
    const closed = newDataFolder('closed');
    mkdirSync(closed, { mode: 0o700 });
    const database = await openDatabase({ dataFolder: join(closed, 'data') });
    await writeRow(database);
    expect(statSync(closed).mode & 0o777).toBe(0o700);
    await database.close();
    const again = await openDatabase({ dataFolder: join(closed, 'data') });
    expect(await readRows(again)).toBe(1);
    await again.close();
  });

  it('that may not be written', async () => {
    const user = findOrdinaryUser();
    const dataFolder = isRoot ? newDataFolder() : '/estehqaq-cannot-be-made-here';
    const program = startProgram({ dataFolder }, { user });
    expect(await program.fault()).toMatchObject({ fault: 'DATABASE_FOLDER_UNREACHABLE' });
  });
});

describe('what is open to others', () => {
  let dataFolder: string;
  beforeAll(async () => {
    dataFolder = await newCluster();
  });

  it('is no port, no trust, and no right that was not granted', async () => {
    const database = await openDatabase({ dataFolder });
    const { rows } = await database.pool.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings
        where name in ('listen_addresses', 'fsync', 'synchronous_commit', 'full_page_writes', 'server_encoding')`,
    );
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      listen_addresses: '',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      server_encoding: 'UTF8',
    });
    await writeRow(database);
    await expect(database.pool.query('select from kept')).rejects.toMatchObject({ code: '42501' });
    await expect(database.pool.query('create table mine ()')).rejects.toMatchObject({ code: '42501' });
    await expect(database.pool.query('set role estehqaq_owner')).rejects.toMatchObject({ code: '42501' });
    const description = database.describe();
    if (description.kind !== 'embedded') throw new Error('not embedded');
    const stranger = new Client({ host: description.socketFolder, user: 'nobody', database: 'estehqaq' });
    await expect(stranger.connect()).rejects.toMatchObject({ code: /^28/ });
    await stranger.end();
    await database.close();
  });

  it('and the log holds no values', async () => {
    const database = await openDatabase({ dataFolder });
    await writeRow(database);
    await database.asOwner(async (client) => {
      await expect(client.query(`insert into kept values (1), (0012345679)`)).rejects.toMatchObject({ code: '23505' });
      await expect(client.query(`select 'national 0012345679'::int`)).rejects.toMatchObject({ code: '22P02' });
    });
    await database.close();
    const log = join(dataFolder, 'postgres/log');
    const text = readdirSync(log)
      .map((name) => readFileSync(join(log, name), 'utf8'))
      .join('\n');
    expect(text).toContain('23505');
    expect(text).not.toContain('(1)');
  });
});
