import type { Pool } from 'pg';

/** The tables behind `arrivals.ts`. Every statement takes its rows in the order of their keys, so that two processes never wait for each other in a circle. */

/** A question that came now; each once. */
export interface Question {
  readonly mobile: bigint;
  /** A keyed hash of what is asked. */
  readonly question: string;
  readonly at: Date;
  /** Whom it asks about; null where that is one of those whose number it is. */
  readonly other: bigint | null;
}

export interface MessageName {
  readonly mobile: bigint;
  /** A keyed hash of the transport's name for the message. */
  readonly message: string;
}

export interface NamedMessage extends MessageName {
  readonly question: string;
  readonly at: Date;
}

export interface DayCounts {
  readonly messages: number;
  readonly questions: number;
  readonly persons: number;
}

/** What a batch writes about numbers. */
export interface Batch {
  /** ISO, in Tehran. */
  readonly day: string;
  readonly windowMs: number;
  readonly questions: readonly Question[];
  readonly messages: readonly NamedMessage[];
  /** How many messages came from each number, whatever they ask. */
  readonly numbers: readonly { readonly mobile: bigint; readonly messages: number }[];
}

export interface BatchWritten {
  /** Mobile, question, and when it was first asked, as milliseconds: with the question that names the request. */
  readonly asked: readonly (readonly [number, string, number])[] | null;
  /** Mobile; messages, questions and persons of its day. */
  readonly numbers: readonly (readonly [number, number, number, number])[] | null;
}

/** The owners of numbers that are people; providers stand in memory. */
export async function findOwners(pool: Pool, mobiles: readonly bigint[]): Promise<ReadonlyMap<bigint, bigint[]>> {
  const { rows } = await pool.query<{ mobile: bigint; owner: string }>({
    name: 'phone-owners',
    text: `select mobile, owner from mobile_owner where mobile = any($1::bigint[]) and kind = 'person' order by owner`,
    values: [mobiles],
  });
  const owners = new Map<bigint, bigint[]>();
  for (const { mobile, owner } of rows) owners.set(mobile, [...(owners.get(mobile) ?? []), BigInt(owner)]);
  return owners;
}

export async function findMessages(
  pool: Pool,
  messages: readonly MessageName[],
): Promise<readonly { mobile: bigint; message: string; request_id: string; answered_at: Date | null }[]> {
  const { rows } = await pool.query<{
    mobile: bigint;
    message: string;
    request_id: string;
    answered_at: Date | null;
  }>({
    name: 'phone-messages',
    text: `select mobile, message, request_id, answered_at from phone_message
      where mobile = any($1::bigint[]) and message = any($2::text[])`,
    values: [messages.map(({ mobile }) => mobile), messages.map(({ message }) => message)],
  });
  return rows;
}

/*
 * A question within the window of the same one is that one; a clock that ran ahead must not keep it so for long, either.
 * A request is named by its question and when that was first asked. Two of one millisecond are one.
 *
 * The commit does not wait for the disk: the inquiry that follows does, and what was written before it is on the disk
 * before it. What a crash of the database loses here was not asked yet.
 */
const writing = `
  with given as (
    select * from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::bigint[]) as g (mobile, question, at, other)
  ), asked as (
    insert into phone_question as known (mobile, question, asked_at)
    select mobile, question, at from given order by mobile, question
    on conflict (mobile, question) do update set asked_at =
      case when abs(extract(epoch from known.asked_at - excluded.asked_at)) * 1000 < $5::double precision
      then known.asked_at else excluded.asked_at end
    returning mobile, question, asked_at, round(extract(epoch from asked_at) * 1000)::bigint as asked_ms
  ), fresh as (
    select given.mobile, given.other from given join asked using (mobile, question) where asked.asked_at = given.at
  ), named as (
    insert into phone_message (mobile, message, request_id, received_at)
    select m.mobile, m.message, asked.question || '.' || asked.asked_ms, m.at
    from unnest($6::bigint[], $7::text[], $8::text[], $9::timestamptz[]) as m (mobile, message, question, at)
    join asked using (mobile, question) order by m.mobile, m.message
    on conflict do nothing
  ), added as (
    insert into phone_day_person (mobile, day, person)
    select distinct mobile, $10::date, other from fresh where other is not null order by mobile, other
    on conflict do nothing returning mobile
  ), numbers as (
    insert into phone_day as known (mobile, day, messages, questions, persons, free_at)
    select n.mobile, $10::date, sum(n.messages), sum(n.questions), sum(n.persons), '-infinity'
    from (
      select told.mobile, told.messages, 0 as questions, 0 as persons
      from unnest($11::bigint[], $12::int[]) as told (mobile, messages)
      union all select mobile, 0, 1, 0 from fresh
      union all select mobile, 0, 0, 1 from added
    ) as n
    group by n.mobile order by n.mobile
    on conflict (mobile, day) do update set messages = known.messages + excluded.messages,
      questions = known.questions + excluded.questions, persons = known.persons + excluded.persons
    returning mobile, messages, questions, persons
  )
  select set_config('synchronous_commit', 'off', true),
    (select json_agg(json_build_array(mobile, question, asked_ms)) from asked) as asked,
    (select json_agg(json_build_array(mobile, messages, questions, persons)) from numbers) as numbers`;

