import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** Named in the configuration of vitest: one demo for all tests in a browser, as a process of its own. */

declare module 'vitest' {
  interface ProvidedContext {
    demo: { readonly url: string; readonly clerkPassword: string; readonly people: readonly DemoPerson[] };
  }
}

/** Of the made-up people, in the order in which they are made. */
export interface DemoPerson {
  readonly nationalId: string;
  readonly mobile?: string;
  readonly birthDate: string;
  readonly diedOn?: string | null;
  readonly otherCovers?: readonly object[];
  readonly standings: readonly {
    readonly class: 'insured' | 'pensioner' | 'dependant';
    readonly principalNationalId?: string;
  }[];
}

const program = join(import.meta.dirname, '../../server/main.ts');
const demoPeople = ['generate', 'people', '1000', '--seed', '1399'];

let running: ChildProcess | undefined;
let folder: string | undefined;

export async function setup(project: TestProject): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'estehqaq-browser-'));
  const generated = await outputOf(demoPeople);
  const people = generated.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as DemoPerson]));
  project.provide('demo', { ...(await start(folder)), people });
}

export async function teardown(): Promise<void> {
  if (running?.exitCode === null) {
    const ended = once(running, 'exit');
    running.kill('SIGTERM');
    await ended;
  }
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

async function start(dataFolder: string): Promise<{ readonly url: string; readonly clerkPassword: string }> {
  const environment = { PATH: process.env['PATH'], METRICS_PORT: '0', LOG_LEVEL: 'error', ESTEHQAQ_DATA: dataFolder };
  const child = spawn(process.execPath, [program, 'serve', '--demo', '--port', '0'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running = child;
  let out = '';
  return new Promise((ready, failed) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const url = /estehqaq ready (\S+)/.exec(out)?.[1];
      const clerkPassword = /as clerk; password (\S+)/.exec(out)?.[1];
      if (url !== undefined && clerkPassword !== undefined) ready({ url, clerkPassword });
    });
    child.once('exit', () => {
      failed(new Error(`the demo ended before it was ready: ${out}`));
    });
  });
}

async function outputOf(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  await once(child, 'close');
  return out;
}
