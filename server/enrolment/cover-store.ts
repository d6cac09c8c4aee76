import { findDay, isoDay, type Day } from '@estehqaq/law';
import type { PoolClient } from 'pg';
import { insert, read, selected, type Columns, type Reader } from './sql.ts';

/** A period for which a household is covered; ISO days, both inclusive. */
export interface Cover {
  readonly household: bigint;
  readonly cover: bigint;
  readonly origin: 'application' | 'import' | 'continuation';
  readonly application: bigint | null;
  readonly fund: 'universal';
  readonly coveredFrom: string;
  readonly coveredUntil: string;
  readonly regime: string | null;
  readonly feeGroup: number | null;
  readonly lateEntrant: boolean;
  readonly free: boolean;
  readonly writtenAt: Date;
  /** ISO. */
  readonly renewalDueOn: string | null;
  readonly renewedBy: bigint | null;
  /** The cover that its members have joined, and with which it ends and is renewed (M-31). */
  readonly joins: bigint | null;
}

const columns = {
  household: 'household',
  cover: 'cover',
  origin: 'origin',
  application: 'application',
  fund: 'fund',
  coveredFrom: 'covered_from',
  coveredUntil: 'covered_until',
  regime: 'regime',
  feeGroup: 'fee_group',
  lateEntrant: 'late_entrant',
  free: 'free',
  writtenAt: 'written_at',
  renewalDueOn: 'renewal_due_on',
  renewedBy: 'renewed_by',
  joins: 'joins',
} as const satisfies Columns<Cover>;

export interface CoverMember {
  readonly household: bigint;
  readonly cover: bigint;
  readonly person: bigint;
  readonly relation: string;
  readonly waitingDays: number;
  readonly coveredFrom: string;
  readonly entitledFrom: string;
  readonly coveredUntil: string;
  readonly booklet: bigint;
  readonly replacedBy: bigint | null;
}

const memberColumns = {
  household: 'household',
  cover: 'cover',
  person: 'person',
  relation: 'relation',
  waitingDays: 'waiting_days',
  coveredFrom: 'covered_from',
  entitledFrom: 'entitled_from',
  coveredUntil: 'covered_until',
  booklet: 'booklet',
  replacedBy: 'replaced_by',
} as const satisfies Columns<CoverMember>;

/** So many days before its end the renewal of a cover is looked at first. */
export const renewalBeginsDays = 60;

/** A new cover; one that only continues another, or joins it, is not renewed itself. */
export type NewCover = Omit<Cover, 'renewalDueOn' | 'renewedBy'>;

export async function insertCover(client: Reader, cover: NewCover): Promise<void> {
  const until = findDay(cover.coveredUntil);
  const isRenewed = cover.origin !== 'continuation' && cover.joins === null && until !== undefined;
  const renewalDueOn = isRenewed ? isoDay((until - renewalBeginsDays) as Day) : null;
  await insert(client, 'cover', columns, { ...cover, renewalDueOn, renewedBy: null });
}

/** Covers whose renewal is to be looked at. @param today ISO */
export async function listRenewalsDue(reader: Reader, today: string, limit: number): Promise<readonly Cover[]> {
  return read<Cover>(
    reader,
    `select ${selected(columns)} from cover where renewal_due_on <= $1::date
     order by renewal_due_on, household, cover limit $2`,
    [today, limit],
  );
}

type CoverKey = Pick<Cover, 'household' | 'cover'>;

/** When its renewal is looked at next; of one that is renewed there is nothing left to look at. */
export async function setRenewalDue(client: Reader, { household, cover }: CoverKey, day: string | null): Promise<void> {
  await read(
    client,
    'update cover set renewal_due_on = $3 where household = $1 and cover = $2 and renewed_by is null',
    [household, cover, day],
  );
}

/** @param by the cover that follows */
export async function markRenewed(client: Reader, { household, cover }: CoverKey, by: bigint): Promise<void> {
  await read(client, 'update cover set renewal_due_on = null, renewed_by = $3 where household = $1 and cover = $2', [
    household,
    cover,
    by,
  ]);
}

