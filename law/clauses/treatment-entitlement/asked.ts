import type { Asker, DependantRelation, Provider } from '../../facts.ts';
import { treatmentEntitlementFrom } from '../../parameters/effective-dates.ts';
import type { Period } from '../../words/clause-id.ts';
import type { Day } from '../../words/day.ts';

/* What the clauses of the treatment entitlement ask about, and in which respects they answer. */

export const sinceKhordad: readonly Period[] = [{ from: treatmentEntitlementFrom }];

/** May this asker be told anything at all? */
export type AskerFacts = {
  readonly asker: Asker;
  readonly ownership: Provider['ownership'] | null;
  readonly contractFrom: Day | null;
  readonly contractUntil: Day | null;
  readonly suspended: boolean;
};
export type Admission = { readonly admits: 'yes' | 'NOT_IN_FORCE' | 'NOT_CONTRACTED' };

export type TellingFacts = Pick<AskerFacts, 'asker'>;

/** How much of the answer is told: all of it, all but the dates, or whether and in which category. */
export type Telling = { readonly tells: 'all' | 'withoutDates' | 'minimum' };

export type Reason =
  | 'CONTRIBUTION_ENDED'
  | 'NO_TREATMENT_OPTION'
  | 'NOT_PAID_THROUGH'
  | 'UNEMPLOYMENT_BENEFIT_ENDED'
  | 'PENSION_NOT_STARTED'
  | 'PENSION_ENDED'
  | 'LEFT_DEPENDENCY'
  | 'PRINCIPAL_NOT_ENTITLED'
  | 'DECEASED'
  | 'SPOUSE_RULE'
  | 'DEPENDANT_EMPLOYED'
  | 'SON_AGE_NO_CERT'
  | 'DAUGHTER_MARRIED'
  | 'DAUGHTER_NO_ID_SIGHT'
  | 'PARENT_RULE'
  | 'OVERLAP_OTHER_INSURER'
  | 'ELECTION_REQUIRED'
  | 'OVERLAP_UNCHECKED';

export type StandingOutcome = 'ENTITLED' | 'REFER_CURRENT_PROCEDURE' | 'NOT_ENTITLED';

/** What one standing gives its holder on a day. */
export type StandingAnswer = {
  readonly gives: { readonly outcome: StandingOutcome; readonly reasons: readonly Reason[] };
};

export const entitled: StandingAnswer = { gives: { outcome: 'ENTITLED', reasons: [] } };

export function refused(...reasons: readonly Reason[]): StandingAnswer {
  return { gives: { outcome: 'NOT_ENTITLED', reasons } };
}

export function referred(...reasons: readonly Reason[]): StandingAnswer {
  return { gives: { outcome: 'REFER_CURRENT_PROCEDURE', reasons } };
}

/** Is the person alive? */
export type LifeFacts = { readonly diedOn: Day | null };
export type LifeAnswer = { readonly lives: boolean };

export type DependantFacts = {
  readonly relation: DependantRelation;
  readonly birthDate: Day;
  readonly endedOn: Day | null;
  readonly maintained: boolean | null;
  readonly disabled: boolean;
  readonly married: boolean;
  readonly employed: boolean;
  readonly ownPension: boolean;
  readonly studyCertificateUntil: Day | null;
  readonly idSightedOn: Day | null;
  readonly msrt: boolean;
  readonly sabtAsnad: boolean;
  readonly principalDiedOn: Day | null;
  /** On the day asked about, or, after the principal's death, on the day before it. */
  readonly principalEntitled: boolean;
};

export type OverlapFacts = {
  /** The other covers in force, as `insurer` or `insurer/fund`; `null`: nobody was asked, or nobody answered. */
  readonly otherCovers: readonly string[] | null;
};
export type OverlapOutcome = 'ENTITLED' | 'PROVISIONAL' | 'NOT_ENTITLED';
export type OverlapAnswer = {
  readonly leaves: { readonly outcome: OverlapOutcome; readonly reasons: readonly Reason[] };
};
