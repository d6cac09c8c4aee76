import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Fault } from '../../platform/index.ts';
import { findFaultCode, openDatabase } from '../index.ts';
import { endAll, newCluster, newDataFolder, startProgram, tidyUp } from '../testing/machine.ts';
import { chooseAccount } from './account.ts';
import { findPackage, linkLibraries, preparePrograms } from './programs.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });
afterEach(endAll);
afterAll(tidyUp);

async function faultOfOpening(dataFolder: string): Promise<Fault> {
  const error: unknown = await openDatabase({ dataFolder }).then(
    async (database) => database.close(),
    (reason: unknown) => reason,
  );
  if (error instanceof Fault) return error;
  throw new Error('it opened, or failed without a name', { cause: error });
}

describe('a damaged folder is refused, and left as it is', () => {
  let dataFolder: string;
  let cluster: string;
  beforeAll(async () => {
    dataFolder = await newCluster();
    cluster = join(dataFolder, 'postgres/cluster');
  });

  it.each(['PG_VERSION', 'global/pg_control', 'pg_wal', 'base', '.'])('without %s', async (part) => {
    const away = join(dataFolder, 'away');
    renameSync(join(cluster, part), away);
    if (part === '.') mkdirSync(join(cluster, part), { mode: 0o700 });
    const fault = await faultOfOpening(dataFolder);
    expect(fault).toMatchObject({ code: 'DATABASE_FOLDER_DAMAGED' });
    expect(fault.message).toMatch(/restore a backup/);
    expect(existsSync(join(cluster, 'PG_VERSION'))).toBe(part !== 'PG_VERSION' && part !== '.');
    rmSync(join(cluster, part), { recursive: true, force: true });
    renameSync(away, join(cluster, part));
  });

  it('with half a pg_control', async () => {
    const path = join(cluster, 'global/pg_control');
    const whole = readFileSync(path);
    truncateSync(path, 100);
    expect(await faultOfOpening(dataFolder)).toMatchObject({ code: 'DATABASE_FOLDER_DAMAGED' });
    writeFileSync(path, whole);
  });

  it('of another version', async () => {
    writeFileSync(join(cluster, 'PG_VERSION'), '17\n');
    expect(await faultOfOpening(dataFolder)).toMatchObject({ code: 'DATABASE_FOLDER_OTHER_VERSION' });
    writeFileSync(join(cluster, 'PG_VERSION'), '18\n');
  });

  it('and works again once it is put right', async () => {
    await (await openDatabase({ dataFolder })).close();
  });

  it('a file where the folder should be', async () => {
    const file = newDataFolder();
    writeFileSync(file, '');
    expect(await faultOfOpening(file)).toMatchObject({ code: 'DATABASE_FOLDER_UNREACHABLE' });
  });
});

describe('a first start that was broken off', () => {
  it('leaves nothing that the next one minds', async () => {
    const dataFolder = newDataFolder();
    mkdirSync(join(dataFolder, 'postgres/cluster.new.999999999.abcd'), { recursive: true });
    await (await openDatabase({ dataFolder })).close();
    expect(readdirSync(join(dataFolder, 'postgres')).filter((name) => name.startsWith('cluster.new'))).toEqual([]);
  });
});

describe('a full disk', () => {
  it('at the first start: said plainly, and nothing half-made', async () => {
    const dataFolder = newDataFolder();
    const program = startProgram({ dataFolder }, { shell: 'ulimit -f 2000' });
    expect(await program.fault()).toMatchObject({ fault: 'DATABASE_DISK_FULL' });
    expect(readdirSync(join(dataFolder, 'postgres')).filter((name) => name.startsWith('cluster'))).toEqual([]);
    await (await openDatabase({ dataFolder })).close();
  });

  it('in the middle of work: refused by name, nothing lost, and well again when there is room', async () => {
    const disk = mountSmallDisk();
    if (disk === undefined) return; // only root can; without it the test above stands for this one
    try {
      const { dataFolder, kept } = await fillDisk(disk.folder);
      rmSync(join(disk.folder, 'ballast'));
      const database = await openDatabase({ dataFolder });
      const { rows } = await database.asOwner((client) =>
        client.query<{ n: bigint }>('select count(*) as n from kept'),
      );
      expect(rows[0]?.n).toBeGreaterThanOrEqual(kept);
      await database.asOwner((client) => client.query(`insert into kept values (-1, 'room again')`));
      await database.close();
    } finally {
      await endAll();
      disk.unmount();
    }
  });
});

interface Disk {
  readonly folder: string;
  readonly unmount: () => void;
}

