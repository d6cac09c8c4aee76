import type { PoolClient } from 'pg';
import { isoDay } from '@estehqaq/law';
import { transaction } from '../database/index.ts';
import { dayInTehran, Fault, meaningOf, type Clock } from '../platform/index.ts';
import { findNextBillState, type BillAct } from './bill.ts';
import { listOverdue, lockBill, moveBill, type BillRow } from './bill-store.ts';
import { book, type Cause } from './ledger.ts';
import { listUnderWay, lockPayment, movePayment } from './payment-store.ts';
import type { PaymentsParts } from './payments-parts.ts';
import { oweRefund } from './refund.ts';

export interface BillToEnd {
  readonly household: bigint;
  readonly bill: bigint;
  /** A code, not a text about somebody: it stands in the history for ever. */
  readonly reason: string;
}

/**
 * Takes an open bill back, and what was booked for it. In the caller's transaction, which holds the household. Money that is under way to it goes
 * back by itself, or is put on the list of refunds where it was verified already.
 * @throws Fault NOT_FOUND; BILL_STATE for one that is paid, expired or cancelled; DATABASE_…
 */
export async function cancelBill(
  client: PoolClient,
  clock: Clock,
  { household, bill, reason }: BillToEnd,
): Promise<void> {
  const row = await getLocked(client, household, bill);
  await reverse(client, clock.now(), row, { what: 'cancel', cause: 'billCancelled', reason });
}

/**
 * Takes a paid bill back: what was paid is to be given back. In the caller's transaction, which holds the household, by the caller's decision;
 * what becomes of the cover is the caller's as well.
 * @throws Fault NOT_FOUND; BILL_STATE for one that is not paid; DATABASE_…
 */
export async function refundPaidBill(
  client: PoolClient,
  clock: Clock,
  ids: PaymentsParts['ids'],
  { household, bill, reason }: BillToEnd,
): Promise<void> {
  const row = await getLocked(client, household, bill);
  const at = clock.now();
  const payment = row.payment === null ? undefined : await lockPayment(client, household, row.payment);
  if (payment === undefined) throw inNoSuchState();
  await reverse(client, at, row, { what: 'refund', cause: 'billRefunded', reason });
  await oweRefund(client, ids, { payment, amount: row.payable, reason, at });
  await movePayment(client, payment, { state: 'refundDue', at, reason, dueAt: null });
}

/**
 * Ends the open bills whose last day went by; those whose payment is being verified wait for its outcome.
 * @returns how many
 */
export async function expireBills(parts: PaymentsParts, now: Date, limit = 200): Promise<number> {
  const today = isoDay(dayInTehran(now));
  let expired = 0;
  for (const { household, bill } of await listOverdue(parts.pool, today, limit)) {
    try {
      const isDone = await transaction(parts.pool, async (client) => {
        await parts.lockHousehold(client, household);
        const row = await lockBill(client, household, bill);
        // It may have been paid, or begun to be, since it was listed.
        if (row?.state !== 'open' || row.validUntil >= today || (await isVerifying(client, row))) return false;
        await reverse(client, now, row, { what: 'expire', cause: 'billExpired' });
        await parts.onExpired?.(client, { household, application: row.application, bill });
        return true;
      });
      expired += isDone ? 1 : 0;
    } catch (error) {
      // The others are not to wait for it; it is tried again the next time.
      parts.log.error({ err: error }, 'bill');
    }
  }
  return expired;
}

async function isVerifying(client: PoolClient, { household, bill }: BillRow): Promise<boolean> {
  return (await listUnderWay(client, household, bill)).some(({ state }) => state === 'verifying');
}

interface Reversal {
  readonly what: Exclude<BillAct, 'pay'>;
  readonly cause: Cause;
  readonly reason?: string;
}

/** A paid bill owes what was paid to the refunds, an unpaid one takes the household's debt away. */
async function reverse(client: PoolClient, at: Date, row: BillRow, { what, cause, reason }: Reversal): Promise<void> {
  const state = findNextBillState(row.state, what);
  if (state === undefined) throw inNoSuchState();
  const { household, bill, application, payable, stateShare, reversal } = row;
  await moveBill(client, row, { at, what, state, reason });
  await book(client, {
    household,
    transaction: reversal,
    at,
    cause,
    application,
    bill,
    amounts: {
      ...(what === 'refund' ? { refunds: -payable } : { household: -payable }),
      stateSubsidy: -stateShare,
      insurer: payable + stateShare,
    },
  });
}

async function getLocked(client: PoolClient, household: bigint, bill: bigint): Promise<BillRow> {
  const row = await lockBill(client, household, bill);
  if (row === undefined) throw new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
  return row;
}

function inNoSuchState(): Fault {
  return new Fault('BILL_STATE', meaningOf('BILL_STATE'));
}
