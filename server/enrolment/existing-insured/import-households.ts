import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { isoDay } from '@estehqaq/law';
import { asFault, transaction } from '../../database/index.ts';
import { readImport, RejectedFile, type CsvColumns } from '../../membership/index.ts';
import { todayInTehran } from '../../platform/index.ts';
import { queryLong, withoutLimit } from '../means-test/long-statement.ts';
import type { MeansTestParts } from '../means-test/parts.ts';
import { takeTestLock } from '../means-test/test-lock.ts';
import { bookletDigits, drawNumber, type DrawNumber } from '../numbers.ts';
import { readHouseholdLine, type HouseholdLine } from './household-line.ts';
import { rejectClashes, writePiece, type Written } from './write-households.ts';

export interface ImportHouseholdsOptions {
  readonly file: string;
  readonly standardInput?: AsyncIterable<Uint8Array> | undefined;
  readonly rejectedFile?: string | undefined;
  readonly onProgress?: (progress: {
    readonly step: 'reading' | 'checking' | 'writing';
    readonly lines: number;
  }) => void;
  readonly linesInPiece?: number;
}

export interface ImportedHouseholds extends Written {
  readonly read: number;
  readonly rejected: number;
}

type Parts = Pick<MeansTestParts, 'pool' | 'clock' | 'ids'> & { readonly draw?: DrawNumber };

const linesAtOnce = 5_000;
const usualPiece = 5_000;
const ndjsonAlone: CsvColumns = {};

/**
 * Imports the households that are insured with the organisation already: NDJSON, one household a line. All lines are staged
 * and checked first; then they are written in pieces that are each one transaction. Stopped anywhere and run again, it ends
 * in the same state; a household that is known keeps its members, and has its fund and last day renewed.
 * @throws Fault IMPORT_FILE_UNREADABLE, DATABASE_…
 */
export async function importHouseholds(parts: Parts, options: ImportHouseholdsOptions): Promise<ImportedHouseholds> {
  const { file, onProgress = () => undefined } = options;
  const rejected = new RejectedFile(options.rejectedFile ?? `${file === '-' ? 'households' : file}.rejected.ndjson`);
  const lock = await takeTestLock(parts.pool);
  const written = { created: 0, changed: 0, unchanged: 0 };
  try {
    const read = await withoutLimit(lock.client, async () => {
      const lines = await stage(parts, lock.client, options, rejected);
      onProgress({ step: 'checking', lines });
      await lock.client.query('analyze household_line, household_line_member').catch(() => undefined);
      await rejectClashes(lock.client, rejected);
      return lines;
    });
    const size = options.linesInPiece ?? usualPiece;
    for (let after = -1n; ;) {
      const [piece] = await queryLong<{ last: bigint | null }>(
        lock.client,
        'select max(line) as last from (select line from household_line where line > $1 order by line limit $2) as piece',
        [after, size],
      );
      const last = piece?.last ?? null;
      if (last === null) break;
      const place = { after, last, at: parts.clock.now(), today: isoDay(todayInTehran(parts.clock)) };
      const done = await transaction(parts.pool, (client) => writePiece(client, parts.draw ?? drawNumber, place));
      for (const what of ['created', 'changed', 'unchanged'] as const) written[what] += done[what];
      after = last;
      onProgress({ step: 'writing', lines: written.created + written.changed + written.unchanged });
    }
    await lock.client.query('truncate household_line, household_line_member');
    return { read, ...written, rejected: rejected.count };
  } catch (error) {
    throw asFault(error);
  } finally {
    rejected.close();
    await lock.release();
  }
}

async function stage(
  parts: Parts,
  client: PoolClient,
  { file, standardInput, onProgress = () => undefined }: ImportHouseholdsOptions,
  rejected: RejectedFile,
): Promise<number> {
  await client.query('truncate household_line, household_line_member');
  const today = todayInTehran(parts.clock);
  let waiting: { readonly line: number; readonly household: HouseholdLine }[] = [];
  let read = 0;
  const send = async (): Promise<void> => {
    await copy(parts, client, waiting);
    waiting = [];
    onProgress({ step: 'reading', lines: read });
  };
  for await (const lines of readImport({ file, standardInput, format: 'ndjson' }, ndjsonAlone)) {
    for (const each of lines) {
      read += 1;
      const household = 'fault' in each ? invalid(each.fault) : readHouseholdLine(each.document, today);
      if ('code' in household) rejected.add(each.line, household);
      else waiting.push({ line: each.line, household });
    }
    if (waiting.length >= linesAtOnce) await send();
  }
  await send();
  return read;
}

const invalid = (message: string) => ({ code: 'INVALID_LINE', path: '', message });

const orNull = (value: string | bigint | null): string => (value === null ? '\\N' : String(value));

async function copy(
  { ids, draw = drawNumber }: Parts,
  client: PoolClient,
  lines: readonly { readonly line: number; readonly household: HouseholdLine }[],
): Promise<void> {
  if (lines.length === 0) return;
  const heads = lines.map(({ household }) => household.members[0]?.person ?? 0n);
  const households = await ids.make(heads);
  const covers = await ids.make(households);
  const rows: string[] = [];
  const members: string[] = [];
  for (const [index, { line, household: each }] of lines.entries()) {
    const { fund, supportiveBody, coveredFrom, expiresOn, free, lateEntrant, district, centre } = each;
    rows.push(
      [
        ...[heads[index], line, households[index], covers[index], orNull(coveredFrom), fund, supportiveBody, expiresOn],
        ...[free, lateEntrant, orNull(district), orNull(centre)],
      ].join('\t') + '\n',
    );
    for (const { person, relation, sex, birthDate, firstName, lastName, mobile } of each.members) {
      members.push(
        [
          ...[person, line, heads[index], relation, sex, birthDate, orNull(firstName), orNull(lastName)],
          ...[orNull(mobile), draw(bookletDigits)],
        ].join('\t') + '\n',
      );
    }
  }
  await pipeline(
    [rows.join('')],
    client.query(
      copyFrom(
        'copy household_line (head, line, household, cover, covered_from, fund, supportive_body, expires_on, free, late_entrant, district, centre) from stdin',
      ),
    ),
  );
  await pipeline(
    [members.join('')],
    client.query(
      copyFrom(
        'copy household_line_member (person, line, head, relation, sex, birth_date, first_name, last_name, mobile, booklet) from stdin',
      ),
    ),
  );
}
