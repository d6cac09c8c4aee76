import type { Pool, PoolClient } from 'pg';
import type { NoticeEvent } from './event.ts';
import type { SendOutcome } from './transport.ts';
import type { Language } from './words.ts';

/** The SQL of sending notices. All instants are the application's. */

export type Reader = Pick<Pool | PoolClient, 'query'>;

export const noticeStates = [
  /** To be sent when it is due. */
  'waiting',
  /** A sender has it in hand, or was killed while it had. */
  'sending',
  /** The transport took it. */
  'sent',
  'delivered',
  /** The network said that it did not arrive, or the transport does not want it. */
  'failed',
  /** It may have been sent. */
  'unknown',
  /** There is no telephone to send it to, or none that ever answers. */
  'unreachable',
  /** The person wants no short messages: it is in the list alone. */
  'listed',
  /** Overtaken before it was sent. */
  'ended',
] as const;
export type NoticeState = (typeof noticeStates)[number];

export interface NoticeKey {
  readonly owner: bigint;
  readonly event: NoticeEvent;
  readonly key: string;
  readonly step: number;
}

export interface Claimed extends NoticeKey {
  readonly id: bigint;
  readonly person: bigint;
  readonly data: Readonly<Record<string, unknown>>;
  readonly mobile: bigint | null;
  readonly secret: Buffer | null;
  readonly uselessAfter: Date | null;
  /** The one that begins now; 1 is the first. */
  readonly attempt: number;
}

const keyColumns = 'owner, event, key, step';
const isOne = 'owner = $1 and event = $2 and key = $3 and step = $4';
const keyOf = ({ owner, event, key, step }: NoticeKey): unknown[] => [owner, event, key, step];

/**
 * Takes those that are due in hand and writes the attempt down, before anything is sent. Whoever else is claiming takes
 * others.
 * @param events of which; the night leaves few
 */
export async function claimDue(
  client: PoolClient,
  now: Date,
  { events, limit }: { readonly events: readonly NoticeEvent[]; readonly limit: number },
): Promise<readonly Claimed[]> {
  const { rows } = await client.query<Claimed>({
    name: 'notice-claim',
    text: `
      update notice set state = 'sending', state_since = $1, attempts = attempts + 1
      where (${keyColumns}) in (
        select ${keyColumns} from notice
        where state = 'waiting' and due_at <= $1 and event = any($2::text[])
        order by due_at, id limit $3 for update skip locked)
      returning ${keyColumns}, id, person, data, mobile, secret, useless_after as "uselessAfter", attempts as attempt`,
    values: [now, events, limit],
  });
  await client.query({
    name: 'notice-attempts',
    text: `
      insert into notice_attempt (${keyColumns}, attempt, begun_at, transport_ids)
      select owner, event, key, step, attempt, $6, '{}'
      from unnest($1::bigint[], $2::text[], $3::text[], $4::smallint[], $5::smallint[])
        as begun (owner, event, key, step, attempt)`,
    values: [
      rows.map(({ owner }) => owner),
      rows.map(({ event }) => event),
      rows.map(({ key }) => key),
      rows.map(({ step }) => step),
      rows.map(({ attempt }) => attempt),
      now,
    ],
  });
  return rows;
}

/** Those that a sender has had in hand since before that moment: it was killed, and what became of them nobody knows. */
export async function findAbandoned(client: PoolClient, before: Date, limit: number): Promise<readonly Claimed[]> {
  const { rows } = await client.query<Claimed>({
    name: 'notice-abandoned',
    text: `
      select ${keyColumns}, id, person, data, mobile, secret, useless_after as "uselessAfter", attempts as attempt
      from notice where state = 'sending' and state_since < $1
      order by state_since limit $2 for update skip locked`,
    values: [before, limit],
  });
  return rows;
}

export interface AttemptEnd {
  readonly outcome: 'sent' | Extract<SendOutcome, { sent: false }>['why'];
  readonly transportIds: readonly string[];
}

export async function endAttempt(reader: Reader, at: Date, claimed: Claimed, end: AttemptEnd): Promise<void> {
  await reader.query({
    name: 'notice-attempt-end',
    text: `
      update notice_attempt set outcome = $6, ended_at = $7, transport_ids = $8
      where ${isOne} and attempt = $5`,
    values: [...keyOf(claimed), claimed.attempt, end.outcome, at, end.transportIds],
  });
}

