import type { Action, State } from '../../../enrolment/index.ts';
import type { Texts } from '../../texts.ts';

/** What the pages of enrolment show. Days are ISO, money is whole rials. */
export interface EnrolmentPageProps {
  readonly enrolStart: { readonly registration: RegistrationShown };
  readonly enrolQuote: {
    readonly step: 'members' | 'route';
    readonly values: Values;
    readonly faults: readonly EnrolmentFault[];
  };
  readonly enrolQuoted: {
    readonly values: Values;
    readonly terms: TermsShown;
    readonly validUntil: string | null;
    readonly figuresMissing: boolean;
  };
  readonly enrolHome: {
    readonly applications: readonly {
      readonly number: string;
      readonly kind: ApplicationKind;
      readonly state: ApplicationState;
      readonly stateSince: string;
      readonly awaits: Awaited;
    }[];
    readonly covers: readonly CoverShown[];
    /** The draft that is to be gone on with, and where. */
    readonly draft: { readonly number: string; readonly path: string } | null;
    readonly mayApply: boolean;
    readonly mayRenew: boolean;
    readonly problem: EnrolmentProblem | null;
  };
  readonly enrolQuestion: {
    readonly kind: QuestionKind;
    readonly action: string;
    readonly back: string;
    readonly step: number;
    readonly values: Values;
    readonly faults: readonly EnrolmentFault[];
    /** Of whom the question is; nobody yet where a member is added. */
    readonly member: MemberShown | null;
    /** Of whom is added. */
    readonly relation: Relation;
    readonly children: readonly MemberShown[];
  };
  readonly enrolCheck: {
    readonly number: string;
    readonly kind: ApplicationKind;
    readonly requestId: string;
    readonly route: Route;
    readonly termMonths: number;
    readonly members: readonly (MemberShown & { readonly insurer: Insurer | null })[];
    readonly lostCover: { readonly endedOn: string; readonly cause: LostCoverCause } | null;
    /** National ids of spouses who live apart. */
    readonly apart: readonly string[];
    readonly problem: EnrolmentProblem | null;
    /** Whom the problem is about. */
    readonly about: MemberShown | null;
  };
  readonly enrolApplication: {
    readonly application: ApplicationShown;
    readonly isNew: boolean;
    readonly problem: EnrolmentProblem | null;
    readonly requestId: string;
  };
  readonly enrolPay: { readonly number: string; readonly amount: number; readonly redirectTo: string };
  readonly enrolPaid: {
    readonly state: 'paid' | 'notPaid' | 'unknown' | 'goesBack' | 'refundDue' | 'refunded' | 'notOurs';
    readonly reference: string | null;
  };
  readonly enrolWithdraw: { readonly number: string; readonly requestId: string };
  readonly enrolRenew: {
    readonly requestId: string;
    readonly route: string;
    readonly faults: readonly EnrolmentFault[];
  };
}

export type Values = Readonly<Record<string, string>>;

export interface EnrolmentFault {
  readonly field: string;
  readonly problem:
    | 'errors.nationalId.missing'
    | 'errors.nationalId.wrong'
    | 'errors.enrol.choose'
    | 'errors.enrol.count'
    | 'errors.enrol.decile'
    | 'errors.enrol.name'
    | 'errors.enrol.sex'
    | 'errors.enrol.day'
    | 'errors.enrol.future'
    | 'errors.enrol.twice'
    | 'errors.enrol.mother'
    | 'errors.enrol.cause'
    | 'errors.enrol.evidence'
    | 'errors.enrol.reason'
    | 'errors.enrol.tooMany';
}

/** What kept a step from being taken, in words of the page. */
export type EnrolmentProblem =
  | 'APPLICATION_INVALID'
  | 'APPLICATION_OPEN'
  | 'APPLICATION_STATE'
  | 'BILL_STATE'
  | 'FIGURES_NOT_CONFIRMED'
  | 'HOUSEHOLD_CLASHES'
  | 'MEMBER_ELSEWHERE'
  | 'PAYMENT_GATEWAY_SILENT'
  | 'PAYMENT_UNDER_WAY';

