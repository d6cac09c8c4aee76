import type { PoolClient } from 'pg';
import { Fault, type Clock } from '../platform/index.ts';
import { describePerson } from './dossier.ts';
import { lockDossiers, writeMobiles, writeVersions, type Origin } from './dossier-store.ts';
import { coverDocument, findFaultOf, type CoverDocument, type FactsDocument } from './facts-document.ts';
import { findMobile, mobileText } from './mobile.ts';
import { enrolmentSource, mergeFacts, mergeMobile, writtenOut, type Imported, type Sources } from './sources.ts';

/** What the mandatory insurance says of a person whom it covers; days are ISO. */
export interface EnrolmentSaying {
  readonly sex: 'male' | 'female';
  readonly birthDate: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly mobile: bigint | null;
  /** All covers there have been, each from the first entitled day on. */
  readonly covers: readonly { readonly from: string; readonly until: string }[];
}

/**
 * Writes into a person's dossier what the mandatory insurance says, beside what others say; whoever is not in the register
 * gets a dossier. The same content adds nothing, so it can be done again.
 * @param client of a transaction, in which `read` is asked after the dossier is locked: what was read later is written later
 * @returns whether there is a new version
 * @throws Fault FACT_CLASHES, DATABASE_DUPLICATE where somebody else has just entered the person; then try again; DATABASE_…
 */
export async function recordEnrolment(
  client: PoolClient,
  clock: Clock,
  person: bigint,
  read: (client: PoolClient) => Promise<EnrolmentSaying>,
): Promise<boolean> {
  const [dossier] = await lockDossiers(client, [person]);
  const saying = await read(client);
  const said = { ...namesOf(saying), facts: factsOf(saying) };
  const origin: Origin = { source: enrolmentSource, recordedBy: enrolmentSource, recordedAt: clock.now() };
  if (dossier === undefined) {
    await enter(client, person, said, origin);
    return true;
  }
  const before = writtenOut(dossier.sources, dossier.facts);
  const sources: Sources = { ...before, imports: { ...before.imports, [enrolmentSource]: said } };
  if (JSON.stringify(before) === JSON.stringify(sources)) return false;
  const facts = mergeFacts(sources);
  requireReadable(person, facts);
  await writeVersions(client, [{ person, version: dossier.version + 1n, facts, sources }], origin);
  await writeMobiles(client, [{ person, mobile: mergeMobile(sources) }]);
  return true;
}

function namesOf({ firstName, lastName, mobile }: EnrolmentSaying): Imported {
  return {
    ...(firstName !== null && { firstName }),
    ...(lastName !== null && { lastName }),
    ...(mobile !== null && { mobile: mobileText(mobile) }),
  };
}

function factsOf({ sex, birthDate, covers }: EnrolmentSaying): FactsDocument {
  const otherCovers = covers.map(({ from, until }): CoverDocument =>
    coverDocument({ insurer: 'ihio', fund: 'universal', from, until }),
  );
  return { sex, birthDate, standings: [], otherCovers };
}

async function enter(
  client: PoolClient,
  person: bigint,
  { facts, ...names }: Imported & { readonly facts: FactsDocument },
  { source, recordedBy, recordedAt }: Origin,
): Promise<void> {
  requireReadable(person, facts);
  // As an only source keeps it: its facts are the dossier's.
  const sources: Sources = { imports: { [source]: names } };
  const values = [person, recordedAt, JSON.stringify(facts), JSON.stringify(sources)];
  await client.query(
    'insert into dossier (person, version, recorded_at, facts, sources) values ($1, 1, $2, $3, $4)',
    values,
  );
  await client.query(
    `insert into dossier_version (person, version, recorded_at, recorded_by, source, facts, sources)
     values ($1, 1, $2, $5, $6, $3, $4)`,
    [...values, recordedBy, source],
  );
  await writeMobiles(client, [{ person, mobile: findMobile(names.mobile ?? '') ?? null }]);
}

function requireReadable(person: bigint, facts: FactsDocument): void {
  const fault = findFaultOf(facts);
  if (fault === undefined) return;
  throw new Fault(
    'FACT_CLASHES',
    `The cover cannot stand beside what else is known of ${describePerson(person)}: ${fault}`,
  );
}
