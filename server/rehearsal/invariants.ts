import type { Pool } from 'pg';
import { checkLedger, ledgerBalance } from '../contributions/index.ts';
import type { LawInForce } from '../decisions/index.ts';
import { replayDecisions } from '../enrolment/index.ts';
import type { RehearsalGateway } from './gateway.ts';
import type { RehearsalTransport } from './transport.ts';

/** What must hold whatever happens. */
export const invariants = {
  ledger: 'the ledger balances to the rial, and agrees with bills, payments and refunds',
  paidOrFree: 'nobody is covered without a verified payment or a free group',
  noGap: 'a free renewal leaves no gap',
  notShortened: 'no cover is shortened before a delivered notice',
  replay: 'every decision replays to the same',
  nothingLost: 'no work that is due is left undone',
  onceOnly: 'nothing is done twice: covers, payments, messages',
  dossiers: 'the dossiers say what the covers say',
  noErrors: 'no error is logged, and none is thrown that would be a mistake of ours',
} as const;

export type Invariant = keyof typeof invariants;

/** Something that should not be; it names no person. */
export interface Breach {
  readonly invariant: Invariant;
  /** ISO. */
  readonly day: string;
  readonly detail: string;
}

export interface Moment {
  /** ISO, in Tehran. */
  readonly day: string;
  readonly now: Date;
}

export interface Checked {
  readonly pool: Pool;
  readonly law: LawInForce;
  readonly gateway: RehearsalGateway;
  readonly transport: RehearsalTransport;
  /** Another insurer covers this head of a household: then nothing is renewed. */
  readonly isCoveredElsewhere: (head: bigint) => boolean;
}

type Found = readonly (readonly [Invariant, string])[];

const asBreaches = (found: Found, { day }: Moment): readonly Breach[] =>
  found.map(([invariant, detail]) => ({ invariant, day, detail }));

/** Rows that should not be there, as the texts of a breach. */
async function rowsOf(pool: Pool, what: string, text: string, values: readonly unknown[]): Promise<readonly string[]> {
  const { rows } = await pool.query<Record<string, unknown>>(`${text} limit 20`, [...values]);
  return rows.map(
    (row) =>
      `${what}: ${Object.entries(row)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join(', ')}`,
  );
}

/** Of a cover that was written today: what it rests on. */
const unfounded = `
  select c.household, c.cover from cover c
  where c.origin = 'application' and c.written_at >= $1
    and not exists (
      select from bill b join payment p on p.household = b.household and p.payment = b.payment
      where b.household = c.household and b.application = c.application and b.state = 'paid' and p.state = 'paid')
    and not (c.free and exists (
      select from application a
      join application_decision d on d.household = a.household and d.application = a.application
      where a.household = c.household and a.application = c.application and d.number = a.last_decision
        and d.decision->>'payable' = '0' and d.decision->>'group' = '1'))
  union all
  select c.household, c.cover from cover c
  where c.origin = 'continuation' and c.written_at >= $1
    and not exists (
      select from application_decision d where d.household = c.household and d.decision->>'continues' = 'true')`;

const at = '(select $1::date as day, $2::timestamptz as now, $3::timestamptz as yesterday) as at';

/** Work that time alone should have done by the end of the day. */
const undone: Readonly<Record<string, string>> = {
  application: `select household, application, state from application, ${at} where due_on <= at.day`,
  renewal: `select household, cover from cover, ${at} where renewal_due_on <= at.day`,
  recheck: `select household, application, state from application, ${at} where recheck_due_at <= at.now`,
  bill: `select household, bill from bill b, ${at} where state = 'open' and valid_until < at.day
    and not exists (select from payment p where p.household = b.household and p.bill = b.bill and p.state = 'verifying')`,
  dossier: `select household, task, fault from cover_task, ${at} where done_at is null and made_at < at.yesterday`,
  payment: `select household, payment, state from payment, ${at} where due_at < at.yesterday`,
  notice: `select owner, event from notice, ${at}
    where state in ('waiting', 'sending') and due_at < at.yesterday and state_since < at.yesterday`,
};

