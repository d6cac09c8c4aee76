import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { asFault } from '../../database/index.ts';
import { readImport, type Rejection, type RejectedFile } from '../../membership/index.ts';
import { Fault } from '../../platform/index.ts';
import { queryLong } from './long-statement.ts';
import { findTotals, readResultLine, resultColumns, type ResultTotals } from './result-line.ts';

export interface ResultsInput {
  readonly file: string;
  readonly format?: 'ndjson' | 'csv' | undefined;
  readonly standardInput?: AsyncIterable<Uint8Array> | undefined;
}

export interface Staged {
  /** Result lines, without the head. */
  readonly read: number;
  readonly rejected: RejectedFile;
}

const rowsAtOnce = 20_000;
const copy = `copy means_result_line (household, inquiry, line, head, determined_on, decile, income_monthly, corrects) from stdin`;

/**
 * Brings the lines of a file into the staging table, in constant memory.
 * @throws Fault IMPORT_TOTALS_WRONG where the control totals do not agree with the lines: then nothing is taken
 */
export async function stageResults(
  client: PoolClient,
  input: ResultsInput,
  rejected: RejectedFile,
  onProgress: (read: number) => void,
): Promise<Staged> {
  await client.query('truncate means_result_line');
  let rows: string[] = [];
  let totals: ResultTotals | undefined;
  let read = 0;
  let headSum = 0n;
  const send = async (): Promise<void> => {
    if (rows.length > 0) await pipeline([rows.join('')], client.query(copyFrom(copy)));
    rows = [];
    onProgress(read);
  };
  for await (const lines of readImport(input, resultColumns)) {
    for (const each of lines) {
      const found = 'document' in each ? findTotals(each.document) : undefined;
      if (found !== undefined) {
        if (totals !== undefined) throw totalsWrong('it has two lines of control totals');
        totals = found;
        continue;
      }
      read += 1;
      const said = 'fault' in each ? invalid(each.fault) : readResultLine(each.document);
      if ('code' in said) {
        rejected.add(each.line, said);
        continue;
      }
      headSum += said.head;
      rows.push(
        [
          said.household,
          said.inquiry,
          each.line,
          said.head,
          said.determinedOn,
          said.decile ?? '\\N',
          said.incomeMonthly ?? '\\N',
          said.corrects,
        ].join('\t') + '\n',
      );
    }
    if (rows.length >= rowsAtOnce) await send();
  }
  await send().catch((error: unknown) => {
    throw asFault(error);
  });
  // Of a line that cannot be read nobody knows the head: then only the count can be compared.
  requireTotals(totals, { read, headSum: rejected.count === 0 ? headSum : undefined });
  return { read, rejected };
}

const invalid = (fault: string): Rejection => ({ code: 'INVALID_LINE', path: '', message: fault });

function requireTotals(
  totals: ResultTotals | undefined,
  found: { readonly read: number; readonly headSum: bigint | undefined },
): void {
  if (totals === undefined) throw totalsWrong('it has no line {"rows": …, "headSum": "…"}');
  if (totals.rows !== BigInt(found.read)) {
    throw totalsWrong(`it says ${totals.rows} rows, and has ${found.read}`);
  }
  if (found.headSum !== undefined && totals.headSum !== found.headSum) {
    throw totalsWrong('the sum of the heads’ national ids is another than it says');
  }
}

function totalsWrong(what: string): Fault {
  return new Fault('IMPORT_TOTALS_WRONG', `Nothing was taken: ${what}. Have the file sent again.`);
}

interface RepeatedLine {
  readonly line: bigint;
  readonly isSame: boolean;
}

/** Of lines that say the same the first one counts; where they differ, none. */
export async function removeRepeated(client: PoolClient, rejected: RejectedFile): Promise<void> {
  const repeated = await queryLong<RepeatedLine>(
    client,
    `with counted as (
       select household, inquiry, line, row_number() over each as place, count(*) over whole as all_of_it,
         count(*) over same as alike
       from means_result_line
       window each as (partition by household, inquiry order by line),
         whole as (partition by household, inquiry),
         same as (partition by household, inquiry, head, determined_on, decile, income_monthly, corrects)),
     gone as (
       delete from means_result_line using counted
       where counted.all_of_it > 1 and (counted.alike < counted.all_of_it or counted.place > 1)
         and means_result_line.household = counted.household and means_result_line.inquiry = counted.inquiry
         and means_result_line.line = counted.line
       returning counted.line, counted.alike = counted.all_of_it as is_same)
     select line, is_same as "isSame" from gone order by line`,
    [],
  );
  for (const { line, isSame } of repeated) {
    rejected.add(
      Number(line),
      isSame
        ? { code: 'DUPLICATE', path: '/reference', message: 'expected each inquiry once; the first such line counts' }
        : {
            code: 'CONTRADICTORY',
            path: '/reference',
            message: 'expected one result of an inquiry; these lines differ',
          },
    );
  }
}
