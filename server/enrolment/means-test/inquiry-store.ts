import type { PoolClient } from 'pg';
import { read, selected, type Columns, type Reader } from '../sql.ts';

/** The SQL of inquiries to the ministry. Days are ISO. */

export type Purpose = 'application' | 'existing' | 'contest';
/** `waiting`: to be sent; `refused`: the ministry does not take it; `ended`: nobody needs it any more. */
export type InquiryState = 'waiting' | 'sent' | 'answered' | 'refused' | 'ended';

export interface MeansInquiry {
  readonly household: bigint;
  readonly inquiry: bigint;
  /** null: it is about insured people, not about an application. */
  readonly application: bigint | null;
  readonly purpose: Purpose;
  readonly head: bigint;
  readonly members: readonly bigint[];
  readonly requestedOn: string;
  readonly state: InquiryState;
  readonly batch: bigint | null;
  readonly attempts: number;
  readonly sentOn: string | null;
  readonly dueOn: string | null;
  /** Steps of the escalation that were taken. */
  readonly escalated: number;
  readonly refusal: string | null;
}

const columns = {
  household: 'household',
  inquiry: 'inquiry',
  application: 'application',
  purpose: 'purpose',
  head: 'head',
  members: 'members',
  requestedOn: 'requested_on',
  state: 'state',
  batch: 'batch',
  attempts: 'attempts',
  sentOn: 'sent_on',
  dueOn: 'due_on',
  escalated: 'escalated',
  refusal: 'refusal',
} as const satisfies Columns<MeansInquiry>;

const inquiries = `select ${selected(columns)} from means_inquiry`;

export async function insertInquiry(
  client: Reader,
  asked: Pick<MeansInquiry, 'household' | 'inquiry' | 'application' | 'purpose' | 'head' | 'members' | 'requestedOn'>,
  at: Date,
): Promise<void> {
  await read(
    client,
    `insert into means_inquiry (household, inquiry, application, purpose, head, members, requested_on, requested_at, state,
       try_at, attempts, escalated)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $8, 0, 0)`,
    [
      asked.household,
      asked.inquiry,
      asked.application,
      asked.purpose,
      asked.head,
      asked.members,
      asked.requestedOn,
      at,
    ],
  );
}

/** Nobody else moves it until the transaction ends. */
export async function lockInquiry(
  client: PoolClient,
  household: bigint,
  inquiry: bigint,
): Promise<MeansInquiry | undefined> {
  const one = `${inquiries} where household = $1 and inquiry = $2 for update`;
  return (await read<MeansInquiry>(client, one, [household, inquiry]))[0];
}

/** The newest first. */
export async function listInquiries(reader: Reader, household: bigint): Promise<readonly MeansInquiry[]> {
  return read<MeansInquiry>(reader, `${inquiries} where household = $1 order by requested_at desc, inquiry desc`, [
    household,
  ]);
}

/** Those to be sent now; tried by nobody else before `until`, unless they are moved on. */
export async function takeWaiting(
  reader: Reader,
  now: Date,
  { limit, until }: { readonly limit: number; readonly until: Date },
): Promise<readonly MeansInquiry[]> {
  return read<MeansInquiry>(
    reader,
    `update means_inquiry set try_at = $2, attempts = attempts + 1
     where (household, inquiry) in (
       select household, inquiry from means_inquiry where state = 'waiting' and try_at <= $1
       order by try_at, household limit $3 for update skip locked)
     returning ${selected(columns)}`,
    [now, until, limit],
  );
}

/** Those that were sent and may have their result by now; asked for by nobody else before `until`. */
export async function takeAsked(
  reader: Reader,
  now: Date,
  { limit, until }: { readonly limit: number; readonly until: Date },
): Promise<readonly MeansInquiry[]> {
  return read<MeansInquiry>(
    reader,
    `update means_inquiry set try_at = $2
     where (household, inquiry) in (
       select household, inquiry from means_inquiry where state = 'sent' and batch is null and try_at <= $1
       order by try_at, household limit $3 for update skip locked)
     returning ${selected(columns)}`,
    [now, until, limit],
  );
}

/** @returns whether it was waiting */
export async function markSent(
  client: Reader,
  { household, inquiry }: Pick<MeansInquiry, 'household' | 'inquiry'>,
  sent: { readonly at: Date; readonly sentOn: string; readonly dueOn: string; readonly tryAt: Date },
): Promise<boolean> {
  const rows = await read(
    client,
    `update means_inquiry set state = 'sent', sent_at = $3, sent_on = $4, due_on = $5, try_at = $6
     where household = $1 and inquiry = $2 and state = 'waiting' returning household`,
    [household, inquiry, sent.at, sent.sentOn, sent.dueOn, sent.tryAt],
  );
  return rows.length === 1;
}

export async function markRefused(
  client: Reader,
  { household, inquiry }: Pick<MeansInquiry, 'household' | 'inquiry'>,
  refusal: string,
): Promise<void> {
  await read(
    client,
    `update means_inquiry set state = 'refused', refusal = $3
     where household = $1 and inquiry = $2 and state = 'waiting'`,
    [household, inquiry, refusal],
  );
}

export async function markAnswered(
  client: Reader,
  { household, inquiry }: Pick<MeansInquiry, 'household' | 'inquiry'>,
): Promise<void> {
  await read(client, `update means_inquiry set state = 'answered' where household = $1 and inquiry = $2`, [
    household,
    inquiry,
  ]);
}

const over = `application.household = means_inquiry.household and application.application = means_inquiry.application
  and application.state in ('withdrawn', 'refused', 'corrected')`;

/** Of applications that are over nothing is asked any more. */
export async function endNeedless(client: Reader): Promise<void> {
  await read(
    client,
    `update means_inquiry set state = 'ended' from application where means_inquiry.state = 'waiting' and ${over}`,
    [],
  );
}

/** After how many days of delay the next step is due, for those that have taken so many. */
export async function takeOverdue(
  client: PoolClient,
  { steps, dueBefore, limit }: { readonly steps: number; readonly dueBefore: string; readonly limit: number },
): Promise<readonly MeansInquiry[]> {
  return read<MeansInquiry>(
    client,
    `update means_inquiry set escalated = escalated + 1
     where (household, inquiry) in (
       select household, inquiry from means_inquiry
       where state = 'sent' and purpose <> 'existing' and escalated = $1 and due_on < $2
         and not exists (select from application where ${over})
       order by due_on, household limit $3 for update skip locked)
     returning ${selected(columns)}`,
    [steps, dueBefore, limit],
  );
}

export interface OverduePlace {
  /** Due before this day. */
  readonly before: string;
  readonly after: Pick<MeansInquiry, 'household' | 'inquiry'> | undefined;
  readonly limit: number;
}

/** The longest overdue first. */
export async function listOverdueBefore(
  reader: Reader,
  { before, after, limit }: OverduePlace,
): Promise<readonly MeansInquiry[]> {
  return read<MeansInquiry>(
    reader,
    `${inquiries} where state = 'sent' and due_on < $1
       and ($2::bigint is null or (due_on, household, inquiry) > (
         select due_on, household, inquiry from means_inquiry where household = $2 and inquiry = $3))
     order by due_on, household, inquiry limit $4`,
    [before, after?.household ?? null, after?.inquiry ?? null, limit],
  );
}
