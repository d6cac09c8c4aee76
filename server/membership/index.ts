/* The door of membership: people and their dossiers, providers and their contracts. */

export { type Dossier } from './dossier.ts';
export { generatePeople } from './generate-people.ts';
export { generateProviders } from './generate-providers.ts';
export { readImport, type CsvColumns, type ReadLine } from './import-input.ts';
export { importPeople, type ImportCounts, type ImportOptions, type ImportProgress } from './import-people.ts';
export { importProviders } from './import-providers.ts';
export { findMobile, mobileText } from './mobile.ts';
export { findPersonsByMobile } from './mobile-owners.ts';
export { asPerson, principalsOf } from './principals.ts';
export { type Provider } from './provider.ts';
export { ProviderDirectory } from './provider-directory.ts';
export { readMobiles, readNames, type PersonName } from './read-contacts.ts';
export {
  readDossiers,
  readDossiersAsKnownAt,
  readDossierVersions,
  type Reader,
  type WantedVersion,
} from './read-dossiers.ts';
export { readRecord, recordReading, recordReadings, type PersonsRecord, type RecordReading } from './read-record.ts';
export { recordEnrolment, type EnrolmentSaying } from './record-enrolment.ts';
export { recordFact, type Fact, type FactRecorded, type RecordFactRequest } from './record-fact.ts';
export { findVersionAuthor } from './version-author.ts';
export { RejectedFile, type Rejection } from './rejected-file.ts';
export { SeededRandom } from './seeded-random.ts';
export {
  recordingSources,
  type FactName,
  type RecordableFacts,
  type RecordingSource,
  type SeenDocument,
  type Sources,
} from './sources.ts';
