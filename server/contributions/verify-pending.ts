import { transaction } from '../database/index.ts';
import { findByAuthority, listDue, lockPayment, postpone } from './payment-store.ts';
import type { PaymentsParts } from './payments-parts.ts';
import { later, settlePayment } from './settle-payment.ts';

/** The gateway may be slow; its own breaker keeps a silent one from being asked on and on. */
const atOnce = 8;
const afterFailureMs = 60_000;

/**
 * Looks after every attempt that is due: those whose call-back was lost, whose verification got no answer, or whose money
 * was turned away and must be seen to have gone back.
 * @returns how many were looked after
 */
export async function verifyPending(parts: PaymentsParts, now: Date, limit = 100): Promise<number> {
  const due = await listDue(parts.pool, now, limit);
  for (let from = 0; from < due.length; from += atOnce) {
    await Promise.all(due.slice(from, from + atOnce).map((key) => settleOne(parts, key)));
  }
  return due.length;
}

/** One that fails does not keep the others from being looked after, nor come first the next time. */
async function settleOne(parts: PaymentsParts, key: Parameters<typeof settlePayment>[1]): Promise<void> {
  try {
    await settlePayment(parts, key);
  } catch (error) {
    parts.log.error({ err: error }, 'payment');
    await transaction(parts.pool, async (client) => {
      const found = await lockPayment(client, key.household, key.payment);
      if (found !== undefined && found.dueAt !== null) {
        await postpone(client, found, later(parts.clock.now(), afterFailureMs));
      }
    });
  }
}

/**
 * Compares with the gateway's list of what was paid and not verified: finds attempts that were given up as not paid. An
 * authority that is none of ours is left alone, and its money goes back.
 * @returns how many were looked at; undefined where the gateway did not say
 */
export async function compareUnverified(parts: PaymentsParts): Promise<number | undefined> {
  const listed = await parts.gateway.listUnverified();
  if (listed === 'unknown') return undefined;
  let strangers = 0;
  for (const { authority } of listed) {
    const key = await findByAuthority(parts.pool, authority);
    if (key === undefined) strangers += 1;
    else await settleOne(parts, key);
  }
  if (strangers > 0) parts.log.warn({ strangers }, 'the gateway holds money under authorities that are none of ours');
  return listed.length;
}
