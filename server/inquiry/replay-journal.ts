import type { Day } from '@estehqaq/law';
import { idsOfDays, listJournal, replayRows } from '../decisions/index.ts';
import { dayInTehran } from '../platform/index.ts';
import type { JournalDesk } from './journal-desk.ts';

const rowsAtOnce = 2_000;
const mostCodes = 100;

/** The days in Tehran on which was asked, both inclusive. */
export interface Days {
  readonly from: Day;
  readonly until: Day;
}

/** How much of the journal comes out as it was recorded. */
export interface JournalReplayed {
  readonly replayed: number;
  readonly same: number;
  readonly different: number;
  /** Nothing was decided, so there is nothing to decide again. */
  readonly undetermined: number;
  /** Recorded under another text of the law than is in force now. */
  readonly otherLaw: number;
  /** The codes of the first hundred that come out differently. */
  readonly differentCodes: readonly string[];
}

/**
 * Decides the journal again, each inquiry from the versions of the dossiers that were read for it. What is asked meanwhile
 * may be left out.
 * @throws Fault DATABASE_…
 */
export async function replayJournal(
  { pool, codes, lawVersions, book }: JournalDesk,
  days: Days,
  onProgress: (replayed: number) => void,
): Promise<JournalReplayed> {
  const count = { replayed: 0, same: 0, different: 0, undetermined: 0, otherLaw: 0 };
  const differentCodes: string[] = [];
  const law = await lawVersions.numberOf(book.version);
  const [first, before] = idsOfDays(days.from, days.until);
  let after = first - 1n;
  for (;;) {
    const page = await listJournal(pool, after, before, rowsAtOnce);
    const last = page.at(-1);
    if (last === undefined) return { ...count, differentCodes };
    const rows = page.filter(({ askedAt }) => isWithin(days, dayInTehran(askedAt)));
    const replayed = await replayRows(pool, rows, book);
    for (const [index, { result }] of replayed.entries()) {
      const row = rows[index] ?? last;
      count[result] += 1;
      if (row.lawVersion !== law) count.otherLaw += 1;
      if (result === 'different' && differentCodes.length < mostCodes) differentCodes.push(codes.codeOf(row.id));
    }
    count.replayed += rows.length;
    after = last.id;
    onProgress(count.replayed);
  }
}

function isWithin({ from, until }: Days, day: Day): boolean {
  return from <= day && day <= until;
}