/** Cheap enough for the end of every day. */
export async function checkDay(checked: Checked, moment: Moment): Promise<readonly Breach[]> {
  const { pool } = checked;
  const { day, now } = moment;
  const yesterday = new Date(now.getTime() - 86_400_000);
  const { sum } = await ledgerBalance(pool);
  const uncovered = await rowsOf(pool, 'cover', unfounded, [yesterday]);
  const left: string[] = [];
  for (const [what, text] of Object.entries(undone)) {
    left.push(...(await rowsOf(pool, what, text, [day, now, yesterday])));
  }
  return asBreaches(
    [
      ...(sum === 0n ? [] : [['ledger', `the sum of all entries is ${sum}`] as const]),
      ...uncovered.map((detail) => ['paidOrFree', detail] as const),
      ...left.map((detail) => ['nothingLost', detail] as const),
    ],
    moment,
  );
}

const gaps = `
  select h.head, c.cover, c.covered_until, n.covered_from from cover c join household h on h.household = c.household
  join cover n on n.household = c.household and n.cover = c.renewed_by
  where c.free and n.free and n.covered_from > c.covered_until + 1
  union all
  select h.head, c.cover, c.covered_until, null::date from cover c join household h on h.household = c.household
  where c.free and c.origin <> 'continuation' and c.joins is null and c.renewed_by is null
    and c.covered_until < $1::date - 1
    and not exists (select from application a where a.household = c.household and a.renews = c.cover and a.state = 'refused')
    and not exists (select from cover_member m where m.household = c.household and m.cover = c.cover
                    and m.covered_until < c.covered_until)
    and exists (
      select from means_result r where r.household = c.household and r.decile <= 3
        and r.received_at < c.covered_until and r.determined_on >= c.covered_until - 366
        and r.result = (select max(result) from means_result l where l.household = c.household))`;

async function findGaps({ pool, isCoveredElsewhere }: Checked, { day }: Moment): Promise<readonly string[]> {
  const { rows } = await pool.query<{ head: bigint; cover: bigint; covered_until: string; covered_from: string }>(
    gaps,
    [day],
  );
  return rows
    .filter(({ head }) => !isCoveredElsewhere(head))
    .map(({ cover, covered_until: until, covered_from: from }) => `free cover ${cover}: ended ${until}, next ${from}`);
}

const shortened = `
  select m.household, m.cover, m.covered_until from cover_member m
  join cover c on c.household = m.household and c.cover = m.cover
  where m.covered_until < c.covered_until
    and not exists (
      select from decile_case d
      join notice n on n.owner = d.household and n.event = 'decile8To10' and n.key = d.result::text and n.step = 0
      where d.household = m.household and d.state = 'ended' and d.deadline_from = 'delivery'
        and n.delivered_at is not null and n.delivered_at < m.covered_until - 28)`;

const twice: Readonly<Record<string, string>> = {
  'covers of an application': `select household, application, count(*) from cover where origin = 'application'
    group by household, application having count(*) > 1`,
  'payments of an application': `select household, application, count(*) from application_event where what = 'pay'
    group by household, application having count(*) > 1`,
  'a person in two covers of one household at once': `
    select m.household, m.person from cover_member m join cover_member o
      on o.household = m.household and o.person = m.person and o.cover > m.cover
    join cover c on c.household = m.household and c.cover = m.cover and c.origin <> 'continuation'
    join cover d on d.household = o.household and d.cover = o.cover and d.origin <> 'continuation'
    where m.covered_from <= o.covered_until and o.covered_from <= m.covered_until`,
};

