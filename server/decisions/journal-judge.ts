import {
  judgeInFull,
  type Book,
  type Day,
  type EntitlementCase,
  type Links,
  type PersonRecord,
  type Provider,
  type Setting,
} from '@estehqaq/law';
import { asPerson } from '../membership/index.ts';
import type { CoversAnswered, JournalDecision } from './journal-row.ts';
import type { AskerKind } from './journal-words.ts';

/** A question with all that its answer rests on, whether it was read a moment ago or is read from the journal again. */
export interface Question {
  readonly askerKind: AskerKind;
  /** `null`, where a provider asks: a code that is in no register. */
  readonly provider: Provider | null;
  readonly setting: Setting;
  readonly on: Day;
  /** Absent: not in the register. */
  readonly record: PersonRecord | undefined;
  readonly findPrincipal: (person: bigint) => PersonRecord | undefined;
  readonly links: Links;
  readonly otherCovers: CoversAnswered;
}

const nothingTold = {
  reasons: [],
  clauses: [],
  actingClass: null,
  needs: [],
  entitledUntil: null,
  endedOn: null,
} as const;

/** A code in no register has no contract. */
const inNoRegister: Provider = {
  kind: 'physician',
  ownership: 'contracted',
  contractFrom: null,
  contractUntil: null,
  suspended: true,
};

/**
 * The whole decision. Whether the order is in force and the asker may be told anything is looked at before the person:
 * only then is it said that somebody is not in the register, or, on the day asked about, was not born.
 */
export function judgeInquiry(question: Question, book: Book): JournalDecision {
  const { record, on } = question;
  const isKnown = record !== undefined && record.birthDate <= on;
  const { full } = judgeInFull(caseOf(question, isKnown ? record : nobodyBornOn(on)), book);
  const { outcome } = full;
  if (!isKnown && outcome !== 'NOT_IN_FORCE' && outcome !== 'NOT_CONTRACTED') {
    return { ...nothingTold, outcome: 'UNKNOWN_PERSON' };
  }
  const { reasons, clauses, actingClass, needs, entitledUntil, endedOn } = full;
  return { outcome, reasons, clauses, actingClass, needs, entitledUntil, endedOn };
}

function caseOf(question: Question, record: PersonRecord): EntitlementCase {
  const { askerKind, provider, setting, on, links, findPrincipal, otherCovers } = question;
  const person = asPerson(record, findPrincipal);
  return {
    kind: 'entitlement',
    caseId: null,
    on,
    setting,
    asker: askerKind,
    provider: askerKind === 'provider' ? (provider ?? inNoRegister) : null,
    person: { ...person, otherCovers: coversOf(record, otherCovers) },
    links,
  };
}

/** What the others answered and what the register has; without their answer, nothing that could be relied on. */
function coversOf(record: PersonRecord, answered: CoversAnswered): CoversAnswered {
  if (answered === null || answered === 'unavailable') return answered;
  return [...answered, ...(record.otherCovers ?? [])];
}

function nobodyBornOn(day: Day): PersonRecord {
  return { sex: 'female', birthDate: day, diedOn: null, standings: [], otherCovers: null };
}

/** The fields in which two decisions differ. */
export function differencesOf(one: JournalDecision, other: JournalDecision): readonly (keyof JournalDecision)[] {
  const fields = ['outcome', 'reasons', 'clauses', 'actingClass', 'needs', 'entitledUntil', 'endedOn'] as const;
  return fields.filter((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]));
}
