import { Fault, meaningOf } from '../platform/index.ts';
import { ledgerBalance, type Balance } from './check-ledger.ts';
import { expireBills } from './end-bill.ts';
import { entriesOf, type LedgerEntry, type Reader } from './ledger.ts';
import { findByAuthority, findOldestUnverified, findPayment } from './payment-store.ts';
import type { PaymentsParts } from './payments-parts.ts';
import {
  countRefunds,
  listRefunds,
  markRefunded,
  type MarkRefunded,
  type Refund,
  type RefundPage,
  type RefundsDue,
} from './refund.ts';
import { requestPayment, type PaymentRequest, type Requested } from './request-payment.ts';
import { settlePayment, type ReturnedState } from './settle-payment.ts';
import { takeAtCounter, type CounterPayment, type CounterReceipt } from './take-at-counter.ts';
import { compareUnverified, verifyPending } from './verify-pending.ts';

export interface CallBack {
  readonly authority: string;
  /** What the browser says of it. Anybody can say it: it is not looked at. */
  readonly status?: string | undefined;
}

export interface CallBackAnswer {
  readonly state: ReturnedState;
  /** The gateway's reference of the money; only where there is money. */
  readonly reference: string | null;
}

/** What can be done about payments; the faults stand at each use case. */
export interface Payments {
  readonly request: (request: PaymentRequest) => Promise<Requested>;
  /** @throws Fault NOT_FOUND for an authority that is none of ours; DATABASE_… */
  readonly returnFromGateway: (callBack: CallBack) => Promise<CallBackAnswer>;
  readonly takeAtCounter: (taken: CounterPayment) => Promise<CounterReceipt>;
  /** Jobs; each does a bounded part and says how much, so that it is called again while there is more. */
  readonly verifyPending: (now: Date, limit?: number) => Promise<number>;
  readonly compareUnverified: () => Promise<number | undefined>;
  readonly expireBills: (now: Date, limit?: number) => Promise<number>;
  /** What waits to be given back by staff; nothing gives it back by itself. */
  readonly refundsDue: () => Promise<RefundsDue>;
  readonly listRefunds: (page?: RefundPage) => Promise<readonly Refund[]>;
  readonly markRefunded: (marked: MarkRefunded) => Promise<Refund>;
  /** When the oldest payment was begun whose outcome the gateway has not said. */
  readonly oldestUnverified: () => Promise<Date | undefined>;
  readonly ledgerBalance: (reader: Reader, day?: string) => Promise<Balance>;
  readonly entriesOf: (household: bigint) => Promise<readonly LedgerEntry[]>;
}

export function createPayments(parts: PaymentsParts): Payments {
  const { pool } = parts;
  return {
    request: (request) => requestPayment(parts, request),
    returnFromGateway: (callBack) => returnFromGateway(parts, callBack),
    takeAtCounter: (taken) => takeAtCounter(parts, taken),
    verifyPending: (now, limit) => verifyPending(parts, now, limit),
    compareUnverified: () => compareUnverified(parts),
    expireBills: (now, limit) => expireBills(parts, now, limit),
    refundsDue: () => countRefunds(pool),
    listRefunds: (page) => listRefunds(pool, page),
    markRefunded: (marked) => markRefunded(parts, marked),
    oldestUnverified: () => findOldestUnverified(pool),
    ledgerBalance: (reader, day) => ledgerBalance(reader, day),
    entriesOf: (household) => entriesOf(pool, household),
  };
}

async function returnFromGateway(parts: PaymentsParts, { authority }: CallBack): Promise<CallBackAnswer> {
  const key = await findByAuthority(parts.pool, authority);
  if (key === undefined) {
    parts.metrics?.returned('forged');
    throw new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
  }
  const state = await settlePayment(parts, key);
  parts.metrics?.returned(state);
  const payment = await findPayment(parts.pool, key);
  return { state, reference: payment?.reference ?? null };
}
