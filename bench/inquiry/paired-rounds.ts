import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, report } from '../report.ts';
import { sendLoad, type LoadResult } from './load.ts';
import { preparePgbench, runPgbench } from './pgbench.ts';
import { cpuSecondsOf } from './process-cost.ts';
import type { ServedSystem } from './served-system.ts';

const [few, many] = [64, 256];
const pgbenchClients = 64;
const warmUpSeconds = 1;

interface Measured {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of processor for each request. */
  readonly cost: Readonly<Record<string, number>>;
}

interface Options {
  readonly people: number;
  readonly rounds: number;
  /** Of each measurement. */
  readonly seconds: number;
}

/** In each round all of them once; every other round in the reverse order. */
export async function benchPairedRounds(system: ServedSystem, { people, rounds, seconds }: Options): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'estehqaq-bench-'));
  const bare = await startBareRoute();
  try {
    await preparePgbench(system);
    await askSystem(system, { name: 'warm', connections: many, seconds: 5 });
    const subjects = [
      {
        name: `pgbench, ${String(pgbenchClients)} clients`,
        measure: () => measurePgbench(system, { clients: pgbenchClients, seconds, people, folder }),
      },
      ...[few, many].map((connections) => ({
        name: `inquiry, ${String(connections)} connections`,
        measure: (round: string) => askSystem(system, { name: round, connections, seconds }),
      })),
      { name: `bare route, ${String(many)} connections`, measure: () => askBareRoute(bare, seconds) },
    ];
    const measured: Measured[][] = [];
    for (let round = 0; round < rounds; round += 1) {
      const order = [...subjects.entries()];
      if (round % 2 === 1) order.reverse();
      const ofRound: Measured[] = [];
      for (const [index, { measure }] of order) ofRound[index] = await measure(String(round));
      measured.push(ofRound);
      console.log(`round ${String(round + 1)}: ${ofRound.map(({ rate }) => Math.round(rate)).join(', ')} a second`);
    }
    subjects.forEach(({ name }, index) => {
      describe(
        name,
        measured.flatMap((ofRound) => ofRound[index] ?? []),
      );
    });
    explainComparison();
    const ratio = (one: number, other: number): number =>
      median(measured.map((ofRound) => (ofRound[one]?.rate ?? Number.NaN) / (ofRound[other]?.rate ?? Number.NaN)));
    report(`inquiry, ${String(few)} connections, to pgbench`, ratio(1, 0), 'times');
    report(`inquiry, ${String(many)} connections, to pgbench`, ratio(2, 0), 'times');
    report(`inquiry, ${String(many)} connections, to the bare route`, ratio(2, 3), 'times');
  } finally {
    bare.program.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

function explainComparison(): void {
  console.log(
    'pgbench: begin, select a dossier by its key, insert a row like those of the journal (same columns, indexes and ' +
      'partitioning, a table of its own), commit; statements prepared, over the Unix socket. The inquiry does that over ' +
      'HTTP, and checks the token, decides, keeps the request id (a second row) and counts.',
  );
}

function describe(name: string, all: readonly Measured[]): void {
  const middle = (of: (one: Measured) => number): number => median(all.map(of));
  const parts = Object.keys(all[0]?.cost ?? {});
  const costs = parts.map((part) => `${part} ${middle(({ cost }) => cost[part] ?? Number.NaN).toFixed(3)}`);
  const [rate, p50, p99] = [middle((one) => one.rate), middle((one) => one.p50), middle((one) => one.p99)];
  console.log(
    `${name}: ${Math.round(rate).toLocaleString('en')} a second, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ` +
      `processor seconds a thousand: ${costs.join(', ')}`,
  );
}

async function measurePgbench(system: ServedSystem, options: Parameters<typeof runPgbench>[1]): Promise<Measured> {
  const before = system.cpuSeconds();
  const { rate, p50, p99, done, cpuSeconds } = await runPgbench(system, options);
  const after = system.cpuSeconds();
  const cost = { pgbench: cpuSeconds, PostgreSQL: after.postgres - before.postgres };
  return { rate, p50, p99, cost: eachOf(cost, done) };
}

async function askSystem(
  system: ServedSystem,
  { name, connections, seconds }: { name: string; connections: number; seconds: number },
): Promise<Measured> {
  const before = system.cpuSeconds();
  const result = await sendLoad({
    target: 'inquiries',
    port: system.port,
    connections,
    warmUpSeconds,
    seconds,
    name: `${name}-${String(connections)}`,
    tokens: system.tokens,
    personsFile: system.personsFile,
  });
  requireAnswered(result);
  const after = system.cpuSeconds();
  const cost = {
    server: after.server - before.server,
    PostgreSQL: after.postgres - before.postgres,
    generator: result.cpuSeconds,
  };
  return { ...result, cost: eachOf(cost, result.sent) };
}

async function askBareRoute({ program, port }: BareRoute, seconds: number): Promise<Measured> {
  const before = cpuSecondsOf(program.pid ?? 0);
  const load = { connections: many, warmUpSeconds, seconds, name: 'bare', tokens: [] };
  const result = await sendLoad({ target: 'bare', port, ...load });
  requireAnswered(result);
  const cost = { server: cpuSecondsOf(program.pid ?? 0) - before, generator: result.cpuSeconds };
  return { ...result, cost: eachOf(cost, result.sent) };
}

/** A measurement in which something else was answered than asked for is none. */
function requireAnswered({ answers, unanswered }: LoadResult): void {
  const wrong = Object.keys(answers).filter((name) => name !== '200');
  if (wrong.length > 0 || unanswered > 0) {
    throw new Error(`not every request was answered: ${JSON.stringify(answers)}, ${String(unanswered)} never`);
  }
}

/** Seconds of all together as milliseconds of each, which is seconds of a thousand. */
function eachOf(seconds: Readonly<Record<string, number>>, count: number): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(seconds).map(([part, all]) => [part, (all * 1000) / count]));
}

interface BareRoute {
  readonly program: ChildProcess;
  readonly port: number;
}

async function startBareRoute(): Promise<BareRoute> {
  const program = spawn(process.execPath, [join(import.meta.dirname, 'bare-route.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = (await once(program.stdout, 'data')) as [Buffer];
  return { program, port: Number(printed.toString()) };
}
