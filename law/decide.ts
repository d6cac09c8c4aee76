import { shippedBook, type Book } from './book.ts';
import type { Decision, EnrolmentDecision, EntitlementDecision } from './decision.ts';
import { hearEnrolment } from './decide/enrolment.ts';
import { hearEntitlement } from './decide/entitlement.ts';
import type { InvalidCase } from './facts/read-case.ts';
import type { Case, EnrolmentCase, EntitlementCase } from './facts.ts';

/**
 * Who is covered by the mandatory insurance, at what price, from when (M).
 * @returns the decision; or, for a household in which nobody is in application, what is wrong with the case
 */
export function decideEnrolment(facts: EnrolmentCase, book: Book = shippedBook): EnrolmentDecision | InvalidCase {
  return hearEnrolment(facts, book).decision;
}

/** Is the person entitled to treatment on the day asked about, and what of it may the asker learn (T)? */
export function decideEntitlement(facts: EntitlementCase, book: Book = shippedBook): EntitlementDecision {
  return hearEntitlement(facts, book).decision;
}

export function decide(facts: Case, book: Book = shippedBook): Decision | InvalidCase {
  return facts.kind === 'enrolment' ? decideEnrolment(facts, book) : decideEntitlement(facts, book);
}
