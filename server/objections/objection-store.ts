import type { Pool, PoolClient } from 'pg';
import { asFault } from '../database/index.ts';
import type { FactName } from '../membership/index.ts';
import type { Action, State } from './states.ts';

/** The SQL of objections. A case's facts and its history are written once; only the state moves on, with its event. */

export type Reader = Pick<Pool | PoolClient, 'query'>;

export interface Objection {
  readonly person: bigint;
  readonly caseNumber: bigint;
  readonly openedAt: Date;
  /** Named as by `nameOf`, like every actor. */
  readonly opener: string;
  readonly requestId: string | null;
  readonly inquiryId: bigint | null;
  readonly text: string;
  readonly contact: string | null;
  readonly state: State;
  readonly stateSince: Date;
  readonly assignee: string | null;
  readonly proposedBy: string | null;
  readonly lastEvent: number;
}

export interface ObjectionEvent {
  /** 1 is the opening. */
  readonly number: number;
  readonly at: Date;
  readonly actor: string;
  readonly role: string | null;
  readonly what: Action | 'open';
  /** After it. */
  readonly state: State;
  readonly reason: string | null;
  readonly assignee: string | null;
  readonly factPerson: bigint | null;
  readonly factName: FactName | null;
  readonly factVersion: bigint | null;
  readonly proposedBy: string | null;
  readonly requestId: string | null;
}

const objectionColumns = {
  person: 'person',
  caseNumber: 'case_number',
  openedAt: 'opened_at',
  opener: 'opener',
  requestId: 'request_id',
  inquiryId: 'inquiry_id',
  text: 'text',
  contact: 'contact',
  state: 'state',
  stateSince: 'state_since',
  assignee: 'assignee',
  proposedBy: 'proposed_by',
  lastEvent: 'last_event',
} as const satisfies Record<keyof Objection, string>;

const eventColumns = {
  number: 'number',
  at: 'at',
  actor: 'actor',
  role: 'role',
  what: 'what',
  state: 'state',
  reason: 'reason',
  assignee: 'assignee',
  factPerson: 'fact_person',
  factName: 'fact_name',
  factVersion: 'fact_version',
  proposedBy: 'proposed_by',
  requestId: 'request_id',
} as const satisfies Record<keyof ObjectionEvent, string>;

const selected = (columns: Readonly<Record<string, string>>): string =>
  Object.entries(columns)
    .map(([name, column]) => `${column} as "${name}"`)
    .join(', ');
const written = (columns: Readonly<Record<string, string>>): string => Object.values(columns).join(', ');
const places = (count: number): string => Array.from({ length: count }, (_, index) => `$${index + 1}`).join(', ');

const objections = `select ${selected(objectionColumns)} from objection`;

/** Whether the number was free and is now this person's. */
export async function claimCaseNumber(client: Reader, caseNumber: bigint, person: bigint): Promise<boolean> {
  const { rowCount } = await client.query(
    'insert into objection_case (case_number, person) values ($1, $2) on conflict do nothing',
    [caseNumber, person],
  );
  return rowCount === 1;
}

export async function insertObjection(client: Reader, objection: Objection): Promise<void> {
  const names = Object.keys(objectionColumns) as (keyof Objection)[];
  await client.query(
    `insert into objection (${written(objectionColumns)}) values (${places(names.length)})`,
    names.map((name) => objection[name]),
  );
}

export async function insertEvent(
  client: Reader,
  { person, caseNumber }: Pick<Objection, 'person' | 'caseNumber'>,
  event: ObjectionEvent,
): Promise<void> {
  const names = Object.keys(eventColumns) as (keyof ObjectionEvent)[];
  await client.query(
    `insert into objection_event (person, case_number, ${written(eventColumns)}) values (${places(names.length + 2)})`,
    [person, caseNumber, ...names.map((name) => event[name])],
  );
}

/** The part of a case that moves on. */
export type Moved = Pick<
  Objection,
  'person' | 'caseNumber' | 'state' | 'stateSince' | 'assignee' | 'proposedBy' | 'lastEvent'
>;

export async function updateState(client: Reader, moved: Moved): Promise<void> {
  const { person, caseNumber, state, stateSince, assignee, proposedBy, lastEvent } = moved;
  await client.query(
    `update objection set state = $3, state_since = $4, assignee = $5, proposed_by = $6, last_event = $7
     where person = $1 and case_number = $2`,
    [person, caseNumber, state, stateSince, assignee, proposedBy, lastEvent],
  );
}

export async function findPersonOfCase(reader: Reader, caseNumber: bigint): Promise<bigint | undefined> {
  const found = await read<{ person: bigint }>(reader, 'select person from objection_case where case_number = $1', [
    caseNumber,
  ]);
  return found[0]?.person;
}

export async function findObjection(
  reader: Reader,
  person: bigint,
  caseNumber: bigint,
): Promise<Objection | undefined> {
  return (
    await read<Objection>(reader, `${objections} where person = $1 and case_number = $2`, [person, caseNumber])
  )[0];
}

/** Nobody else moves it until the transaction ends. */
export async function lockObjection(
  client: PoolClient,
  person: bigint,
  caseNumber: bigint,
): Promise<Objection | undefined> {
  const one = `${objections} where person = $1 and case_number = $2 for update`;
  return (await read<Objection>(client, one, [person, caseNumber]))[0];
}

export async function findByRequest(
  reader: Reader,
  { person, opener, requestId }: Pick<Objection, 'person' | 'opener' | 'requestId'>,
): Promise<Objection | undefined> {
  const one = `${objections} where person = $1 and opener = $2 and request_id = $3`;
  return (await read<Objection>(reader, one, [person, opener, requestId]))[0];
}

/** The newest first. */
export async function listByPerson(reader: Reader, person: bigint, limit: number): Promise<readonly Objection[]> {
  const own = `${objections} where person = $1 order by opened_at desc, case_number limit $2`;
  return read<Objection>(reader, own, [person, limit]);
}

export interface QueuePlace {
  readonly states: readonly State[];
  /** Only those opened before it. */
  readonly openedBefore: Date | null;
  /** The last of the page before. */
  readonly after: Pick<Objection, 'openedAt' | 'caseNumber'> | undefined;
  readonly limit: number;
}

/** The oldest first. */
export async function listByState(
  reader: Reader,
  { states, openedBefore, after, limit }: QueuePlace,
): Promise<readonly Objection[]> {
  return read<Objection>(
    reader,
    `${objections} where state = any($1::text[])
       and ($2::timestamptz is null or opened_at < $2)
       and ($3::timestamptz is null or (opened_at, case_number) > ($3, $4::bigint))
     order by opened_at, case_number limit $5`,
    [states, openedBefore, after?.openedAt ?? null, after?.caseNumber ?? null, limit],
  );
}

/** The whole history, from the opening on. */
export async function listEvents(
  reader: Reader,
  { person, caseNumber }: Pick<Objection, 'person' | 'caseNumber'>,
): Promise<readonly ObjectionEvent[]> {
  return read<ObjectionEvent>(
    reader,
    `select ${selected(eventColumns)} from objection_event
     where person = $1 and case_number = $2 order by number`,
    [person, caseNumber],
  );
}

async function read<Row extends object>(
  reader: Reader,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  try {
    const { rows } = await reader.query<Row>(text, [...values]);
    return rows;
  } catch (error) {
    throw asFault(error);
  }
}
