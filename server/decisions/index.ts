export { judgeInquiry, type Question } from './journal-judge.ts';
export {
  checksOf,
  countByDay,
  idsOfDays,
  type Check,
  type InquiryCount,
  type ServiceGiven,
} from './journal-reports.ts';
export type { CoversAnswered, JournalDecision, JournalRow, VersionRead } from './journal-row.ts';
export {
  findInquiries,
  findInquiry,
  findRequestKeys,
  insertInquiries,
  insertKeyedInquiries,
  insertMissingInquiries,
  listInquiries,
  listJournal,
  requestName,
  type RequestKey,
  type RequestName,
} from './journal-store.ts';
export type { AskerKind, Channel, InquiryOutcome, ProviderKind, Reason, Told } from './journal-words.ts';
export { enterDemoActs } from './demo-acts.ts';
export type { FigureConfirmation, RecordedActs } from './law-acts-store.ts';
export { LawInForce } from './law-in-force.ts';
export { LawVersions } from './law-version.ts';
export { dropPartitions, findPartitionsEnd, forgetRequestKeys, listPartitions, makePartitions } from './partitions.ts';
export { applyRetention, type Retention, type RetentionOptions } from './apply-retention.ts';
export { replayRows, type Replayed } from './replay.ts';
