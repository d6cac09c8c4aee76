import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { from as copyFrom } from 'pg-copy-streams';
import { openDatabase, type Database } from '../server/database/index.ts';
import type { Inquiry } from '../server/inquiry/index.ts';
import { importPeople } from '../server/membership/index.ts';
import { systemClock } from '../server/platform/index.ts';
import { inquiryOver } from './inquiry-batch.ts';
import { cpuSecondsOf } from './inquiry/process-cost.ts';
import { Lines } from './lines.ts';
import { median, report } from './report.ts';

/*
 * Many people: `npm run bench -- population --people 1000000,5000000`. For each number a register of its own is filled by
 * an import of made-up people, beside a plain COPY of the same documents; then the inquiry is asked about random people of
 * the registers, in pairs of rounds.
 */

const estehqaq = join(import.meta.dirname, '../server/estehqaq.js');
const rounds = 5;
const secondsARound = 4;
const callers = 256;
const keysAtOnce = 100_000;

interface Register {
  readonly people: number;
  readonly folder: string;
  readonly database: Database;
  readonly inquiry: Inquiry;
  readonly persons: BigInt64Array;
}

export async function benchPopulation(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { people: { type: 'string', default: '1000000,5000000' } },
  });
  const registers: Register[] = [];
  try {
    for (const people of values.people.split(',').map(Number)) registers.push(await fillRegister(people));
    await compare(registers);
  } finally {
    for (const { inquiry, database, folder } of registers) {
      await inquiry.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function fillRegister(people: number): Promise<Register> {
  const folder = await mkdtemp(join(tmpdir(), 'estehqaq-bench-'));
  const database = await openDatabase({ dataFolder: folder });
  const plain = await copyPlainly(database, people);
  const imported = await importAll(database, people, folder);
  report(`${people} people, import`, imported, 'people/s');
  report(`${people} people, plain COPY of the same documents into a table with a primary key`, plain, 'people/s');
  report('import to plain COPY', imported / plain, 'times');
  // As the server's own cleaning does within minutes of so many new rows.
  await database.asOwner((owner) => owner.query('vacuum analyze dossier'));
  return { people, folder, database, inquiry: inquiryOver(database), persons: await readPersons(database, people) };
}

/** The command in a process of its own, so that making people up takes no time of those who read them. */
async function* generated(people: number): AsyncGenerator<Uint8Array> {
  const command = [estehqaq, 'generate', 'people', String(people)];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  yield* child.stdout as AsyncIterable<Uint8Array>;
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`generate people ended with ${String(code)}`);
}

/** The same pieces, once the first one is there: a program that starts is not measured. */
async function begun(pieces: AsyncGenerator<Uint8Array>): Promise<AsyncGenerator<Uint8Array>> {
  const first = await pieces.next();
  return (async function* () {
    if (first.done !== true) yield first.value;
    yield* pieces;
  })();
}

/** @returns people a second */
async function copyPlainly(database: Database, people: number): Promise<number> {
  return database.asOwner(async (owner) => {
    await owner.query('create table bench_document (id bigint primary key, document json not null)');
    const documents = await begun(generated(people));
    const start = performance.now();
    await pipeline(documents, asRows, owner.query(copyFrom('copy bench_document from stdin')));
    const seconds = (performance.now() - start) / 1000;
    await owner.query('drop table bench_document');
    return people / seconds;
  });
}

const idBegins = '{"nationalId":"'.length;

async function* asRows(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const lines = new Lines();
  const rows = (texts: readonly (string | undefined)[]): Buffer =>
    Buffer.from(texts.map((text = '') => `${text.slice(idBegins, text.indexOf('"', idBegins))}\t${text}\n`).join(''));
  for await (const piece of pieces) yield rows(lines.take(piece));
  yield rows(lines.rest());
}

/** @returns people a second */
async function importAll(database: Database, people: number, folder: string): Promise<number> {
  const description = database.describe();
  const postgres = (): number => (description.kind === 'embedded' ? cpuSecondsOf(description.pid) : Number.NaN);
  const standardInput = await begun(generated(people));
  const [postgresBefore, own, start] = [postgres(), process.cpuUsage(), performance.now()];
  let most = 0;
  const counts = await importPeople(database.pool, {
    file: '-',
    standardInput,
    clock: systemClock,
    recordedBy: 'bench',
    rejectedFile: join(folder, 'rejected.ndjson'),
    onProgress: () => {
      most = Math.max(most, process.memoryUsage.rss());
    },
  });
  const seconds = (performance.now() - start) / 1000;
  if (counts.created !== people) throw new Error(`of ${String(people)} people ${String(counts.created)} were entered`);
  const { user, system } = process.cpuUsage(own);
  report('import, processor time of this process', (user + system) / people, 'µs a person');
  report('import, processor time of PostgreSQL', ((postgres() - postgresBefore) * 1e6) / people, 'µs a person');
  report('import, peak memory of this process', most / 2 ** 20, 'MB');
  return people / seconds;
}

async function readPersons(database: Database, people: number): Promise<BigInt64Array> {
  const persons = new BigInt64Array(people);
  let count = 0;
  for (let last = 0n; count < people;) {
    const { rows } = await database.pool.query<{ person: bigint }>(
      'select person from dossier where person > $1 order by person limit $2',
      [last, keysAtOnce],
    );
    for (const { person } of rows) persons[count++] = person;
    last = rows.at(-1)?.person ?? last;
  }
  return persons;
}

/** Each round asks of every register in turn, so that what else the machine does falls on all of them. */
async function compare(registers: readonly Register[]): Promise<void> {
  const rates = registers.map((): number[] => []);
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const [index, register] of registers.entries()) {
      const rate = await ask(register);
      if (turn > 0) rates[index]?.push(rate); // the first one warms
    }
  }
  const [first = []] = rates;
  for (const [index, { people }] of registers.entries()) {
    const own = rates[index] ?? [];
    report(`${people} people, inquiries of ${callers} callers about random people`, median(own), 'inquiries/s');
    if (index === 0) continue;
    const ratio = median(own.map((rate, turn) => rate / (first[turn] ?? Number.NaN)));
    report(`rate at ${people} people to that at ${registers[0]?.people ?? 0}`, ratio, 'times');
  }
}

/** @returns inquiries a second */
async function ask({ inquiry, persons }: Register): Promise<number> {
  const start = performance.now();
  const end = start + secondsARound * 1000;
  let answered = 0;
  const call = async (): Promise<void> => {
    while (performance.now() < end) {
      const person = persons[Math.floor(Math.random() * persons.length)] ?? 0n;
      await inquiry.ask({
        asker: { kind: 'provider', code: 'P1' },
        person,
        setting: 'outpatient',
        channel: 'web',
        requestId: undefined,
      });
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return (answered * 1000) / (performance.now() - start);
}
