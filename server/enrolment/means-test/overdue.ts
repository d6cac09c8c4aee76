import { isoDay, type Day } from '@estehqaq/law';
import { transaction } from '../../database/index.ts';
import { enqueueNotice } from '../../notices/index.ts';
import { todayInTehran } from '../../platform/index.ts';
import { read, type Reader } from '../sql.ts';
import { listOverdueBefore, takeOverdue, type MeansInquiry } from './inquiry-store.ts';
import type { MeansTestParts } from './parts.ts';
import { findNumber } from './send-inquiries.ts';
import { getDay } from './terms.ts';

/** To whom a result that does not come is brought, and after how many days of delay. */
export const escalation = [
  { afterDays: 1, to: 'desk', tellsHousehold: true },
  { afterDays: 15, to: 'management', tellsHousehold: false },
  { afterDays: 31, to: 'ministry', tellsHousehold: true },
] as const;
export type EscalatedTo = (typeof escalation)[number]['to'];

export interface OverdueInquiry extends MeansInquiry {
  readonly daysOverdue: number;
  readonly escalatedTo: EscalatedTo | null;
}

/**
 * Takes the next step with those that are overdue (M-06): the household is told, and that it may pay in full meanwhile.
 * Nothing is decided by a delay: the case stays open.
 * @returns how many steps were taken
 */
export async function escalateOverdue(
  parts: Pick<MeansTestParts, 'pool' | 'clock' | 'ids'>,
  limit: number,
): Promise<number> {
  const today = todayInTehran(parts.clock);
  let taken = 0;
  for (const [step, { afterDays, tellsHousehold }] of escalation.entries()) {
    const dueBefore = isoDay((today - afterDays + 1) as Day);
    taken += await transaction(parts.pool, async (client) => {
      const overdue = await takeOverdue(client, { steps: step, dueBefore, limit });
      for (const inquiry of tellsHousehold ? overdue : []) {
        await enqueueNotice(client, parts.clock, parts.ids, {
          owner: inquiry.household,
          person: inquiry.head,
          event: 'meansTestOverdue',
          data: { application: await findNumber(client, inquiry), dueOn: inquiry.dueOn ?? '' },
          key: `${inquiry.inquiry}:${afterDays}`,
        });
      }
      return overdue.length;
    });
  }
  return taken;
}

/** The longest overdue first (M-21). */
export async function listOverdue(
  reader: Reader,
  clock: MeansTestParts['clock'],
  {
    after,
    limit,
  }: { readonly after?: Pick<MeansInquiry, 'household' | 'inquiry'> | undefined; readonly limit: number },
): Promise<readonly OverdueInquiry[]> {
  const today = todayInTehran(clock);
  const found = await listOverdueBefore(reader, { before: isoDay(today), after, limit });
  return found.map((inquiry) => ({
    ...inquiry,
    daysOverdue: today - getDay(inquiry.dueOn ?? ''),
    escalatedTo: escalation[inquiry.escalated - 1]?.to ?? null,
  }));
}

/** How the inquiries of a batch stand; `null`: those that were sent one by one. */
export interface BatchState {
  readonly batch: bigint | null;
  readonly sent: number;
  readonly answered: number;
  readonly overdue: number;
}

export async function countByBatch(reader: Reader, clock: MeansTestParts['clock']): Promise<readonly BatchState[]> {
  return read<BatchState>(
    reader,
    `select batch, count(*)::int as sent, count(*) filter (where state = 'answered')::int as answered,
       count(*) filter (where state = 'sent' and due_on < $1)::int as overdue
     from means_inquiry where state in ('sent', 'answered') group by batch order by batch desc nulls first`,
    [isoDay(todayInTehran(clock))],
  );
}
