import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Day } from '@estehqaq/law';
import { openDatabase, type Database } from '../server/database/index.ts';
import { createInquiry, type Inquiry } from '../server/inquiry/index.ts';
import { generatePeople, generateProviders, importPeople, importProviders } from '../server/membership/index.ts';
import { ProviderDirectory } from '../server/membership/index.ts';
import { findNationalId, systemClock as clock, todayInTehran } from '../server/platform/index.ts';
import { report } from './report.ts';

/*
 * Journals 100,000 inquiries about made-up people, changes 30 of 100 dossiers by another import, and decides the journal
 * again: each answer must come out as it was given, from the versions that were read.
 */

const population = 50_000;
const inquiries = 100_000;
const callers = 256;
const changedPercent = 30;
const today: Day = todayInTehran(clock);

interface Line {
  readonly nationalId: string;
  readonly standings: readonly Readonly<Record<string, unknown>>[];
}

export async function benchReplay(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'estehqaq-replay-'));
  const database = await openDatabase({ dataFolder: folder });
  try {
    const people = [...generatePeople(population, 1, today)].map((line) => JSON.parse(line) as Line);
    await importPeople(database.pool, inputOf(people.map((person) => JSON.stringify(person))));
    await importProviders(database.pool, inputOf([...generateProviders(40, 1, today)]));
    const directory = await ProviderDirectory.start(database.pool);
    const inquiry = inquiryOver(database, directory);
    try {
      await askAll(inquiry, people);
      await change(database, people);
      await decideAgain(inquiry);
    } finally {
      await inquiry.close();
      await directory.stop();
    }
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function inputOf(lines: readonly string[]) {
  const standardInput = Readable.from(lines).map((line: string) =>
    Buffer.from(`${line}\n`),
  ) as AsyncIterable<Uint8Array>;
  return { file: '-', format: 'ndjson', standardInput, clock, recordedBy: 'bench', rejectedFile: undefined } as const;
}

function inquiryOver(database: Database, directory: ProviderDirectory): Inquiry {
  return createInquiry({
    database,
    clock,
    keys: { trackingKey: Buffer.alloc(16, 1) },
    directory,
    otherInsurers: { ask: () => Promise.resolve([]) },
    links: { stateOn: () => ({ msrt: false, sabtAsnad: false }), consult: () => Promise.resolve(false) },
  });
}

/** By a provider, by the person and by staff in turn. */
async function askAll(inquiry: Inquiry, people: readonly Line[]): Promise<void> {
  let asked = 0;
  const outcomes = new Map<string, number>();
  const call = async (): Promise<void> => {
    while (asked < inquiries) {
      const turn = asked;
      asked += 1;
      const person = findNationalId(people[(turn * 7) % people.length]?.nationalId ?? '') ?? 0n;
      const askers = [
        { kind: 'provider', code: '100001' },
        { kind: 'self', person },
        { kind: 'staff', user: 'bench', role: 'call-centre-agent' },
      ] as const;
      const asker = askers[turn % askers.length] ?? askers[0];
      const setting = turn % 10 === 0 ? 'inpatient' : 'outpatient';
      const { outcome } = await inquiry.ask({ asker, person, setting, channel: 'web' });
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  for (const [outcome, times] of outcomes) report(`answered ${outcome}`, times, '');
}

/** Who loses every standing of his or her own takes the dependants' entitlement along. */
async function change({ pool }: Database, people: readonly Line[]): Promise<void> {
  const principals = new Set(people.flatMap(({ standings }) => standings.map((each) => each['principalNationalId'])));
  const changed = people.map((person, index) => {
    if (index % 100 >= changedPercent) return person;
    const isPrincipal = principals.has(person.nationalId);
    const gone = { class: 'insured', basis: 'compulsory', lastContributionMonth: '1399-01' };
    return { ...person, standings: isPrincipal ? [gone] : [] };
  });
  const counts = await importPeople(pool, inputOf(changed.map((person) => JSON.stringify(person))));
  report('dossiers', people.length, '');
  report('of them changed after that', counts.changed, '');
}

async function decideAgain(inquiry: Inquiry): Promise<void> {
  const begun = performance.now();
  const { differentCodes, ...counted } = await inquiry.replayDays({ from: today, until: today }, () => undefined);
  for (const [what, count] of Object.entries(counted)) report(`decided again: ${what}`, count, '');
  report('  a second', (counted.replayed * 1000) / (performance.now() - begun), '');
  for (const code of differentCodes) console.log(`different: ${code}`);
}

if (import.meta.main) await benchReplay();
