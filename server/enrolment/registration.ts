import { isoDay, plusMonths, type Day } from '@estehqaq/law';
import { todayInTehran } from '../platform/index.ts';
import type { EnrolmentParts } from './parts.ts';

/** When one may register (M-02, M-13). Days are ISO; `until` is the last day of the window. */
export interface Registration {
  /** `late`: the window is over, and one is still let in, on the terms of M-33. */
  readonly state: 'notYet' | 'window' | 'late';
  /** The window that is open, or was open last; null where none was announced. */
  readonly window: { readonly from: string; readonly until: string } | null;
}

/** As of today, by the windows of the law with the acts that were recorded. */
export function readRegistration({ law, clock }: Pick<EnrolmentParts, 'law' | 'clock'>): Registration {
  const today = todayInTehran(clock);
  const rows = law.book.rows.registrationWindowMonths;
  const row = rows.findLast(({ fromDay }) => fromDay <= today);
  if (row === undefined) return { state: 'notYet', window: rows[0] === undefined ? null : windowOf(rows[0]) };
  const window = windowOf(row);
  return { state: isoDay(today) <= window.until ? 'window' : 'late', window };
}

function windowOf({ fromDay, value }: { readonly fromDay: Day; readonly value: unknown }): {
  readonly from: string;
  readonly until: string;
} {
  const next = plusMonths(fromDay, Number(value));
  return { from: isoDay(fromDay), until: isoDay((next - 1) as Day) };
}
