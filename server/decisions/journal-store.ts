import type { Pool, PoolClient } from 'pg';
import { asFault } from '../database/index.ts';
import { columns, readRow, type JournalRow, type StoredRow } from './journal-row.ts';
import { settings } from './journal-words.ts';
import type { Setting } from '@estehqaq/law';

/** The SQL of the journal. Rows are written and read, never changed: the application has no right to. */

export type Reader = Pick<Pool | PoolClient, 'query'>;

const names = columns.map(({ name }) => name).join(', ');

const written = `
  select ${columns.map(({ name, type, isArray }) => (isArray === true ? `${name}::${type}` : name)).join(', ')}
  from unnest(${columns
    .map(({ type, isArray }, index) => `$${index + 1}::${isArray === true ? 'text' : type}[]`)
    .join(', ')}) as written (${names})`;

const insert = `insert into inquiry (${names}) ${written}`;
const insertWhereNone = `${insert} on conflict do nothing`;

/** In one statement, and so at once or not at all: the keys that are free, and the rows that have a key of theirs or none. */
const [keyPersons, keyAskers, keyRequests, keyIds, keySettings, keyMoments, unnamedIds] = Array.from(
  { length: 7 },
  (_, index) => `$${columns.length + index + 1}`,
);
const insertKeyed = `
  with claimed as (
    insert into request_key (person, asker, request_id, inquiry_id, setting, asked_at)
    select * from unnest(${keyPersons}::bigint[], ${keyAskers}::text[], ${keyRequests}::text[], ${keyIds}::bigint[],
      ${keySettings}::smallint[], ${keyMoments}::timestamptz[])
    on conflict do nothing
    returning inquiry_id
  ), kept as (
    insert into inquiry (${names}) ${written}
    where id in (select inquiry_id from claimed) or id = any(${unnamedIds}::bigint[])
  )
  select id from unnest(${keyIds}::bigint[]) as named (id) where id not in (select inquiry_id from claimed)`;

const readByKeys = `select ${names} from inquiry where person = any($1::bigint[]) and id = any($2::bigint[])`;
const readById = `select ${names} from inquiry where id = $1::bigint`;
const readByPerson = `
  select ${names} from inquiry where person = $1::bigint and id < $2::bigint order by id desc limit $3`;

const readInTurn = `
  select ${names} from inquiry where id > $1::bigint and id < $2::bigint order by id limit $3`;

/* By the person alone: PostgreSQL before version 17 would look into the index for every combination of three lists. */
const readKeys = `
  select person, asker, request_id, inquiry_id, setting from request_key
  where person = any($1::bigint[]) and request_id || '' = any($2::text[])`;

/** Who asked what about whom under which request id. */
export interface RequestName {
  readonly person: bigint;
  /** Kind and name of the asker in one. */
  readonly asker: string;
  readonly requestId: string;
}

export interface RequestKey extends RequestName {
  readonly inquiryId: bigint;
  readonly setting: Setting;
  readonly askedAt: Date;
}

export function requestName({ person, asker, requestId }: RequestName): string {
  return JSON.stringify([String(person), asker, requestId]);
}

/** @throws Fault DATABASE_DUPLICATE where one of the rows is there already */
export async function insertInquiries(writer: Reader, rows: readonly JournalRow[]): Promise<void> {
  await ask(writer, { name: 'inquiries-write', text: insert, values: arraysOf(rows) });
}

/** Leaves out rows whose id is there already. */
export async function insertMissingInquiries(writer: Reader, rows: readonly JournalRow[]): Promise<void> {
  await ask(writer, { name: 'inquiries-write-missing', text: insertWhereNone, values: arraysOf(rows) });
}

/**
 * Writes rows of which some have a request id; waits for others who are writing the same one.
 * @returns the ids that were written: not those whose request id is another's
 * @throws Fault DATABASE_DUPLICATE where one of the rows is there already
 */
