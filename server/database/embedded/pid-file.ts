import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { isAlive, isPostmasterOf } from './process.ts';

/** What a postmaster writes about itself into its cluster. */
export interface PidFile {
  readonly text: string;
  readonly pid: number;
  readonly socketFolder: string;
}

export type Situation =
  | { readonly kind: 'none' }
  /** The process is there, or something answers at its socket: starting, ready, recovering or shutting down. */
  | { readonly kind: 'there'; readonly pid: number; readonly socketFolder: string };

const pidFileName = 'postmaster.pid';
const emptyForMs = 2_000;

export async function findSituation(cluster: string): Promise<Situation> {
  const file = readPidFile(cluster);
  if (file === undefined) return { kind: 'none' };
  const there: Situation = { kind: 'there', pid: file.pid, socketFolder: file.socketFolder };
  if (isPostmasterOf(file.pid, cluster)) return there;
  // Another container that shares the folder has process numbers of its own; its socket is the same file.
  if (file.socketFolder !== '' && (await answers(file.socketFolder))) return there;
  // A number that has passed to a stranger would make PostgreSQL refuse to start for ever.
  if (isAlive(file.pid)) discardPidFile(cluster, file);
  return { kind: 'none' };
}

export function readPidFile(cluster: string): PidFile | undefined {
  let text: string;
  try {
    text = readFileSync(join(cluster, pidFileName), 'utf8');
  } catch {
    return undefined;
  }
  const lines = text.split('\n');
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10)); // a negative one is a single-user session's
  return Number.isSafeInteger(pid) && pid > 0 ? { text, pid, socketFolder: (lines[4] ?? '').trim() } : undefined;
}

/** Removes just the file that was judged: one that has been written since is put back. */
export function discardPidFile(cluster: string, judged: PidFile): void {
  const path = join(cluster, pidFileName);
  const aside = `${path}.stale.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') === judged.text) rmSync(aside);
    else renameSync(aside, path);
  } catch {
    // Somebody else has removed it.
  }
}

/** Removes a file that has stayed empty; one that has just been made belongs to a starter who is about to write it. */
export function discardEmptyPidFile(cluster: string): void {
  const path = join(cluster, pidFileName);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.size !== 0 || Date.now() - found.mtimeMs < emptyForMs) return;
  discardPidFile(cluster, { text: '', pid: 0, socketFolder: '' });
}

/** The socket has a lock file of its own, with the same number in it and the same trouble. */
export function discardStrangersSocketLock(socketFolder: string, cluster: string): void {
  const path = join(socketFolder, '.s.PGSQL.5432.lock');
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    if (isAlive(pid) && !isPostmasterOf(pid, cluster)) rmSync(path);
  } catch {
    // There is none.
  }
}

function answers(socketFolder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(join(socketFolder, '.s.PGSQL.5432'));
    const tell = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2_000, tell(false)).once('connect', tell(true)).once('error', tell(false));
  });
}
