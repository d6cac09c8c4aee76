/* The door of the inquiry: is this person entitled to care, on this day, here, and why? */

export {
  CouldNotDetermine,
  Overloaded,
  type Asker,
  type InquiryAnswer,
  type InquiryMetrics,
  type InquiryRequest,
  type Links,
  type OtherInsurers,
} from './asking.ts';
export { countInquiries } from './count-inquiries.ts';
export { findUnchecked, type UncheckedParts, type UncheckedService } from './find-unchecked.ts';
export { createInquiry, type Inquiry, type InquiryParts, type InquiryState } from './inquiry.ts';
export { mayAsk, type MayAsk } from './may-ask.ts';
export type { ReplayReport } from './replay-inquiry.ts';
export type { Days, JournalReplayed } from './replay-journal.ts';
export { checkProof, makeProof, proofKeyId, type CheckedProof, type Proof, type ProofFault } from './proof.ts';
export { inGroups, TrackingCodes } from './tracking-code.ts';
export type { Asked, AskedPage, AskerTold } from './who-asked.ts';
export type { InquiryCount, InquiryOutcome, ServiceGiven } from '../decisions/index.ts';
