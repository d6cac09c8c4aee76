import type { PoolClient } from 'pg';
import type { FactsDocument } from './facts-document.ts';
import type { Sources } from './sources.ts';

/** Where a version comes from. */
export interface Origin {
  readonly source: string;
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

/** A dossier as it is kept. */
export interface KeptDossier {
  readonly person: bigint;
  readonly version: bigint;
  readonly recordedAt: Date;
  readonly facts: FactsDocument;
  readonly sources: Sources;
}

export interface NextVersion {
  readonly person: bigint;
  readonly version: bigint;
  readonly facts: FactsDocument;
  readonly sources: Sources;
}

/** Locks the dossiers, in the order of their keys, until the end of the transaction. */
export async function lockDossiers(client: PoolClient, persons: readonly bigint[]): Promise<readonly KeptDossier[]> {
  const { rows } = await client.query<KeptDossier>(
    `select person, version, recorded_at as "recordedAt", facts, sources
     from dossier where person = any($1::bigint[]) order by person for update`,
    [persons],
  );
  return rows;
}

/**
 * Writes the next version of dossiers that this transaction has locked. A version is never dated before the one that it
 * follows, also where the clock was set back.
 */
export async function writeVersions(
  client: PoolClient,
  versions: readonly NextVersion[],
  { source, recordedBy, recordedAt }: Origin,
): Promise<void> {
  if (versions.length === 0) return;
  const values = [
    versions.map(({ person }) => person),
    versions.map(({ version }) => version),
    versions.map(({ facts }) => JSON.stringify(facts)),
    versions.map(({ sources }) => JSON.stringify(sources)),
    recordedAt,
  ];
  const next = `unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) as next (person, version, facts, sources)`;
  await client.query(
    `update dossier set version = next.version, recorded_at = greatest(dossier.recorded_at, $5),
       facts = next.facts::json, sources = next.sources::json
     from ${next} where dossier.person = next.person`,
    values,
  );
  await client.query(
    `insert into dossier_version (person, version, recorded_at, recorded_by, source, facts, sources)
     select person, version, recorded_at, $2, $3, facts, sources from dossier where person = any($1::bigint[])`,
    [values[0], recordedBy, source],
  );
}

/** Of each person the one mobile, or none where it is null. */
export async function writeMobiles(
  client: PoolClient,
  wanted: readonly { readonly person: bigint; readonly mobile: bigint | null }[],
): Promise<void> {
  if (wanted.length === 0) return;
  const persons = wanted.map(({ person }) => person);
  const { rows } = await client.query<{ person: bigint; mobile: bigint }>(
    'select person, mobile from person_mobile where person = any($1::bigint[])',
    [persons],
  );
  const kept = new Set(rows.map(({ person, mobile }) => `${person}:${mobile}`));
  const right = new Set(wanted.map(({ person, mobile }) => `${person}:${mobile ?? ''}`));
  const gone = rows.filter(({ person, mobile }) => !right.has(`${person}:${mobile}`));
  const added = wanted.flatMap(({ person, mobile }) =>
    mobile === null || kept.has(`${person}:${mobile}`) ? [] : [{ person, mobile }],
  );
  const columns = (pairs: readonly { person: bigint; mobile: bigint }[]): unknown[] => [
    pairs.map(({ person }) => person),
    pairs.map(({ mobile }) => mobile),
  ];
  const pairs = 'unnest($1::bigint[], $2::bigint[]) as pair (person, mobile)';
  if (gone.length > 0) {
    const mine = 'mobile_owner.mobile = pair.mobile and owner = pair.person::text';
    await client.query(`delete from mobile_owner using ${pairs} where kind = 'person' and ${mine}`, columns(gone));
    const own = 'person_mobile.person = pair.person and person_mobile.mobile = pair.mobile';
    await client.query(`delete from person_mobile using ${pairs} where ${own}`, columns(gone));
  }
  if (added.length > 0) {
    await client.query(
      `insert into person_mobile (person, mobile) select person, mobile from ${pairs}`,
      columns(added),
    );
    const owners = `select mobile, 'person', person::text from ${pairs}`;
    await client.query(`insert into mobile_owner (mobile, kind, owner) ${owners}`, columns(added));
  }
}
