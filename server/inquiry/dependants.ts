import { hijriDate, type Day, type PersonRecord } from '@estehqaq/law';

const fullAge = 18;

/** How much a person is told about another: nothing but the outcome and its end once the other is of full age. */
export type Relation = 'self' | 'minorDependant' | 'adultDependant' | 'none';

/** @param record of the person who is asked about; absent: not in the register */
export function relationOf(asker: bigint, person: bigint, record: PersonRecord | undefined, today: Day): Relation {
  if (asker === person) return 'self';
  const isDependant = record?.standings.some(
    (standing) =>
      standing.class === 'dependant' &&
      BigInt(standing.principalNationalId) === asker &&
      // Who has left is nobody's to ask about, such as a former wife.
      (standing.endedOn === null || standing.endedOn >= today),
  );
  if (record === undefined || isDependant !== true) return 'none';
  return isOfAge(record.birthDate, today) ? 'adultDependant' : 'minorDependant';
}

/** Years are of the Solar Hijri calendar; one born on a leap day is of age on the day after it would have been. */
function isOfAge(birthDate: Day, today: Day): boolean {
  const [born, now] = [hijriDate(birthDate), hijriDate(today)];
  const years = now.year - born.year;
  if (years !== fullAge) return years > fullAge;
  return now.month === born.month ? now.day >= born.day : now.month > born.month;
}
