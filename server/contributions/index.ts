/* The door of contributions: bills, the ledger, and payments through a gateway or at a counter (M-08, M-15 to M-18, M-24, M-28, M-30). */

export { bookSubsidy, issueBill } from './issue-bill.ts';
export { cancelBill, refundPaidBill } from './end-bill.ts';
export { billStates, longestBillDays, type Bill, type BillState, type BillTerms } from './bill.ts';
export { findPayersBill, listBills, listBillsOfPayer } from './bill-store.ts';
export { accounts, entriesOf, type Account, type LedgerEntry } from './ledger.ts';
export { checkLedger, ledgerBalance, type Balance, type Imbalance } from './check-ledger.ts';
export { createPayments, type CallBackAnswer, type Payments } from './payments.ts';
export {
  type LockHousehold,
  type OnExpired,
  type OnPaid,
  type OnReturned,
  type PaymentMetrics,
  type PaymentsParts,
} from './payments-parts.ts';
export { type Requested } from './request-payment.ts';
export { returnedStates, type ReturnedState } from './settle-payment.ts';
export { paymentStates, type PaymentState } from './payment-states.ts';
export { listRefunds, type Refund, type RefundsDue } from './refund.ts';
