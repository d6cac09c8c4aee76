import { asFault } from '../database/index.ts';
import type { NoticeEvent } from './event.ts';
import type { NoticeState, Reader } from './notice-store.ts';

/** How far a notice has come. */
export interface Delivery {
  readonly state: NoticeState;
  readonly sentAt: Date | null;
  readonly deliveredAt: Date | null;
}

interface Of {
  readonly owner: bigint;
  readonly event: NoticeEvent;
  readonly key: string;
}

export async function findDelivery(reader: Reader, { owner, event, key }: Of): Promise<Delivery | undefined> {
  try {
    const { rows } = await reader.query<Delivery>({
      name: 'notice-delivery',
      text: `
        select state, sent_at as "sentAt", delivered_at as "deliveredAt"
        from notice where owner = $1 and event = $2 and key = $3 and step = 0`,
      values: [owner, event, key],
    });
    return rows[0];
  } catch (error) {
    throw asFault(error);
  }
}

/** When the network said that it arrived; a deadline may begin with it (M-60). */
export async function deliveredAt(reader: Reader, of: Of): Promise<Date | undefined> {
  return (await findDelivery(reader, of))?.deliveredAt ?? undefined;
}
