import { isoDay, plusDays, type Day } from '../../words/day.ts';
import { percentOf } from '../../words/rial.ts';

/* Members who join a household that is covered (M-31): a reading, for no sentence states it. The doubt stands at M-31. */

/** The cover that is joined, as the household's own decision has it. Days are inclusive. */
export type JoinedCover = {
  readonly from: Day;
  readonly until: Day;
  readonly termMonths: number;
  readonly perCapitaMonthly: number;
  readonly payablePercent: number;
};

export type Joining = {
  readonly members: number;
  /** The first day that is reckoned: of the bill. */
  readonly reckonedOn: Day;
};

/** Whole rials; days are days. */
export type JoiningPremium = {
  readonly termDays: number;
  readonly remainingDays: number;
  readonly payable: number;
  readonly stateShare: number;
};

/**
 * The premium of the whole term for those who join, in proportion to the days that are left of it: multiplied before it is
 * divided, and a part of a rial is left to the payer. What the household pays of it, and the state, is as the household's
 * decision has it. Where the cover that is joined has not begun yet, more days are left than it has.
 */
export function premiumOfJoining(cover: JoinedCover, { members, reckonedOn }: Joining): JoiningPremium {
  const termDays = cover.until - cover.from + 1;
  const remainingDays = Math.max(0, cover.until - reckonedOn + 1);
  const wholeTerm = cover.perCapitaMonthly * cover.termMonths * members;
  const full = Math.floor((wholeTerm * remainingDays) / termDays);
  const payable = percentOf(full, cover.payablePercent);
  return { termDays, remainingDays, payable, stateShare: full - payable };
}

export type WhoJoins = {
  readonly relation: 'head' | 'spouse' | 'child';
  readonly birthDate: Day;
  readonly hospitalisedFromBirth: boolean;
};

/** A child born while the household was covered does not wait; others do, as whoever pays does (M-29, M-40). */
export function waitsAfterJoining(
  { from, payablePercent }: Pick<JoinedCover, 'from' | 'payablePercent'>,
  { relation, birthDate, hospitalisedFromBirth }: WhoJoins,
  waitingDays: number,
): number {
  const isNewborn = relation === 'child' && (hospitalisedFromBirth || birthDate >= from);
  return isNewborn || payablePercent === 0 ? 0 : waitingDays;
}

/** From the day on which it is settled until the cover that is joined ends. */
export function daysOfJoining(
  settledOn: Day,
  { until }: Pick<JoinedCover, 'until'>,
  waitingDays: number,
): { readonly coverFrom: string; readonly coverUntil: string; readonly entitledFrom: string } {
  return {
    coverFrom: isoDay(settledOn),
    coverUntil: isoDay(until),
    entitledFrom: isoDay(plusDays(settledOn, waitingDays)),
  };
}
