import type { FieldFault } from '../parts/form.tsx';
import type { Texts } from '../parts/language.ts';

/** What the pages of enrolment are told. Days are ISO, money is whole rials. */

export type Values = Readonly<Record<string, string>>;
export type Faults = readonly FieldFault[];

export type QuestionKind = 'head' | 'elsewhere' | 'route' | 'spouse' | 'apart' | 'person' | 'children' | 'lostCover';
export type Relation = 'head' | 'spouse' | 'child';
export type Route = 'selfDeclared' | 'meansTest';
export type Kind = 'new' | 'renewal' | 'addition';
export type Awaited = 'meansTest' | 'figures' | 'payment' | 'newPrice' | null;

export const insurers = ['tamin', 'ihio', 'armedForces', 'other'] as const;
export type Insurer = (typeof insurers)[number];

export const causes = ['unemployed', 'militaryServiceEnded', 'marriage', 'separation', 'ageLimit', 'other'] as const;
export type Cause = (typeof causes)[number];

export type State =
  | 'draft'
  | 'submitted'
  | 'declared'
  | 'tested'
  | 'billed'
  | 'paid'
  | 'waiting'
  | 'active'
  | 'expiring'
  | 'renewed'
  | 'lapsed'
  | 'withdrawn'
  | 'refused'
  | 'corrected';

export type Step =
  | 'open'
  | 'submit'
  | 'requestMeansTest'
  | 'payMeanwhile'
  | 'declare'
  | 'test'
  | 'refuse'
  | 'hold'
  | 'bill'
  | 'billExpired'
  | 'pay'
  | 'wait'
  | 'begin'
  | 'nearEnd'
  | 'renew'
  | 'lapse'
  | 'recheck'
  | 'replaceKey'
  | 'memberLeft'
  | 'withdraw'
  | 'correct';

/** What kept a step from being taken. */
export type Problem =
  | 'APPLICATION_INVALID'
  | 'APPLICATION_OPEN'
  | 'APPLICATION_STATE'
  | 'BILL_STATE'
  | 'FIGURES_NOT_CONFIRMED'
  | 'HOUSEHOLD_CLASHES'
  | 'MEMBER_ELSEWHERE'
  | 'PAYMENT_GATEWAY_SILENT'
  | 'PAYMENT_UNDER_WAY';

export interface Member {
  /** Its place in the application. */
  readonly index: number;
  /** National id; of a newborn without one the mother’s and a serial number. */
  readonly id: string;
  readonly relation: Relation;
  readonly name: string | null;
  readonly sex: 'male' | 'female';
  readonly birthDate: string;
}

export interface Terms {
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
  readonly reasons: readonly (
    'NOT_IN_FORCE' | 'NOT_OPEN_YET' | 'ALREADY_COVERED' | 'ALREADY_COVERED_EXEMPT' | 'HOUSEHOLD_INCOMPLETE'
  )[];
  /** Priced by the figure of an earlier year. */
  readonly isRateCarriedForward: boolean;
  readonly clauses: readonly (Texts & { readonly clause: string; readonly source: Texts })[];
}

export interface Cover {
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
