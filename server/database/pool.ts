import { availableParallelism } from 'node:os';
import { Pool, types, type ClientConfig } from 'pg';

type TypeParser = (value: string) => unknown;

const int8 = types.builtins.INT8;
const int8Array = 1016;
const date = types.builtins.DATE;
const dateArray = 1182;

const textArray = 1009;

const toText: TypeParser = (value) => value;
// The driver's types know no arrays among its numbers.
const parserOf = types.getTypeParser as (id: number) => (value: string) => (string | null)[];
const toTexts = parserOf(textArray);

/** Rials and ids are exact; a day is a day and has no midnight. */
const parsers: Readonly<Record<number, TypeParser>> = {
  [int8]: BigInt,
  [int8Array]: (value) => toTexts(value).map((each) => (each === null ? null : BigInt(each))),
  [date]: toText,
  [dateArray]: toTexts,
};

export const ownTypes: NonNullable<ClientConfig['types']> = {
  getTypeParser: (id, format) =>
    parsers[id] ?? (types.getTypeParser(id, format === 'binary' ? 'binary' : 'text') as TypeParser),
};

/** Twice to four times the cores is what PostgreSQL can work on at once; more only wait in it instead of in us. */
const connectionsPerCore = 3;

export const statementLimits = {
  statement_timeout: 15_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 30_000,
  // A frozen server cannot keep its own limit: then we give up, and the outcome is unknown.
  query_timeout: 20_000,
} as const;

const usualSize = Math.max(4, connectionsPerCore * availableParallelism());

export function createPool(connection: ClientConfig, size = usualSize): Pool {
  const pool = new Pool({
    ...connection,
    ...statementLimits,
    application_name: 'estehqaq',
    types: ownTypes,
    max: size,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // A connection that breaks, idle or lent out, is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
