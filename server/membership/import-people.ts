import { setImmediate } from 'node:timers/promises';
import type { Day } from '@estehqaq/law';
import type { Pool, PoolClient } from 'pg';
import { asFault, findFaultCode, transaction } from '../database/index.ts';
import { Fault, todayInTehran, type Clock } from '../platform/index.ts';
import { applyPiece, type Applied } from './apply-staged.ts';
import { readImport, type CsvColumns, type ImportInput, type ReadLine } from './import-input.ts';
import { requireLock, takeImportLock, type ImportLock } from './import-lock.ts';
import {
  emptyStaging,
  findOrphans,
  findPiece,
  findRepeated,
  inLongPasses,
  removeLines,
  StagedRows,
  type Piece,
} from './import-staging.ts';
import { readPersonLine } from './person-line.ts';
import { RejectedFile } from './rejected-file.ts';
import { enrolmentSource, recordingSources } from './sources.ts';

export interface ImportOptions extends ImportInput {
  readonly clock: Clock;
  /** Who speaks; by default the insurer. */
  readonly source?: string | undefined;
  /** Who has started the import. */
  readonly recordedBy: string;
  /** Where the rejected lines go; by default the file's name with `.rejected.ndjson`. */
  readonly rejectedFile?: string | undefined;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** How many people are written in one transaction. */
  readonly peopleInPiece?: number;
}

export interface ImportProgress {
  readonly step: 'reading' | 'checking' | 'writing';
  readonly read: number;
  readonly written: number;
  readonly rejected: number;
}

