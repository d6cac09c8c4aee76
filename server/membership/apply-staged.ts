import type { PoolClient } from 'pg';
import { lockDossiers, writeMobiles, writeVersions, type NextVersion, type Origin } from './dossier-store.ts';
import { findFaultOf, type FactsDocument } from './facts-document.ts';
import type { StagedLine } from './import-staging.ts';
import type { LineFault } from './person-line.ts';
import { mergeFacts, mergeMobile, writtenOut, type Imported, type Sources } from './sources.ts';

export interface Applied {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: readonly (StagedLine & { readonly fault: LineFault })[];
}

/** A staged line about a person who is in the register. */
interface Known {
  readonly person: bigint;
  readonly mobile: bigint | null;
  /** The dossier holds just what the line says. */
  readonly same: boolean;
  /** Nobody but this source has said anything: what it says now simply replaces what it said. */
  readonly alone: boolean;
}

/**
 * Writes the staged lines about these people into their dossiers, in one transaction of the caller. People who are new, and people
 * of whom only this source knows, need no look at each: their facts are what the source says.
 * @throws Fault DATABASE_DUPLICATE, where somebody else has just entered one of the new people; then try again
 */
export async function applyPiece(client: PoolClient, persons: readonly bigint[], origin: Origin): Promise<Applied> {
  const known = await readKnown(client, persons, origin.source);
  const created = await writeNew(client, without(persons, known), origin);
  const differing = await lockDiffering(client, known, origin.source);
  const alone = differing.filter((each) => each.alone);
  await replace(client, alone, origin);
  const merged = await merge(
    client,
    differing.filter((each) => !each.alone).map(({ person }) => person),
    origin,
  );
  const changed = alone.length + merged.changed;
  return { created, changed, unchanged: known.length - changed - merged.rejected.length, rejected: merged.rejected };
}

// Both tables are narrowed to the people by themselves: the planner is never left to scan one that has grown since.
const compare = `
  select line.person, line.mobile,
    dossier.facts::text = line.facts and dossier.sources::text = line.sources as same,
    dossier.sources -> 'imports' -> $2 is not null
      and dossier.sources -> 'imports' -> $2 -> 'facts' is null
      and dossier.sources -> 'recorded' is null as alone
  from import_line line join dossier on dossier.person = line.person
  where line.person = any($1::bigint[]) and dossier.person = any($1::bigint[])`;

async function readKnown(client: PoolClient, persons: readonly bigint[], source: string): Promise<readonly Known[]> {
  const { rows } = await client.query<Known>(compare, [persons, source]);
  return rows;
}

function without(persons: readonly bigint[], known: readonly Known[]): readonly bigint[] {
  if (known.length === 0) return persons;
  const found = new Set(known.map(({ person }) => person));
  return persons.filter((person) => !found.has(person));
}

/** What says the same needs no lock: it would be written anew for nothing. */
async function lockDiffering(client: PoolClient, known: readonly Known[], source: string): Promise<readonly Known[]> {
  const persons = known.filter(({ same }) => !same).map(({ person }) => person);
  if (persons.length === 0) return [];
  const { rows } = await client.query<Known>(`${compare} order by dossier.person for update of dossier`, [
    persons,
    source,
  ]);
  return rows.filter(({ same }) => !same);
}

async function writeNew(
  client: PoolClient,
  persons: readonly bigint[],
  { source, recordedBy, recordedAt }: Origin,
): Promise<number> {
  if (persons.length === 0) return 0;
  const lines = 'from import_line where person = any($1::bigint[])';
  await client.query(
    `insert into dossier (person, version, recorded_at, facts, sources)
     select person, 1, $2, facts::json, sources::json ${lines} order by person`,
    [persons, recordedAt],
  );
  await client.query(
    `insert into dossier_version (person, version, recorded_at, recorded_by, source, facts, sources)
     select person, 1, $2, $3, $4, facts::json, sources::json ${lines} order by person`,
    [persons, recordedAt, recordedBy, source],
  );
  const withMobile = `${lines} and mobile is not null order by person`;
  await client.query(`insert into person_mobile (person, mobile) select person, mobile ${withMobile}`, [persons]);
  await client.query(
    `insert into mobile_owner (mobile, kind, owner) select mobile, 'person', person::text ${withMobile}`,
    [persons],
  );
  return persons.length;
}

async function replace(
  client: PoolClient,
  people: readonly Known[],
  { source, recordedBy, recordedAt }: Origin,
): Promise<void> {
  if (people.length === 0) return;
  const persons = people.map(({ person }) => person);
  await client.query(
    `update dossier set version = version + 1, recorded_at = greatest(recorded_at, $2),
       facts = line.facts::json, sources = line.sources::json
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
  readonly facts: string;
  readonly sources: string;
}

type Merged = Pick<Applied, 'rejected'> & { readonly changed: number };

/** People of whom several sources know. */
async function merge(client: PoolClient, persons: readonly bigint[], origin: Origin): Promise<Merged> {
  if (persons.length === 0) return { changed: 0, rejected: [] };
  const { rows } = await client.query<LineRow>(
    'select person, line, facts, sources from import_line where person = any($1::bigint[])',
    [persons],
  );
  const lines = new Map(rows.map((row) => [row.person, row]));
  const next: NextVersion[] = [];
  const rejected: (StagedLine & { fault: LineFault })[] = [];
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
  const said = (JSON.parse(line.sources) as Sources).imports[source];
  const facts = JSON.parse(line.facts) as FactsDocument;
  const imported: Imported = { ...said, facts };
  return { ...sources, imports: { ...sources.imports, [source]: imported } };
}

function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

function clash(fault: string): LineFault {
  return { code: 'CLASHES_WITH_OTHER_SOURCE', path: '', message: `with what other sources say: ${fault}` };
}
