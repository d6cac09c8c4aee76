/* The door of enrolment: mandatory insurance from the application to the cover (M). */

export { type Actor } from './actor.ts';
export { type CertificateReceipt, type CertificateRequest } from './certificate.ts';
export { type CoverAnswer, type CoverAsker, type CoverQuestion } from './check-cover.ts';
export { type DraftRequest, type Receipt, type Step } from './draft-application.ts';
export { keepDraining } from './drain-covers.ts';
export { createEnrolment, type Enrolment } from './enrolment.ts';
export { type Certificate, type DeclaredMember, type HouseholdDocument } from './household-document.ts';
export { departures } from './move-application.ts';
export { type MeansTestResult } from './means-testing.ts';
export { type EnrolmentParts } from './parts.ts';
export { type Quote, type Sketch } from './quote.ts';
export { type RenewalRequest } from './renew.ts';
export { replayDecisions, type ReplayedDecisions } from './replay-decisions.ts';
export { type ToldApplication, type ToldHousehold } from './read-application.ts';
export {
  batchForms,
  contestDecile,
  countByBatch,
  escalateOverdue,
  fetchResults,
  findBatch,
  followDeciles,
  importResults,
  listOverdue,
  makeBatch,
  readMeansTests,
  referenceOf,
  sendInquiries,
  writeBatch,
  type Batch,
  type BatchForm,
  type BatchKind,
  type FileParts,
  type MeansTestParts,
  type OnUnpaid,
  type ToldMeansTests,
} from './means-test/index.ts';
export { generateHouseholds } from './existing-insured/generate-households.ts';
export { declaredMobiles, headsOfCentre, placesOf, type Place } from './existing-insured/where-people-are.ts';
export { importHouseholds } from './existing-insured/import-households.ts';
export { stateNames, type Action, type State } from './states.ts';
