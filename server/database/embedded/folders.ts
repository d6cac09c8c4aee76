import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { mkdtempSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { folderUnreachable } from '../faults.ts';
import { canReach, type Account } from './account.ts';

/** Below the data folder: `postgres/cluster` is PostgreSQL's own, its log and socket lie beside it. */
export interface Folders {
  readonly data: string;
  readonly postgres: string;
  readonly cluster: string;
  readonly log: string;
  readonly socket: string;
}

/** The shortest limit of the systems we run on (macOS: 104 with the zero byte; Linux: 108). */
const longestSocketPath = 103;
const socketName = '.s.PGSQL.5432';
const temporaryPrefix = 'estehqaq-socket-';

export function foldersOf(dataFolder: string): Folders {
  const data = resolve(dataFolder);
  const postgres = join(data, 'postgres');
  return {
    data,
    postgres,
    cluster: join(postgres, 'cluster'),
    log: join(postgres, 'log'),
    socket: join(postgres, 'socket'),
  };
}

/** Makes what is missing. The account owns the leaves alone; the data folder holds keys, which are not its business. */
export function makeFolders(folders: Folders, account: Account): void {
  const mode = account.isOther ? 0o711 : 0o700;
  mkdirSync(folders.data, { recursive: true, mode });
  mkdirSync(folders.postgres, { recursive: true, mode });
  for (const folder of [folders.log, folders.socket]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    give(folder, account);
  }
}

/**
 * The name under which the account reaches the folder that its programs are started in.
 * Below a closed folder (root's home, say) no path leads there; on Linux the working directory itself still does.
 */
export function nameFor(folder: string, account: Account): string {
  if (!account.isOther || canReach(account, folder)) return folder;
  if (existsSync('/proc/self/cwd')) return '/proc/self/cwd';
  throw folderUnreachable(folder, account.name);
}

/** Our own socket folder; or, where its path is too long or closed to the account, a private one for temporary files. */
export function chooseSocketFolder(folders: Folders, account: Account): string {
  if (fits(folders.socket) && canReach(account, folders.socket)) return folders.socket;
  // The same as before, so that whoever was connected finds it again, and crashes leave no heap of folders.
  const record = join(folders.postgres, 'socket-folder');
  const last = existsSync(record) ? readFileSync(record, 'utf8') : '';
  if (isPrivate(last, account)) return last;
  const places = [tmpdir(), '/tmp'].filter((place) => fits(join(place, `${temporaryPrefix}XXXXXX`)));
  for (const place of places) {
    const folder = mkdtempSync(join(place, temporaryPrefix));
    give(folder, account);
    if (canReach(account, folder)) {
      writeFileSync(record, folder);
      return folder;
    }
    rmdirSync(folder);
  }
  throw folderUnreachable(places[0] ?? '/tmp', account.name);
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, socketName)) <= longestSocketPath;
}

/** In a folder for everybody's temporary files, a name that we once chose may have passed to somebody else. */
function isPrivate(folder: string, account: Account): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return (
    basename(folder).startsWith(temporaryPrefix) &&
    found?.isDirectory() === true &&
    found.uid === account.uid &&
    (found.mode & 0o077) === 0
  );
}

/** Takes away a private socket folder that nobody listens in any more. */
export function dropSocketFolder(folder: string): void {
  if (!basename(folder).startsWith(temporaryPrefix)) return;
  try {
    rmdirSync(folder); // never one that still has a socket in it
  } catch {
    // It is empty rubbish at worst.
  }
}

/** Replaces the file at once or not at all; one that says the same already is left alone, even on a full disk. */
export function writeOwned(path: string, text: string, account: Account): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  give(unfinished, account);
  renameSync(unfinished, path);
}

export function give(path: string, account: Account): void {
  if (account.isOther) chownSync(path, account.uid, account.gid);
}

/** A cluster that was copied or unpacked by root belongs to root; PostgreSQL insists on owning it, and alone. */
export function giveCluster(folders: Folders, account: Account): void {
  chmodSync(folders.cluster, 0o700);
  if (!account.isOther) return;
  giveAll(folders.log, account);
  if (lstatSync(folders.cluster).uid !== account.uid) giveAll(folders.cluster, account);
}

function giveAll(folder: string, account: Account): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveAll(path, account);
    else if (entry.isFile()) give(path, account);
  }
  give(folder, account); // the folder last: half-way through it still says that it is not done
}
