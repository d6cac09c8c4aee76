import type { PoolClient } from 'pg';
import { isoDay } from '@estehqaq/law';
import { transaction } from '../database/index.ts';
import { Fault, meaningOf, todayInTehran, type FaultCode } from '../platform/index.ts';
import { lockBill } from './bill-store.ts';
import { payBill } from './pay-bill.ts';
import { claimReceipt, findByReceipt, insertPayment } from './payment-store.ts';
import type { PaymentsParts } from './payments-parts.ts';

export interface CounterPayment {
  readonly household: bigint;
  readonly bill: bigint;
  readonly office: string;
  /** As in a token: staff:<name>. */
  readonly operator: string;
  /** The office's own; used once. */
  readonly receiptNumber: string;
  /** Whole rials. */
  readonly amount: bigint;
}

export interface CounterReceipt {
  readonly payment: bigint;
  readonly paidOn: string;
  /** Recorded before, under the same receipt number. */
  readonly replayed: boolean;
}

/**
 * Records what an office took for an open bill (M-15, M-30). The same receipt of the same office, repeated, is the same
 * payment.
 * @throws Fault NOT_FOUND; BILL_STATE for a bill that is paid, expired or cancelled; PAYMENT_AMOUNT for anything but the
 *   whole; RECEIPT_REUSED; DATABASE_…
 */
export async function takeAtCounter(parts: PaymentsParts, taken: CounterPayment): Promise<CounterReceipt> {
  const { household } = taken;
  const [payment] = await parts.ids.make([household]);
  if (payment === undefined) throw new RangeError('no id was made');
  const receipt = await transaction(parts.pool, (client) => take(client, parts, taken, payment));
  if (!receipt.replayed) parts.metrics?.moved('counter', 'paid');
  return receipt;
}

async function take(
  client: PoolClient,
  parts: PaymentsParts,
  { household, bill, office, operator, receiptNumber, amount }: CounterPayment,
  payment: bigint,
): Promise<CounterReceipt> {
  await parts.lockHousehold(client, household);
  const row = await lockBill(client, household, bill);
  if (row === undefined) throw fault('NOT_FOUND');
  if (!(await claimReceipt(client, { office, receiptNumber }, { household, payment }))) {
    const known = await findByReceipt(client, office, receiptNumber);
    const isSame = known?.household === household && known.bill === bill && known.amount === amount;
    if (!isSame || row.paidOn === null) throw fault('RECEIPT_REUSED');
    return { payment: known.payment, paidOn: row.paidOn, replayed: true };
  }
  const paidOn = isoDay(todayInTehran(parts.clock));
  if (row.state !== 'open' || row.validUntil < paidOn) throw fault('BILL_STATE');
  if (amount !== row.payable) throw fault('PAYMENT_AMOUNT');
  const at = parts.clock.now();
  await insertPayment(client, {
    household,
    payment,
    bill,
    via: 'counter',
    amount,
    begunAt: at,
    begunBy: operator,
    state: 'paid',
    dueAt: null,
    office,
    receiptNumber,
  });
  await payBill(client, parts, row, { household, payment, via: 'counter', at, paidOn });
  return { payment, paidOn, replayed: false };
}

function fault(code: FaultCode): Fault {
  return new Fault(code, meaningOf(code));
}
