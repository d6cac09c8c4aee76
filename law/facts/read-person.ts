import type { PersonRecord } from '../facts.ts';
import { clashesOfStandings, personRecord } from './entitlement-case.ts';
import { Reading, type Fault } from './reading.ts';

/**
 * Reads a parsed JSON document as a person of a register: `{sex, birthDate, diedOn, standings, otherCovers}`, where a
 * dependant names its principal by `principalNationalId`.
 * @returns the person, or the first fault in the document; never throws
 */
export function readPersonRecord(document: unknown): PersonRecord | Fault {
  const reading = new Reading();
  const person = personRecord.read(document, reading);
  if (person !== undefined) clashesOfStandings(person, [], reading);
  const fault = reading.isFaultless ? undefined : reading.first(document);
  if (fault !== undefined || person === undefined) return fault ?? { path: '', message: 'expected a person' };
  return person;
}
