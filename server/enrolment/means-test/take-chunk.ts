import type { PoolClient } from 'pg';
import { read } from '../sql.ts';
import { beginDecileCases } from './decile-case.ts';
import type { MeansInquiry } from './inquiry-store.ts';
import type { FileParts } from './parts.ts';
import { rate, readInsured } from './rate-existing.ts';
import { judgeResult, type Taken } from './record-result.ts';
import type { SaidResult } from './said-result.ts';
import { insertResults, type MeansResult } from './result-store.ts';

/** A line of the file, as it was staged. */
export type StagedResult = Omit<SaidResult, 'receivedFrom' | 'head'> & { readonly head: bigint; readonly line: bigint };

export interface ResultCounts {
  readonly taken: number;
  /** Taken, too, though after their month. */
  readonly late: number;
  /** They had been taken before. */
  readonly known: number;
}

interface Chunk {
  readonly chunk: readonly StagedResult[];
  /** The name of the file. */
  readonly from: string;
  readonly today: string;
  readonly note: (line: StagedResult, taken: Taken) => void;
}

type Asked = Pick<MeansInquiry, 'household' | 'inquiry' | 'application' | 'head' | 'state' | 'dueOn' | 'requestedOn'>;

/**
 * Takes the results of existing insured in: one statement for each thing that is written.
 * @returns the lines that are about applications, which were left alone
 */
export async function takeChunk(
  parts: FileParts,
  client: PoolClient,
  { chunk, from, today, note }: Chunk,
): Promise<readonly StagedResult[]> {
  const asked = await lockAsked(client, chunk);
  const before = await readBefore(client, chunk);
  const ofApplications: StagedResult[] = [];
  const taken: Accepted[] = [];
  for (const line of chunk) {
    const inquiry = asked.get(keyOf(line));
    if (inquiry !== undefined && inquiry.application !== null) {
      ofApplications.push(line);
      continue;
    }
    const known = before.get(keyOf(line));
    const judged = judgeResult({ ...line, receivedFrom: from }, inquiry, known, today);
    note(line, judged);
    if (inquiry === undefined || (judged !== 'taken' && judged !== 'late')) continue;
    taken.push({ line, inquiry, corrects: known?.result ?? null, isLate: judged === 'late' });
  }
  if (taken.length > 0) await write(parts, client, taken, { from, today });
  return ofApplications;
}

interface Accepted {
  readonly line: StagedResult;
  readonly inquiry: Asked;
  readonly corrects: bigint | null;
  readonly isLate: boolean;
}

async function write(
  { clock, ids, law }: FileParts,
  client: PoolClient,
  taken: readonly Accepted[],
  { from, today }: Pick<Chunk, 'from' | 'today'>,
): Promise<void> {
  const households = taken.map(({ inquiry }) => inquiry.household);
  const insured = await readInsured(client, households);
  const made = await ids.make(households);
  const receivedAt = clock.now();
  const results = taken.map(({ line, inquiry, corrects, isLate }, index): MeansResult => {
    const { determinedOn, decile, incomeMonthly } = line;
    const own = insured.get(inquiry.household);
    const said = { determinedOn, decile, incomeMonthly, requestedOn: inquiry.requestedOn };
    const rated = own === undefined ? undefined : rate(law.book, own, said, today);
    return {
      household: inquiry.household,
      result: made[index] ?? 0n,
      inquiry: inquiry.inquiry,
      determinedOn,
      incomeMonthly,
      decile,
      receivedAt,
      receivedFrom: from,
      isLate,
      corrects,
      lawVersion: law.book.version,
      actsVersion: law.actsVersion,
      feeGroup: rated?.feeGroup ?? null,
      payablePercent: rated?.payablePercent ?? null,
      payable: rated?.payable ?? null,
    };
  });
  await insertResults(client, results);
  await read(
    client,
    `update means_inquiry set state = 'answered'
     from unnest($1::bigint[], $2::bigint[]) as done (household, inquiry)
     where means_inquiry.household = done.household and means_inquiry.inquiry = done.inquiry`,
    [households, taken.map(({ inquiry }) => inquiry.inquiry)],
  );
  const all = results.map((result, index) => ({ inquiry: taken[index]?.inquiry ?? result, result }));
  await beginDecileCases(client, clock, ids, all as Parameters<typeof beginDecileCases>[3]);
}

const keyOf = ({ household, inquiry }: { readonly household: bigint; readonly inquiry: bigint }): string =>
  `${household}-${inquiry}`;

async function lockAsked(client: PoolClient, chunk: readonly StagedResult[]): Promise<ReadonlyMap<string, Asked>> {
  const rows = await read<Asked>(
    client,
    `select household, inquiry, application, head, state, due_on as "dueOn", requested_on as "requestedOn"
     from means_inquiry
     where (household, inquiry) in (select * from unnest($1::bigint[], $2::bigint[]))
     order by household, inquiry for update`,
    [chunk.map(({ household }) => household), chunk.map(({ inquiry }) => inquiry)],
  );
  return new Map(rows.map((row) => [keyOf(row), row]));
}

async function readBefore(
  client: PoolClient,
  chunk: readonly StagedResult[],
): Promise<ReadonlyMap<string, Pick<MeansResult, 'result' | 'determinedOn' | 'decile' | 'incomeMonthly'>>> {
  const rows = await read<
    Pick<MeansResult, 'household' | 'inquiry' | 'result' | 'determinedOn' | 'decile' | 'incomeMonthly'>
  >(
    client,
    `select household, inquiry, result, determined_on as "determinedOn", decile, income_monthly as "incomeMonthly"
     from means_result
     where (household, inquiry) in (select * from unnest($1::bigint[], $2::bigint[])) order by result`,
    [chunk.map(({ household }) => household), chunk.map(({ inquiry }) => inquiry)],
  );
  return new Map(rows.map((row) => [keyOf(row), row]));
}
