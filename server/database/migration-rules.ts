import { bareName, blankOut, readBrackets, splitList } from './sql-text.ts';

/**
 * What every migration keeps to, so that the same files serve one PostgreSQL and a cluster that is divided by owner:
 * the owner's key stands first in every key, and nothing is used that such a cluster cannot do.
 */
export interface SqlFile {
  readonly path: string;
  readonly text: string;
}

interface Table {
  readonly name: string;
  readonly path: string;
  /** Columns and constraints, as written. */
  readonly elements: string[];
  isCommented: boolean;
  /** null: a reference table, which every owner's rows may name; undefined: not said. */
  ownerKey: string | null | undefined;
}

/** Words that have no place in a migration, and why. */
const refused: readonly (readonly [RegExp, string])[] = [
  [/\btrigger\b/i, 'triggers do work that nobody sees'],
  [/\bdeferrable\b|\bdeferred\b/i, 'deferrable constraints do not cross shards'],
  [/\bmerge\s+into\b/i, 'MERGE: use INSERT … ON CONFLICT'],
  [/\bdetach\s+partition\s+\S+\s+concurrently\b/i, 'DETACH CONCURRENTLY'],
  [/\bcreate\s+(?:temp\w*\s+|unlogged\s+)?sequence\b|\bnextval\b/i, 'sequences: ids are made by the application'],
  [/\bas\s+identity\b/i, 'identity columns: ids are made by the application'],
  [/\b(?:small|big)?serial\b/i, 'serial columns: ids are made by the application'],
  [/\bgen_random_uuid\b|\buuid_generate_v|\buuidv[47]\b/i, 'UUIDs: ids are time-ordered integers of the application'],
  [
    /\bdefault\s+\(?\s*(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|current_\w+|localtime\w*)\b/i,
    'instants come from the application’s clock',
  ],
  [/\binherits\s*\(/i, 'inheritance'],
];

export function findMigrationBreaches(files: readonly SqlFile[]): string[] {
  const tables = readTables(files);
  return [
    ...files.flatMap(({ path, text }) => findRefused(text).map((fault) => `${path}: ${fault}`)),
    ...files.flatMap(findNameBreaches),
    ...[...tables.values()].flatMap((table) =>
      findTableBreaches(table, tables).map((fault) => `${table.path}: table ${table.name}: ${fault}`),
    ),
  ];
}

/** LEFT JOIN from a list of values copies the whole other table to every node; read with `= any($1)` instead. */
export function findJoinBreaches(sql: string): string[] {
  const pattern = /\bfrom\s+(?:unnest\s*\(|\(\s*values\b)[^;`]*?\bleft\s+(?:outer\s+)?join\b/i;
  return pattern.test(blankOut(sql))
    ? ['LEFT JOIN from unnest or VALUES: read with = any($1), join in the program']
    : [];
}

function findRefused(text: string): string[] {
  const sql = blankOut(text);
  return [...refused.flatMap(([pattern, why]) => (pattern.test(sql) ? [why] : [])), ...findJoinBreaches(text)];
}

function findNameBreaches({ path }: SqlFile, index: number, files: readonly SqlFile[]): string[] {
  const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(path.split('/').at(-1) ?? '')?.[1];
  if (number === undefined) return [`${path}: is not named like 0007_what_it_does.sql`];
  return Number(number) === index + 1 || files.length === 1
    ? []
    : [`${path}: its number is not the one after the last`];
}

function readTables(files: readonly SqlFile[]): ReadonlyMap<string, Table> {
  const tables = new Map<string, Table>();
  for (const { path, text } of files) {
    const sql = blankOut(text);
    for (const found of sql.matchAll(/\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([\w."]+)\s*\(/gi)) {
      const name = bareName(found[1] ?? '');
      const elements = splitList(readBrackets(sql, found.index + found[0].length - 1));
      tables.set(name, { name, path, elements, isCommented: false, ownerKey: undefined });
    }
    for (const [, name = '', changes = ''] of sql.matchAll(
      /\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?([\w."]+)\s+([^;]*)/gi,
    )) {
      const added = splitList(changes).flatMap((change) => /^add\s+(?:column\s+)?([\s\S]*)/i.exec(change)?.[1] ?? []);
      tables.get(bareName(name))?.elements.push(...added);
    }
    for (const [, name = '', key = ''] of sql.matchAll(
      /\bcreate\s+unique\s+index\b[^;(]*?\bon\s+(?:only\s+)?([\w."]+)[^;(]*\(([^;]*)/gi,
    )) {
      tables.get(bareName(name))?.elements.push(`constraint named unique (${key}`);
    }
    for (const [, name = ''] of sql.matchAll(/\bcomment\s+on\s+table\s+([\w."]+)/gi)) {
      const table = tables.get(bareName(name));
      if (table !== undefined) table.isCommented = true;
    }
    readOwners(text, tables);
  }
  return tables;
}

function readOwners(text: string, tables: ReadonlyMap<string, Table>): void {
  const pattern = /\bselect\s+dist\s*\(\s*'([\w."]+)'\s*(?:,\s*'(\w+)'\s*)?\)/gi;
  for (const [, name = '', key] of blankOut(text, false).matchAll(pattern)) {
    const table = tables.get(bareName(name));
    if (table !== undefined) table.ownerKey = key ?? null;
  }
}

function findTableBreaches(table: Table, tables: ReadonlyMap<string, Table>): string[] {
  const { name, elements, ownerKey, isCommented } = table;
  const faults: string[] = [];
  if (!elements.some((element) => /\bprimary\s+key\b/i.test(element))) faults.push('it has no primary key');
  if (!isCommented) faults.push('it has no COMMENT ON TABLE');
  if (ownerKey === undefined) faults.push(`it is not followed by select dist('${name}', 'owner_key')`);
  for (const element of elements) {
    if (hasUnnamedConstraint(element)) faults.push(`a constraint without a name: ${inOneLine(element)}`);
    if (typeof ownerKey === 'string' && !keepsOwner(element, ownerKey, tables)) {
      faults.push(`the owner's key ${ownerKey} does not come first: ${inOneLine(element)}`);
    }
  }
  return faults;
}

function hasUnnamedConstraint(element: string): boolean {
  const isForeignKey = /\bforeign\s+key\b/i.test(element);
  const pattern = isForeignKey
    ? /(?<!\bconstraint\s+\w+\s+)\bforeign\s+key\b/i
    : /(?<!\bconstraint\s+\w+\s+)\b(?:check\s*\(|unique\b|exclude\s+using\b|references\b)/i;
  return pattern.test(element);
}

/** Whether a key of this element, if it is one, begins with the owner's; references may also go to reference tables. */
function keepsOwner(element: string, ownerKey: string, tables: ReadonlyMap<string, Table>): boolean {
  const target = /\breferences\s+([\w."]+)/i.exec(element)?.[1];
  if (target !== undefined && tables.get(bareName(target))?.ownerKey === null) return true;
  const listed =
    /\b(?:primary\s+key|unique(?:\s+nulls\s+(?:not\s+)?distinct)?|foreign\s+key|exclude\s+using\s+\w+)\s*\(\s*"?(\w+)/i.exec(
      element,
    )?.[1];
  if (listed !== undefined) return bareName(listed) === ownerKey;
  const isColumnKey = /\bprimary\s+key\b|\bunique\b|\breferences\b/i.test(element);
  return !isColumnKey || bareName(element.split(/\s/)[0] ?? '') === ownerKey;
}

function inOneLine(element: string): string {
  return element.replace(/\s+/g, ' ').slice(0, 80);
}
