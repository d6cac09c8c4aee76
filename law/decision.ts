import type { Regime } from './clauses/mandatory-insurance/asked.ts';
import type { Reason } from './clauses/treatment-entitlement/asked.ts';
import type { Setting, StandingClass } from './facts.ts';
import type { ClauseId } from './words/clause-id.ts';

/* What the law answers. Days are Gregorian ISO dates (`2019-11-06`), money is whole rials. */

export type MemberTerms = {
  readonly id: string;
  readonly waitingDays: number;
  /** The three days are null until the bill is paid. */
  readonly coverFrom: string | null;
  /** The last covered day. */
  readonly coverUntil: string | null;
  readonly entitledFrom: string | null;
};

export type EnrolmentNotice =
  'MEMBER_ALREADY_COVERED' | 'HOUSEHOLD_INCOMPLETE' | 'MEMBERS_ADDED' | 'RATE_CARRIED_FORWARD';

export type EnrolmentReason =
  'NOT_IN_FORCE' | 'NOT_OPEN_YET' | 'ALREADY_COVERED' | 'ALREADY_COVERED_EXEMPT' | 'HOUSEHOLD_INCOMPLETE';

export type EnrolmentDecision = {
  readonly kind: 'enrolment';
  readonly caseId: string | null;
  readonly outcome: 'TERMS' | 'AWAITING_MEANS_TEST' | 'REFUSED';
  readonly regime: Regime | null;
  readonly group: 1 | 2 | 3 | null;
  readonly payablePercent: number | null;
  readonly payable: number | null;
  readonly stateShare: number | null;
  readonly perCapitaMonthly: number | null;
  readonly termMonths: number | null;
  readonly members: readonly MemberTerms[];
  /** The old cover runs on until the result of the means test. */
  readonly continues: boolean;
  /** JSON pointers into the case. */
  readonly needs: readonly string[];
  readonly reasons: readonly EnrolmentReason[];
  readonly notices: readonly EnrolmentNotice[];
  readonly clauses: readonly ClauseId[];
  readonly lawVersion: string;
};

export type EntitlementOutcome =
  | 'NOT_IN_FORCE'
  | 'NOT_CONTRACTED'
  | 'ENTITLED'
  | 'PROVISIONAL'
  | 'REFER_CURRENT_PROCEDURE'
  | 'NEEDS_FACTS'
  | 'NOT_ENTITLED';

/** What a provider is told of a reason (T-25, T-38). */
export type ReasonCategory = 'NOT_COVERED' | 'DOCUMENT_MISSING' | 'OTHER_INSURER' | 'OVERLAP_PENDING';

export type EntitlementDecision = {
  readonly kind: 'entitlement';
  readonly caseId: string | null;
  readonly outcome: EntitlementOutcome;
  readonly on: string;
  readonly setting: Setting;
  readonly reasons: readonly (Reason | ReasonCategory)[];
  readonly clauses: readonly ClauseId[];
  readonly lawVersion: string;
  /** Withheld from providers, as is `needs`. */
  readonly actingClass?: StandingClass | null;
  readonly needs?: readonly string[];
  /** The last entitled day; told to the person alone, as is `endedOn`. */
  readonly entitledUntil?: string | null;
  readonly endedOn?: string | null;
};

/** The whole decision of an entitlement, before it is cut to what an asker is told. */
export type FullDecision = Required<Omit<EntitlementDecision, 'reasons'>> & { readonly reasons: readonly Reason[] };

export type Decision = EnrolmentDecision | EntitlementDecision;
