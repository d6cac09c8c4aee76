import type { PoolClient } from 'pg';
import { isoDay } from '@estehqaq/law';
import { transaction } from '../../database/index.ts';
import { enqueueNotices } from '../../notices/index.ts';
import { todayInTehran } from '../../platform/index.ts';
import { read, type Reader } from '../sql.ts';
import { endNeedless } from './inquiry-store.ts';
import { queryLong } from './long-statement.ts';
import type { MeansTestParts } from './parts.ts';
import { dueOn, isSuspended } from './terms.ts';

/** Inquiries that went, or go, to the ministry as one file. */
export interface Batch {
  readonly batch: bigint;
  /** `applications`: those that were waiting; `existing`: the list of all existing insured (M-53). */
  readonly kind: 'applications' | 'existing';
  readonly sentOn: string;
  readonly dueOn: string;
  /** Control totals: rows, persons, and the sum of the persons' national ids. */
  readonly inquiries: bigint;
  readonly persons: bigint;
  readonly idSum: string;
}

export type BatchKind = Batch['kind'];
type Parts = Pick<MeansTestParts, 'pool' | 'clock' | 'ids' | 'law'>;

export interface BatchRequest {
  readonly kind: BatchKind;
  readonly madeBy: string;
  readonly onProgress?: (inquiries: number) => void;
}

const atOnce = 10_000;

/**
 * Makes a batch of all inquiries that wait, or of all existing insured who are subject to the test. From now on they count
 * as sent: the month of the ministry begins today (M-06, M-21). All of it or nothing.
 * @returns undefined where nobody is to be asked about, or the test is suspended (M-20)
 */
export async function makeBatch(parts: Parts, { kind, madeBy, onProgress }: BatchRequest): Promise<Batch | undefined> {
  const { pool, clock, ids, law } = parts;
  const today = todayInTehran(clock);
  if (isSuspended(law.book, today)) return undefined;
  const sentOn = isoDay(today);
  const [batch = 0n] = await ids.make([0n]);
  const made: Making = {
    batch,
    sentOn,
    dueOn: dueOn(sentOn),
    at: clock.now(),
    onProgress: onProgress ?? (() => undefined),
  };
  await endNeedless(pool);
  const somebody = kind === 'existing' ? `select from household limit 1` : waitsFor;
  if ((await read(pool, somebody, [])).length === 0) return undefined;
  await transaction(pool, async (client) => {
    await client.query('set local statement_timeout = 0');
    await read(
      client,
      `insert into means_batch (batch, kind, made_at, made_by, sent_on, due_on, inquiries, persons, id_sum)
       values ($1, $2, $3, $4, $5, $6, 0, 0, 0)`,
      [batch, kind, made.at, madeBy, made.sentOn, made.dueOn],
    );
    await (kind === 'existing' ? listExisting(client, made) : takeWaiting(parts, client, made));
    await writeTotals(client, batch);
  });
  return findBatch(pool, batch);
}

const waitsFor = `select from means_inquiry where state = 'waiting' limit 1`;

interface Making {
  readonly batch: bigint;
  readonly sentOn: string;
  readonly dueOn: string;
  readonly at: Date;
  readonly onProgress: (inquiries: number) => void;
}

async function takeWaiting(parts: Parts, client: PoolClient, made: Making): Promise<void> {
  let inquiries = 0;
  for (;;) {
    const rows = await queryLong<{ household: bigint; inquiry: bigint; head: bigint; number: bigint | null }>(
      client,
      `update means_inquiry set state = 'sent', batch = $1, sent_at = $2, sent_on = $3, due_on = $4
       where (household, inquiry) in (
         select household, inquiry from means_inquiry where state = 'waiting'
         order by household, inquiry limit $5 for update)
       returning household, inquiry, head, (select number from application
         where application.household = means_inquiry.household and application.application = means_inquiry.application)`,
      [made.batch, made.at, made.sentOn, made.dueOn, atOnce],
    );
    if (rows.length === 0) return;
    inquiries += rows.length;
    const notices = rows.map(({ household, inquiry, head, number }) => ({
      owner: household,
      person: head,
      event: 'meansTestRequested' as const,
      data: { application: number === null ? null : String(number), dueOn: made.dueOn },
      key: String(inquiry),
    }));
    await enqueueNotices(client, parts.clock, parts.ids, notices);
    made.onProgress(inquiries);
  }
}

/** Insured of the employees' and the other strata's fund are exempt (M-11), but for those under a supportive body (M-12). */
const isExempt = `(fund = 'employees' or (fund = 'otherStrata' and not supportive_body))`;

/**
 * Those who are insured today, with all of their households. A newborn without a national id cannot be asked about: such
 * keys lie above all ids.
 */
const existing = `
  with page as (
    select household, head from household where household > $1 order by household limit $2
  ), subject as (
    select page.household, page.head, coalesce(insured.fund, cover.fund) as fund,
      greatest(insured.expires_on, cover.covered_until) as expires_on
    from page
    left join insured_household insured on insured.household = page.household and insured.expires_on >= $3
    left join lateral (
      select fund, covered_until from cover where household = page.household and covered_until >= $3
      order by covered_until desc limit 1) cover on true
    where (insured.household is not null or cover.fund is not null)
      and not (insured.household is not null and ${isExempt.replaceAll('fund', 'insured.fund').replace('supportive', 'insured.supportive')})
  ), inserted as (
    insert into means_inquiry (household, inquiry, purpose, head, members, fund, expires_on, requested_on, requested_at,
      state, batch, try_at, attempts, sent_at, sent_on, due_on, escalated)
    select household, $4, 'existing', head, people.ids, fund, expires_on, $3, $5, 'sent', $4, $5, 0, $5, $3, $6, 0
    from subject cross join lateral (
      select array_agg(person order by relation <> 'head', person) as ids from household_member
      where household = subject.household and until_day is null and person < 10000000000000) people
    where people.ids is not null
    returning household)
  select (select max(household) from page) as last, (select count(*)::int from inserted) as inquiries`;

async function listExisting(client: PoolClient, made: Making): Promise<void> {
  let last = 0n;
  let inquiries = 0;
  for (;;) {
    const [row] = await queryLong<{ last: bigint | null; inquiries: number }>(client, existing, [
      last,
      atOnce,
      made.sentOn,
      made.batch,
      made.at,
      made.dueOn,
    ]);
    const end = row?.last ?? null;
    if (row === undefined || end === null) return;
    last = end;
    inquiries += row.inquiries;
    made.onProgress(inquiries);
  }
}

async function writeTotals(client: PoolClient, batch: bigint): Promise<void> {
  await queryLong(
    client,
    `update means_batch set (inquiries, persons, id_sum) = (
       select count(*), coalesce(sum(cardinality(members)), 0),
         coalesce(sum((select sum(member) from unnest(members) as member)), 0)
       from means_inquiry where batch = $1)
     where batch = $1`,
    [batch],
  );
}

export async function findBatch(reader: Reader, batch: bigint): Promise<Batch | undefined> {
  const found = await read<Batch>(
    reader,
    `select batch, kind, sent_on as "sentOn", due_on as "dueOn", inquiries, persons, id_sum::text as "idSum"
     from means_batch where batch = $1`,
    [batch],
  );
  return found[0];
}
