import { getHijriDay } from '../../words/solar-hijri.ts';
import type { JoinedCover, JoiningPremium, WhoJoins } from './joining.ts';

/** A year of 365 days from 1398/09/01, at 484,000 rials a month. */
export const year: JoinedCover = {
  from: getHijriDay('1398/09/01'),
  until: getHijriDay('1399/08/30'),
  termMonths: 12,
  perCapitaMonthly: 484_000,
  payablePercent: 100,
};

export const premiums: readonly {
  readonly name: string;
  readonly cover: JoinedCover;
  readonly members: number;
  readonly reckonedOn: string;
  readonly premium: JoiningPremium;
}[] = [
  {
    name: 'on the first day the whole premium',
    cover: year,
    ...{ members: 1, reckonedOn: '1398/09/01' },
    premium: { termDays: 365, remainingDays: 365, payable: 5_808_000, stateShare: 0 },
  },
  {
    name: 'a day later 364 of 365 parts; the part of a rial is left to the payer',
    cover: year,
    ...{ members: 1, reckonedOn: '1398/09/02' },
    premium: { termDays: 365, remainingDays: 364, payable: 5_792_087, stateShare: 0 },
  },
  {
    name: 'two together pay twice the premium, divided once: not twice the rounded one',
    cover: year,
    ...{ members: 2, reckonedOn: '1398/09/02' },
    premium: { termDays: 365, remainingDays: 364, payable: 11_584_175, stateShare: 0 },
  },
  {
    name: 'on the last day one part',
    cover: year,
    ...{ members: 1, reckonedOn: '1399/08/30' },
    premium: { termDays: 365, remainingDays: 1, payable: 15_912, stateShare: 0 },
  },
  {
    name: 'after the last day nothing is left',
    cover: year,
    ...{ members: 1, reckonedOn: '1399/09/01' },
    premium: { termDays: 365, remainingDays: 0, payable: 0, stateShare: 0 },
  },
  {
    name: 'in group two half, the other half is the state’s with the rial that is over',
    cover: { ...year, payablePercent: 50 },
    ...{ members: 1, reckonedOn: '1398/09/02' },
    premium: { termDays: 365, remainingDays: 364, payable: 2_896_043, stateShare: 2_896_044 },
  },
  {
    name: 'in group one nothing, and all of it is the state’s',
    cover: { ...year, payablePercent: 0 },
    ...{ members: 1, reckonedOn: '1398/09/02' },
    premium: { termDays: 365, remainingDays: 364, payable: 0, stateShare: 5_792_087 },
  },
  {
    name: 'of a term of six months by its own days',
    cover: { ...year, until: getHijriDay('1399/02/31'), termMonths: 6 },
    ...{ members: 1, reckonedOn: '1399/02/01' },
    premium: { termDays: 181, remainingDays: 31, payable: 497_370, stateShare: 0 },
  },
  {
    name: 'of a cover that begins in ten days also those ten',
    cover: year,
    ...{ members: 1, reckonedOn: '1398/08/21' },
    premium: { termDays: 365, remainingDays: 375, payable: 5_967_123, stateShare: 0 },
  },
];

const born = (birthDate: string, more: Partial<WhoJoins> = {}): WhoJoins => ({
  ...{ relation: 'child', hospitalisedFromBirth: false, birthDate: getHijriDay(birthDate) },
  ...more,
});

export const waits: readonly {
  readonly name: string;
  readonly cover: JoinedCover;
  readonly who: WhoJoins;
  readonly days: number;
}[] = [
  { name: 'a child born on the first covered day: none', cover: year, who: born('1398/09/01'), days: 0 },
  { name: 'a child born on the day before: ten', cover: year, who: born('1398/08/30'), days: 10 },
  {
    name: 'a child born before, and in hospital since: none',
    cover: year,
    who: born('1398/08/30', { hospitalisedFromBirth: true }),
    days: 0,
  },
  { name: 'a spouse: ten', cover: year, who: born('1375/01/01', { relation: 'spouse' }), days: 10 },
  {
    name: 'a spouse in a household that pays nothing: none',
    cover: { ...year, payablePercent: 0 },
    who: born('1375/01/01', { relation: 'spouse' }),
    days: 0,
  },
];
