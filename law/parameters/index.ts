import * as continuation from './continuation.ts';
import * as dependants from './dependants.ts';
import * as effective from './effective-dates.ts';
import * as meansTest from './means-test.ts';
import * as premium from './premium.ts';
import * as registration from './registration.ts';
import type { Dated } from '../words/dated.ts';

const ofTheEntitlement = {
  treatmentEntitlementInForce: effective.treatmentEntitlementInForce,
  ...dependants,
  ...continuation,
};

const ofTheMandatoryInsurance = {
  mandatoryInsuranceInForce: effective.mandatoryInsuranceInForce,
  ...premium,
  ...meansTest,
  ...registration,
};

/** Every figure of both regulations. */
export const parameters = { ...ofTheEntitlement, ...ofTheMandatoryInsurance };

export type FigureName = keyof typeof parameters;

/** The values of all figures on one day. */
export type Figures = {
  readonly [Name in FigureName]: (typeof parameters)[Name] extends Dated<infer Value> ? Value : never;
};

/** The figures of the treatment entitlement (T) and of the mandatory insurance (M). */
export const figureNames = {
  T: Object.keys(ofTheEntitlement) as readonly FigureName[],
  M: Object.keys(ofTheMandatoryInsurance) as readonly FigureName[],
} as const;