/** Attempts that came to nothing; a transport that was asked too much at once has not failed. */
export async function countFailures(reader: Reader, key: NoticeKey): Promise<number> {
  const { rows } = await reader.query<{ failures: number }>({
    name: 'notice-failures',
    text: `select count(*)::int as failures from notice_attempt where ${isOne} and outcome <> 'throttled'`,
    values: keyOf(key),
  });
  return rows[0]?.failures ?? 0;
}

export async function recordTransportIds(
  reader: Reader,
  claimed: Claimed,
  transportIds: readonly string[],
): Promise<void> {
  await reader.query({
    name: 'notice-transport-ids',
    text: `
      insert into notice_transport (transport_id, ${keyColumns}, attempt)
      select transport_id, $1, $2, $3, $4, $5 from unnest($6::text[]) as sent (transport_id)
      on conflict do nothing`,
    values: [...keyOf(claimed), claimed.attempt, transportIds],
  });
}

/** The state that an attempt leads to. Only from the one that it was in: a receipt may have come before. */
export interface Settled {
  readonly state: NoticeState;
  /** When it is tried again, where it is. */
  readonly dueAt?: Date;
  readonly language?: Language;
  readonly wording?: string;
  readonly parts?: number;
  readonly sentAt?: Date;
  readonly deliveredAt?: Date;
}

/** Whoever settles a notice erases its secret, unless it is sent again. */
export async function settle(
  reader: Reader,
  at: Date,
  key: NoticeKey,
  from: readonly NoticeState[],
  to: Settled,
): Promise<boolean> {
  const { rowCount } = await reader.query({
    name: 'notice-settle',
    text: `
      update notice set state = $6, state_since = $7, due_at = coalesce($8, due_at),
        secret = case when $6 = 'waiting' then secret end,
        language = coalesce($9, language), wording = coalesce($10, wording), parts = coalesce($11, parts),
        sent_at = coalesce(sent_at, $12), delivered_at = coalesce(delivered_at, $13)
      where ${isOne} and state = any($5::text[])`,
    values: [
      ...keyOf(key),
      from,
      to.state,
      at,
      to.dueAt ?? null,
      to.language ?? null,
      to.wording ?? null,
      to.parts ?? null,
      to.sentAt ?? null,
      to.deliveredAt ?? null,
    ],
  });
  return rowCount === 1;
}

export async function insertReceipt(
  reader: Reader,
  transportId: string,
  receipt: { readonly state: 'delivered' | 'failed'; readonly at: Date },
): Promise<void> {
  await reader.query(
    'insert into notice_receipt (transport_id, state, at) values ($1, $2, $3) on conflict do nothing',
    [transportId, receipt.state, receipt.at],
  );
}

/** Of several names the first that is known. */
export async function findAttemptOf(
  reader: Reader,
  transportIds: readonly string[],
): Promise<(NoticeKey & { readonly transportId: string; readonly attempt: number }) | undefined> {
  const { rows } = await reader.query<NoticeKey & { transportId: string; attempt: number }>({
    name: 'notice-of-receipt',
    text: `
      select transport_id as "transportId", ${keyColumns}, attempt from notice_transport
      where transport_id = any($1::text[]) order by array_position($1::text[], transport_id) limit 1`,
    values: [transportIds],
  });
  return rows[0];
}

export async function findAttempt(
  reader: Reader,
  key: NoticeKey,
  attempt: number,
): Promise<{ readonly attempts: number; readonly transportIds: readonly string[] } | undefined> {
  const { rows } = await reader.query<{ attempts: number; transportIds: string[] }>({
    name: 'notice-attempt',
    text: `
      select notice.attempts, transport_ids as "transportIds"
      from notice join notice_attempt using (${keyColumns})
      where ${isOne} and attempt = $5`,
    values: [...keyOf(key), attempt],
  });
  return rows[0];
}

export async function readReceipts(
  reader: Reader,
  transportIds: readonly string[],
): Promise<readonly { readonly transportId: string; readonly state: 'delivered' | 'failed'; readonly at: Date }[]> {
  const { rows } = await reader.query<{ transportId: string; state: 'delivered' | 'failed'; at: Date }>({
    name: 'notice-receipts',
    text: 'select transport_id as "transportId", state, at from notice_receipt where transport_id = any($1::text[])',
    values: [transportIds],
  });
  return rows;
}
