import { tellTo, type Book, type EntitlementOutcome, type FullDecision } from '@estehqaq/law';
import type { InquiryOutcome, JournalRow, Told } from '../decisions/index.ts';
import type { InquiryAnswer } from './asking.ts';

const askerOf = { minimum: 'provider', withoutDates: 'staff', all: 'self', outcomeAndEnd: 'self' } as const;

/** Cuts the whole decision of the journal to what its asker is told (T-24, T-25, T-38). */
export function tellAnswer(
  row: JournalRow,
  { trackingCode, lawVersion, book, replayed, told = row.told }: TellOptions,
): InquiryAnswer {
  const { outcome, on, setting, askedAt } = row;
  const frame = { trackingCode, outcome, on, setting, lawVersion, replayed, askedAt };
  if (!isOfTheLaw(outcome)) return { ...frame, reasons: [], clauses: [] };
  const decided = tellTo(askerOf[told], fullOf(row, outcome, lawVersion), book);
  const { reasons, clauses, actingClass, needs, entitledUntil, endedOn } = decided;
  if (told === 'outcomeAndEnd') {
    const isEndTold = row.entitledUntil !== null || row.endedOn !== null;
    const end = { entitledUntil: row.entitledUntil, endedOn: row.endedOn };
    return { ...frame, reasons: [], clauses: isEndTold ? clauses.slice(-1) : [], ...end };
  }
  return {
    ...frame,
    reasons,
    clauses,
    ...(actingClass !== undefined && { actingClass }),
    ...(needs !== undefined && { needs }),
    ...(entitledUntil !== undefined && { entitledUntil }),
    ...(endedOn !== undefined && { endedOn }),
  };
}

interface TellOptions {
  readonly trackingCode: string;
  readonly lawVersion: string;
  readonly book: Book;
  readonly replayed: boolean;
  /** Less than the asker was told, to somebody else. */
  readonly told?: Told;
}

function fullOf(row: JournalRow, outcome: EntitlementOutcome, lawVersion: string): FullDecision {
  const { on, setting, reasons, clauses, actingClass, needs, entitledUntil, endedOn } = row;
  return {
    kind: 'entitlement',
    caseId: null,
    outcome,
    on,
    setting,
    reasons,
    clauses,
    lawVersion,
    actingClass,
    needs,
    entitledUntil,
    endedOn,
  };
}

function isOfTheLaw(outcome: InquiryOutcome): outcome is EntitlementOutcome {
  return outcome !== 'UNKNOWN_PERSON' && outcome !== 'COULD_NOT_DETERMINE';
}