function mountSmallDisk(): Disk | undefined {
  const folder = newDataFolder('disk');
  mkdirSync(folder);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96m,mode=755', 'tmpfs', folder], {
    stdio: 'ignore',
  });
  if (status !== 0) return undefined;
  return {
    folder,
    unmount: () => {
      execFileSync('umount', ['-l', folder]);
    },
  };
}

/** Writes until the disk is full, with PostgreSQL ending over it or not; returns how many rows were confirmed. */
async function fillDisk(folder: string): Promise<{ dataFolder: string; kept: bigint }> {
  const dataFolder = join(folder, 'data');
  const database = await openDatabase({ dataFolder });
  await database.asOwner((client) => client.query('create table kept (id bigint primary key, filler text)'));
  const faults: unknown[] = [];
  let kept = 0n;
  for (let id = 0; id < 2_000 && faults.length < 3; id += 1) {
    if (id === 20) spawnSync('sh', ['-c', 'cat /dev/zero > "$1" 2> /dev/null', 'sh', join(folder, 'ballast')]);
    try {
      const filler = `repeat(md5(${id}::text), 4000)`;
      await database.asOwner((client) =>
        client.query(
          `insert into kept select ${id}, string_agg(md5((n + ${id})::text), '') from generate_series(1, 8000) n, (select ${filler}) f`,
        ),
      );
      kept += 1n;
    } catch (error) {
      faults.push(findFaultCode(error));
    }
  }
  expect(faults).toHaveLength(3);
  for (const fault of faults) {
    expect(['DATABASE_DISK_FULL', 'DATABASE_OUTCOME_UNKNOWN', 'DATABASE_UNAVAILABLE']).toContain(fault);
  }
  await database.close().catch(() => undefined);
  return { dataFolder, kept };
}

describe('the programs', () => {
  const { native, version } = findPackage();

  it('get their links back when the install script did not run', async () => {
    const copy = newDataFolder('native');
    cpSync(native, copy, {
      recursive: true,
      filter: (path) => !/\.so(?:\.\d+)?$/.test(path) || path.includes('postgresql'),
    });
    // Those whose real name looks like a link's were left out with the links; they are copied after all.
    for (const name of readdirSync(join(native, 'lib'))) {
      const from = join(native, 'lib', name);
      if (statSync(from).isFile() && !existsSync(join(copy, 'lib', name))) {
        const isLink = spawnSync('test', ['-L', from]).status === 0;
        if (!isLink) cpSync(from, join(copy, 'lib', name));
      }
    }
    const run = (): number | null => spawnSync(join(copy, 'bin/postgres'), ['--version']).status;
    expect(run()).not.toBe(0);
    expect(linkLibraries(copy)).toBe(true);
    expect(run()).toBe(0);
    expect(linkLibraries(copy)).toBe(true);
    await Promise.resolve();
  });

  it('are copied once to where the account can reach them', async () => {
    const account = chooseAccount(join(newDataFolder(), 'postgres/cluster'));
    const closed = newDataFolder('closed');
    cpSync(native, closed, { recursive: true, verbatimSymlinks: true });
    if (account.isOther) execFileSync('chmod', ['700', closed]);
    else execFileSync('chmod', ['600', join(closed, 'bin/postgres')]);
    const own = newDataFolder('own');
    mkdirSync(own);
    let copies = 0;
    const prepare = () => preparePrograms(account, own, () => (copies += 1), { native: closed, version });
    const [first, second] = [await prepare(), await prepare()];
    expect(first.postgres.startsWith(own)).toBe(true);
    expect(second).toEqual(first);
    expect(copies).toBe(1);
    expect(readdirSync(own)).toEqual([`programs-${version}`]);
    expect(
      spawnSync(first.postgres, ['--version'], account.isOther ? { uid: account.uid, gid: account.gid, cwd: '/' } : {})
        .status,
    ).toBe(0);
  });

  it('are not run from a folder whose name means something to a shell', async () => {
    const account = chooseAccount(join(newDataFolder(), 'postgres/cluster'));
    const odd = newDataFolder('say "$(hello)"');
    cpSync(native, odd, { recursive: true, verbatimSymlinks: true });
    const own = newDataFolder('own');
    mkdirSync(own);
    const { initdb } = await preparePrograms(account, own, () => undefined, { native: odd, version });
    expect(initdb.startsWith(own)).toBe(true);
  });

  it('are named, with the way out, where there are none', () => {
    expect(() => findPackage('win32-x64')).toThrow(/win32-x64.*DATABASE_URL/);
    expect(() => findPackage('linux-riscv64')).toThrow(/linux-riscv64.*DATABASE_URL/);
    const absent = process.platform === 'darwin' ? 'linux-arm64' : 'darwin-arm64';
    expect(() => findPackage(absent)).toThrow(/npm ci.*DATABASE_URL/s);
  });
});