export async function insertCoverMember(client: Reader, member: CoverMember): Promise<void> {
  await insert(client, 'cover_member', memberColumns, member);
}

/** Whether the number was free and is now one of this household's booklets. */
export async function claimBooklet(client: Reader, number: bigint, household: bigint): Promise<boolean> {
  const rows = await read(
    client,
    'insert into booklet_number (number, household) values ($1, $2) on conflict do nothing returning number',
    [number, household],
  );
  return rows.length === 1;
}

export async function findCover(reader: Reader, household: bigint, cover: bigint): Promise<Cover | undefined> {
  const one = `select ${selected(columns)} from cover where household = $1 and cover = $2`;
  return (await read<Cover>(reader, one, [household, cover]))[0];
}

/** The newest first. */
export async function listCovers(reader: Reader, household: bigint): Promise<readonly Cover[]> {
  return read<Cover>(
    reader,
    `select ${selected(columns)} from cover where household = $1 order by covered_from desc, cover desc`,
    [household],
  );
}

export async function listCoverMembers(reader: Reader, household: bigint): Promise<readonly CoverMember[]> {
  return read<CoverMember>(
    reader,
    `select ${selected(memberColumns)} from cover_member where household = $1 order by covered_from, cover, person`,
    [household],
  );
}

/** In whatever household, the oldest first; without those that have moved to a national id. */
export async function listCoversOfPerson(reader: Reader, person: bigint): Promise<readonly CoverMember[]> {
  return read<CoverMember>(
    reader,
    `select ${selected(memberColumns)} from cover_member
     where person = $1 and replaced_by is null order by covered_from, cover`,
    [person],
  );
}

export async function replaceCoverMember(client: Reader, member: CoverMember, person: bigint): Promise<void> {
  const { household, cover, person: before } = member;
  await read(client, 'update cover_member set replaced_by = $4 where household = $1 and cover = $2 and person = $3', [
    household,
    cover,
    before,
    person,
  ]);
  await insertCoverMember(client, { ...member, person });
}

export interface CoverTask {
  readonly household: bigint;
  readonly task: bigint;
  readonly person: bigint;
  readonly attempts: number;
}

export async function insertTask(client: Reader, task: Omit<CoverTask, 'attempts'>, at: Date): Promise<void> {
  await read(
    client,
    `insert into cover_task (household, task, person, made_at, due_at, attempts) values ($1, $2, $3, $4, $4, 0)`,
    [task.household, task.task, task.person, at],
  );
}

export async function listDueTasks(reader: Reader, now: Date, limit: number): Promise<readonly CoverTask[]> {
  return read<CoverTask>(
    reader,
    `select household, task, person, attempts from cover_task
     where done_at is null and due_at <= $1 order by due_at limit $2`,
    [now, limit],
  );
}

/** Nobody of the household waits for the dossier to be written any more? */
export async function countTasks(reader: Reader, household: bigint): Promise<number> {
  const rows = await read<{ count: bigint }>(
    reader,
    'select count(*) as count from cover_task where household = $1 and done_at is null',
    [household],
  );
  return Number(rows[0]?.count ?? 0n);
}

/** @param outcome done; or the fault, and when to try again */
export async function endTask(
  client: Reader | PoolClient,
  { household, task, attempts }: CoverTask,
  outcome: { readonly doneAt: Date } | { readonly fault: string; readonly dueAt: Date },
): Promise<void> {
  const isDone = 'doneAt' in outcome;
  await read(
    client,
    `update cover_task set done_at = $3, fault = $4, due_at = coalesce($5, due_at), attempts = $6
     where household = $1 and task = $2 and done_at is null`,
    [
      household,
      task,
      isDone ? outcome.doneAt : null,
      isDone ? null : outcome.fault,
      isDone ? null : outcome.dueAt,
      attempts + 1,
    ],
  );
}
