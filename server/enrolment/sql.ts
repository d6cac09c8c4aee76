import type { Pool, PoolClient } from 'pg';
import { asFault, prepared } from '../database/index.ts';

export type Reader = Pick<Pool | PoolClient, 'query'>;

/** Columns of a table by the names that they have in the program. */
export type Columns<Row> = { readonly [Name in keyof Row]: string };

export function selected<Row extends object>(columns: Columns<Row>): string {
  return Object.entries(columns)
    .map(([name, column]) => `${String(column)} as "${name}"`)
    .join(', ');
}

export async function read<Row extends object>(
  reader: Reader,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  try {
    return (await reader.query<Row>(prepared(text, values))).rows;
  } catch (error) {
    throw asFault(error);
  }
}

/** One row; values that are objects are written as JSON. */
export async function insert<Row extends object>(
  client: Reader,
  table: string,
  columns: Columns<Row>,
  row: Row,
  onConflict = '',
): Promise<void> {
  const names = Object.keys(columns) as (keyof Row)[];
  const places = names.map((_, index) => `$${index + 1}`).join(', ');
  await read(
    client,
    `insert into ${table} (${names.map((name) => columns[name]).join(', ')}) values (${places}) ${onConflict}`,
    names.map((name) => asValue(row[name])),
  );
}

function asValue(value: unknown): unknown {
  const isDocument = typeof value === 'object' && value !== null && !(value instanceof Date) && !Array.isArray(value);
  return isDocument ? JSON.stringify(value) : value;
}
