import { findInquiry, replayRows, type JournalDecision } from '../decisions/index.ts';
import type { JournalDesk } from './journal-desk.ts';

/** Whether the journal's decision comes out again from the versions of the dossiers that were read for it. */
export interface ReplayReport {
  readonly trackingCode: string;
  /** `undetermined`: nothing was decided. */
  readonly result: 'same' | 'different' | 'undetermined';
  readonly recorded: JournalDecision;
  readonly computed: JournalDecision;
  readonly differences: readonly (keyof JournalDecision)[];
  /** The law's text by which was decided, and that by which is decided now. */
  readonly lawVersion: { readonly recorded: string; readonly computed: string; readonly differs: boolean };
  readonly askedAt: Date;
}

/** Undefined for a code that never was. @throws Fault DATABASE_… */
export async function replayInquiry(
  { pool, codes, lawVersions, book }: JournalDesk,
  code: string,
): Promise<ReplayReport | undefined> {
  const id = codes.findId(code);
  const row = id === undefined ? undefined : await findInquiry(pool, id);
  if (row === undefined) return undefined;
  const [replayed] = await replayRows(pool, [row], book);
  if (replayed === undefined) return undefined;
  const recorded = await lawVersions.versionOf(row.lawVersion);
  return {
    trackingCode: codes.codeOf(row.id),
    ...replayed,
    lawVersion: { recorded, computed: book.version, differs: recorded !== book.version },
    askedAt: row.askedAt,
  };
}
