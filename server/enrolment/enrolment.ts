import type { LockHousehold, OnExpired, OnPaid } from '../contributions/index.ts';
import type { Actor } from './actor.ts';
import { checkCover, type CoverAnswer, type CoverQuestion } from './check-cover.ts';
import { certify, type CertificateReceipt, type CertificateRequest } from './certificate.ts';
import { changeDraft, createDraft, type DraftRequest, type Receipt, type Step } from './draft-application.ts';
import { moveOnByDay } from './daily-work.ts';
import { drainCovers } from './drain-covers.ts';
import type { HouseholdDocument } from './household-document.ts';
import { lockHousehold } from './household-store.ts';
import {
  billAwaitingFigures,
  correctApplication,
  payMeanwhile,
  priceAnew,
  recheckApplications,
  removeMember,
  replaceTemporaryKey,
  withdrawApplication,
} from './move-application.ts';
import { meansTestingOf } from './ask-ministry.ts';
import type { MeansTestResult } from './means-testing.ts';
import type { EnrolmentParts } from './parts.ts';
import { applyForRenewal, renewCovers, type RenewalRequest } from './renew.ts';
import { quote, type Quote, type Sketch } from './quote.ts';
import { readRegistration, type Registration } from './registration.ts';
import {
  listQueue,
  readApplication,
  readHousehold,
  type QueuePage,
  type ToldApplication,
  type ToldHousehold,
} from './read-application.ts';
import { submitApplication } from './submit-application.ts';
import { onExpired, onPaid } from './take-payment.ts';
import { onResult } from './take-result.ts';

/** What can be done about mandatory insurance; the faults stand at each use case. */
export interface Enrolment {
  readonly quote: (sketch: Sketch) => Quote;
  readonly registration: () => Registration;
  readonly certify: (asked: CertificateRequest) => Promise<CertificateReceipt>;
  readonly createDraft: (asked: DraftRequest) => Promise<Receipt>;
  readonly changeDraft: (step: Step & { readonly document: HouseholdDocument }) => Promise<Receipt>;
  readonly submit: (step: Step) => Promise<Receipt>;
  readonly renew: (asked: RenewalRequest) => Promise<Receipt>;
  readonly withdraw: (step: Step & { readonly reason?: string | undefined }) => Promise<Receipt>;
  readonly priceAnew: (step: Step) => Promise<Receipt>;
  readonly payMeanwhile: (step: Step) => Promise<Receipt>;
  readonly correct: (
    step: Step & { readonly document: HouseholdDocument; readonly reason: string },
  ) => Promise<Receipt>;
  readonly replaceTemporaryKey: (
    step: Step & { readonly temporaryKey: string; readonly nationalId: bigint },
  ) => Promise<Receipt>;
  readonly removeMember: (step: Parameters<typeof removeMember>[1]) => Promise<Receipt>;
  readonly read: (number: string, reader: Actor) => Promise<ToldApplication>;
  readonly readHousehold: (reader: Actor, of: { readonly person: bigint }) => Promise<ToldHousehold>;
  readonly listQueue: (page: QueuePage) => Promise<ToldHousehold['applications']>;
  readonly checkCover: (question: CoverQuestion) => Promise<CoverAnswer>;
  /** For payments: before anything of the household is looked at, and in the transaction that marks the bill. */
  readonly lockHousehold: LockHousehold;
  readonly onPaid: OnPaid;
  readonly onExpired: OnExpired;
  /** For the means test: in the transaction that keeps the result. */
  readonly onResult: (client: Parameters<OnPaid>[0], result: MeansTestResult) => Promise<void>;
  /** For jobs: each says how many it has seen to, and there may be more where it is as many as asked for. */
  readonly moveOnByDay: (now: Date, limit?: number) => Promise<number>;
  readonly renewCovers: (now: Date, limit?: number) => Promise<number>;
  readonly billAwaitingFigures: (now: Date, limit?: number) => Promise<number>;
  readonly recheckApplications: (now: Date, limit?: number) => Promise<number>;
  readonly drainCovers: (now: Date, limit?: number) => Promise<number>;
}

export function createEnrolment(handedIn: Omit<EnrolmentParts, 'meansTesting'>): Enrolment {
  const parts: EnrolmentParts = { ...handedIn, meansTesting: meansTestingOf(handedIn) };
  return {
    quote: (sketch) => quote(parts, sketch),
    registration: () => readRegistration(parts),
    certify: (asked) => certify(parts, asked),
    createDraft: (asked) => createDraft(parts, asked),
    changeDraft: (step) => changeDraft(parts, step),
    submit: (step) => submitApplication(parts, step),
    renew: (asked) => applyForRenewal(parts, asked),
    withdraw: (step) => withdrawApplication(parts, step),
    priceAnew: (step) => priceAnew(parts, step),
    payMeanwhile: (step) => payMeanwhile(parts, step),
    correct: (step) => correctApplication(parts, step),
    replaceTemporaryKey: (step) => replaceTemporaryKey(parts, step),
    removeMember: (step) => removeMember(parts, step),
    read: (number, reader) => readApplication(parts, number, reader),
    readHousehold: (reader, of) => readHousehold(parts, reader, of),
    listQueue: (page) => listQueue(parts, page),
    checkCover: (question) => checkCover(parts, question),
    lockHousehold,
    onPaid: onPaid(parts),
    onExpired: onExpired(parts),
    onResult: onResult(parts),
    moveOnByDay: (now, limit) => moveOnByDay(parts, now, limit),
    renewCovers: (now, limit) => renewCovers(parts, now, limit),
    billAwaitingFigures: (now, limit) => billAwaitingFigures(parts, now, limit),
    recheckApplications: (now, limit) => recheckApplications(parts, now, limit),
    drainCovers: (now, limit) => drainCovers(parts, now, limit),
  };
}
