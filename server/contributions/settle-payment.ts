import type { PoolClient } from 'pg';
import { isoDay } from '@estehqaq/law';
import { transaction } from '../database/index.ts';
import { dayInTehran, Fault } from '../platform/index.ts';
import type { GatewayState, Verification } from '../registries/index.ts';
import { lockBill, type BillRow } from './bill-store.ts';
import { book } from './ledger.ts';
import { payBill } from './pay-bill.ts';
import type { PaymentState } from './payment-states.ts';
import { listUnderWay, lockPayment, movePayment, postpone, type Payment, type PaymentKey } from './payment-store.ts';
import type { PaymentsParts } from './payments-parts.ts';
import { oweRefund } from './refund.ts';

/**
 * How a payment stands, as its payer may be told.
 *
 * - `unknown`: the gateway has not said; nobody may take it for a no. `notPaid`: the gateway says so.
 * - `goesBack`: will not be confirmed; what was paid the gateway gives back by itself.
 * - `refundDue`: the money came in for nothing that is to be paid; staff give it back.
 */
export const returnedStates = ['paid', 'notPaid', 'unknown', 'goesBack', 'refundDue', 'refunded'] as const;
export type ReturnedState = (typeof returnedStates)[number];

/** A claim is one process's alone for so long; longer than the gateway is waited for. */
const leaseMs = 60_000;
const firstCheckMs = 30_000;
const longestWaitMs = 3_600_000;
/** Money that was turned away is only watched on its way back. */
const longestWatchMs = 24 * 3_600_000;
/** After that the gateway no longer lets anybody pay. */
const attemptLifeMs = 24 * 3_600_000;

export function later(from: Date, milliseconds: number): Date {
  return new Date(from.getTime() + milliseconds);
}

/** Twice as long each time, to a limit. */
function nextCheck(from: Date, { checks, state }: Payment): Date {
  const longest = state === 'turnedAway' ? longestWatchMs : longestWaitMs;
  return later(from, Math.min(longest, firstCheckMs * 2 ** Math.min(checks, 12)));
}

type Verified = Extract<Verification, { verified: unknown }>;

/** What is to be done next, outside any transaction; or how it stands. */
type Step = { readonly ask: 'verify' | 'inquire'; readonly payment: Payment } | { readonly told: ReturnedState };

/**
 * Finds out what became of an attempt, and does what follows: once, whoever asks and however often. Before the gateway is
 * asked to confirm, that it will be is committed; so after a crash in between it is known that the money may be ours.
 * @throws Fault DATABASE_…; what `onPaid` throws
 */
export async function settlePayment(parts: PaymentsParts, key: PaymentKey): Promise<ReturnedState> {
  const step = await move(parts, key, (client, bill, payment) => claim(client, parts, bill, payment));
  if ('told' in step) return step.told;
  return step.ask === 'verify' ? verify(parts, step.payment) : inquire(parts, step.payment);
}

type Work<T> = (client: PoolClient, bill: BillRow, payment: Payment, at: Date) => Promise<T>;

/** The household is locked before the bill, and the bill before the payment, always. */
function move<T>(parts: PaymentsParts, key: PaymentKey, work: Work<T>): Promise<T> {
  return transaction(parts.pool, async (client) => {
    await parts.lockHousehold(client, key.household);
    const { bill, payment } = await lock(client, key);
    return work(client, bill, payment, parts.clock.now());
  });
}

async function lock(client: PoolClient, { household, payment }: PaymentKey) {
  const { rows } = await client.query<{ bill: bigint }>(
    'select bill from payment where household = $1 and payment = $2',
    [household, payment],
  );
  const bill = rows[0] === undefined ? undefined : await lockBill(client, household, rows[0].bill);
  const locked = await lockPayment(client, household, payment);
  if (bill === undefined || locked === undefined) throw new Fault('NOT_FOUND', 'There is no such payment.');
  return { bill, payment: locked };
}

