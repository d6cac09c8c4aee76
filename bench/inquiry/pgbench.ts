import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { lowestIdAt } from '../../server/platform/index.ts';
import { cpuSecondsOfEnded } from './process-cost.ts';
import type { ServedSystem } from './served-system.ts';

const run = promisify(execFile);
const owner = 'estehqaq_owner';
const logPrefix = 'latency';

/** Rows like those that an inquiry about one's own cover leaves, into a table like the journal with its keys and indexes. */
const insert = `insert into bench.inquiry values (:n, nextval('bench.id'), now(), 1, '100001', 1, '2022-03-21', null, 1, 1,
  current_date, null, 1, 1, '{}', '{4,21,24}', 1, '{}', '2027-03-20', null, 1, 1, '{}', '{}', 0, null, 2500)`;

const script = (people: number): string => `\\set n random(1, ${people})
begin;
select person, version, facts from bench.dossier where person = :n;
${insert.replaceAll('\n', ' ')};
commit;
`;

export interface PgbenchResult {
  /** Transactions a second. */
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuSeconds: number;
  readonly done: number;
}

/** Fails with what to do where pgbench is missing. */
export async function requirePgbench(): Promise<string> {
  try {
    return (await run('pgbench', ['--version'])).stdout.trim();
  } catch {
    throw new Error(
      'pgbench is not on the path. It comes with PostgreSQL: apt-get install postgresql-contrib (Debian, Ubuntu), ' +
        'dnf install postgresql-contrib (Fedora), brew install libpq (macOS).',
    );
  }
}

/** Copies of the dossiers under the numbers from 1 on, and an empty journal: that of the system stays as it is. */
export async function preparePgbench({ socketFolder, database }: ServedSystem): Promise<void> {
  const client = new Client({ host: socketFolder, port: 5432, user: owner, database });
  await client.connect();
  const [from, until] = [lowestIdAt(new Date()), lowestIdAt(new Date(Date.now() + 366 * 86_400_000))].map(String);
  await client.query(`
    create schema bench;
    create table bench.dossier (like dossier including all);
    insert into bench.dossier
      select row_number() over (order by person), version, recorded_at, facts, sources from dossier;
    create table bench.inquiry (like inquiry including all) partition by range (id);
    create table bench.inquiry_year partition of bench.inquiry for values from (${from ?? ''}) to (${until ?? ''});
    create sequence bench.id start ${from ?? ''} cache 100;
    analyze bench.dossier;
    analyze dossier`);
  await client.end();
}

/** One transaction of a keyed select, an insert and a commit, on so many connections; statements are prepared. */
export async function runPgbench(
  { socketFolder, database }: ServedSystem,
  { clients, seconds, people, folder }: { clients: number; seconds: number; people: number; folder: string },
): Promise<PgbenchResult> {
  const file = join(folder, 'transaction.sql');
  writeFileSync(file, script(people));
  const before = cpuSecondsOfEnded();
  const { stdout } = await run('pgbench', [
    ...['-h', socketFolder, '-U', owner, '-n', '-M', 'prepared', '-f', file],
    ...['-c', String(clients), '-j', '2', '-T', String(seconds)],
    ...['--log', '--log-prefix', join(folder, logPrefix), '--sampling-rate', '0.1', database],
  ]);
  return {
    done: Number(/transactions actually processed: (\d+)/.exec(stdout)?.[1]),
    rate: Number(/tps = ([\d.]+)/.exec(stdout)?.[1]),
    ...takeLatencies(folder),
    cpuSeconds: cpuSecondsOfEnded() - before,
  };
}

/** Milliseconds, out of one transaction in ten; takes pgbench's files away. */
function takeLatencies(folder: string): { readonly p50: number; readonly p99: number } {
  const files = readdirSync(folder).filter((name) => name.startsWith(`${logPrefix}.`));
  const latencies = files.flatMap((name) => {
    const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n');
    rmSync(join(folder, name));
    return lines.map((line) => Number(line.split(' ')[2]) / 1000);
  });
  const sorted = Float64Array.from(latencies).sort();
  const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
