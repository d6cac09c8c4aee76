import { readPersonRecord, type PersonRecord } from '@estehqaq/law';

/*
 * A person's facts as a JSON document: what an import says, what a dossier keeps, and what the law's `readPersonRecord`
 * reads. Written in one way only (order of keys, nothing that is null or its default), so that the same content is the
 * same text.
 */

export type StandingDocument = Readonly<Record<string, string | boolean>>;
export type CoverDocument = Readonly<Record<string, string>>;

export interface FactsDocument {
  readonly sex: string;
  readonly birthDate: string;
  readonly diedOn?: string;
  readonly standings: readonly StandingDocument[];
  /** Absent: nobody has said; empty: there are none. */
  readonly otherCovers?: readonly CoverDocument[];
}

const standingKeys = [
  'class',
  'basis',
  'lastContributionMonth',
  'paidUntil',
  'treatmentOption',
  'pension',
  'from',
  'until',
  'relation',
  'principalNationalId',
  'endedOn',
  'maintained',
  'disabled',
  'married',
  'employed',
  'ownPension',
  'studyCertificateUntil',
  'idSightedOn',
] as const;

const coverKeys = ['insurer', 'fund', 'from', 'until'] as const;

/** False and absent are the same for these. */
const registeredOnlyWhenTrue: ReadonlySet<string> = new Set(['disabled', 'married', 'employed', 'ownPension']);

type Written = Readonly<Record<string, unknown>>;

/**
 * The document in its one form.
 * @param written a document that `readPersonRecord` has read without a fault
 */
export function factsDocument(written: unknown): FactsDocument {
  const { sex, birthDate, diedOn, standings, otherCovers } = written as Readonly<
    Record<'sex' | 'birthDate', string> &
      Record<'diedOn', string | null | undefined> & {
        standings: readonly Written[];
        otherCovers?: readonly Written[] | null;
      }
  >;
  return {
    sex,
    birthDate,
    ...(typeof diedOn === 'string' && { diedOn }),
    standings: standings.map(standingDocument),
    ...(otherCovers && { otherCovers: otherCovers.map(coverDocument) }),
  };
}

export function standingDocument(written: Written): StandingDocument {
  return inOneForm(standingKeys, written) as StandingDocument;
}

export function coverDocument(written: Written): CoverDocument {
  return inOneForm(coverKeys, written) as CoverDocument;
}

/** A key that neither kind of document has; what is written in one form would lose it without a word. */
export function findUnknownKey(kind: 'standing' | 'cover', written: Written): string | undefined {
  const known: readonly string[] = kind === 'standing' ? standingKeys : coverKeys;
  return Object.keys(written).find((key) => !known.includes(key));
}

function inOneForm(keys: readonly string[], written: Written): Written {
  const document: Record<string, unknown> = {};
  for (const key of keys) {
    const value = written[key] ?? null;
    if (value === null || (value === false && registeredOnlyWhenTrue.has(key))) continue;
    document[key] = value;
  }
  return document;
}

/** What keeps a merged document from being one that the law can read; undefined where nothing does. */
export function findFaultOf(facts: FactsDocument): string | undefined {
  const record: PersonRecord | { readonly path: string; readonly message: string } = readPersonRecord(facts);
  return 'message' in record ? `${record.path}: ${record.message}` : undefined;
}
