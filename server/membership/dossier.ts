import { readPersonRecord, type PersonRecord } from '@estehqaq/law';
import { Fault, nationalIdText } from '../platform/index.ts';

/** What is known about a person: the merged facts that the law reads, and which version of them. */
export interface Dossier {
  readonly person: bigint;
  /** 1 for the first; a number of one person's dossier. */
  readonly version: bigint;
  readonly facts: PersonRecord;
}

export interface DossierRow {
  readonly person: bigint;
  readonly version: bigint;
  readonly facts: unknown;
}

/** @throws Fault DOSSIER_UNREADABLE, naming the version and never the facts */
export function readDossier({ person, version, facts }: DossierRow): Dossier {
  const record = readPersonRecord(facts);
  if ('message' in record) {
    throw new Fault('DOSSIER_UNREADABLE', `Version ${version} of a dossier cannot be read at ${record.path}.`);
  }
  return { person, version, facts: record };
}

/** The key of one version of one person's dossier, as `readDossierVersions` gives it back. */
export function versionKey(person: bigint, version: bigint): string {
  return `${String(person)}:${String(version)}`;
}

export function describePerson(person: bigint): string {
  return `…${nationalIdText(person).slice(-4)}`;
}
