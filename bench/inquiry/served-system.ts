import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunFile } from '../../server/channels/command-line/run-file.ts';
import { makeToken } from '../../server/channels/tokens.ts';
import { generatePeople, generateProviders } from '../../server/membership/index.ts';
import { openKeys, systemClock } from '../../server/platform/index.ts';
import { cpuSecondsOf, memoryOf } from './process-cost.ts';

const main = join(import.meta.dirname, '../../server/main.ts');
const seed = 1399;
const providers = 60;

/** The system as an operator starts it, in a folder of its own, with people and providers that were imported. */
export interface ServedSystem {
  readonly port: number;
  /** Of providers with a contract in force. */
  readonly tokens: readonly string[];
  /** National ids of all people, one a line. */
  readonly personsFile: string;
  readonly socketFolder: string;
  readonly database: string;
  /** Processor seconds so far. */
  readonly cpuSeconds: () => { readonly server: number; readonly postgres: number };
  /** Megabytes that the server's processes hold together, PostgreSQL left out. */
  readonly memory: () => number;
  readonly stop: () => Promise<void>;
}

interface ProviderLine {
  readonly code: string;
  readonly suspended: boolean;
  readonly contractUntil?: string;
}

export async function serveSystem(people: number): Promise<ServedSystem> {
  const folder = mkdtempSync(join(tmpdir(), 'estehqaq-bench-'));
  const dataFolder = join(folder, 'data');
  const environment = { ...process.env, ESTEHQAQ_DATA: dataFolder, METRICS_PORT: '0' };
  const program = spawn(process.execPath, [...nodeOptions(), main, 'serve', '--port', '0'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    await end(program);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await isReady(program);
    const personsFile = join(folder, 'persons.txt');
    const contracted = await fill(folder, people, personsFile, environment);
    const run = JSON.parse(await readFile(join(dataFolder, 'run.json'), 'utf8')) as RunFile;
    if (run.database.kind !== 'embedded') throw new Error('it was to start a PostgreSQL of its own');
    const keys = openKeys(join(dataFolder, 'keys'));
    const made = contracted.map((code) => makeToken({ kind: 'provider', code }, keys, systemClock));
    const { pid: postgres, socketFolder, database } = run.database;
    return {
      port: run.port,
      tokens: (await Promise.all(made)).map(({ token }) => token),
      personsFile,
      socketFolder,
      database,
      cpuSeconds: () => ({ server: cpuSecondsOf(run.pid, [postgres]), postgres: cpuSecondsOf(postgres) }),
      memory: () => memoryOf(run.pid, [postgres]),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** For profiles of the server: `SERVER_NODE_OPTIONS="--cpu-prof --cpu-prof-dir=…"`. */
function nodeOptions(): readonly string[] {
  return (process.env['SERVER_NODE_OPTIONS'] ?? '').split(' ').filter((option) => option !== '');
}

async function isReady(program: ChildProcess): Promise<void> {
  let printed = '';
  await new Promise<void>((ready, failed) => {
    program.once('exit', () => {
      failed(new Error('serve ended before it was ready'));
    });
    program.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (printed.includes('estehqaq ready ')) ready();
    });
  });
}

async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, 'exit');
  program.kill('SIGTERM');
  await ended;
}

/** Imports as an operator would. @returns codes of providers with a contract in force */
async function fill(
  folder: string,
  people: number,
  personsFile: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const peopleLines = [...generatePeople(people, seed)];
  const persons = peopleLines.map((line) => (JSON.parse(line) as { readonly nationalId: string }).nationalId);
  writeFileSync(personsFile, `${persons.join('\n')}\n`);
  const providerLines = [...generateProviders(providers, seed)];
  for (const [what, lines] of [['people', peopleLines] as const, ['providers', providerLines] as const]) {
    const file = join(folder, `${what}.ndjson`);
    writeFileSync(file, `${lines.join('\n')}\n`);
    await promisify(execFile)(process.execPath, [main, 'import', what, file], { env });
  }
  return providerLines
    .map((line) => JSON.parse(line) as ProviderLine)
    .filter(({ suspended, contractUntil }) => !suspended && contractUntil === undefined)
    .map(({ code }) => code);
}
