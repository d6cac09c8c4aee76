import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { askAgain, startAsking, type Asking, type AskingOptions } from './crash/askers.ts';
import { command, startSystem, type System } from './crash/system.ts';
import { median, report } from './report.ts';

/*
 * Kills the server, and PostgreSQL, and freezes PostgreSQL, while 64 providers ask without giving up. Then each answer that
 * was acknowledged is asked for again under its request id, and the journal is counted: nothing lost, nothing different,
 * nothing twice.
 */

const population = 20_000;
const askers = 64;
const freezeMs = 7_000;
/** Answers of before the kill arrive within this time. */
const alreadyOnTheWayMs = 100;

export async function benchCrash(kills: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'estehqaq-crash-'));
  try {
    const people = await fill(folder);
    const token = (await command(folder, ['token', '--provider', '100001'])).trim();
    const system = await startSystem(folder);
    try {
      await disturbAndCount(system, { url: system.url, token, people, askers }, kills);
    } finally {
      await system.stop();
    }
    await decideAgain(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function disturbAndCount(system: System, options: AskingOptions, kills: number): Promise<void> {
  const asking = startAsking(options);
  await asking.nextAnswer();
  await disturb('kill -9 of the server', kills, asking, () => system.killServer());
  await disturb('kill -9 of PostgreSQL', kills, asking, () => {
    system.killPostgres();
  });
  await disturb('PostgreSQL frozen for 7 s', 3, asking, () => system.freezePostgres(freezeMs));
  await asking.end();
  const { acknowledged, unanswered } = asking;
  report('acknowledged answers', acknowledged.length, '');
  for (const [why, times] of unanswered) report(`  answered otherwise, and asked again: ${why}`, times, '');
  report('of them lost or different when asked again', await askAgain(options, acknowledged), '');
  const codes = acknowledged.map(({ answer }) => (JSON.parse(answer) as { trackingCode: string }).trackingCode);
  report('of them under a tracking code of their own', new Set(codes).size, '');
}

async function fill(folder: string): Promise<readonly string[]> {
  const [peopleFile, providersFile] = [join(folder, 'people.ndjson'), join(folder, 'providers.ndjson')];
  writeFileSync(peopleFile, await command(folder, ['generate', 'people', String(population), '--seed', '1']));
  const provider = { code: '100001', name: 'Bench', kind: 'pharmacy', ownership: 'owned', mobiles: [] };
  writeFileSync(providersFile, `${JSON.stringify(provider)}\n`);
  await command(folder, ['import', 'people', peopleFile]);
  await command(folder, ['import', 'providers', providersFile]);
  const lines = readFileSync(peopleFile, 'utf8').trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { nationalId: string }).nationalId);
}

async function disturb(what: string, times: number, asking: Asking, act: () => Promise<void> | void): Promise<void> {
  const waits: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    await sleep(randomInt(300, 1500));
    const begun = performance.now();
    await act();
    await sleep(alreadyOnTheWayMs);
    await asking.nextAnswer();
    waits.push(performance.now() - begun);
  }
  report(`${what}: times`, times, '');
  report('  to the next answer, median', median(waits), 'ms');
  report('  to the next answer, longest', Math.max(...waits), 'ms');
}

/** A request id that was tried many times stands in the journal once: as many answers as were acknowledged. */
async function decideAgain(folder: string): Promise<void> {
  const days = ['--from', '1404/01/01', '--until', '1499/12/29'];
  const counted = JSON.parse(await command(folder, ['replay', ...days, '--json'])) as Readonly<Record<string, unknown>>;
  for (const [what, count] of Object.entries(counted)) {
    if (typeof count === 'number') report(`journal, decided again: ${what}`, count, '');
  }
}

if (import.meta.main) await benchCrash(Number(process.argv[2] ?? '20'));
