import type { PersonRecord } from '@estehqaq/law';
import type { Pool } from 'pg';
import { transaction } from '../database/index.ts';
import { Fault, type Clock } from '../platform/index.ts';
import { readDossier } from './dossier.ts';
import type { KeptDossier } from './dossier-store.ts';
import { mergeMobile, mergeName, writtenOut, type Sources } from './sources.ts';

/** Of staff, who reads whose record, and why. */
export interface RecordReading {
  readonly person: bigint;
  readonly reader: string;
  readonly role: string;
  readonly purpose: string;
}

export interface PersonsRecord {
  readonly person: bigint;
  readonly version: bigint;
  readonly recordedAt: Date;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly mobile: bigint | null;
  /** What the law reads. */
  readonly facts: PersonRecord;
  /** What each source said. */
  readonly sources: Sources;
}

/** Makes ids: `Ids` of platform does. */
interface IdMaker {
  readonly make: (owners: readonly bigint[]) => Promise<readonly bigint[]>;
}

const longestPurpose = 500;

/**
 * A person's whole record, for staff. The reading is recorded in the same transaction, also where there is no such
 * person: what cannot be recorded is not read.
 * @returns undefined for who is not in the register
 * @throws Fault FACT_INVALID without a reader, role or purpose; DATABASE_…
 */
export async function readRecord(
  pool: Pool,
  clock: Clock,
  ids: IdMaker,
  { person, reader, role, purpose }: RecordReading,
): Promise<PersonsRecord | undefined> {
  return transaction(pool, async (client) => {
    await recordReading(client, clock, ids, { person, reader, role, purpose });
    const { rows } = await client.query<KeptDossier>(
      'select person, version, recorded_at as "recordedAt", facts, sources from dossier where person = $1',
      [person],
    );
    return rows[0] === undefined ? undefined : asRecord(rows[0]);
  });
}

/**
 * Writes down that staff read something about a person; before it is shown, for what cannot be recorded is not read.
 * @throws Fault FACT_INVALID without a reader, role or purpose; errors of the database as they are
 */
export async function recordReading(
  database: Pick<Pool, 'query'>,
  clock: Clock,
  ids: IdMaker,
  { person, ...reading }: RecordReading,
): Promise<void> {
  await recordReadings(database, clock, ids, { persons: [person], ...reading });
}

/** The same of several persons at once, for what tells of all of them. */
export async function recordReadings(
  database: Pick<Pool, 'query'>,
  clock: Clock,
  ids: IdMaker,
  { persons, reader, role, purpose }: Omit<RecordReading, 'person'> & { readonly persons: readonly bigint[] },
): Promise<void> {
  if ([reader, role, purpose].some((text) => text.trim() === '') || purpose.length > longestPurpose) {
    throw new Fault(
      'FACT_INVALID',
      'A record is read by somebody, in a role, for a purpose of at most 500 characters.',
    );
  }
  await database.query(
    `insert into record_reading (person, id, read_at, reader, role, purpose)
     select person, id, $3, $4, $5, $6 from unnest($1::bigint[], $2::bigint[]) as read (person, id)`,
    [persons, await ids.make(persons), clock.now(), reader, role, purpose],
  );
}

function asRecord({ person, version, recordedAt, facts, sources }: KeptDossier): PersonsRecord {
  return {
    person,
    version,
    recordedAt,
    ...mergeName(sources),
    mobile: mergeMobile(sources),
    facts: readDossier({ person, version, facts }).facts,
    sources: writtenOut(sources, facts),
  };
}
