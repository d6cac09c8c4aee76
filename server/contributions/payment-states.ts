/**
 * The states of a payment.
 *
 * - `asking`: the gateway is asked for an authority; nobody can pay yet. `waiting`: the payer was sent there.
 * - `verifying`: the gateway was asked to confirm, or is about to be, and the outcome is not known. Of the payments of a
 *   bill one at most.
 * - `turnedAway`: will not be confirmed; if money was paid, the gateway gives it back by itself. `returned`: it has.
 * - `failed`: not paid. Not for ever: where the gateway says later that it was paid, it is looked at again.
 * - `refundDue`: confirmed, so that the money is ours, but for nothing that is to be paid. `refunded`: staff gave it back.
 */
export type PaymentState =
  'asking' | 'waiting' | 'verifying' | 'paid' | 'failed' | 'turnedAway' | 'returned' | 'refundDue' | 'refunded';

/** A confirmation may arrive late, after somebody else gave the payment up: then the money is ours all the same. */
const late = ['paid', 'refundDue'] as const satisfies readonly PaymentState[];

const ways = {
  asking: ['waiting', 'failed'],
  waiting: ['verifying', 'turnedAway', 'failed', ...late],
  verifying: ['paid', 'refundDue', 'waiting', 'turnedAway', 'returned', 'failed'],
  paid: ['refundDue'],
  failed: ['verifying', 'turnedAway', ...late],
  turnedAway: ['returned', 'failed', ...late],
  returned: [...late],
  refundDue: ['refunded'],
  refunded: [],
} as const satisfies Record<PaymentState, readonly PaymentState[]>;

export const paymentStates = Object.keys(ways) as readonly PaymentState[];

export function mayBecome(from: PaymentState, to: PaymentState): boolean {
  const allowed: readonly PaymentState[] = ways[from];
  return allowed.includes(to);
}