/** Writes it all at once, or nothing. */
export async function recordBatch(pool: Pool, batch: Batch): Promise<BatchWritten> {
  const { day, windowMs, questions, messages, numbers } = batch;
  const { rows } = await pool.query<BatchWritten>({
    name: 'record-phone-batch',
    text: writing,
    values: [
      questions.map(({ mobile }) => mobile),
      questions.map(({ question }) => question),
      questions.map(({ at }) => at.toISOString()),
      questions.map(({ other }) => other),
      windowMs,
      messages.map(({ mobile }) => mobile),
      messages.map(({ message }) => message),
      messages.map(({ question }) => question),
      messages.map(({ at }) => at.toISOString()),
      day,
      numbers.map(({ mobile }) => mobile),
      numbers.map(({ messages: count }) => count),
    ],
  });
  return rows[0] ?? { asked: null, numbers: null };
}

/** Its answer was taken by whoever carries it: it is not sent again. */
export async function recordAnswered(pool: Pool, mobile: bigint, message: string, at: Date): Promise<void> {
  await pool.query('update phone_message set answered_at = $3 where mobile = $1 and message = $2', [
    mobile,
    message,
    at,
  ]);
}

/** @returns how often each of them was asked about today */
export async function countPersons(
  pool: Pool,
  day: string,
  persons: ReadonlyMap<bigint, number>,
): Promise<ReadonlyMap<bigint, number>> {
  if (persons.size === 0) return new Map();
  const { rows } = await pool.query<{ person: bigint; questions: number }>({
    name: 'count-person-days',
    text: `insert into person_day as known (person, day, questions)
      select person, $2::date, questions from unnest($1::bigint[], $3::int[]) as p (person, questions) order by person
      on conflict (person, day) do update set questions = known.questions + excluded.questions
      returning person, questions`,
    values: [[...persons.keys()], day, [...persons.values()]],
  });
  return new Map(rows.map(({ person, questions }) => [person, questions]));
}

/** Whether a slowed number is answered now; then it is not before `freeAt` again. Of two processes one says yes. */
export async function takeSlowTurn(
  pool: Pool,
  { mobile, day, at, freeAt }: { mobile: bigint; day: string; at: Date; freeAt: Date },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update phone_day set free_at = $4 where mobile = $1 and day = $2::date and free_at <= $3',
    [mobile, day, at, freeAt],
  );
  return rowCount === 1;
}

/** Whether a number may be told how to ask: at most once since `before`. Of two processes one says yes. */
export async function takeHelpTurn(pool: Pool, mobile: bigint, at: Date, before: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into phone_help as known (mobile, helped_at) values ($1, $2)
     on conflict (mobile) do update set helped_at = excluded.helped_at
     where known.helped_at <= $3 or known.helped_at > excluded.helped_at`,
    [mobile, at, before],
  );
  return rowCount === 1;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** As long as request ids are kept. */
const messagesKeptDays = 7;

/** What no question can need any more. Several processes may do it at once. */
export async function forgetOldArrivals(pool: Pool, now: Date): Promise<void> {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  await pool.query('delete from phone_question where asked_at < $1', [before(hourMs)]);
  await pool.query('delete from phone_message where received_at < $1', [before(messagesKeptDays * dayMs)]);
  await pool.query('delete from phone_help where helped_at < $1', [before(hourMs)]);
  await pool.query('delete from ussd_session where touched_at < $1', [before(hourMs)]);
  for (const table of ['phone_day_person', 'phone_day', 'person_day']) {
    await pool.query(`delete from ${table} where day < $1::date`, [before(2 * dayMs)]);
  }
}
