import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { foldersOf } from '../../server/database/embedded/folders.ts';

const main = join(import.meta.dirname, '../../server/main.ts');
const run = promisify(execFile);

/** `serve` as an operator runs it, in a process of its own that can be killed. */
export interface System {
  readonly url: string;
  /** Kills it, and starts another one in its place. */
  readonly killServer: () => Promise<void>;
  readonly killPostgres: () => void;
  /** Stops the postmaster and all its processes for a while, without their noticing. */
  readonly freezePostgres: (ms: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function command(dataFolder: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [main, ...args], {
    env: environmentOf(dataFolder),
    maxBuffer: 2 ** 26,
  });
  return stdout;
}

/** @param more what its environment has besides */
export async function startSystem(dataFolder: string, more: NodeJS.ProcessEnv = {}): Promise<System> {
  const port = await findFreePort();
  let server = await start(dataFolder, port, more);
  return {
    url: `http://127.0.0.1:${String(port)}`,
    killServer: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
      server = await start(dataFolder, port, more);
    },
    killPostgres: () => {
      process.kill(postmasterOf(dataFolder), 'SIGKILL');
    },
    freezePostgres: async (ms) => {
      const pids = familyOf(postmasterOf(dataFolder));
      signalAll(pids, 'SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, ms));
      signalAll(pids, 'SIGCONT');
    },
    stop: async () => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
}

async function start(dataFolder: string, port: number, more: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const server = spawn(process.execPath, [main, 'serve', '--port', String(port)], {
    env: { ...environmentOf(dataFolder), ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    server.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('estehqaq ready')) resolve();
    });
    server.once('exit', (code) => {
      reject(new Error(`serve ended with ${String(code)}`));
    });
  });
  return server;
}

function environmentOf(dataFolder: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], ESTEHQAQ_DATA: dataFolder, METRICS_PORT: '0', LOG_LEVEL: 'silent' };
}

function postmasterOf(dataFolder: string): number {
  const [pid] = readFileSync(join(foldersOf(dataFolder).cluster, 'postmaster.pid'), 'utf8').split('\n');
  return Number(pid);
}

/** The process and its children. */
function familyOf(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8').trim();
  return [pid, ...children.split(' ').filter(Boolean).map(Number)];
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      // A connection may have ended meanwhile, and its process with it.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
