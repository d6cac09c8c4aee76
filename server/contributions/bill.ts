/** What a bill is made from: taken from the law's decision, never computed here. */
export interface BillTerms {
  readonly household: bigint;
  readonly application: bigint;
  /** The head's national id. */
  readonly payer: bigint;
  /** Whole rials of the whole term, like `stateShare`. */
  readonly payable: bigint;
  readonly stateShare: bigint;
  /** Whole rials for one person and month. */
  readonly perCapitaMonthly: bigint;
  readonly membersCovered: number;
  readonly termMonths: number;
  /** Of the premium, to be paid by the household. */
  readonly percent: number;
  /** ISO day. */
  readonly issuedOn: string;
  /** ISO day, the last one; never one on which the law would price otherwise. */
  readonly validUntil: string;
  readonly lawVersion: string;
}

/**
 * - `expired`: its last day went by; what is owed is priced anew.
 * - `cancelled`: taken back, also after it was paid; then the money is to be given back.
 */
export type BillState = 'open' | 'paid' | 'expired' | 'cancelled';

export type BillAct = 'pay' | 'expire' | 'cancel' | 'refund';

type Way = Readonly<Partial<Record<BillAct, BillState>>>;

const states = {
  open: { pay: 'paid', expire: 'expired', cancel: 'cancelled' },
  paid: { refund: 'cancelled' },
  expired: {},
  cancelled: {},
} as const satisfies Record<BillState, Way>;

export const billStates = Object.keys(states) as readonly BillState[];

/** The state that the act leads to; undefined where it cannot be done. */
export function findNextBillState(state: BillState, act: BillAct): BillState | undefined {
  const way: Way = states[state];
  return way[act];
}

/** M-30, read so: a bill is good for 30 days; after that what is owed is priced anew. */
export const longestBillDays = 30;

/** A bill, as the household is told of it. */
export interface Bill {
  readonly bill: bigint;
  readonly application: bigint;
  readonly payable: bigint;
  readonly stateShare: bigint;
  readonly issuedOn: string;
  readonly validUntil: string;
  readonly state: BillState;
  /** The Tehran day on which the verification began that found the money there; or on which the counter took it. */
  readonly paidOn: string | null;
  readonly paidVia: 'gateway' | 'counter' | null;
}