export async function insertKeyedInquiries(
  writer: Reader,
  rows: readonly JournalRow[],
  keys: readonly RequestKey[],
): Promise<ReadonlySet<bigint>> {
  // All in one order: two processes that write the same keys wait for each other, and never in a circle.
  const sorted = keys.toSorted(inOrder);
  const named = new Set(keys.map(({ inquiryId }) => inquiryId));
  const found = await ask(writer, {
    name: 'inquiries-write-keyed',
    text: insertKeyed,
    values: [
      ...arraysOf(rows),
      plainArray(sorted.map(({ person }) => person)),
      sorted.map(({ asker }) => asker),
      sorted.map(({ requestId }) => requestId),
      plainArray(sorted.map(({ inquiryId }) => inquiryId)),
      plainArray(sorted.map(({ setting }) => settings.numberOf(setting))),
      plainArray(sorted.map(({ askedAt }) => askedAt.toISOString())),
      plainArray(rows.flatMap(({ id }) => (named.has(id) ? [] : [id]))),
    ],
  });
  const lost = new Set((found as readonly { id: bigint }[]).map(({ id }) => id));
  return new Set(rows.flatMap(({ id }) => (lost.has(id) ? [] : [id])));
}

function inOrder(one: RequestName, other: RequestName): number {
  if (one.person !== other.person) return one.person < other.person ? -1 : 1;
  if (one.asker !== other.asker) return one.asker < other.asker ? -1 : 1;
  return one.requestId < other.requestId ? -1 : 1;
}

/** The keys that are taken, by `requestName`. */
export async function findRequestKeys(
  reader: Reader,
  wanted: readonly RequestName[],
): Promise<ReadonlyMap<string, Omit<RequestKey, 'askedAt'>>> {
  const found = new Map<string, Omit<RequestKey, 'askedAt'>>();
  if (wanted.length === 0) return found;
  type Row = { person: bigint; asker: string; request_id: string; inquiry_id: bigint; setting: number };
  const rows = await ask(reader, {
    name: 'request-keys',
    text: readKeys,
    values: [plainArray(wanted.map(({ person }) => person)), wanted.map(({ requestId }) => requestId)],
  });
  for (const { person, asker, request_id: requestId, inquiry_id: inquiryId, setting } of rows as readonly Row[]) {
    const key = { person, asker, requestId, inquiryId, setting: settings.wordOf(setting) };
    found.set(requestName(key), key);
  }
  return found;
}

/** The rows that are there, by id. */
export async function findInquiries(
  reader: Reader,
  wanted: readonly { readonly person: bigint; readonly id: bigint }[],
): Promise<ReadonlyMap<bigint, JournalRow>> {
  if (wanted.length === 0) return new Map();
  const rows = await askRows(reader, {
    name: 'inquiries-by-key',
    text: readByKeys,
    values: [plainArray(wanted.map(({ person }) => person)), plainArray(wanted.map(({ id }) => id))],
  });
  return new Map(rows.map((row) => [row.id, readRow(row)]));
}

export async function findInquiry(reader: Reader, id: bigint): Promise<JournalRow | undefined> {
  const rows = await askRows(reader, { name: 'inquiry-by-id', text: readById, values: [id] });
  return rows[0] === undefined ? undefined : readRow(rows[0]);
}

/** The newest first. @param before only those with a lower id */
export async function listInquiries(
  reader: Reader,
  person: bigint,
  before: bigint,
  limit: number,
): Promise<readonly JournalRow[]> {
  const rows = await askRows(reader, {
    name: 'inquiries-by-person',
    text: readByPerson,
    values: [person, before, limit],
  });
  return rows.map(readRow);
}

/** In the order of their ids. @param after only those with a higher id; `before`: only those with a lower one */
export async function listJournal(
  reader: Reader,
  after: bigint,
  before: bigint,
  limit: number,
): Promise<readonly JournalRow[]> {
  const rows = await askRows(reader, { name: 'inquiries-in-turn', text: readInTurn, values: [after, before, limit] });
  return rows.map(readRow);
}

function arraysOf(rows: readonly JournalRow[]): unknown[] {
  return columns.map(({ from, isPlain }) => {
    const values = rows.map(from);
    return isPlain === true ? plainArray(values) : values;
  });
}

/** Numbers, days and instants need no quotes; the driver would quote and search each of them. */
function plainArray(values: readonly (string | number | bigint | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

async function askRows(reader: Reader, statement: Statement): Promise<readonly StoredRow[]> {
  return (await ask(reader, statement)) as readonly StoredRow[];
}

interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

async function ask(reader: Reader, statement: Statement): Promise<readonly object[]> {
  try {
    const { rows } = await reader.query<Record<string, unknown>>(statement);
    return rows;
  } catch (error) {
    throw asFault(error);
  }
}
