import { decideEntitlement, type EntitlementCase, type EntitlementDecision } from '../index.ts';
import { plusDays, type Day } from '../words/day.ts';
import { birthday, getHijriDay, lastDayOfMonth, plusMonths } from '../words/solar-hijri.ts';

/* What a person is told of days, found again the slow way: by asking on each of them. */

export const order = getHijriDay('1399/03/01');

/** Asked by staff as an outpatient on another day: the standings alone, and no last day is computed. */
export function outcomeOn(facts: EntitlementCase, on: Day): EntitlementDecision {
  return decideEntitlement({ ...facts, on, asker: 'staff', setting: 'outpatient' });
}

export function isEntitledOn(facts: EntitlementCase, on: Day): boolean {
  return outcomeOn(facts, on).outcome === 'ENTITLED';
}

export const horizonDays = 420;

/** The last of the entitled days that follow each other from the day asked about; null where the horizon is reached. */
export function walkForward(facts: EntitlementCase): Day | null {
  for (let last = facts.on; last < facts.on + horizonDays; last = plusDays(last, 1)) {
    if (!isEntitledOn(facts, plusDays(last, 1))) return last;
  }
  return null;
}

/** The last entitled day before the one asked about, since the order and since birth. */
export function walkBack(facts: EntitlementCase): Day | null {
  for (let last = plusDays(facts.on, -1); last >= order && last >= facts.person.birthDate; last = plusDays(last, -1)) {
    if (isEntitledOn(facts, last)) return last;
  }
  return null;
}

/** A death to come is not looked at, on the day asked about or on any later one. */
export function beforeDeath(facts: EntitlementCase): EntitlementCase {
  const diedLater = facts.person.diedOn !== null && facts.person.diedOn > facts.on;
  return diedLater ? { ...facts, person: { ...facts.person, diedOn: null } } : facts;
}

/** Every day from which a dated fact of the case, or a limit of the law that is reckoned from one, may tell. */
export function turningPoints({
  person: { birthDate: born, diedOn, standings },
}: EntitlementCase): ReadonlySet<number> {
  const firstDays: number[] = [order, ...[15, 19, 55, 60].map((age) => birthday(born, age))];
  const lastDays: Day[] = [];
  if (diedOn !== null) firstDays.push(diedOn);
  const ofPrincipals = standings.flatMap((standing) =>
    standing.class === 'dependant' ? standing.principal.standings : [],
  );
  for (const standing of [...standings, ...ofPrincipals]) {
    if (standing.class === 'pensioner') {
      firstDays.push(standing.from);
      if (standing.until !== null) lastDays.push(standing.until);
    } else if (standing.class === 'insured') {
      if (standing.basis === 'compulsory') lastDays.push(lastDayOfMonth(standing.lastContributionMonth, 2));
      else if (standing.basis === 'unemploymentBenefit') lastDays.push(standing.until);
      else lastDays.push(standing.paidUntil);
    } else {
      const { endedOn, studyCertificateUntil, idSightedOn, principal: through } = standing;
      if (idSightedOn !== null) firstDays.push(idSightedOn);
      if (through.diedOn !== null) firstDays.push(through.diedOn);
      const dated = [endedOn, studyCertificateUntil].filter((last) => last !== null);
      const sighted = idSightedOn === null ? [] : [plusMonths(idSightedOn, 12)];
      const died = through.diedOn === null ? [] : [plusMonths(through.diedOn, 3)];
      lastDays.push(...dated, ...sighted, ...died);
    }
  }
  return new Set([...firstDays, ...lastDays.map((last) => last + 1)]);
}
