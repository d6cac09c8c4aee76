import type { EntitlementDecision, EntitlementOutcome } from '../../decision.ts';
import type { Asker, Setting, Sex, StandingClass } from '../../facts.ts';
import type { ClauseId } from '../../words/clause-id.ts';
import type { Reason } from './asked.ts';

/*
 * How the tables write their cases: in the contract's own words, but every day in Solar Hijri (`1399/03/01`), as the law and
 * the insurer write it. The tests turn the days into the contract's Gregorian ones before the case is read.
 */

export type Json = { readonly [key: string]: unknown };

/** A case, and the keys of the decision that are compared. */
export type Row = {
  readonly name: string;
  readonly case: Json;
  readonly decision: Partial<EntitlementDecision>;
};

/** One subject. The first row lies before the order, when nothing of it was law. */
export type Table = { readonly subject: string; readonly rows: readonly Row[] };

export function compulsory(lastContributionMonth: string): Json {
  return { class: 'insured', basis: 'compulsory', lastContributionMonth };
}

export function voluntary(paidUntil: string, treatmentOption = true): Json {
  return { class: 'insured', basis: 'voluntary', paidUntil, treatmentOption };
}

export function selfEmployed(paidUntil: string, treatmentOption = true): Json {
  return { class: 'insured', basis: 'selfEmployed', paidUntil, treatmentOption };
}

export function onBenefit(until: string): Json {
  return { class: 'insured', basis: 'unemploymentBenefit', until };
}

export function pension(from: string, until: string | null = null, kind = 'oldAge'): Json {
  return { class: 'pensioner', pension: kind, from, until };
}

/** A pension that began long ago and has no end. */
export const forLife = pension('1390/01/01');

export function principalWith(...standings: readonly Json[]): Json {
  return { standings };
}

export function principalDied(diedOn: string, ...standings: readonly Json[]): Json {
  return { diedOn, standings };
}

export function dependant(relation: string, facts: Json = {}, principal: Json = principalWith(forLife)): Json {
  return { class: 'dependant', relation, principal, ...facts };
}

export type Circumstances = {
  readonly asker?: Asker;
  readonly setting?: Setting;
  readonly provider?: Json;
  readonly links?: Json;
  readonly sex?: Sex;
  readonly birthDate?: string;
  readonly diedOn?: string;
  readonly otherCovers?: 'unavailable' | readonly Json[];
};

/** A man born in 1330 asks for himself about outpatient care, unless the circumstances are others. */
export function inquiry(on: string, standings: readonly Json[], circumstances: Circumstances = {}): Json {
  const { asker = 'self', setting = 'outpatient', provider, links, ...person } = circumstances;
  return {
    kind: 'entitlement',
    on,
    setting,
    asker,
    provider,
    links,
    person: { sex: 'male', birthDate: '1330/01/01', ...person, standings },
  };
}

export const pharmacy: Json = { kind: 'pharmacy', ownership: 'contracted', contractFrom: '1398/01/01' };
export const hospital: Json = { kind: 'hospital', ownership: 'contracted', contractFrom: '1398/01/01' };

/** Nothing is told of the person but the outcome. */
function told(
  outcome: EntitlementOutcome,
  reasons: readonly Reason[],
  clauses: readonly ClauseId[],
  rest: Partial<EntitlementDecision> = {},
): Partial<EntitlementDecision> {
  return { outcome, reasons, clauses, actingClass: null, needs: [], entitledUntil: null, endedOn: null, ...rest };
}

/** Told to the person: entitled, with the last day where there is one. */
export function entitledTo(
  actingClass: StandingClass,
  entitledUntil: string | null,
  clauses: readonly ClauseId[] = entitledUntil === null ? ['T-21', 'T-04'] : ['T-21', 'T-04', 'T-24'],
): Partial<EntitlementDecision> {
  return told('ENTITLED', [], clauses, { actingClass, entitledUntil });
}

/** Told to the person: refused, with the last day on which it was otherwise. */
export function refusedFor(
  reasons: readonly Reason[],
  endedOn: string | null,
  clauses: readonly ClauseId[],
): Partial<EntitlementDecision> {
  return told('NOT_ENTITLED', reasons, endedOn === null ? clauses : [...clauses, 'T-24'], { endedOn });
}

export function referredFor(reasons: readonly Reason[], clauses: readonly ClauseId[]): Partial<EntitlementDecision> {
  return told('REFER_CURRENT_PROCEDURE', reasons, clauses, { actingClass: 'dependant' });
}

/** `standings` are the places of those of which nobody knows who maintains the person. */
export function needsMaintained(...standings: readonly number[]): Partial<EntitlementDecision> {
  const needs = standings.map((place) => `/person/standings/${String(place)}/maintained`);
  return told('NEEDS_FACTS', [], ['T-21', 'T-04', 'T-09'], { actingClass: 'dependant', needs });
}

export const notInForce: Partial<EntitlementDecision> = told('NOT_IN_FORCE', [], ['T-07']);