async function claim(client: PoolClient, parts: PaymentsParts, bill: BillRow, payment: Payment): Promise<Step> {
  const at = parts.clock.now();
  const isClaimed = payment.dueAt !== null && payment.dueAt > at;
  switch (payment.state) {
    case 'asking':
      // Nobody was sent to the gateway, so nobody can pay: whoever asked for it has died.
      if (!isClaimed) await become(client, parts, payment, { state: 'failed', at, reason: 'noAuthority' });
      return { told: 'notPaid' };
    case 'waiting':
    case 'failed':
      return begin(client, parts, bill, payment);
    case 'verifying':
    case 'turnedAway':
      if (isClaimed) return { told: toldOf(payment.state) };
      await postpone(client, payment, later(at, leaseMs));
      return { ask: 'inquire', payment };
    default:
      return { told: toldOf(payment.state) };
  }
}

/** Claims the verification, unless the bill is no longer to be paid; of a bill's payments one is verified at a time. */
async function begin(client: PoolClient, parts: PaymentsParts, bill: BillRow, payment: Payment): Promise<Step> {
  const at = parts.clock.now();
  const today = isoDay(dayInTehran(at));
  if (payment.authority === null) return { told: 'notPaid' };
  if (bill.state !== 'open' || bill.validUntil < today) {
    const reason = bill.state === 'open' ? 'bill:expired' : `bill:${bill.state}`;
    await become(client, parts, payment, { state: 'turnedAway', at, reason });
    return { told: 'goesBack' };
  }
  const others = await listUnderWay(client, bill.household, bill.bill);
  if (others.some(({ state, payment: other }) => state === 'verifying' && other !== payment.payment)) {
    await postpone(client, payment, nextCheck(at, payment));
    return { told: 'unknown' };
  }
  const claimed = { dueAt: later(at, leaseMs), verifyBegunAt: at };
  if (payment.state === 'verifying') await postpone(client, payment, claimed.dueAt, at);
  else await movePayment(client, payment, { state: 'verifying', at, ...claimed });
  return { ask: 'verify', payment: { ...payment, ...claimed, state: 'verifying' } };
}

async function verify(parts: PaymentsParts, payment: Payment): Promise<ReturnedState> {
  const { authority, amount } = payment;
  const answer: Verification = authority === null ? 'unknown' : await parts.gateway.verify({ authority, amount });
  if (answer === 'unknown') return leaveUnknown(parts, payment);
  if ('refused' in answer) {
    parts.log.warn({ gatewayCode: answer.refused }, 'the gateway refuses to verify');
    return leaveUnknown(parts, payment);
  }
  if ('verified' in answer) return receive(parts, payment, answer);
  switch (answer.notVerified) {
    case 'notPaid':
      return conclude(parts, payment, authority === null ? 'unknown' : await parts.gateway.inquire(authority));
    case 'otherAmount':
      return end(parts, payment, 'turnedAway', 'otherAmount');
    case 'notOurs':
      return end(parts, payment, 'failed', 'notOurs');
  }
}

/** After a verification whose outcome was lost, or for money that was turned away. */
async function inquire(parts: PaymentsParts, payment: Payment): Promise<ReturnedState> {
  const { authority } = payment;
  const state = authority === null ? 'unknown' : await parts.gateway.inquire(authority);
  if (state === 'verified') return verify(parts, payment);
  if (state !== 'paid') return conclude(parts, payment, state);
  if (payment.state === 'turnedAway') return leaveUnknown(parts, payment, 'goesBack');
  // It was never done: what holds is today.
  const step = await move(parts, payment, (client, bill, found) =>
    found.state === 'verifying' ? begin(client, parts, bill, found) : claim(client, parts, bill, found),
  );
  return 'told' in step ? step.told : verify(parts, step.payment);
}

/** What follows from the gateway's word that it is not paid, or paid and not verified. */
async function conclude(
  parts: PaymentsParts,
  payment: Payment,
  state: GatewayState | 'unknown',
): Promise<ReturnedState> {
  const isTurnedAway = payment.state === 'turnedAway';
  const isOver = parts.clock.now().getTime() - payment.begunAt.getTime() > attemptLifeMs;
  switch (state) {
    case 'failed':
      return end(parts, payment, 'failed', 'gateway:failed');
    case 'reversed':
      return end(parts, payment, 'returned', 'gateway:reversed');
    case 'inBank':
      if (isOver) return end(parts, payment, 'failed', 'gateway:inBank');
      return isTurnedAway ? leaveUnknown(parts, payment, 'goesBack') : release(parts, payment);
    case 'paid':
    case 'verified':
    case 'unknown':
      return leaveUnknown(parts, payment, isTurnedAway ? 'goesBack' : 'unknown');
  }
}

