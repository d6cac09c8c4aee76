import { decideEnrolment } from '../../decide.ts';
import type { EnrolmentDecision, MemberTerms } from '../../decision.ts';
import { readCase } from '../../facts/read-case.ts';
import { isoDay } from '../../words/day.ts';
import { getHijriDay } from '../../words/solar-hijri.ts';

/* What the tables of cases beside the articles are written with. */

/** A case, and those keys of its decision that it is there for. */
export type Row = {
  readonly name: string;
  readonly case: object;
  readonly decision: Partial<EnrolmentDecision> | { readonly error: { readonly path: string } };
};

/** A Solar Hijri day as the contract writes it. */
export function day(hijri: string): string {
  return isoDay(getHijriDay(hijri));
}

export const head = { id: 'head', relation: 'head', birthDate: day('1360/05/10') };
export const wife = { id: 'wife', relation: 'spouse', birthDate: day('1364/02/01') };
export const child = { id: 'child', relation: 'child', birthDate: day('1390/01/01') };
export const baby = { id: 'baby', relation: 'child', birthDate: day('1398/08/10'), hospitalisedFromBirth: true };

/** Head, wife and child declare themselves able in the window; `changes` says what is different. */
export function household(changes: object): object {
  return {
    kind: 'enrolment',
    requestedOn: day('1398/08/15'),
    route: 'selfDeclared',
    members: [head, wife, child],
    ...changes,
  };
}

/** The same by the means test. */
export function tested(result: object | null, changes: object = {}): object {
  return household({ route: 'meansTest', meansTest: result, ...changes });
}

export function decile(decile: number, determinedOn = '1398/09/10'): object {
  return { determinedOn: day(determinedOn), decile };
}

export function income(incomeMonthly: number, determinedOn = '1398/09/10'): object {
  return { determinedOn: day(determinedOn), incomeMonthly };
}

/** The terms of members that are not covered before the bill is paid. */
export function unpaid(waitingDays: number, ...ids: readonly string[]): readonly MemberTerms[] {
  return ids.map((id) => ({ id, waitingDays, coverFrom: null, coverUntil: null, entitledFrom: null }));
}

/** The terms of members that are covered from `from` to `until`, and entitled since `entitledFrom`. */
export function covered(
  waitingDays: number,
  [from, until, entitledFrom]: readonly [string, string, string],
  ...ids: readonly string[]
): readonly MemberTerms[] {
  const [coverFrom, coverUntil] = [day(from), day(until)];
  return ids.map((id) => ({ id, waitingDays, coverFrom, coverUntil, entitledFrom: day(entitledFrom) }));
}

/** Of the answer to a row's case, what the row speaks of. */
export function answered({ case: document, decision }: Row): object {
  const facts = readCase(JSON.parse(JSON.stringify(document)));
  const answer = 'error' in facts ? facts : facts.kind === 'enrolment' ? decideEnrolment(facts) : { kind: facts.kind };
  if ('error' in answer) return { error: { path: answer.error.path } };
  const keys = Object.keys(decision);
  return Object.fromEntries(Object.entries(answer).filter(([key]) => keys.includes(key)));
}
