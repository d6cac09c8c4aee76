import type { BaseCover, LostCoverCause, MemberRelation, Route, TermMonths } from '../../facts.ts';
import { mandatoryInsuranceFrom } from '../../parameters/effective-dates.ts';
import type { Figures } from '../../parameters/index.ts';
import type { Period } from '../../words/clause-id.ts';
import { later, plusDays, type Day } from '../../words/day.ts';
import { lastDayOfTerm } from '../../words/solar-hijri.ts';

/* What the clauses of the mandatory insurance ask about, and in which respects they answer. */

export const sinceMehr: readonly Period[] = [{ from: mandatoryInsuranceFrom }];

export type Group = 1 | 2 | 3;
export type Regime = 'window' | 'lostCoverWindow' | 'newborn' | 'emergency' | 'late' | 'renewal';

/** One member's base cover: does it keep its holder out, and does it exempt the holder from the duty? */
export type CoverFacts = {
  readonly insurer: BaseCover['insurer'];
  readonly fund: BaseCover['fund'];
  readonly supportiveBody: boolean;
};
export type CoverAnswer = { readonly keepsOut: { readonly counts: boolean; readonly exempts: boolean } };

/** One member: must he or she come along? */
export type MemberFacts = { readonly relation: MemberRelation; readonly birthDate: Day };
export type MemberAnswer = { readonly mustComeAlong: boolean };

/** A household that applies for cover or renews it. */
export type HouseholdFacts = {
  readonly renewing: boolean;
  readonly requestedOn: Day;
  readonly route: Route;
  readonly termMonths: TermMonths;
  readonly incomeMonthly: number | null;
  readonly decile: number | null;
  readonly lostCoverEndedOn: Day | null;
  readonly lostCoverCause: LostCoverCause | null;
  readonly expiresOn: Day | null;
  readonly lateEntrant: boolean;
  readonly meansTestRequestedOn: Day | null;
  readonly membersToCover: number;
  /** Members with a base cover that counts, and those of them whom their fund exempts from the duty. */
  readonly membersElsewhere: number;
  readonly membersExempt: number;
  /** Members who must come along and are left out. */
  readonly membersMissing: number;
  /** Among the members to be covered: a newborn whose head has no base cover, an emergency patient. */
  readonly newborn: boolean;
  readonly emergency: boolean;
  readonly group: Group | null;
  readonly regime: Regime;
};

/** A member to be covered who is a newborn or an emergency patient. */
export type UrgentMemberFacts = { readonly newborn: boolean; readonly emergency: boolean };
export type UrgentMemberAnswer = { readonly waitsWithTheOthers: boolean };

export type GroupAnswer = { readonly group: Group };
export type RegimeAnswer = { readonly regime: Regime };

/** Is registration, or renewal, open at all? */
export type OpeningAnswer = { readonly opening: 'open' | 'NOT_IN_FORCE' | 'NOT_OPEN_YET' };
/** Is anybody of the household subject to the mandatory insurance? */
export type SubjectAnswer = { readonly subject: 'subject' | 'ALREADY_COVERED' | 'ALREADY_COVERED_EXEMPT' };
export type Course = 'HOUSEHOLD_INCOMPLETE' | 'AWAITING_MEANS_TEST' | 'TERMS' | 'TERMS_WITH_ADDED_MEMBERS';
export type CourseAnswer = { readonly course: Course };
/** The day for which a premium is priced. */
export type PricingFacts = { readonly pricedOn: Day };
/** Is the rate that of the year, or an earlier year's, for want of a newer one? */
export type RateAnswer = { readonly rate: 'ofTheYear' | 'carriedForward' };

/** What a household pays, for how long, how long it waits, and from which day the cover runs. */
export type Terms = {
  readonly payablePercent?: (figures: Figures) => number;
  readonly termMonths?: (figures: Figures, asked: TermMonths) => number;
  readonly waitingDays?: (figures: Figures) => number;
  readonly coverFrom?: (household: HouseholdFacts, settled: Settled) => Day;
};

/** The day of payment, or of the result that makes the cover free; and the length of the term that begins. */
export type Settled = { readonly on: Day; readonly termMonths: number };

export const pays = {
  whole: (figures: Figures): number => figures.payablePercentWhole,
  half: (figures: Figures): number => figures.payablePercentGroupTwo,
  nothing: (figures: Figures): number => figures.payablePercentGroupOne,
};

export const waits = {
  tenDays: (figures: Figures): number => figures.waitingDays,
  never: (): number => 0,
};

export const lasts = {
  asAsked: (_: Figures, asked: TermMonths): number => asked,
  aYear: (figures: Figures): number => figures.coverTermMonths,
  aLateYear: (figures: Figures): number => figures.lateTermMonths,
  halfAYearAtLeast: (figures: Figures, asked: TermMonths): number => Math.max(asked, figures.shortTermMonths),
};

/** Without a renewal there is no earlier cover, and the new one begins when it is settled. */
function dayAfter(lastCoveredOn: Day | null, settledOn: Day): Day {
  return lastCoveredOn === null ? settledOn : plusDays(lastCoveredOn, 1);
}

export const begins = {
  onceSettled: (_: HouseholdFacts, settled: Settled): Day => settled.on,
  onceSettledAfterLostCover: ({ lostCoverEndedOn }: HouseholdFacts, settled: Settled): Day =>
    later(dayAfter(lostCoverEndedOn, settled.on), settled.on),
  onceSettledAfterExpiry: ({ expiresOn }: HouseholdFacts, settled: Settled): Day =>
    later(dayAfter(expiresOn, settled.on), settled.on),
  /** The day after expiry, unless that term would be over before it is settled. */
  withoutGap: ({ expiresOn }: HouseholdFacts, settled: Settled): Day => {
    const nextDay = dayAfter(expiresOn, settled.on);
    return lastDayOfTerm(nextDay, settled.termMonths) < settled.on ? settled.on : nextDay;
  },
};
