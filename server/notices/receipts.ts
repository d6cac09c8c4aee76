import { asFault } from '../database/index.ts';
import {
  findAttempt,
  findAttemptOf,
  insertReceipt,
  readReceipts,
  settle,
  type NoticeKey,
  type Reader,
} from './notice-store.ts';
import { pausesMinutes, rules } from './rules.ts';
import type { TransportReceipt } from './transport.ts';

/**
 * A receipt is written down first and looked at then, so that one which overtakes the sender's own note is not lost. The
 * same one may come again.
 */
export async function takeReceipt(reader: Reader, now: Date, receipt: TransportReceipt): Promise<void> {
  try {
    const known = await findAttemptOf(reader, receipt.transportIds);
    const likeliest = known?.transportId ?? receipt.transportIds[0];
    if (likeliest === undefined) return;
    await insertReceipt(reader, likeliest, receipt);
    const attempt = known ?? (await findAttemptOf(reader, [likeliest]));
    if (attempt !== undefined) await applyReceipts(reader, now, attempt, attempt.attempt);
  } catch (error) {
    throw asFault(error);
  }
}

/** A message is delivered when all its parts are, and has failed when one of them has. */
export async function applyReceipts(reader: Reader, now: Date, key: NoticeKey, attempt: number): Promise<void> {
  const found = await findAttempt(reader, key, attempt);
  if (found === undefined || found.transportIds.length === 0) return;
  const receipts = await readReceipts(reader, found.transportIds);
  const delivered = receipts.filter(({ state }) => state === 'delivered');
  // What has failed after all was delivered after all: the better news stays.
  if (delivered.length === found.transportIds.length) {
    const deliveredAt = new Date(Math.max(...delivered.map(({ at }) => at.getTime())));
    await settle(reader, now, key, ['sending', 'sent', 'failed', 'unknown', 'waiting'], {
      state: 'delivered',
      deliveredAt,
    });
  } else if (receipts.some(({ state }) => state === 'failed') && attempt === found.attempts) {
    const pause = rules[key.event]?.resendUndelivered === true ? pausesMinutes[attempt - 1] : undefined;
    await settle(
      reader,
      now,
      key,
      ['sending', 'sent'],
      pause === undefined ? { state: 'failed' } : { state: 'waiting', dueAt: new Date(now.getTime() + pause * 60_000) },
    );
  }
}
