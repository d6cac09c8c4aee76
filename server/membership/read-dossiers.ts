import type { Pool, PoolClient } from 'pg';
import { asFault } from '../database/index.ts';
import { readDossier, versionKey, type Dossier, type DossierRow } from './dossier.ts';

/** Reads take a pool, or the connection of a transaction that is under way. */
export type Reader = Pick<Pool | PoolClient, 'query'>;

const current = `
  select person, version, facts from dossier where person = any($1::bigint[])`;

const asKnownAt = `
  select distinct on (person) person, version, facts
  from dossier_version
  where person = any($1::bigint[]) and recorded_at <= $2
  order by person, version desc`;

// More than was wanted, where several people's versions are: the surplus is left out by the program.
const versions = `
  select person, version, facts
  from dossier_version
  where person = any($1::bigint[]) and version = any($2::bigint[])`;

/**
 * The dossiers as they are now, in one statement; who is not in the register is not in the map.
 * @throws Fault DATABASE_…, DOSSIER_UNREADABLE
 */
export async function readDossiers(reader: Reader, persons: readonly bigint[]): Promise<Map<bigint, Dossier>> {
  return byPerson(await readRows(reader, { name: 'dossiers', text: current, values: [persons] }));
}

/** The dossiers as they had been recorded up to that moment; who was not in the register then is not in the map. */
export async function readDossiersAsKnownAt(
  reader: Reader,
  persons: readonly bigint[],
  knownAt: Date,
): Promise<Map<bigint, Dossier>> {
  return byPerson(await readRows(reader, { name: 'dossiers-as-known', text: asKnownAt, values: [persons, knownAt] }));
}

export interface WantedVersion {
  readonly person: bigint;
  readonly version: bigint;
}

/** @returns the versions that are there, by `${person}:${version}` */
export async function readDossierVersions(
  reader: Reader,
  wanted: readonly WantedVersion[],
): Promise<Map<string, Dossier>> {
  const keys = new Set(wanted.map(({ person, version }) => versionKey(person, version)));
  const values = [[...new Set(wanted.map(({ person }) => person))], [...new Set(wanted.map(({ version }) => version))]];
  const rows = await readRows(reader, { name: 'dossier-versions', text: versions, values });
  const found = new Map<string, Dossier>();
  for (const row of rows) {
    const key = versionKey(row.person, row.version);
    if (keys.has(key)) found.set(key, readDossier(row));
  }
  return found;
}

function byPerson(rows: readonly DossierRow[]): Map<bigint, Dossier> {
  return new Map(rows.map((row) => [row.person, readDossier(row)]));
}

interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

async function readRows(reader: Reader, statement: Statement): Promise<readonly DossierRow[]> {
  try {
    const { rows } = await reader.query<DossierRow>(statement);
    return rows;
  } catch (error) {
    throw asFault(error);
  }
}
