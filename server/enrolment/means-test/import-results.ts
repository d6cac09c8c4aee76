import { basename } from 'node:path';
import type { PoolClient } from 'pg';
import { asFault, transaction } from '../../database/index.ts';
import { RejectedFile } from '../../membership/index.ts';
import { isoDay } from '@estehqaq/law';
import { todayInTehran } from '../../platform/index.ts';
import { takeChunk, type ResultCounts, type StagedResult } from './take-chunk.ts';
import { queryLong, withoutLimit } from './long-statement.ts';
import type { FileParts } from './parts.ts';
import { recordResult, type Taken } from './record-result.ts';
import { removeRepeated, stageResults, type ResultsInput } from './stage-results.ts';
import { takeTestLock } from './test-lock.ts';

export interface ImportResultsOptions extends ResultsInput {
  /** Where lines that were not taken go, and those that came late; by default the file's name with `.rejected.ndjson`. */
  readonly rejectedFile?: string | undefined;
  readonly onProgress?: (progress: { readonly step: 'reading' | 'taking'; readonly lines: number }) => void;
  readonly linesInChunk?: number;
}

export interface ImportedResults extends ResultCounts {
  readonly read: number;
  /** Lines in the rejected file that were not taken. */
  readonly rejected: number;
}

const usualChunk = 10_000;

/**
 * Imports the ministry's results (M-54): NDJSON or CSV, with a line of control totals. Each result is taken once, however
 * often the file is imported; so an import that was stopped anywhere is run again and ends in the same state. What is not
 * in the file stays due. Results of applications go on with their applications, one transaction each; those of existing
 * insured are taken in chunks: recorded, rated by the law, and told to deciles 8 to 10 (M-60).
 * @throws Fault IMPORT_FILE_UNREADABLE, IMPORT_TOTALS_WRONG, DATABASE_…
 */
export async function importResults(parts: FileParts, options: ImportResultsOptions): Promise<ImportedResults> {
  const { file, onProgress = () => undefined } = options;
  const name = file === '-' ? 'results' : file;
  const rejected = new RejectedFile(options.rejectedFile ?? `${name}.rejected.ndjson`);
  const lock = await takeTestLock(parts.pool);
  const counts = { taken: 0, late: 0, known: 0, rejected: 0 };
  try {
    const { read } = await withoutLimit(lock.client, async () => {
      const staged = await stageResults(lock.client, options, rejected, (lines) => {
        onProgress({ step: 'reading', lines });
      });
      await removeRepeated(lock.client, rejected);
      await lock.client.query('analyze means_result_line').catch(() => undefined);
      return staged;
    });
    counts.rejected = rejected.count;
    const state: State = { parts, from: basename(name), rejected, counts };
    let last: StagedResult | undefined;
    for (let done = 0; ;) {
      const chunk = await readChunk(lock.client, last, options.linesInChunk ?? usualChunk);
      last = chunk.at(-1);
      if (last === undefined) break;
      await take(state, chunk);
      done += chunk.length;
      onProgress({ step: 'taking', lines: done });
    }
    await lock.client.query('truncate means_result_line');
    return { read, ...counts };
  } catch (error) {
    throw asFault(error);
  } finally {
    rejected.close();
    await lock.release();
  }
}

interface State {
  readonly parts: FileParts;
  readonly from: string;
  readonly rejected: RejectedFile;
  readonly counts: { taken: number; late: number; known: number; rejected: number };
}

async function readChunk(
  client: PoolClient,
  after: StagedResult | undefined,
  limit: number,
): Promise<readonly StagedResult[]> {
  return queryLong<StagedResult>(
    client,
    `select household, inquiry, line, head, determined_on as "determinedOn", decile, income_monthly as "incomeMonthly",
       corrects
     from means_result_line where (household, inquiry) > ($1, $2) order by household, inquiry limit $3`,
    [after?.household ?? -1n, after?.inquiry ?? -1n, limit],
  );
}

async function take({ parts, from, rejected, counts }: State, chunk: readonly StagedResult[]): Promise<void> {
  const note = (line: StagedResult, taken: Taken): void => {
    if (taken === 'taken' || taken === 'late' || taken === 'known') counts[taken] += 1;
    if (taken === 'taken' || taken === 'known') return;
    rejected.add(Number(line.line), faultOf[taken]);
    if (taken !== 'late') counts.rejected += 1;
  };
  const today = isoDay(todayInTehran(parts.clock));
  const ofApplications = await transaction(parts.pool, (client) =>
    takeChunk(parts, client, { chunk, from, today, note }),
  );
  for (const line of ofApplications) note(line, await recordResult(parts, { ...line, receivedFrom: from }));
}

const faultOf = {
  late: { code: 'LATE', path: '/determinedOn', message: 'expected within one month; it was taken all the same' },
  unmatched: { code: 'UNMATCHED', path: '/reference', message: 'expected an inquiry that was sent, about this head' },
  contradictory: {
    code: 'CONTRADICTORY',
    path: '/reference',
    message: 'expected the result that is known, or "corrects": true',
  },
  future: { code: 'INVALID_RESULT', path: '/determinedOn', message: 'expected a day that is not to come' },
} as const satisfies Record<Exclude<Taken, 'taken' | 'known'>, object>;