/** The payer may still pay it. */
async function release(parts: PaymentsParts, { household, payment }: Payment): Promise<ReturnedState> {
  return move(parts, { household, payment }, async (client, _bill, found, at) => {
    if (found.state !== 'verifying') return toldOf(found.state);
    await movePayment(client, found, { state: 'waiting', at, dueAt: nextCheck(at, found) });
    return 'notPaid';
  });
}

async function leaveUnknown(
  parts: PaymentsParts,
  payment: Payment,
  told: ReturnedState = 'unknown',
): Promise<ReturnedState> {
  return move(parts, payment, async (client, _bill, found, at) => {
    if (found.state !== payment.state) return toldOf(found.state);
    await postpone(client, found, nextCheck(at, found));
    return told;
  });
}

type End = Extract<PaymentState, 'failed' | 'turnedAway' | 'returned'>;

async function end(parts: PaymentsParts, payment: Payment, state: End, reason: string): Promise<ReturnedState> {
  return move(parts, payment, async (client, bill, found, at) => {
    if (found.state !== payment.state) return toldOf(found.state);
    if (found.state === state) await postpone(client, found, nextCheck(at, found));
    else await become(client, parts, found, { state, at, reason });
    if (state === 'returned') await tellReturned(client, parts, bill, found, found.amount);
    return toldOf(state);
  });
}

async function become(
  client: PoolClient,
  { metrics }: PaymentsParts,
  payment: Payment,
  { state, at, reason }: { readonly state: End; readonly at: Date; readonly reason: string },
): Promise<void> {
  const dueAt = state === 'turnedAway' ? later(at, firstCheckMs) : null;
  await movePayment(client, payment, { state, at, reason, dueAt });
  metrics?.moved(payment.via, state);
}

/** The money is ours: it pays the bill, or is to be given back. Booked once, whatever came between. */
async function receive(parts: PaymentsParts, key: PaymentKey, verified: Verified): Promise<ReturnedState> {
  const state = await move(parts, key, async (client, bill, payment, at) => {
    if (['paid', 'refundDue', 'refunded'].includes(payment.state)) return payment.state;
    const { household, amount: expected, via } = payment;
    const { amount = expected, reference } = verified;
    const paidOn = isoDay(dayInTehran(payment.verifyBegunAt ?? at));
    const paying = { household, payment: payment.payment, via, at, paidOn };
    const isPaid = amount === expected && (await payBill(client, parts, bill, paying));
    const reason = amount === expected ? `bill:${bill.state}` : 'otherAmount';
    if (!isPaid) {
      await bookForRefund(client, parts, payment, { amount, reason, at });
      await tellReturned(client, parts, bill, payment, amount);
    }
    const becomes = isPaid ? 'paid' : 'refundDue';
    await movePayment(client, payment, {
      state: becomes,
      at,
      dueAt: null,
      ...(!isPaid && { reason }),
      ...(reference !== undefined && { reference }),
    });
    parts.metrics?.moved(via, becomes);
    return becomes;
  });
  return toldOf(state);
}

async function tellReturned(
  client: PoolClient,
  { onReturned }: PaymentsParts,
  { household, payer, bill }: BillRow,
  { payment }: Payment,
  amount: bigint,
): Promise<void> {
  await onReturned?.(client, { household, payer, bill, payment, amount });
}

async function bookForRefund(
  client: PoolClient,
  parts: PaymentsParts,
  payment: Payment,
  { amount, reason, at }: { readonly amount: bigint; readonly reason: string; readonly at: Date },
): Promise<void> {
  await book(client, {
    household: payment.household,
    transaction: payment.payment,
    at,
    cause: 'moneyToReturn',
    bill: payment.bill,
    payment: payment.payment,
    amounts: { gateway: amount, refunds: -amount },
  });
  await oweRefund(client, parts.ids, { payment, amount, reason, at });
}

export function toldOf(state: PaymentState): ReturnedState {
  switch (state) {
    case 'asking':
    case 'failed':
      return 'notPaid';
    case 'waiting':
    case 'verifying':
      return 'unknown';
    case 'turnedAway':
    case 'returned':
      return 'goesBack';
    case 'paid':
    case 'refundDue':
    case 'refunded':
      return state;
  }
}
