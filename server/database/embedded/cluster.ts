import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { diskFull, folderDamaged, otherVersion, programsDoNotRun } from '../faults.ts';
import { asAccount, type Account } from './account.ts';
import { faultOf } from './complaint.ts';
import { give, nameFor, type Folders } from './folders.ts';
import { isAlive } from './process.ts';
import type { Programs } from './programs.ts';
import { superuser } from './settings.ts';

const initialArguments = [
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--auth=peer',
  `--username=${superuser}`,
];

/**
 * Makes the cluster, if there is none. It is made under another name and renamed: a folder of the right name is whole,
 * or was whole once; it is never made anew over what is there.
 */
export async function makeCluster(
  folders: Folders,
  account: Account,
  programs: Programs,
  onStart: () => void,
): Promise<void> {
  if (existsSync(folders.cluster)) {
    requireCluster(folders, programs.version);
    return;
  }
  onStart();
  clearAbandoned(folders);
  const unfinished = join(folders.postgres, `cluster.new.${process.pid}.${randomBytes(4).toString('hex')}`);
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    give(unfinished, account);
    await runInitdb(unfinished, folders, account, programs);
    renameSync(unfinished, folders.cluster);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw diskFull(folders.postgres, 'the cluster could not be made', error);
    // Another starter of the first hour was quicker: its cluster is as good as ours.
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Refuses what is no cluster of the version that we bring. */
function requireCluster(folders: Folders, version: string): void {
  const brought = version.split('.')[0] ?? version;
  let found: string;
  try {
    found = readFileSync(join(folders.cluster, 'PG_VERSION'), 'utf8').trim();
  } catch {
    throw folderDamaged(folders.cluster, 'it holds no file PG_VERSION', folders.log);
  }
  if (found === '') throw folderDamaged(folders.cluster, 'its file PG_VERSION is empty', folders.log);
  if (found !== brought) throw otherVersion(folders.cluster, found, brought);
}

function clearAbandoned(folders: Folders): void {
  for (const name of readdirSync(folders.postgres)) {
    const pid = /^cluster\.new\.(\d+)\./.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      rmSync(join(folders.postgres, name), { recursive: true, force: true });
    }
  }
}

function runInitdb(at: string, folders: Folders, account: Account, programs: Programs): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(programs.initdb, ['-D', nameFor(at, account), ...initialArguments], {
      ...asAccount(account),
      cwd: at,
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-16_384);
    });
    child.on('error', (error) => {
      reject(programsDoNotRun(programs.initdb, error.message, error));
    });
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(faultOf(said.trim().replaceAll('\n', '; '), { ...folders, cluster: at }, programs.version));
    });
  });
}
