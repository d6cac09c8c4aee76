import type { PoolClient } from 'pg';
import { lockDossiers, writeMobiles, writeVersions, type NextVersion, type Origin } from './dossier-store.ts';
import { findFaultOf, type FactsDocument } from './facts-document.ts';
import type { Piece, StagedLine } from './import-staging.ts';
import type { LineFault } from './person-line.ts';
import { mergeFacts, mergeMobile, writtenOut, type Imported, type Sources } from './sources.ts';

export interface Applied {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: readonly (StagedLine & { readonly fault: LineFault })[];
}

/** A staged line about a person of whose dossier it says something else. */
interface Differing {
  readonly person: bigint;
  readonly mobile: bigint | null;
  /** Nobody but this source has said anything: what it says now simply replaces what it said. */
  readonly alone: boolean;
}

// What a piece touches is found by keys: a table that has grown since the planner last looked at it is never scanned, and
// what is written in the order of the keys needs no file to be sorted in.
const planning = `
  set local enable_seqscan = off;
  set local enable_hashjoin = off;
  set local enable_bitmapscan = off;
  set local work_mem = '32MB'`;

/**
 * Writes the staged lines about these people into their dossiers, in one transaction of the caller. People who are new,
 * and people of whom only this source knows, need no look at each: their facts are what the source says.
 * @throws Fault DATABASE_DUPLICATE, where somebody else has just entered one of the new people; then try again
 */
export async function applyPiece(client: PoolClient, piece: Piece, origin: Origin): Promise<Applied> {
  await client.query(planning);
  const created = await writeNew(client, piece, origin);
  if (created === piece.people) return { created, changed: 0, unchanged: 0, rejected: [] };
  const differing = await lockDiffering(client, piece, origin.source);
  const alone = differing.filter((each) => each.alone);
  await replace(client, alone, origin);
  const merged = await merge(
    client,
    differing.filter((each) => !each.alone).map(({ person }) => person),
    origin,
  );
  const changed = alone.length + merged.changed;
  const unchanged = piece.people - created - changed - merged.rejected.length;
  return { created, changed, unchanged, rejected: merged.rejected };
}

// Each line is read once for all that is written of it.
const insertNew = `
  with line as materialized (
    select person, facts, sources, mobile from import_line
    where person > $1 and person <= $2
      and not exists (
        select from dossier where dossier.person = import_line.person and dossier.person > $1 and dossier.person <= $2)
    order by person),
  current as (
    insert into dossier (person, version, recorded_at, facts, sources) select person, 1, $3, facts, sources from line),
  first as (
    insert into dossier_version (person, version, recorded_at, recorded_by, source, facts, sources)
    select person, 1, $3, $4, $5, facts, sources from line),
  mobiles as (insert into person_mobile (person, mobile) select person, mobile from line where mobile is not null),
  owners as (
    insert into mobile_owner (mobile, kind, owner)
    select mobile, 'person', person::text from line where mobile is not null)
  select count(*)::integer as created from line`;

async function writeNew(
  client: PoolClient,
  { after, last }: Piece,
  { source, recordedBy, recordedAt }: Origin,
): Promise<number> {
  const { rows } = await client.query<{ created: number }>(insertNew, [after, last, recordedAt, recordedBy, source]);
  return rows[0]?.created ?? 0;
}

// Both tables are narrowed to the people by themselves. What says the same needs no lock: it would be written anew for
// nothing.
const differing = `
  select line.person, line.mobile,
    dossier.sources -> 'imports' -> $3 is not null
      and dossier.sources -> 'imports' -> $3 -> 'facts' is null
      and dossier.sources -> 'recorded' is null as alone
  from import_line line join dossier on dossier.person = line.person
  where line.person > $1 and line.person <= $2 and dossier.person > $1 and dossier.person <= $2
    and not (dossier.facts::text = line.facts::text and dossier.sources::text = line.sources::text)
  order by dossier.person for update of dossier`;

async function lockDiffering(
  client: PoolClient,
  { after, last }: Piece,
  source: string,
): Promise<readonly Differing[]> {
  const { rows } = await client.query<Differing>(differing, [after, last, source]);
  return rows;
}

async function replace(
  client: PoolClient,
  people: readonly Differing[],
  { source, recordedBy, recordedAt }: Origin,
): Promise<void> {
  if (people.length === 0) return;
  const persons = people.map(({ person }) => person);
  await client.query(
    `update dossier set version = version + 1, recorded_at = greatest(recorded_at, $2),
       facts = line.facts, sources = line.sources
     from import_line line
     where line.person = dossier.person and line.person = any($1::bigint[]) and dossier.person = any($1::bigint[])`,
    [persons, recordedAt],
  );
  await client.query(
    `insert into dossier_version (person, version, recorded_at, recorded_by, source, facts, sources)
     select person, version, recorded_at, $2, $3, facts, sources from dossier where person = any($1::bigint[])`,
    [persons, recordedBy, source],
  );
  await writeMobiles(client, people);
}

interface LineRow {
  readonly person: bigint;
  readonly line: bigint;
  readonly facts: FactsDocument;
  readonly sources: Sources;
}

interface Merged {
  readonly changed: number;
  readonly rejected: (StagedLine & { readonly fault: LineFault })[];
}

/** People of whom several sources know; all that is known of so many of them is in memory together. */
const mergedAtOnce = 1000;

async function merge(client: PoolClient, persons: readonly bigint[], origin: Origin): Promise<Merged> {
  const all: Merged[] = [];
  for (let begin = 0; begin < persons.length; begin += mergedAtOnce) {
    all.push(await mergeSome(client, persons.slice(begin, begin + mergedAtOnce), origin));
  }
  return {
    changed: all.reduce((sum, { changed }) => sum + changed, 0),
    rejected: all.flatMap(({ rejected }) => rejected),
  };
}

async function mergeSome(client: PoolClient, persons: readonly bigint[], origin: Origin): Promise<Merged> {
  const { rows } = await client.query<LineRow>(
    'select person, line, facts, sources from import_line where person = any($1::bigint[])',
    [persons],
  );
  const lines = new Map(rows.map((row) => [row.person, row]));
  const next: NextVersion[] = [];
  const rejected: Merged['rejected'] = [];
  for (const { person, version, facts, sources } of await lockDossiers(client, persons)) {
    const line = lines.get(person);
    if (line === undefined) continue;
    const mergedSources = withSaying(writtenOut(sources, facts), origin.source, line);
    const mergedFacts = mergeFacts(mergedSources);
    const fault = findFaultOf(mergedFacts);
    if (fault !== undefined) rejected.push({ person, line: Number(line.line), fault: clash(fault) });
    else if (differ(facts, mergedFacts) || differ(sources, mergedSources)) {
      next.push({ person, version: version + 1n, facts: mergedFacts, sources: mergedSources });
    }
  }
  await writeVersions(client, next, origin);
  await writeMobiles(
    client,
    next.map(({ person, sources }) => ({ person, mobile: mergeMobile(sources) })),
  );
  return { changed: next.length, rejected };
}

/** In the place that the source has already, so that the same content is the same text. */
function withSaying(sources: Sources, source: string, line: LineRow): Sources {
  const imported: Imported = { ...line.sources.imports[source], facts: line.facts };
  return { ...sources, imports: { ...sources.imports, [source]: imported } };
}

function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

function clash(fault: string): LineFault {
  return { code: 'CLASHES_WITH_OTHER_SOURCE', path: '', message: `with what other sources say: ${fault}` };
}
