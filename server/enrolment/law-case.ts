import {
  decideEnrolment,
  decideJoining,
  findDay,
  isoDay,
  readCase,
  type BaseCover,
  type Book,
  type Day,
  type EnrolmentDecision,
  type JoinedHousehold,
  type LostCoverCause,
  type MemberRelation,
  type Route,
  type TermMonths,
} from '@estehqaq/law';
import { longestBillDays } from '../contributions/index.ts';
import { fault } from './actor.ts';
import type { EnrolmentParts } from './parts.ts';

/** A case in the contract's shape: what was asked is kept as it was, and can be asked again. Days are ISO. */
export interface CaseDocument {
  readonly kind: 'enrolment';
  readonly caseId: string | null;
  readonly requestedOn: string;
  readonly route: Route;
  readonly paidOn: string | null;
  readonly termMonths: TermMonths;
  readonly meansTest: {
    readonly determinedOn: string;
    readonly incomeMonthly: number | null;
    readonly decile: number | null;
  } | null;
  readonly lostCover: { readonly endedOn: string; readonly cause: LostCoverCause } | null;
  readonly renewal: {
    readonly expiresOn: string;
    readonly lateEntrant: boolean;
    readonly meansTestRequestedOn: string | null;
  } | null;
  readonly members: readonly CaseMember[];
  /** The cover that new members join (M-31); beside the contract's shape. */
  readonly joins?: Joins;
}

/** A cover, as the household's own decision has it; days are ISO. */
export type Joins = Omit<JoinedHousehold, 'from' | 'until' | 'reckonedOn'> &
  Readonly<Record<'cover' | 'from' | 'until' | 'reckonedOn', string>>;

export interface CaseMember {
  readonly id: string;
  readonly relation: MemberRelation;
  readonly birthDate: string;
  readonly baseCover: BaseCover | null;
  readonly hospitalisedFromBirth: boolean;
  readonly emergency: boolean;
  readonly inApplication: boolean;
}

/**
 * Asks the law; nothing else decides.
 * @throws Fault APPLICATION_INVALID where the facts cannot stand together
 */
export function decide({ joins, ...document }: CaseDocument, book: Book): EnrolmentDecision {
  const facts = readCase(document);
  const decision =
    'error' in facts || facts.kind !== 'enrolment'
      ? facts
      : joins === undefined
        ? decideEnrolment(facts, book)
        : decideJoining(facts, joinedOf(joins), book);
  if ('error' in decision) throw fault('APPLICATION_INVALID', `${decision.error.path}: ${decision.error.message}`);
  if (decision.kind !== 'enrolment') throw new RangeError('the law was asked something else');
  return decision;
}

function joinedOf({ from, until, reckonedOn, ...joined }: Joins): JoinedHousehold {
  return { ...joined, from: getDay(from), until: getDay(until), reckonedOn: getDay(reckonedOn) };
}

export type Terms = EnrolmentDecision & {
  readonly outcome: 'TERMS';
  readonly payable: number;
  readonly stateShare: number;
  readonly perCapitaMonthly: number;
  readonly termMonths: number;
  readonly payablePercent: number;
};

export function hasTerms(decision: EnrolmentDecision): decision is Terms {
  return decision.outcome === 'TERMS';
}

/** A price and for how long it holds; `figures`: no bill may go out on the figures of that year. */
export type Price =
  | { readonly kind: 'price'; readonly document: CaseDocument; readonly terms: Terms; readonly validUntil: string }
  | { readonly kind: 'figures'; readonly year: Day };

/**
 * The price of a case if it is paid from this day on: good for thirty days, and never beyond the last day on which the law
 * prices it the same, on figures that are confirmed.
 * @param document of a case that owes something
 */
export function priceFrom(law: EnrolmentParts['law'], document: CaseDocument, issuedOn: Day): Price {
  const { joins } = document;
  const priced = joins === undefined ? document : { ...document, joins: { ...joins, reckonedOn: isoDay(issuedOn) } };
  const on = (day: Day): CaseDocument => ({ ...priced, paidOn: isoDay(day) });
  // Who joins pays by figures on which the household has been billed.
  const isConfirmed = (day: Day): boolean => joins !== undefined || law.isConfirmed(day);
  const asked = on(issuedOn);
  const terms = decide(asked, law.book);
  if (!hasTerms(terms)) throw new RangeError('a case without terms has no price');
  if (!isConfirmed(issuedOn)) return { kind: 'figures', year: issuedOn };
  let last = issuedOn;
  for (let days = 1; days <= longestBillDays; days += 1) {
    const day = (issuedOn + days) as Day;
    if (joins !== undefined && isoDay(day) > joins.until) break;
    const then = decide(on(day), law.book);
    if (!hasTerms(then) || !isSamePrice(terms, then) || !isConfirmed(day)) break;
    last = day;
  }
  return { kind: 'price', document: asked, terms, validUntil: isoDay(last) };
}

export function isSamePrice(one: Terms, other: Terms): boolean {
  return (
    one.payable === other.payable &&
    one.stateShare === other.stateShare &&
    one.perCapitaMonthly === other.perCapitaMonthly &&
    one.termMonths === other.termMonths &&
    one.members.length === other.members.length &&
    one.members.every((member, index) => member.waitingDays === other.members[index]?.waitingDays)
  );
}

/** An ISO day that was written by us. */
export function getDay(text: string): Day {
  const day = findDay(text);
  if (day === undefined) throw new RangeError(`${text} is no day`);
  return day;
}
