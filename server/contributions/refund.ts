import type { PoolClient } from 'pg';
import { transaction } from '../database/index.ts';
import { Fault, meaningOf } from '../platform/index.ts';
import { book, read, type Reader } from './ledger.ts';
import { lockPayment, movePayment, type Payment } from './payment-store.ts';
import type { PaymentsParts } from './payments-parts.ts';

/**
 * Money that is ours and must be given back. No bank transfer is made by the system: staff make it, and enter its
 * reference here.
 */
export interface Refund {
  readonly household: bigint;
  readonly refund: bigint;
  readonly payment: bigint;
  readonly bill: bigint;
  readonly via: 'gateway' | 'counter';
  /** Whole rials. */
  readonly amount: bigint;
  readonly reason: string;
  readonly dueAt: Date;
  /** The gateway's reference of the money that came in, or null. */
  readonly paidReference: string | null;
  readonly refundedAt: Date | null;
  readonly refundedBy: string | null;
  readonly reference: string | null;
}

const selected = `select refund.household, refund.refund, refund.payment, refund.bill, payment.via, refund.amount,
    refund.reason, refund.due_at as "dueAt", refund.taken_by as "takenBy", payment.reference as "paidReference",
    refund.refunded_at as "refundedAt", refund.refunded_by as "refundedBy", refund.reference
  from refund_due as refund
  join payment on payment.household = refund.household and payment.payment = refund.payment`;

export interface RefundOwed {
  readonly payment: Payment;
  readonly amount: bigint;
  readonly reason: string;
  readonly at: Date;
}

/** Puts it on the list. Its entries are the caller's, who knows where the money comes from. */
export async function oweRefund(
  client: PoolClient,
  ids: PaymentsParts['ids'],
  { payment, amount, reason, at }: RefundOwed,
): Promise<void> {
  const [refund] = await ids.make([payment.household]);
  await read(
    client,
    `insert into refund_due (household, refund, payment, bill, amount, reason, due_at, taken_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      payment.household,
      refund,
      payment.payment,
      payment.bill,
      amount,
      reason,
      at,
      payment.via === 'counter' ? payment.begunBy : null,
    ],
  );
}

export interface RefundPage {
  /** The last of the page before. */
  readonly after?: bigint | undefined;
  readonly limit?: number;
}

/** What is still to be given back, the oldest first. */
export async function listRefunds(reader: Reader, { after, limit = 50 }: RefundPage = {}): Promise<readonly Refund[]> {
  return read<Refund>(
    reader,
    `${selected}
     where refund.refunded_at is null and ($1::bigint is null or refund.refund > $1)
     order by refund.refund limit $2`,
    [after ?? null, limit],
  );
}

export interface RefundsDue {
  readonly count: number;
  /** Whole rials. */
  readonly amount: bigint;
  readonly oldestAt: Date | null;
}

/** How much waits to be given back. */
export async function countRefunds(reader: Reader): Promise<RefundsDue> {
  const [due] = await read<RefundsDue>(
    reader,
    `select count(*)::integer as count, coalesce(sum(amount), 0)::bigint as amount, min(due_at) as "oldestAt"
     from refund_due where refunded_at is null`,
  );
  return due ?? { count: 0, amount: 0n, oldestAt: null };
}

export interface MarkRefunded {
  readonly household: bigint;
  readonly refund: bigint;
  /** As in a token: staff:<name>. */
  readonly by: string;
  /** Of the transfer that was made. */
  readonly reference: string;
}

/**
 * Enters that the money was given back. The same entry by the same person is made once.
 * @throws Fault NOT_FOUND; FOUR_EYES for the one who took the money; REFUND_STATE where another entry is there; DATABASE_…
 */
export async function markRefunded(parts: PaymentsParts, marked: MarkRefunded): Promise<Refund> {
  const { household, refund, by, reference } = marked;
  return transaction(parts.pool, async (client) => {
    const [found] = await read<Refund & { takenBy: string | null }>(
      client,
      `${selected} where refund.household = $1 and refund.refund = $2 for update of refund`,
      [household, refund],
    );
    if (found === undefined) throw new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
    const { takenBy, ...due } = found;
    if (due.refundedAt !== null) {
      if (due.refundedBy === by && due.reference === reference) return due;
      throw new Fault('REFUND_STATE', meaningOf('REFUND_STATE'));
    }
    if (takenBy === by) throw new Fault('FOUR_EYES', meaningOf('FOUR_EYES'));
    const at = parts.clock.now();
    await read(
      client,
      `update refund_due set refunded_at = $3, refunded_by = $4, reference = $5 where household = $1 and refund = $2`,
      [household, refund, at, by, reference],
    );
    await book(client, {
      household,
      transaction: refund,
      at,
      cause: 'moneyReturned',
      bill: due.bill,
      payment: due.payment,
      amounts: { refunds: due.amount, [due.via]: -due.amount },
    });
    const payment = await lockPayment(client, household, due.payment);
    if (payment !== undefined) await movePayment(client, payment, { state: 'refunded', at, dueAt: null });
    parts.metrics?.moved(due.via, 'refunded');
    return { ...due, refundedAt: at, refundedBy: by, reference };
  });
}
