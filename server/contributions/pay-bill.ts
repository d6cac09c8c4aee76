import type { PoolClient } from 'pg';
import { findNextBillState } from './bill.ts';
import { moveBill, type BillRow } from './bill-store.ts';
import { book } from './ledger.ts';
import type { PaymentKey } from './payment-store.ts';
import type { PaymentsParts } from './payments-parts.ts';

export interface Paying extends PaymentKey {
  readonly via: 'gateway' | 'counter';
  readonly at: Date;
  /** ISO, in Tehran. */
  readonly paidOn: string;
}

/**
 * Marks a locked, open bill paid, books the money, and tells whoever asked to be told: all of it or nothing.
 * @returns whether the bill was open
 */
export async function payBill(
  client: PoolClient,
  { onPaid }: Pick<PaymentsParts, 'onPaid'>,
  row: BillRow,
  { household, payment, via, at, paidOn }: Paying,
): Promise<boolean> {
  const state = findNextBillState(row.state, 'pay');
  if (state === undefined) return false;
  const { bill, application, payable } = row;
  await moveBill(client, row, { at, what: 'pay', state, payment }, { paidOn, paidVia: via });
  await book(client, {
    household,
    transaction: payment,
    at,
    cause: 'paymentReceived',
    application,
    bill,
    payment,
    amounts: { [via]: payable, household: -payable },
  });
  await onPaid(client, { household, application, bill, paidOn });
  return true;
}