export interface ImportCounts {
  readonly read: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** About a millisecond's work: PostgreSQL has still something to do. */
const linesAtOnce = 200;
const usualPiece = 10_000;
const lanes = 2;
const mostAttempts = 5;

const asJson = (text: string): unknown => JSON.parse(text);
const asText = (text: string): string => text.trim();

const columns: CsvColumns = {
  nationalId: asText,
  sex: asText,
  birthDate: asText,
  diedOn: asText,
  firstName: asText,
  lastName: asText,
  mobile: asText,
  standings: asJson,
  otherCovers: asJson,
};

/**
 * Imports people: NDJSON, or CSV whose first line names the columns, with JSON in `standings` and `otherCovers`.
 *
 * All lines are staged first; then it is known which of them are about the same person (the same content counts once,
 * differing lines are all rejected) and which name a principal who is nowhere; then the rest is written, in pieces that
 * are each one transaction. So the order of the lines does not matter, memory is constant, and an import that was stopped
 * anywhere and is run again ends in the same state. One import at a time in a database; another one waits.
 * @throws Fault IMPORT_FILE_UNREADABLE, FACT_INVALID (the source's name), DATABASE_…
 */
export async function importPeople(pool: Pool, options: ImportOptions): Promise<ImportCounts> {
  const source = requireSource(options.source ?? 'insurer');
  const rejected = new RejectedFile(options.rejectedFile ?? rejectedFileOf(options.file, 'people'));
  const lock = await takeImportLock(pool);
  try {
    await emptyStaging(lock.client);
    const state: State = { read: 0, created: 0, changed: 0, unchanged: 0, rejected };
    const report = (step: ImportProgress['step']): void => {
      const written = state.created + state.changed + state.unchanged;
      options.onProgress?.({ step, read: state.read, written, rejected: rejected.count });
    };
    await stage(lock.client, options, source, state, report);
    report('checking');
    await inLongPasses(lock.client, () => settle(lock.client, state));
    await writeAll(
      pool,
      lock,
      {
        source,
        recordedBy: options.recordedBy,
        clock: options.clock,
        peopleInPiece: options.peopleInPiece ?? usualPiece,
      },
      state,
      report,
    );
    await emptyStaging(lock.client);
    const { read, created, changed, unchanged } = state;
    return { read, created, changed, unchanged, rejected: rejected.count };
  } catch (error) {
    throw asFault(error);
  } finally {
    rejected.close();
    await lock.release();
  }
}

export function rejectedFileOf(file: string, kind: string): string {
  return `${file === '-' ? kind : file}.rejected.ndjson`;
}

export function requireSource(source: string): string {
  const ours: readonly string[] = [...recordingSources, enrolmentSource];
  if (/^[a-z][\w-]{0,39}$/i.test(source) && !ours.includes(source)) return source;
  throw new Fault('FACT_INVALID', `A source is named in letters and digits, and not ${ours.join(', ')}.`);
}

interface State {
  read: number;
  created: number;
  changed: number;
  unchanged: number;
  readonly rejected: RejectedFile;
}

type Report = (step: ImportProgress['step']) => void;

/**
 * While one set of rows is on its way to the database, the next one is read; every few lines, what is on its way moves on.
 */
async function stage(
  client: PoolClient,
  options: ImportOptions,
  source: string,
  state: State,
  report: Report,
): Promise<void> {
  const today = todayInTehran(options.clock);
  let rows = new StagedRows();
  let spare = new StagedRows();
  let copying: Promise<void> = Promise.resolve();
  const send = async (): Promise<void> => {
    await copying;
    copying = rows.moveInto(client);
    copying.catch(() => undefined); // it is awaited at the next turn
    [rows, spare] = [spare, rows];
    report('reading');
  };
  for await (const lines of readImport(options, columns)) {
    for (const line of lines) {
      stageLine(line, today, source, rows, state);
      if (rows.isFull) await send();
      else if (state.read % linesAtOnce === 0) await setImmediate();
    }
  }
  await send();
  await copying;
}

function stageLine(read: ReadLine, today: Day, source: string, rows: StagedRows, state: State): void {
  state.read += 1;
  if ('fault' in read) {
    state.rejected.add(read.line, { code: 'INVALID_LINE', path: '', message: read.fault });
    return;
  }
  const person = readPersonLine(read.document, today);
  if ('code' in person) state.rejected.add(read.line, person);
  else rows.add(read.line, source, person);
}

/** Takes out what cannot be written, until nothing more is found: whoever is rejected is nobody's principal. */
async function settle(client: PoolClient, state: State): Promise<void> {
  for (let found = await findRepeated(client); found.same.length + found.differing.length > 0;) {
    await removeLines(client, [...found.same, ...found.differing]);
    state.unchanged += found.same.length;
    for (const { line } of found.differing) {
      const message = 'expected one line for this person, or lines that say the same';
      state.rejected.add(line, { code: 'DUPLICATE_PERSON', path: '/nationalId', message });
    }
    found = await findRepeated(client);
  }
  for (let orphans = await findOrphans(client); orphans.length > 0; orphans = await findOrphans(client)) {
    await removeLines(client, orphans);
    for (const { line, place } of orphans) {
      const path = `/standings/${place}/principalNationalId`;
      const message = 'expected somebody who is in the file or in the register';
      state.rejected.add(line, { code: 'UNKNOWN_PRINCIPAL', path, message });
    }
  }
}

interface Speaker {
  readonly source: string;
  readonly recordedBy: string;
  readonly clock: Clock;
  readonly peopleInPiece: number;
}

async function writeAll(pool: Pool, lock: ImportLock, speaker: Speaker, state: State, report: Report): Promise<void> {
  const nextPiece = pieces(lock.client, speaker.peopleInPiece);
  let hasFailed = false;
  const work = async (): Promise<void> => {
    for (let piece = await nextPiece(); piece !== undefined && !hasFailed; piece = await nextPiece()) {
      const { created, changed, unchanged, rejected } = await writePiece(pool, lock, piece, speaker);
      state.created += created;
      state.changed += changed;
      state.unchanged += unchanged;
      for (const { line, fault } of rejected) state.rejected.add(line, fault);
      report('writing');
    }
  };
  const workOrFail = (): Promise<void> =>
    work().catch((error: unknown) => {
      hasFailed = true;
      throw error;
    });
  // All lanes have ended before the lock is given back, also where one of them failed.
  const ended = await Promise.allSettled(Array.from({ length: lanes }, workOrFail));
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** The staged people in pieces, in the order of their keys; each piece goes to one of those who ask. */
function pieces(client: PoolClient, size: number): () => Promise<Piece | undefined> {
  let next = findPiece(client, 0n, size);
  return () => {
    const piece = next;
    next = piece.then((found) => (found === undefined ? undefined : findPiece(client, found.last, size)));
    next.catch(() => undefined); // whoever asks for it is told
    return piece;
  };
}

async function writePiece(pool: Pool, lock: ImportLock, piece: Piece, speaker: Speaker): Promise<Applied> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction(pool, async (client) => {
        const origin = { ...speaker, recordedAt: speaker.clock.now() };
        const applied = await applyPiece(client, piece, origin);
        await requireLock(client, lock);
        return applied;
      });
    } catch (error) {
      const code = findFaultCode(error);
      const isPassing = code === 'DATABASE_CONFLICT' || code === 'DATABASE_DUPLICATE';
      if (!isPassing || attempt >= mostAttempts) throw error;
    }
  }
}
