import { enqueueNotice, type NoticeData, type NoticeEvent } from '../notices/index.ts';
import type { Desk } from './move.ts';

/**
 * Tells the head of the household, in the same transaction.
 * @param key of one household and event there is one notice with a key
 */
export async function tell<Event extends NoticeEvent>(
  { parts, client, household, at }: Pick<Desk, 'parts' | 'client' | 'household' | 'at'>,
  event: Event,
  data: NoticeData<Event>,
  key: string,
): Promise<void> {
  const { household: owner, head: person } = household;
  await enqueueNotice(client, { now: () => at }, parts.ids, { owner, person, event, data, key });
}
