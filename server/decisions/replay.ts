import { findDay, type Book, type PersonRecord } from '@estehqaq/law';
import { readDossierVersions, type WantedVersion } from '../membership/index.ts';
import { Fault } from '../platform/index.ts';
import { differencesOf, judgeInquiry } from './journal-judge.ts';
import type { JournalDecision, JournalRow } from './journal-row.ts';
import type { Reader } from './journal-store.ts';

/** What comes out when a decision is made again from what it rested on, by the law of today. */
export interface Replayed {
  /** `undetermined`: nothing was decided, so there is nothing to decide again. */
  readonly result: 'same' | 'different' | 'undetermined';
  readonly recorded: JournalDecision;
  readonly computed: JournalDecision;
  readonly differences: readonly (keyof JournalDecision)[];
}

/**
 * Decides again, each from the versions of the dossiers that were read for it.
 * @returns in the order of the rows
 * @throws Fault DATABASE_…, DATABASE_FAULT where a version that was read is no longer there
 */
export async function replayRows(
  reader: Reader,
  rows: readonly JournalRow[],
  book: Book,
): Promise<readonly Replayed[]> {
  const wanted = rows.flatMap(versionsOf);
  const found = wanted.length === 0 ? new Map<string, never>() : await readDossierVersions(reader, wanted);
  const recordOf = ({ person, version }: WantedVersion): PersonRecord => {
    const dossier = found.get(`${person}:${version}`);
    if (dossier === undefined) throw new Fault('DATABASE_FAULT', 'A version of a dossier that was read is not there.');
    return dossier.facts;
  };
  return rows.map((row) => replayRow(row, recordOf, book));
}

function replayRow(row: JournalRow, recordOf: (wanted: WantedVersion) => PersonRecord, book: Book): Replayed {
  const { outcome, reasons, clauses, actingClass, needs, entitledUntil, endedOn } = row;
  const recorded = { outcome, reasons, clauses, actingClass, needs, entitledUntil, endedOn };
  if (outcome === 'COULD_NOT_DETERMINE') {
    return { result: 'undetermined', recorded, computed: recorded, differences: [] };
  }
  const on = findDay(row.on);
  if (on === undefined) throw new Fault('DATABASE_FAULT', 'The journal has a day that is none.');
  const { askerKind, provider, setting, links, otherCovers, person, dossierVersion } = row;
  const principals = new Map(row.principals.map((read) => [read.person, read]));
  const computed = judgeInquiry(
    {
      askerKind,
      provider,
      setting,
      on,
      links,
      otherCovers,
      record: dossierVersion === 0n ? undefined : recordOf({ person, version: dossierVersion }),
      findPrincipal: (principal) => {
        const read = principals.get(principal);
        return read === undefined ? undefined : recordOf(read);
      },
    },
    book,
  );
  const differences = differencesOf(recorded, computed);
  return { result: differences.length === 0 ? 'same' : 'different', recorded, computed, differences };
}

function versionsOf({ person, dossierVersion, principals }: JournalRow): readonly WantedVersion[] {
  return dossierVersion === 0n ? principals : [{ person, version: dossierVersion }, ...principals];
}
