import type { PoolClient } from 'pg';
import { read, selected, type Columns, type Reader } from '../sql.ts';

/**
 * - `noticed`: the notice is written, and no deadline runs yet. `running`: it runs.
 * - `contested`: the household says that the decile is wrong, and the ministry is asked again.
 * - `paid`: the household takes part in the premium. `runToExpiry`: unpaid; the cover runs to its end. `ended`: unpaid;
 *   free cover was ended at the deadline. `superseded`: another result has taken its place.
 */
export type DecileState = 'noticed' | 'running' | 'contested' | 'paid' | 'runToExpiry' | 'ended' | 'superseded';
export const openDecileStates = ['noticed', 'running', 'contested'] as const satisfies DecileState[];

/** An insured household in deciles 8 to 10, and the notice of it (M-59 to M-61). Days are ISO. */
export interface DecileCase {
  readonly household: bigint;
  readonly result: bigint;
  readonly head: bigint;
  readonly decile: number;
  readonly determinedOn: string;
  readonly startedAt: Date;
  readonly state: DecileState;
  readonly stateSince: Date;
  /** Inclusive. */
  readonly deadlineOn: string | null;
  readonly deadlineFrom: 'delivery' | 'sending' | null;
  readonly lookAt: Date;
}

const columns = {
  household: 'household',
  result: 'result',
  head: 'head',
  decile: 'decile',
  determinedOn: 'determined_on',
  startedAt: 'started_at',
  state: 'state',
  stateSince: 'state_since',
  deadlineOn: 'deadline_on',
  deadlineFrom: 'deadline_from',
  lookAt: 'look_at',
} as const satisfies Columns<DecileCase>;

const cases = `select ${selected(columns)} from decile_case`;

type Begun = Pick<DecileCase, 'household' | 'result' | 'head' | 'decile' | 'determinedOn'>;

export async function insertDecileCases(client: Reader, begun: readonly Begun[], at: Date): Promise<void> {
  await read(
    client,
    `insert into decile_case (household, result, head, decile, determined_on, started_at, state, state_since, look_at)
     select household, result, head, decile, determined_on, $6, 'noticed', $6, $6
     from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::smallint[], $5::date[])
       as begun (household, result, head, decile, determined_on)`,
    [
      begun.map(({ household }) => household),
      begun.map(({ result }) => result),
      begun.map(({ head }) => head),
      begun.map(({ decile }) => decile),
      begun.map(({ determinedOn }) => determinedOn),
      at,
    ],
  );
}

/** Those under way of these households, but those of these results, have been overtaken. */
export async function supersedeCases(
  client: Reader,
  households: readonly bigint[],
  results: readonly bigint[],
  at: Date,
): Promise<void> {
  await read(
    client,
    `update decile_case set state = 'superseded', state_since = $3
     where household = any($1::bigint[]) and not result = any($2::bigint[])
       and state in ('noticed', 'running', 'contested')`,
    [households, results, at],
  );
}

/** Those to be looked at; looked at by nobody else before `until`. */
export async function takeCases(
  client: PoolClient,
  now: Date,
  { limit, until }: { readonly limit: number; readonly until: Date },
): Promise<readonly DecileCase[]> {
  return read<DecileCase>(
    client,
    `update decile_case set look_at = $2
     where (household, result) in (
       select household, result from decile_case
       where state in ('noticed', 'running', 'contested') and look_at <= $1
       order by look_at, household limit $3 for update skip locked)
     returning ${selected(columns)}`,
    [now, until, limit],
  );
}

export async function lockCase(client: PoolClient, household: bigint, result: bigint): Promise<DecileCase | undefined> {
  const one = `${cases} where household = $1 and result = $2 for update`;
  return (await read<DecileCase>(client, one, [household, result]))[0];
}

/** The newest first. */
export async function listCases(reader: Reader, household: bigint): Promise<readonly DecileCase[]> {
  return read<DecileCase>(reader, `${cases} where household = $1 order by result desc`, [household]);
}

export async function updateCase(
  client: Reader,
  { household, result }: Pick<DecileCase, 'household' | 'result'>,
  to: Pick<DecileCase, 'state' | 'stateSince' | 'deadlineOn' | 'deadlineFrom' | 'lookAt'>,
): Promise<void> {
  await read(
    client,
    `update decile_case set state = $3, state_since = $4, deadline_on = $5, deadline_from = $6, look_at = $7
     where household = $1 and result = $2`,
    [household, result, to.state, to.stateSince, to.deadlineOn, to.deadlineFrom, to.lookAt],
  );
}
