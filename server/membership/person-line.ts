import { readPersonRecord, type Day } from '@estehqaq/law';
import { findNationalId, nationalIdText } from '../platform/index.ts';
import { factsDocument, type FactsDocument } from './facts-document.ts';
import { findMobile, mobileText } from './mobile.ts';
import type { Imported } from './sources.ts';

/** What one line of an import says about a person. */
export interface PersonLine {
  readonly person: bigint;
  readonly said: Imported;
  readonly facts: FactsDocument;
  readonly mobile: bigint | null;
  /** The principal that the standing at `place` names. */
  readonly principals: readonly { readonly principal: bigint; readonly place: number }[];
}

export type RejectionCode =
  | 'INVALID_LINE'
  | 'INVALID_NATIONAL_ID'
  | 'INVALID_PERSON'
  | 'INVALID_PROVIDER'
  | 'DUPLICATE_PERSON'
  | 'DUPLICATE_PROVIDER'
  | 'UNKNOWN_PRINCIPAL'
  | 'CLASHES_WITH_OTHER_SOURCE';

/** Why a line is not taken: a code, where in it (a JSON pointer), and what was expected there. */
export interface LineFault {
  readonly code: RejectionCode;
  readonly path: string;
  readonly message: string;
}

const longestName = 100;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads `{nationalId, sex, birthDate, diedOn, firstName, lastName, mobile, standings, otherCovers}`; a dependant names
 * its principal by `principalNationalId`.
 * @param today nobody is born later
 */
export function readPersonLine(document: unknown, today: Day): PersonLine | LineFault {
  if (!isObject(document)) return { code: 'INVALID_LINE', path: '', message: 'expected a JSON object' };
  const { nationalId, firstName, lastName, mobile, ...record } = document;
  const person = typeof nationalId === 'string' ? findNationalId(nationalId) : undefined;
  if (person === undefined) {
    return {
      code: 'INVALID_NATIONAL_ID',
      path: '/nationalId',
      message: 'expected a national id of ten or twelve digits',
    };
  }
  const read = readPersonRecord(record);
  if ('message' in read) return fault(read.path, read.message);
  if (read.birthDate > today) return fault('/birthDate', 'expected a day that is not later than today');
  const principals: { principal: bigint; place: number }[] = [];
  let place = -1;
  for (const standing of read.standings) {
    place += 1;
    if (standing.class !== 'dependant') continue;
    const principal = findNationalId(standing.principalNationalId);
    if (principal === undefined || principal === person) {
      return fault(`/standings/${place}/principalNationalId`, 'expected the national id of another person');
    }
    principals.push({ principal, place });
  }
  const named = readNames(firstName, lastName);
  if ('code' in named) return named;
  const number = (mobile ?? null) === null ? null : findMobile(String(mobile));
  if (number === undefined) return fault('/mobile', 'expected a mobile like "+989121234567"');
  const said = number === null ? named : { ...named, mobile: mobileText(number) };
  return { person, said, facts: withPrincipals(factsDocument(record), principals), mobile: number, principals };
}

function fault(path: string, message: string): LineFault {
  return { code: 'INVALID_PERSON', path, message };
}

type Names = Pick<Imported, 'firstName' | 'lastName'>;

function readNames(firstName: unknown, lastName: unknown): Names | LineFault {
  const names: { firstName?: string; lastName?: string } = {};
  for (const [key, value] of [['firstName', firstName] as const, ['lastName', lastName] as const]) {
    if ((value ?? null) === null) continue;
    if (typeof value !== 'string' || !isName(value)) {
      return fault(`/${key}`, `expected a name of at most ${longestName} characters`);
    }
    if (value.trim() !== '') names[key] = value.trim();
  }
  return names;
}

export function isName(text: string): boolean {
  return text.length <= longestName && text.isWellFormed() && !/\p{Cc}/u.test(text);
}

/** Ids of principals are kept in one form, too. */
function withPrincipals(facts: FactsDocument, principals: PersonLine['principals']): FactsDocument {
  const standings = [...facts.standings];
  let isChanged = false;
  for (const { principal, place } of principals) {
    const principalNationalId = nationalIdText(principal);
    if (standings[place]?.['principalNationalId'] === principalNationalId) continue;
    standings[place] = { ...standings[place], principalNationalId };
    isChanged = true;
  }
  return isChanged ? { ...facts, standings } : facts;
}