export interface RegistrationShown {
  readonly state: 'notYet' | 'window' | 'late';
  readonly window: { readonly from: string; readonly until: string } | null;
}

export interface ClauseShown extends Texts {
  readonly clause: string;
  readonly source: Texts;
}

export interface TermsShown {
  readonly outcome: 'TERMS' | 'AWAITING_MEANS_TEST' | 'REFUSED';
  readonly regime: string | null;
  readonly group: number | null;
  readonly payablePercent: number | null;
  readonly payable: number | null;
  readonly stateShare: number | null;
  readonly perCapitaMonthly: number | null;
  readonly termMonths: number | null;
  readonly members: number;
  readonly waitingDays: number;
  readonly coverFrom: string | null;
  readonly coverUntil: string | null;
  readonly entitledFrom: string | null;
  readonly reasons: readonly RefusalReason[];
  readonly isRateCarriedForward: boolean;
  readonly clauses: readonly ClauseShown[];
}

export type RefusalReason =
  'NOT_IN_FORCE' | 'NOT_OPEN_YET' | 'ALREADY_COVERED' | 'ALREADY_COVERED_EXEMPT' | 'HOUSEHOLD_INCOMPLETE';

export type QuestionKind = 'head' | 'elsewhere' | 'route' | 'spouse' | 'apart' | 'person' | 'children' | 'lostCover';
export type Relation = 'head' | 'spouse' | 'child';
export type PersonRelation = Exclude<Relation, 'head'>;
export type Route = 'selfDeclared' | 'meansTest';
export type Insurer = 'tamin' | 'ihio' | 'armedForces' | 'other';
export type LostCoverCause = 'militaryServiceEnded' | 'unemployed' | 'marriage' | 'separation' | 'ageLimit' | 'other';
export type ApplicationKind = 'new' | 'renewal' | 'addition';
export type Awaited = 'meansTest' | 'figures' | 'payment' | 'newPrice' | null;

export type ApplicationState = State;

/** What happened in an application; answers that are saved in a draft are not told one by one. */
export type ApplicationEventName = 'open' | Exclude<Action, 'change'>;

export interface MemberShown {
  /** Its place in the application. */
  readonly index: number;
  /** National id, or temporary key of a newborn. */
  readonly id: string;
  readonly relation: Relation;
  readonly name: string | null;
  readonly sex: 'male' | 'female';
  readonly birthDate: string;
}

export interface CoverShown {
  readonly coveredFrom: string;
  readonly coveredUntil: string;
  readonly members: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly waitingDays: number;
    readonly entitledFrom: string;
    readonly coveredUntil: string;
    readonly booklet: string;
  }[];
}

export interface ApplicationShown {
  readonly number: string;
  readonly kind: ApplicationKind;
  readonly state: ApplicationState;
  readonly stateSince: string;
  readonly awaits: Awaited;
  readonly hold: 'FIGURES_NOT_CONFIRMED' | 'COVER_BEING_SET_UP' | null;
  readonly unchecked: boolean;
  readonly requestedOn: string | null;
  readonly members: readonly (MemberShown & { readonly isLeftOut: boolean })[];
  /** Whom the law has taken in, too. */
  readonly added: readonly string[];
  readonly terms: TermsShown | null;
  /** National ids of members who must come along (M-19). */
  readonly missing: readonly string[];
  readonly bill: {
    readonly amount: number;
    readonly stateShare: number;
    readonly validUntil: string;
    readonly isOpen: boolean;
  } | null;
  readonly events: readonly {
    readonly at: string;
    readonly what: ApplicationEventName;
    readonly by: 'self' | 'counter' | 'staff' | 'system';
  }[];
  readonly mayWithdraw: boolean;
  readonly mayPayMeanwhile: boolean;
}
