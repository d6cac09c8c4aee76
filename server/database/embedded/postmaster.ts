import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { diskFull, notStopped, programsDoNotRun } from '../faults.ts';
import { asAccount, type Account } from './account.ts';
import { give, nameFor, type Folders } from './folders.ts';
import { isPostmasterOf } from './process.ts';
import type { Programs } from './programs.ts';

export interface Started {
  readonly pid: number;
  /** Set once it has ended. */
  readonly ended: { reason: string | undefined };
}

const fastLimitMs = 60_000;
const immediateLimitMs = 15_000;

/** Starts the postmaster in a session of its own: neither our end nor the terminal's interrupt is its end. */
export function startPostmaster(folders: Folders, socketFolder: string, account: Account, programs: Programs): Started {
  const log = openStartLog(folders, account);
  const ended: Started['ended'] = { reason: undefined };
  try {
    const child = spawn(
      programs.postgres,
      ['-D', nameFor(folders.cluster, account), '-c', `unix_socket_directories=${quoteForList(socketFolder)}`],
      {
        ...asAccount(account),
        cwd: folders.cluster,
        env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' },
        stdio: ['ignore', log, log],
        detached: true,
      },
    );
    child.on('error', (error) => (ended.reason = error.message));
    child.on('exit', (code, signal) => (ended.reason ??= `it ended with ${signal ?? `status ${code ?? 'unknown'}`}`));
    child.unref();
    if (child.pid === undefined) throw programsDoNotRun(programs.postgres, 'it could not be started');
    return { pid: child.pid, ended };
  } finally {
    closeSync(log);
  }
}

/** Fast shutdown; after a minute the immediate one, which loses nothing but makes the next start recover. */
export async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  for (const [signal, limit] of [
    ['SIGINT', fastLimitMs],
    ['SIGQUIT', immediateLimitMs],
  ] as const) {
    if (!isPostmasterOf(pid, cluster)) return;
    try {
      process.kill(pid, signal);
      process.kill(pid, 'SIGCONT'); // a stopped process hears nothing before it goes on
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw notStopped(pid);
    }
    const until = performance.now() + limit;
    while (performance.now() < until) {
      if (!isPostmasterOf(pid, cluster)) return;
      await sleep(20);
    }
  }
  throw notStopped(pid);
}

function openStartLog(folders: Folders, account: Account): number {
  const path = join(folders.log, 'start.log');
  try {
    const file = openSync(path, 'a', 0o600);
    give(path, account);
    return file;
  } catch (error) {
    throw diskFull(folders.log, 'the log file could not be made', error);
  }
}

/** The setting is a list: blanks and commas in a path must not divide it. */
function quoteForList(path: string): string {
  return `"${path.replaceAll('"', '""')}"`;
}
