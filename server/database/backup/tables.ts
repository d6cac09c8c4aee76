import type { Client } from 'pg';

/** A table with rows of its own: a plain one, or one partition of a divided one. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** Of which table, and from which key to before which. */
  readonly partition: { readonly of: string; readonly from: string; readonly to: string } | null;
  /** Unlogged: what is on its way through, lost in every crash, and never part of a backup. */
  readonly isPassing: boolean;
}

interface TableRow {
  readonly name: string;
  readonly columns: string[];
  readonly parent: string | null;
  readonly bound: string | null;
  readonly passing: boolean;
}

/** Every table of ours, by name; those of extensions and of other schemas are none of ours. */
export async function listTables(client: Client): Promise<readonly Table[]> {
  const { rows } = await client.query<TableRow>(`
    select c.relname as name, p.relname as parent, c.relpersistence = 'u' as passing,
           pg_get_expr(c.relpartbound, c.oid) as bound,
           (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c
    left join pg_inherits i on i.inhrelid = c.oid
    left join pg_class p on p.oid = i.inhparent
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and not exists (select from pg_depend d
                      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by c.relname`);
  return rows.map(({ name, columns, parent, bound, passing }) => ({
    name,
    columns,
    partition: parent === null ? null : { of: parent, ...readBound(name, bound ?? '') },
    isPassing: passing,
  }));
}

function readBound(name: string, bound: string): { readonly from: string; readonly to: string } {
  const [, from, to] = /^FOR VALUES FROM \('(\d+)'\) TO \('(\d+)'\)$/.exec(bound) ?? [];
  if (from === undefined || to === undefined)
    throw new RangeError(`a backup knows no partitions like ${name}: ${bound}`);
  return { from, to };
}

/** Tables whose rows are made by migrations or by a mere start: they do not make a system one that is in use. */
const writtenByStarting = ['schema_migration', 'id_slot', 'reference_version', 'installation', 'law_version'];

/** The migrations that were run are in the manifest; a restore runs them itself. */
export const isBackedUp = ({ name, isPassing }: Table): boolean => !isPassing && name !== 'schema_migration';

/** Those in which somebody's rows are. */
export async function findUsedTables(client: Client, tables: readonly Table[]): Promise<readonly string[]> {
  const used: string[] = [];
  for (const { name, isPassing } of tables) {
    if (isPassing || writtenByStarting.includes(name)) continue;
    const { rowCount } = await client.query(`select from ${inSql(name)} limit 1`);
    if (rowCount !== 0) used.push(name);
  }
  return used;
}

/** Names in an order in which every row finds the rows that it refers to. */
export async function inOrderOfReferences(client: Client, names: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ from: string; to: string }>(`
    select r.relname as "from", t.relname as "to" from pg_constraint k
    join pg_class r on r.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and k.conrelid <> k.confrelid and k.connamespace = 'public'::regnamespace`);
  const ordered: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (ordered.includes(name)) return;
    if (path.includes(name)) throw new RangeError(`tables refer to one another in a circle: ${path.join(', ')}`);
    for (const { from, to } of rows) if (from === name && names.includes(to)) visit(to, [...path, name]);
    ordered.push(name);
  };
  for (const name of names) visit(name, []);
  return ordered;
}

/** Of names that are letters, digits and underlines, also those that are words of SQL. */
export function inSql(name: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new RangeError(`no name of ours: ${name}`);
  return `public."${name}"`;
}

/** Settings of a session in which values are written and read the same way, whatever the server's own are. */
export const sameWords = `
  set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set timezone = 'UTC'; set bytea_output = 'hex';
  set extra_float_digits = 3; set client_encoding = 'UTF8';
  set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = '30s'`;
