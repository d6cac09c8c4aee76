/* The door of the law: decisions, facts, and the clauses' texts. */

export {
  InvalidActs,
  layOver,
  shippedBook,
  suspendableClauses,
  type Book,
  type LaterActs,
  type Suspension,
} from './book.ts';
export { allClauses } from './clauses/index.ts';
export { decide, decideEnrolment, decideEntitlement } from './decide.ts';
export { decideJoining, type JoinedHousehold } from './decide/joining.ts';
export type * from './decision.ts';
export { schemas } from './decision-shape.ts';
export { judgeInFull } from './decide/entitlement.ts';
export { tellTo } from './decide/telling.ts';
export { explain, type Explained, type Explanation } from './explanation/explain.ts';
export { amount, dayInWords, inPersianDigits, numberInWords } from './explanation/phrase.ts';
export { readLaterActs } from './facts/later-acts.ts';
export { readPersonRecord } from './facts/read-person.ts';
export type { Fault } from './facts/reading.ts';
export { invalidCase, readCase, readCaseText, type InvalidCase } from './facts/read-case.ts';
export type * from './facts.ts';
export { parameters, type FigureName } from './parameters/index.ts';
export { sources, type Source } from './sources/provenance.ts';
export type { ClauseId } from './words/clause-id.ts';
export type { Clause, Handled } from './words/clause.ts';
export type { Dated, Row, Words } from './words/dated.ts';
export { findDay, isoDay, type Day, type HijriDate } from './words/day.ts';
export { findHijriDay, hijriDate, plusMonths } from './words/solar-hijri.ts';
