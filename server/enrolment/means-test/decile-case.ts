import type { PoolClient } from 'pg';
import { enqueueNotices, type NoticeRequest } from '../../notices/index.ts';
import type { Clock } from '../../platform/index.ts';
import { read } from '../sql.ts';
import { insertDecileCases, supersedeCases } from './decile-store.ts';
import type { MeansInquiry } from './inquiry-store.ts';
import type { MeansTestParts } from './parts.ts';
import type { MeansResult } from './result-store.ts';

const isHigh = (decile: number | null): decile is 8 | 9 | 10 => decile !== null && decile >= 8;

/** A result about insured people. */
export interface OfInsured {
  readonly inquiry: Pick<MeansInquiry, 'household' | 'head'>;
  readonly result: Pick<MeansResult, 'household' | 'result' | 'decile' | 'determinedOn'>;
}

/** From the determination on, and not from the end of the cover (M-59): one notice to the head (M-60). */
export async function beginDecileCase(
  client: PoolClient,
  clock: Clock,
  ids: MeansTestParts['ids'],
  one: OfInsured,
): Promise<void> {
  await beginDecileCases(client, clock, ids, [one]);
}

/** The same for many. Whatever was under way for a household by an earlier result has been overtaken. */
export async function beginDecileCases(
  client: PoolClient,
  clock: Clock,
  ids: MeansTestParts['ids'],
  all: readonly OfInsured[],
): Promise<void> {
  const now = clock.now();
  const results = all.map(({ result }) => result.result);
  await supersedeCases(
    client,
    all.map(({ result }) => result.household),
    results,
    now,
  );
  const high = all.flatMap(({ inquiry, result }) =>
    isHigh(result.decile) ? [{ ...result, head: inquiry.head, decile: result.decile }] : [],
  );
  if (high.length === 0) return;
  const sexes = await readSexes(client, high);
  await insertDecileCases(client, high, now);
  const notices = high.map(({ household, head, decile, result }): NoticeRequest<'decile8To10'> => ({
    owner: household,
    person: head,
    event: 'decile8To10',
    data: { decile, sex: sexes.get(head) ?? null },
    key: String(result),
  }));
  await enqueueNotices(client, clock, ids, notices);
}

async function readSexes(
  client: PoolClient,
  high: readonly { readonly household: bigint; readonly head: bigint }[],
): Promise<ReadonlyMap<bigint, 'male' | 'female'>> {
  const rows = await read<{ person: bigint; sex: 'male' | 'female' }>(
    client,
    `select person, sex from household_member
     where household = any($1::bigint[]) and person = any($2::bigint[]) and until_day is null`,
    [high.map(({ household }) => household), high.map(({ head }) => head)],
  );
  return new Map(rows.map(({ person, sex }) => [person, sex]));
}
