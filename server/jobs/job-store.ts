import type { Pool } from 'pg';

/** The SQL of jobs. All instants are the application's. */

export interface JobState {
  readonly dueAt: Date;
  readonly heldUntil: Date | null;
  readonly failures: number;
}

export async function findJobState(pool: Pool, name: string): Promise<JobState | undefined> {
  const { rows } = await pool.query<JobState>({
    name: 'job-state',
    text: 'select due_at as "dueAt", held_until as "heldUntil", failures from job_run where name = $1',
    values: [name],
  });
  return rows[0];
}

/** A job that the database does not know yet is due at once. */
export async function addJob(pool: Pool, name: string, dueAt: Date): Promise<void> {
  await pool.query('insert into job_run (name, due_at, failures) values ($1, $2, 0) on conflict do nothing', [
    name,
    dueAt,
  ]);
}

/** Takes a job in hand, if it is still as it was seen: of several processes one succeeds. */
export async function takeJob(
  pool: Pool,
  name: string,
  seen: JobState,
  { holder, heldUntil }: { readonly holder: string; readonly heldUntil: Date },
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'job-take',
    text: `
      update job_run set holder = $2, held_until = $3
      where name = $1 and due_at = $4 and held_until is not distinct from $5::timestamptz`,
    values: [name, holder, heldUntil, seen.dueAt, seen.heldUntil],
  });
  return rowCount === 1;
}

/** @returns whether it is still this process's */
export async function holdJob(pool: Pool, name: string, holder: string, heldUntil: Date): Promise<boolean> {
  const { rowCount } = await pool.query('update job_run set held_until = $3 where name = $1 and holder = $2', [
    name,
    holder,
    heldUntil,
  ]);
  return rowCount === 1;
}

/** Gives a job back, unless another has it by now. */
export async function giveJobBack(
  pool: Pool,
  name: string,
  holder: string,
  { dueAt, failures }: Pick<JobState, 'dueAt' | 'failures'>,
): Promise<void> {
  await pool.query({
    name: 'job-give-back',
    text: `
      update job_run set due_at = $3, failures = $4, holder = null, held_until = null
      where name = $1 and holder = $2`,
    values: [name, holder, dueAt, failures],
  });
}
