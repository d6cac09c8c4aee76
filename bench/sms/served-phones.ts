import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { RunFile } from '../../server/channels/command-line/run-file.ts';
import { startMessageCentre, until, type MessageCentre } from '../../server/channels/smpp/testing.ts';
import { generatePeople, generateProviders } from '../../server/membership/index.ts';
import { command, startSystem, type System } from '../crash/system.ts';
import { cpuSecondsOf } from '../inquiry/process-cost.ts';

const seed = 1399;
const owner = 'estehqaq_owner';
const boundWithinMs = 30_000;

export interface Subscriber {
  readonly person: bigint;
  /** 989121234567 */
  readonly mobile: string;
}

/** `serve` with a PostgreSQL of its own, bound to a message centre, with people whose mobiles are registered. */
export interface ServedPhones {
  readonly folder: string;
  readonly dataFolder: string;
  readonly window: number;
  readonly subscribers: readonly Subscriber[];
  readonly centre: MessageCentre;
  readonly system: System;
  /** One message from each, written to the message centre at once. */
  readonly burst: (texts: readonly SentText[]) => Promise<Burst>;
  readonly query: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
  /** Processor seconds so far. */
  readonly cpuSeconds: () => { readonly server: number; readonly postgres: number };
  /** What the server counts now: of each name the sum. */
  readonly readMetrics: () => Promise<(name: string) => number>;
  readonly stop: () => Promise<void>;
}

export interface SentText {
  readonly mobile: string;
  readonly text: string;
}

export interface Burst {
  readonly burst: number;
  /** Those that were sent again included. */
  readonly sent: number;
  readonly seconds: number;
  readonly per_s: number;
}

export async function servePhones(people: number, window: number): Promise<ServedPhones> {
  const folder = mkdtempSync(join(tmpdir(), 'estehqaq-sms-'));
  const dataFolder = join(folder, 'data');
  const started = new AsyncDisposableStack();
  started.defer(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    const subscribers = await fill(folder, dataFolder, people);
    const centre = await startMessageCentre('dlr=none');
    started.defer(() => centre.close());
    const dialect = join(folder, 'operator.json');
    writeFileSync(dialect, JSON.stringify({ window }));
    const { host, port, systemId, password } = centre.address;
    const system = await startSystem(dataFolder, {
      SMPP_URL: `smpp://${systemId}:${password}@${host}:${port}`,
      SMPP_FILE: dialect,
      ...(process.env['SERVER_NODE_OPTIONS'] !== undefined && { NODE_OPTIONS: process.env['SERVER_NODE_OPTIONS'] }),
    });
    started.defer(() => system.stop());
    await until('the server is bound', () => isBound(centre), boundWithinMs);
    const run = (): RunFile => JSON.parse(readFileSync(join(dataFolder, 'run.json'), 'utf8')) as RunFile;
    return {
      folder,
      dataFolder,
      window,
      subscribers,
      centre,
      system,
      burst: (texts) => sendBurst(centre, { folder, window }, texts),
      query: (text, values) => query(run(), text, values),
      cpuSeconds: () => {
        const { pid, database } = run();
        const postgres = embedded(database).pid;
        return { server: cpuSecondsOf(pid, [postgres]), postgres: cpuSecondsOf(postgres) };
      },
      readMetrics: () => readMetrics(run().metricsPort),
      stop: () => started.disposeAsync(),
    };
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

export async function isBound(centre: MessageCentre): Promise<boolean> {
  return (await centre.tell<{ bound_now: number }>('stats')).bound_now > 0;
}

export async function sendBurst(
  centre: MessageCentre,
  { folder, window }: Pick<ServedPhones, 'folder' | 'window'>,
  texts: readonly SentText[],
): Promise<Burst> {
  const file = join(folder, 'burst.tsv');
  writeFileSync(file, texts.map(({ mobile, text }) => `${mobile}\t${text}\n`).join(''));
  return centre.tell<Burst>(`burstfile ${file} ${window} 1666`);
}

/** As an operator would. Those who have no mobile are given one. */
async function fill(folder: string, dataFolder: string, people: number): Promise<readonly Subscriber[]> {
  const subscribers: Subscriber[] = [];
  const lines = [...generatePeople(people, seed)].map((line, index) => {
    const person = JSON.parse(line) as { readonly nationalId: string };
    const mobile = `98913${String(index).padStart(7, '0')}`;
    subscribers.push({ person: BigInt(person.nationalId), mobile });
    return JSON.stringify({ ...person, mobile: `+${mobile}` });
  });
  for (const [what, all] of [['people', lines] as const, ['providers', [...generateProviders(60, seed)]] as const]) {
    const file = join(folder, `${what}.ndjson`);
    writeFileSync(file, `${all.join('\n')}\n`);
    await command(dataFolder, ['import', what, file]);
  }
  return subscribers;
}

function embedded(database: RunFile['database']): Extract<RunFile['database'], { readonly kind: 'embedded' }> {
  if (database.kind !== 'embedded') throw new Error('it was to start a PostgreSQL of its own');
  return database;
}

async function query<Row extends object>(
  run: RunFile,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const { socketFolder, database } = embedded(run.database);
  const client = new Client({ host: socketFolder, port: 5432, user: owner, database });
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

async function readMetrics(port: number): Promise<(name: string) => number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const lines = text.split('\n');
  return (name) =>
    lines
      .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
