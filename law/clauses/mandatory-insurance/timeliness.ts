import type { On } from '../../words/on.ts';
import { plusMonths } from '../../words/solar-hijri.ts';
import type { Figures } from '../../parameters/index.ts';
import type { HouseholdFacts } from './asked.ts';

/* Whether a household came in time: words that several clauses of the mandatory insurance share. */

/** A registration window opens on the first day of its row and lasts so many months (M-02, M-09). */
export function windowIsOpen(
  { requestedOn }: Pick<HouseholdFacts, 'requestedOn'>,
  on: On<Pick<Figures, 'registrationWindowMonths'>>,
): boolean {
  return requestedOn < plusMonths(on.figureFrom('registrationWindowMonths'), on.figures.registrationWindowMonths);
}

/** Base cover was lost since the first opening, not longer ago than the window of M-48. */
export function lostCoverIsRecent(
  { requestedOn, lostCoverEndedOn }: Pick<HouseholdFacts, 'requestedOn' | 'lostCoverEndedOn'>,
  on: On<Pick<Figures, 'registrationWindowMonths' | 'lostCoverWindowMonths'>>,
): boolean {
  if (lostCoverEndedOn === null || lostCoverEndedOn < on.figureFirstFrom('registrationWindowMonths')) return false;
  return requestedOn <= plusMonths(lostCoverEndedOn, on.figures.lostCoverWindowMonths);
}

/** While the late rule is suspended, nobody comes late. */
export function cameInTime(
  household: Pick<HouseholdFacts, 'requestedOn' | 'lostCoverEndedOn'>,
  on: On<Pick<Figures, 'registrationWindowMonths' | 'lostCoverWindowMonths'>>,
): boolean {
  return windowIsOpen(household, on) || lostCoverIsRecent(household, on) || on.suspends('M-33');
}

/** Who came in time would have to wait for the ministry's answer before there is cover. */
export function wouldWaitForTheTest({ route, group }: Pick<HouseholdFacts, 'route' | 'group'>): boolean {
  return route === 'meansTest' && group === null;
}

/** A late entrant who asks for the test on the day of expiry is still in time (M-36). */
export function askedInTime(
  household: Pick<HouseholdFacts, 'lateEntrant' | 'route' | 'meansTestRequestedOn' | 'expiresOn'>,
): boolean {
  const { lateEntrant, route, meansTestRequestedOn, expiresOn } = household;
  if (!lateEntrant || route !== 'meansTest') return false;
  return meansTestRequestedOn !== null && expiresOn !== null && meansTestRequestedOn <= expiresOn;
}

/** The terms depend on the result of the means test: in a window, and in renewals but those of late entrants who did not ask. */
export function dependsOnTheTest(
  household: Pick<HouseholdFacts, 'lateEntrant' | 'route' | 'meansTestRequestedOn' | 'expiresOn' | 'regime'>,
): boolean {
  if (household.route !== 'meansTest') return false;
  if (household.regime === 'renewal') return !household.lateEntrant || askedInTime(household);
  return household.regime === 'window' || household.regime === 'lostCoverWindow';
}
