import { pipeline } from 'node:stream/promises';
import type { PoolClient, QueryResult, QueryResultRow } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { PersonLine } from './person-line.ts';

/** Statements over all staged lines may take longer than one of an inquiry ever may. */
const longestMs = 3_600_000;

/** How many found lines are looked at together; memory stays constant however many there are. */
const atOnce = 50_000;

const bytesOfLines = 2 ** 23;
const bytesOfPrincipals = 2 ** 21;
/** No row is longer: a line of a file has at most a million characters, and says what is in the row once. */
const longestRow = 4_100_000;
/** PostgreSQL works on what it has while the next bytes are on their way. */
const bytesAtOnce = 2 ** 16;

/**
 * Rows that go to COPY in the order of their keys: then those that are worked on together later lie together. They are
 * written into memory at once, and leave nothing behind to be collected.
 */
class CopyRows {
  #bytes: Buffer;
  #length = 0;
  readonly #keys: number[] = [];
  readonly #begins: number[] = [];

  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafe(size);
  }

  get count(): number {
    return this.#keys.length;
  }

  get isFull(): boolean {
    return this.#length > this.#bytes.length / 2;
  }

  add(key: bigint, row: string): void {
    if (row.length * 3 > this.#bytes.length - this.#length) this.#grow();
    this.#keys.push(Number(key));
    this.#begins.push(this.#length);
    this.#length += this.#bytes.write(row, this.#length);
  }

  async copyInto(client: PoolClient, statement: string): Promise<void> {
    if (this.count > 0) await pipeline(this.#inOrder(), client.query(copyFrom(statement)));
  }

  empty(): void {
    this.#length = 0;
    this.#keys.length = 0;
    this.#begins.length = 0;
  }

  *#inOrder(): Generator<Uint8Array> {
    const keys = Float64Array.from(this.#keys);
    const begins = Uint32Array.from([...this.#begins, this.#length]);
    const order = Uint32Array.from(keys, (_, index) => index).sort((one, other) => at(keys, one) - at(keys, other));
    let chunk = Buffer.allocUnsafe(bytesAtOnce);
    let length = 0;
    for (const index of order) {
      const [begin, end] = [at(begins, index), at(begins, index + 1)];
      if (end - begin > chunk.length - length) {
        yield chunk.subarray(0, length);
        chunk = Buffer.allocUnsafe(Math.max(bytesAtOnce, end - begin));
        length = 0;
      }
      length += this.#bytes.copy(chunk, length, begin, end);
    }
    yield chunk.subarray(0, length);
  }

  #grow(): void {
    this.#bytes = Buffer.concat([this.#bytes.subarray(0, this.#length)], this.#length + 3 * longestRow);
  }
}

/** The rows of a piece of a file, as COPY reads them. */
export class StagedRows {
  readonly #lines = new CopyRows(bytesOfLines);
  readonly #principals = new CopyRows(bytesOfPrincipals);

  get isFull(): boolean {
    return this.#lines.isFull || this.#principals.isFull;
  }

  add(line: number, source: string, { person, said, facts, mobile, principals }: PersonLine): void {
    const sources = escape(JSON.stringify({ imports: { [source]: said } }));
    const number = mobile === null ? '\\N' : String(mobile);
    this.#lines.add(person, `${person}\t${line}\t${escape(JSON.stringify(facts))}\t${sources}\t${number}\n`);
    for (const { principal, place } of principals) {
      this.#principals.add(principal, `${principal}\t${person}\t${line}\t${place}\n`);
    }
  }

  /** Copies the rows, after which there are none. */
  async moveInto(client: PoolClient): Promise<void> {
    await this.#lines.copyInto(client, 'copy import_line (person, line, facts, sources, mobile) from stdin');
    await this.#principals.copyInto(client, 'copy import_principal (principal, person, line, place) from stdin');
    this.#lines.empty();
    this.#principals.empty();
  }
}

function at(numbers: Float64Array | Uint32Array, index: number): number {
  return numbers[index] ?? Number.NaN;
}

/** JSON has no line end or tab of its own, but backslashes. */
function escape(json: string): string {
  return json.includes('\\') ? json.replaceAll('\\', '\\\\') : json;
}

export async function emptyStaging(client: PoolClient): Promise<void> {
  await client.query('truncate import_line, import_principal');
}

/**
 * For long passes over the staged lines: without a limit of time, and with memory to hold keys in; what does not fit is
 * worked off in parts. Nothing is known of the lines yet, and groups are small: they are found along the key.
 */
export async function inLongPasses<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query(`set statement_timeout = 0; set work_mem = '64MB'; set enable_hashagg = off`);
  try {
    return await work();
  } finally {
    // On a connection that is lost there is nothing to be reset.
    await client.query('reset statement_timeout; reset work_mem; reset enable_hashagg').catch(() => undefined);
  }
}

function queryLong<R extends QueryResultRow>(
  client: PoolClient,
  text: string,
  values: unknown[],
): Promise<QueryResult<R>> {
  const query = { text, values, query_timeout: longestMs };
  return client.query<R>(query);
}

export interface StagedLine {
  readonly person: bigint;
  readonly line: number;
}

interface LineRow {
  readonly person: bigint;
  readonly line: bigint;
}

/** Lines about people whom another line of the file is about, too: those that say the same, and those that do not. */
export interface Repeated {
  readonly same: readonly StagedLine[];
  readonly differing: readonly StagedLine[];
}

/** @returns some of the repeated lines, of each person all but the one that stays; none when there are no more */
export async function findRepeated(client: PoolClient): Promise<Repeated> {
  const { rows: people } = await queryLong<{ person: bigint }>(
    client,
    'select person from import_line group by person having count(*) > 1 order by person limit $1',
    [atOnce],
  );
  const { rows } = await queryLong<LineRow & { same: boolean }>(
    client,
    `select person, line,
       said = first_value(said) over (partition by person order by line) as same
     from (
       select person, line, facts::text || sources::text as said from import_line where person = any($1::bigint[])
     ) as told
     order by person, line`,
    [people.map(({ person }) => person)],
  );
  const byPerson = Map.groupBy(rows, ({ person }) => person);
  const all = [...byPerson.values()];
  return {
    same: all.filter((lines) => lines.every(({ same }) => same)).flatMap((lines) => lines.slice(1).map(stagedLine)),
    differing: all.filter((lines) => lines.some(({ same }) => !same)).flatMap((lines) => lines.map(stagedLine)),
  };
}

export interface Orphan extends StagedLine {
  readonly place: number;
}

/** Some of the lines that name a principal who is neither in the file nor in the register; one place of each line. */
export async function findOrphans(client: PoolClient): Promise<readonly Orphan[]> {
  const { rows } = await queryLong<LineRow & { place: number }>(
    client,
    `select distinct on (named.line) named.person, named.line, named.place
     from import_principal named
     where not exists (select from import_line line where line.person = named.principal)
       and not exists (select from dossier where dossier.person = named.principal)
     order by named.line, named.place
     limit $1`,
    [atOnce],
  );
  return rows.map((row) => ({ ...stagedLine(row), place: row.place }));
}

export async function removeLines(client: PoolClient, lines: readonly StagedLine[]): Promise<void> {
  if (lines.length === 0) return;
  const numbers = lines.map(({ line }) => line);
  // A line is about one person, so its number says enough; the person finds it by the key.
  const persons = [...new Set(lines.map(({ person }) => person))];
  const remove = 'person = any($1::bigint[]) and line = any($2::bigint[])';
  await queryLong(client, `delete from import_line where ${remove}`, [persons, numbers]);
  await queryLong(client, `delete from import_principal where ${remove}`, [persons, numbers]);
}

function stagedLine({ person, line }: LineRow): StagedLine {
  return { person, line: Number(line) };
}

/** People of whom something is staged: those whose keys are after one and up to another. */
export interface Piece {
  readonly after: bigint;
  readonly last: bigint;
  readonly people: number;
}

/** The next people of whom something is staged, in the order of their keys; undefined when nobody is left. */
export async function findPiece(client: PoolClient, after: bigint, size: number): Promise<Piece | undefined> {
  const { rows } = await client.query<{ last: bigint | null; people: number }>(
    `select max(person) as last, count(*)::integer as people
     from (select person from import_line where person > $1 order by person limit $2) as next`,
    [after, size],
  );
  const { last = null, people = 0 } = rows[0] ?? {};
  return last === null ? undefined : { after, last, people };
}
