import type { Pool } from 'pg';

/** Dialogues under way, over transports that keep none of what was typed before. They outlive a restart of ours. */
export interface SessionName {
  readonly mobile: bigint;
  readonly session: string;
}

/** A name that the network gives again begins anew. */
export async function beginSession(
  pool: Pool,
  { mobile, session }: SessionName,
  inputs: readonly string[],
  at: Date,
): Promise<void> {
  await pool.query({
    name: 'begin-ussd-session',
    text: `insert into ussd_session (mobile, session, inputs, touched_at) values ($1, $2, $3, $4)
      on conflict (mobile, session) do update set inputs = excluded.inputs, touched_at = excluded.touched_at`,
    values: [mobile, session, inputs, at],
  });
}

/** @returns all inputs with this one; undefined where there is no such dialogue, or it waited too long */
export async function continueSession(
  pool: Pool,
  { mobile, session }: SessionName,
  input: string,
  { at, notBefore }: { readonly at: Date; readonly notBefore: Date },
): Promise<readonly string[] | undefined> {
  const { rows } = await pool.query<{ inputs: string[] }>({
    name: 'continue-ussd-session',
    text: `update ussd_session set inputs = inputs || $3::text, touched_at = $4
      where mobile = $1 and session = $2 and touched_at >= $5 returning inputs`,
    values: [mobile, session, input, at, notBefore],
  });
  return rows[0]?.inputs;
}

export async function endSession(pool: Pool, { mobile, session }: SessionName): Promise<void> {
  await pool.query({
    name: 'end-ussd-session',
    text: 'delete from ussd_session where mobile = $1 and session = $2',
    values: [mobile, session],
  });
}