/** What the dossiers say against what the covers say, where nothing is on its way. Imported covers are told with others. */
const otherwise = `
  with told as (
    select person, array_agg(distinct (one->>'from') || ' ' || (one->>'until')) as days
    from dossier, json_array_elements(facts->'otherCovers') as one
    where one->>'insurer' = 'ihio' and one->>'fund' = 'universal' group by person),
  covered as (
    select m.person, array_agg(distinct m.entitled_from || ' ' || m.covered_until) as days,
      array_agg(distinct m.entitled_from || ' ' || m.covered_until) filter (where c.origin <> 'import') as ours
    from cover_member m join cover c on c.household = m.household and c.cover = m.cover
    where m.replaced_by is null and m.person < 10000000000000 and m.entitled_from <= m.covered_until group by m.person)
  select covered.days as covers, told.days as told from covered full join told on told.person = covered.person
  where not (coalesce(covered.ours, '{}') <@ coalesce(told.days, '{}') and coalesce(told.days, '{}') <@ coalesce(covered.days, '{}'))
    and not exists (
      select from cover_task t where t.person = coalesce(covered.person, told.person) and t.done_at is null)`;

/** At the end of a month, and at the end: it reads all there is. @param since the beginning of the month */
export async function checkMonth(checked: Checked, moment: Moment, since: Date): Promise<readonly Breach[]> {
  const { pool, law } = checked;
  const imbalances = await checkLedger(pool);
  const until = new Date(moment.now.getTime() + 1);
  const { different } = await replayDecisions({ pool, law }, { from: since, until });
  const repeated: string[] = [];
  for (const [what, text] of Object.entries(twice)) repeated.push(...(await rowsOf(pool, what, text, [])));
  return asBreaches(
    [
      ...imbalances.map(({ what, of, by }) => ['ledger', `${what} ${String(of)} by ${by}`] as const),
      ...(await findGaps(checked, moment)).map((detail) => ['noGap', detail] as const),
      ...(await rowsOf(pool, 'cover', shortened, [])).map((detail) => ['notShortened', detail] as const),
      ...different.slice(0, 20).map(({ application, number }) => ['replay', `${application} no. ${number}`] as const),
      ...[...repeated, ...(await checkGateway(checked)), ...(await checkMessages(checked))].map(
        (detail) => ['onceOnly', detail] as const,
      ),
      ...(await rowsOf(pool, 'dossier', otherwise, [])).map((detail) => ['dossiers', detail] as const),
    ],
    moment,
  );
}

/** Money that the gateway has made ours is in our books, and nothing else is. */
async function checkGateway({ pool, gateway }: Checked): Promise<readonly string[]> {
  const { rows } = await pool.query<{ authority: string; state: string; amount: bigint }>(
    'select authority, state, amount from payment where authority is not null',
  );
  const ours = new Map(rows.map((row) => [row.authority, row]));
  const found: string[] = [];
  for (const { authority, state, amount } of gateway.books.list()) {
    const own = ours.get(authority);
    const isBooked = own !== undefined && ['paid', 'refundDue', 'refunded'].includes(own.state);
    // What was verified, and whose answer was lost, is found out in time.
    const isOpen = own?.state === 'verifying';
    if (state === 'VERIFIED' && !isBooked && !isOpen) found.push(`verified and not booked: ${own?.state ?? 'unknown'}`);
    if (state !== 'VERIFIED' && isBooked) found.push(`booked and not verified: ${state}`);
    if (isBooked && Number(own.amount) !== amount) found.push(`booked with another amount: ${own.amount}`);
  }
  return found;
}

/** Rather twice than never only where a deadline begins with it (M-60). */
async function checkMessages({ pool, transport }: Checked): Promise<readonly string[]> {
  const suspects = [...transport.taken].filter(([, { times, failed }]) => times > 1 + failed).map(([key]) => key);
  if (suspects.length === 0) return [];
  return rowsOf(
    pool,
    'sent twice',
    `select event, count(*) from notice where id = any($1::bigint[]) and event <> 'decile8To10' group by event`,
    [suspects],
  );
}
