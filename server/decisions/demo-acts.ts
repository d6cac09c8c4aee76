import { hijriDate, readLaterActs } from '@estehqaq/law';
import { todayInTehran, type Clock } from '../platform/index.ts';
import type { LawInForce } from './law-in-force.ts';

const windowMonths = 6;
/** So many days of a window that is open are still to come. */
const daysLeft = 30;
const reference = { fa: 'نمونه آزمایشی، بدون سند', en: 'a demo, without a document' };

/**
 * In a demo a registration window is open around its own day, and the figures of the year count as confirmed, so that every
 * regime can be tried. Each of it says that it is of a demo.
 */
export async function enterDemoActs(law: LawInForce, clock: Clock): Promise<void> {
  const today = todayInTehran(clock);
  const { year, month } = hijriDate(today);
  if (!law.isConfirmed(today)) await law.confirm(clock, year, 'demo', reference.en);
  const last = law.book.rows.registrationWindowMonths.at(-1);
  const isOpen = last !== undefined && today - last.fromDay < windowMonths * 30 - daysLeft;
  if (isOpen) return;
  const from = `${String(year)}/${String(month).padStart(2, '0')}/01`;
  const row = { from, value: windowMonths, reference, provenance: 'assumed' };
  const acts = readLaterActs({ parameters: { registrationWindowMonths: [row] } });
  if ('message' in acts) throw new RangeError(acts.message);
  await law.add(clock, acts, 'demo');
}
