import { isoDay, type EnrolmentDecision } from '@estehqaq/law';
import { todayInTehran } from '../platform/index.ts';
import { fault } from './actor.ts';
import { decide, hasTerms, priceFrom, type CaseDocument, type CaseMember } from './law-case.ts';
import type { EnrolmentParts } from './parts.ts';

/** A household as it is sketched: no identities; what would be found in registries is said. */
export type Sketch = Pick<CaseDocument, 'route' | 'termMonths' | 'meansTest' | 'lostCover' | 'renewal'> & {
  readonly members: readonly Omit<CaseMember, 'id'>[];
};

export interface Quote {
  readonly decision: EnrolmentDecision;
  /** The last day on which this price holds, if it was applied for today; null where nothing is owed. */
  readonly validUntil: string | null;
}

/**
 * What would be paid and from when, if it were applied for and paid today: the same question as a bill asks, so the same
 * answer.
 * @throws Fault APPLICATION_INVALID; FIGURES_NOT_CONFIRMED
 */
export function quote({ law, clock }: Pick<EnrolmentParts, 'law' | 'clock'>, sketch: Sketch): Quote {
  const today = todayInTehran(clock);
  const { members, ...asked } = sketch;
  const document: CaseDocument = {
    ...asked,
    ...{ kind: 'enrolment', caseId: null, requestedOn: isoDay(today), paidOn: null },
    members: members.map((member, index) => ({ ...member, id: String(index) })),
  };
  const decision = decide(document, law.book);
  if (!hasTerms(decision) || decision.payable === 0) return { decision, validUntil: null };
  const price = priceFrom(law, document, today);
  if (price.kind === 'figures') throw fault('FIGURES_NOT_CONFIRMED');
  return { decision: price.terms, validUntil: price.validUntil };
}
