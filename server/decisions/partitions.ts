import type { Client, Pool } from 'pg';
import { asFault } from '../database/index.ts';
import { lowestIdAt } from '../platform/index.ts';

/**
 * The journal has a partition for every month (UTC) of its ids. They are made ahead of time and dropped after the time of
 * retention, both by the owner: the application can do neither.
 */
const monthsAhead = 3;

/** Any number that nobody else uses for an advisory lock in this database. */
const lockKey = 7_170_426;

const keptDays = 7;
const millisecondsPerDay = 86_400_000;
const ticksPerSecond = 8n;

interface Month {
  readonly year: number;
  /** 0..11 */
  readonly month: number;
}

/**
 * Makes the partitions that are not there, from this month to some months ahead; also those in which the ids of a process
 * lie whose time ran ahead of the clock.
 * @returns the id from which on there are none
 */
export async function makePartitions(owner: Client, now: Date): Promise<bigint> {
  await owner.query('begin');
  try {
    await owner.query('select pg_advisory_xact_lock($1)', [lockKey]);
    const { rows } = await owner.query<{ latest: bigint | null }>('select max(reserved_until) as latest from id_slot');
    const ahead = new Date(Date.UTC(2020, 0, 1) + Number((rows[0]?.latest ?? 0n) / ticksPerSecond) * 1000);
    const here = monthOf(now);
    for (let add = 0; add <= monthsAhead; add += 1) await makePartition(owner, plusMonths(here, add));
    if (ahead > firstMoment(plusMonths(here, 1))) {
      for (let add = 0; add <= 1; add += 1) await makePartition(owner, plusMonths(monthOf(ahead), add));
    }
    await owner.query('commit');
    return lowestIdAt(firstMoment(plusMonths(here, monthsAhead + 1)));
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
}

/**
 * Up to which moment there are partitions without a gap from this month on, this month's beginning where there is none.
 * @throws Fault DATABASE_…
 */
export async function findPartitionsEnd(database: Pick<Pool, 'query'>, now: Date): Promise<Date> {
  const names = new Set(
    await listPartitions(database).catch((error: unknown) => {
      throw asFault(error);
    }),
  );
  let month = monthOf(now);
  while (names.has(nameOf(month))) month = plusMonths(month, 1);
  return firstMoment(month);
}

/** The partitions that there are, the oldest first. */
export async function listPartitions(owner: Pick<Pool, 'query'>): Promise<readonly string[]> {
  const { rows } = await owner.query<{ name: string }>(`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'inquiry'::regclass order by c.relname`);
  return rows.map(({ name }) => name);
}

/** The partitions whose last inquiry is older than that moment, the oldest first. */
export async function listPartitionsBefore(owner: Client, before: Date): Promise<readonly string[]> {
  return (await listPartitions(owner)).filter((name) => {
    const [, year, month] = /^inquiry_(\d{4})_(\d{2})$/.exec(name) ?? [];
    // The number of a month is that of the next one here, which counts from 0.
    return year !== undefined && firstMoment({ year: Number(year), month: Number(month) }) <= before;
  });
}

/** Drops the partitions that end before that moment. @returns their names */
export async function dropPartitions(owner: Client, before: Date): Promise<readonly string[]> {
  const dropped = await listPartitionsBefore(owner, before);
  for (const name of dropped) await owner.query(`drop table ${name}`);
  return dropped;
}

/** How many request ids would be forgotten. */
export async function countOldRequestKeys(owner: Client, now: Date): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    'select count(*)::int as count from request_key where asked_at < $1',
    [oldestKept(now)],
  );
  return rows[0]?.count ?? 0;
}

/** Forgets request ids that are older than seven days. @returns how many */
export async function forgetRequestKeys(owner: Client, now: Date): Promise<number> {
  const { rowCount } = await owner.query('delete from request_key where asked_at < $1', [oldestKept(now)]);
  return rowCount ?? 0;
}

function oldestKept(now: Date): Date {
  return new Date(now.getTime() - keptDays * millisecondsPerDay);
}

async function makePartition(owner: Client, month: Month): Promise<void> {
  const name = nameOf(month);
  const { rows } = await owner.query<{ is: boolean }>('select to_regclass($1) is not null as is', [name]);
  if (rows[0]?.is === true) return;
  const [from, until] = [month, plusMonths(month, 1)].map((each) => String(lowestIdAt(firstMoment(each))));
  // Made by itself and then attached: inquiries go on meanwhile, which they could not while one is made in place.
  await owner.query(`create table ${name} (like inquiry including all)`);
  await owner.query(`alter table inquiry attach partition ${name} for values from (${from ?? ''}) to (${until ?? ''})`);
}

function nameOf({ year, month }: Month): string {
  return `inquiry_${year}_${String(month + 1).padStart(2, '0')}`;
}

function monthOf(moment: Date): Month {
  return { year: moment.getUTCFullYear(), month: moment.getUTCMonth() };
}

function plusMonths({ year, month }: Month, months: number): Month {
  return monthOf(new Date(Date.UTC(year, month + months, 1)));
}

function firstMoment({ year, month }: Month): Date {
  return new Date(Date.UTC(year, month, 1));
}
