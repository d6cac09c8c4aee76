import type { Book } from '../book.ts';
import type { Reason } from '../clauses/treatment-entitlement/asked.ts';
import type { EntitlementDecision, FullDecision, ReasonCategory } from '../decision.ts';
import type { Asker } from '../facts.ts';
import type { ClauseId } from '../words/clause-id.ts';
import { findDay, type Day } from '../words/day.ts';
import { On } from '../words/on.ts';
import type { Minutes } from './minutes.ts';
import { treatmentEntitlement as law } from './questions.ts';

/** What a provider is told of a reason (T-25, T-38). */
const categories: Readonly<Record<Reason, ReasonCategory>> = {
  SON_AGE_NO_CERT: 'DOCUMENT_MISSING',
  DAUGHTER_NO_ID_SIGHT: 'DOCUMENT_MISSING',
  OVERLAP_OTHER_INSURER: 'OTHER_INSURER',
  ELECTION_REQUIRED: 'OVERLAP_PENDING',
  OVERLAP_UNCHECKED: 'OVERLAP_PENDING',
  CONTRIBUTION_ENDED: 'NOT_COVERED',
  NO_TREATMENT_OPTION: 'NOT_COVERED',
  NOT_PAID_THROUGH: 'NOT_COVERED',
  UNEMPLOYMENT_BENEFIT_ENDED: 'NOT_COVERED',
  PENSION_NOT_STARTED: 'NOT_COVERED',
  PENSION_ENDED: 'NOT_COVERED',
  LEFT_DEPENDENCY: 'NOT_COVERED',
  PRINCIPAL_NOT_ENTITLED: 'NOT_COVERED',
  DECEASED: 'NOT_COVERED',
  SPOUSE_RULE: 'NOT_COVERED',
  DEPENDANT_EMPLOYED: 'NOT_COVERED',
  DAUGHTER_MARRIED: 'NOT_COVERED',
  PARENT_RULE: 'NOT_COVERED',
};

/** Clauses that say nothing of a person but whether a document is missing, or another insurer stands in the way. */
const toldToProviders: ReadonlySet<ClauseId> = new Set<ClauseId>([
  'T-05',
  'T-07',
  'T-18',
  'T-19',
  'T-20',
  'T-21',
  'T-31',
  'T-32',
  'T-33',
  'T-34',
  'T-35',
]);

export function withoutRepetition<T>(items: readonly T[]): readonly T[] {
  return items.length < 2 ? items : [...new Set(items)];
}

/** Cuts the whole decision to what this asker is told (T-24, T-25, T-38); the clause by which it is cut speaks last. */
export function tellTo(asker: Asker, full: FullDecision, book: Book, minutes?: Minutes): EntitlementDecision {
  const day = findDay(full.on) ?? (0 as Day);
  const telling = law.telling.hear({ asker }, On.day(day, book.treatmentEntitlement.on(day)));
  const { cite } = telling.prevailing('tells');
  const { kind, caseId, outcome, on, setting, clauses, lawVersion, actingClass, needs } = full;
  switch (telling.get('tells')) {
    case 'all': {
      const endIsTold = full.entitledUntil !== null || full.endedOn !== null;
      if (!endIsTold) return full;
      if (minutes !== undefined) telling.speak('tells', minutes);
      return { ...full, clauses: [...clauses, cite] };
    }
    case 'withoutDates':
      if (minutes !== undefined) telling.speak('tells', minutes);
      return {
        kind,
        caseId,
        outcome,
        on,
        setting,
        reasons: full.reasons,
        clauses: [...clauses, cite],
        lawVersion,
        actingClass,
        needs,
      };
    case 'minimum': {
      minutes?.keepOnly(toldToProviders);
      if (minutes !== undefined) telling.speak('tells', minutes);
      const told = clauses.filter((clause) => toldToProviders.has(clause));
      const reasons = withoutRepetition(full.reasons.map((reason) => categories[reason]));
      return { kind, caseId, outcome, on, setting, reasons, clauses: [...told, cite], lawVersion };
    }
  }
}
