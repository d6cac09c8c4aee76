import type { ClauseId, Day, FullDecision, Links as LinkState, OtherCover, Setting } from '@estehqaq/law';
import type { Channel, InquiryOutcome, Reason } from '../decisions/index.ts';
import { Fault, meaningOf } from '../platform/index.ts';

/* What is asked and answered, and what an answer needs from outside. */

export type Asker =
  | { readonly kind: 'provider'; readonly code: string }
  | { readonly kind: 'self'; readonly person: bigint }
  | { readonly kind: 'staff'; readonly user: string; readonly role: string };

export interface InquiryRequest {
  readonly asker: Asker;
  readonly person: bigint;
  readonly setting: Setting;
  readonly channel: Channel;
  /** The same one from the same asker about the same person gets the same answer. At most 200 characters. */
  readonly requestId?: string | undefined;
  /** Staff alone: another day than today, and as it was known at that moment. */
  readonly on?: Day | undefined;
  readonly knownAt?: Date | undefined;
}

type ReasonCategory = 'NOT_COVERED' | 'DOCUMENT_MISSING' | 'OTHER_INSURER' | 'OVERLAP_PENDING';

/** What this asker is told; withheld parts are absent. Days are ISO. */
export interface InquiryAnswer {
  /** Sixteen digits. */
  readonly trackingCode: string;
  readonly outcome: InquiryOutcome;
  readonly on: string;
  readonly setting: Setting;
  readonly reasons: readonly (Reason | ReasonCategory)[];
  readonly clauses: readonly ClauseId[];
  readonly lawVersion: string;
  readonly actingClass?: FullDecision['actingClass'];
  readonly needs?: readonly string[];
  readonly entitledUntil?: string | null;
  readonly endedOn?: string | null;
  /** Answered before, to the same request. */
  readonly replayed: boolean;
  readonly askedAt: Date;
}

/** T-33, T-34. */
export interface Links {
  /** Which links are in force on that day, as it was known at a moment or is known now; from memory. */
  readonly stateOn: (day: Day, knownAt?: Date) => LinkState;
  /**
   * Asks the registry behind the link about the person, and records what it says in the dossier.
   * @returns whether it said anything; `false` counts as: the link is off for this inquiry
   */
  readonly consult: (link: keyof LinkState, person: bigint, on: Day) => Promise<boolean>;
}

/** T-18, T-19; asked for inpatients alone. */
export interface OtherInsurers {
  readonly ask: (person: bigint, on: Day) => Promise<readonly OtherCover[] | 'unavailable'>;
}

/** What is counted; every call is quick and throws nothing. */
export interface InquiryMetrics {
  readonly answered: (answer: {
    readonly channel: Channel;
    readonly asker: Asker['kind'];
    readonly outcome: InquiryOutcome;
    readonly seconds: number;
    readonly replayed: boolean;
  }) => void;
  readonly batchWritten: (inquiries: number) => void;
  /** Refused or failed, by the code of the fault. */
  readonly failed: (channel: Channel, code: string) => void;
}

export const noMetrics: InquiryMetrics = {
  answered: () => undefined,
  batchWritten: () => undefined,
  failed: () => undefined,
};

/** Nothing was done; it can be asked again after some seconds. */
export class Overloaded extends Fault {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number, message = meaningOf('OVERLOADED')) {
    super('OVERLOADED', message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** No answer could be given; the attempt is recorded under the code as soon as it can be. */
export class CouldNotDetermine extends Fault {
  readonly retryAfterSeconds = 2;
  /** Absent where not even a code could be given. */
  readonly trackingCode: string | undefined;

  constructor(trackingCode: string | undefined, cause: unknown) {
    super('COULD_NOT_DETERMINE', meaningOf('COULD_NOT_DETERMINE'), cause);
    this.trackingCode = trackingCode;
  }
}
