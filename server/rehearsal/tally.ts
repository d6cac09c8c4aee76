import type { Pool } from 'pg';
import { hijriDate, isoDay, type Day } from '@estehqaq/law';

/** Of a Solar Hijri month, `1398/08`. Persons are counted, and money is whole rials. */
export interface MonthTally {
  readonly month: string;
  /** By the month of the request. */
  readonly applications: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, number>>;
  readonly paid: bigint;
  readonly stateShare: bigint;
  readonly coversWritten: number;
  readonly freeRenewals: number;
  readonly lapsed: number;
  /** On the last day. */
  readonly entitled: number;
}

export interface Totals {
  readonly byState: readonly Counted[];
  readonly byRegimeAndGroup: readonly (Counted & { readonly payable: bigint; readonly stateShare: bigint })[];
  readonly bills: readonly Counted[];
  readonly payments: readonly Counted[];
  readonly notices: readonly Counted[];
  readonly refunds: { readonly count: number; readonly amount: bigint };
  readonly deciles: readonly Counted[];
}

export interface Counted {
  readonly name: string;
  readonly count: number;
}

export function monthOf(day: Day): string {
  const { year, month } = hijriDate(day);
  return `${year}/${String(month).padStart(2, '0')}`;
}

const counted = (rows: readonly Counted[]): Readonly<Record<string, number>> =>
  Object.fromEntries(rows.map(({ name, count }) => [name, count]));

/** What happened from one day to another, both included. */
export async function tallyMonth(pool: Pool, from: Day, to: Day): Promise<MonthTally> {
  const days = [isoDay(from), isoDay(to)];
  const query = async <Row extends object>(text: string, values: readonly unknown[] = days): Promise<readonly Row[]> =>
    (await pool.query<Row>(text, [...values])).rows;
  const last = `join application_decision d on d.household = a.household and d.application = a.application
    and d.number = a.last_decision where a.requested_on between $1::date and $2::date`;
  const [money] = await query<{ paid: bigint; state: bigint }>(
    `select coalesce(sum(amount) filter (where cause = 'paymentReceived' and account in ('gateway', 'counter')), 0)::bigint
       as paid, coalesce(sum(amount) filter (where account = 'stateSubsidy'), 0)::bigint as state
     from ledger_entry where day between $1::date and $2::date`,
  );
  const [covers] = await query<{ written: number; free: number }>(
    `select count(*)::int as written, count(*) filter (where c.free and a.kind = 'renewal')::int as free
     from cover c left join application a on a.household = c.household and a.application = c.application
     where (c.written_at at time zone 'Asia/Tehran')::date between $1::date and $2::date and c.origin <> 'import'`,
  );
  const [lapsed] = await query<{ count: number }>(
    `select count(*)::int as count from application_event
     where what = 'lapse' and (at at time zone 'Asia/Tehran')::date between $1::date and $2::date`,
  );
  const [entitled] = await query<{ count: number }>(
    `select count(distinct person)::int as count from cover_member
     where entitled_from <= $1::date and covered_until >= $1::date and replaced_by is null`,
    [isoDay(to)],
  );
  return {
    month: monthOf(from),
    applications: counted(
      await query(
        `select coalesce(d.decision->>'regime', lower(d.decision->>'outcome')) as name, count(*)::int as count
         from application a ${last} group by 1 order by 1`,
      ),
    ),
    groups: counted(
      await query(
        `select coalesce('group ' || (d.decision->>'group'), 'none') as name, count(*)::int as count
         from application a ${last} group by 1 order by 1`,
      ),
    ),
    paid: money?.paid ?? 0n,
    stateShare: money?.state ?? 0n,
    coversWritten: covers?.written ?? 0,
    freeRenewals: covers?.free ?? 0,
    lapsed: lapsed?.count ?? 0,
    entitled: entitled?.count ?? 0,
  };
}

export async function tallyAll(pool: Pool): Promise<Totals> {
  const query = async <Row extends object>(text: string): Promise<readonly Row[]> => (await pool.query<Row>(text)).rows;
  const count = (text: string): Promise<readonly Counted[]> => query<Counted>(text);
  const [refunds] = await query<{ count: number; amount: bigint }>(
    'select count(*)::int as count, coalesce(sum(amount), 0)::bigint as amount from refund_due',
  );
  return {
    byState: await count(
      `select kind || ' ' || state as name, count(*)::int as count from application group by kind, state order by kind, state`,
    ),
    byRegimeAndGroup: await query(
      `select concat_ws(' ', coalesce(d.decision->>'regime', lower(d.decision->>'outcome')),
           'group ' || (d.decision->>'group')) as name, count(*)::int as count,
         coalesce(sum((d.decision->>'payable')::bigint), 0)::bigint as payable,
         coalesce(sum((d.decision->>'stateShare')::bigint), 0)::bigint as "stateShare"
       from application a join application_decision d on d.household = a.household and d.application = a.application
         and d.number = a.last_decision group by 1 order by 1`,
    ),
    bills: await count('select state as name, count(*)::int as count from bill group by state order by state'),
    payments: await count(
      `select via || ' ' || state as name, count(*)::int as count from payment group by via, state order by via, state`,
    ),
    notices: await count(
      `select event || ' ' || state as name, count(*)::int as count from notice group by event, state order by event, state`,
    ),
    refunds: refunds ?? { count: 0, amount: 0n },
    deciles: await count('select state as name, count(*)::int as count from decile_case group by state order by state'),
  };
}
