import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { readFileSync, existsSync } from 'node:fs';
import type { Clock } from '../platform/index.ts';
import { importPeople, type ImportCounts, type ImportOptions } from './import-people.ts';

/** For tests of membership: people as lines, imported from memory. */

export const principalId = '0012345679';
export const sonId = '1234567891';
export const daughterId = '0079506453';
export const strangerId = '0183382390';

export const asNumber = (nationalId: string): bigint => BigInt(nationalId);

export const principal = {
  nationalId: principalId,
  sex: 'male',
  birthDate: '1975-05-01',
  firstName: 'رضا',
  lastName: 'نوری',
  mobile: '09121234567',
  standings: [{ class: 'insured', basis: 'compulsory', lastContributionMonth: '1405-08' }],
};

export const son = {
  nationalId: sonId,
  sex: 'male',
  birthDate: '2004-03-21',
  standings: [{ class: 'dependant', relation: 'son', principalNationalId: principalId }],
  otherCovers: [],
};

/** A clock that is set by hand. */
export class SetClock implements Clock {
  #now: Date;

  constructor(text = '2026-11-23T08:00:00Z') {
    this.#now = new Date(text);
  }

  readonly now = (): Date => this.#now;

  set(text: string): void {
    this.#now = new Date(text);
  }
}

export interface Imported {
  readonly counts: ImportCounts;
  readonly rejected: readonly { line: number; code: string; path: string; message: string }[];
}

/** Imports documents, or texts as they are, one a line. */
export async function importLines(
  pool: Pool,
  lines: Iterable<unknown>,
  options: Partial<ImportOptions> = {},
): Promise<Imported> {
  const folder = mkdtempSync(join(tmpdir(), 'estehqaq-import-'));
  const rejectedFile = join(folder, 'rejected.ndjson');
  try {
    const counts = await importPeople(pool, {
      file: '-',
      standardInput: asInput(lines),
      clock: new SetClock(),
      recordedBy: 'a clerk',
      rejectedFile,
      ...options,
    });
    return { counts, rejected: readRejected(rejectedFile) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function readRejected(path: string): Imported['rejected'] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Imported['rejected'][number]);
}

export async function* asInput(lines: Iterable<unknown>): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (const line of lines) yield Buffer.from(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
}

/** All that the register holds, but for instants. */
export async function readAll(pool: Pool): Promise<readonly unknown[]> {
  const tables = [
    'select person, version, facts::text, sources::text from dossier order by person',
    'select person, version, source, recorded_by, facts::text, sources::text from dossier_version order by 1, 2',
    'select person, mobile from person_mobile order by 1, 2',
    'select mobile, kind, owner from mobile_owner order by 1, 2, 3',
  ];
  return Promise.all(tables.map(async (table) => (await pool.query(table)).rows as unknown));
}
