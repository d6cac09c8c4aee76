import type { PoolClient } from 'pg';
import { isoDay } from '@estehqaq/law';
import { transaction } from '../database/index.ts';
import { Fault, meaningOf, todayInTehran, type FaultCode } from '../platform/index.ts';
import { lockBill } from './bill-store.ts';
import {
  claimAuthority,
  insertPayment,
  listUnderWay,
  lockPayment,
  movePayment,
  type Payment,
} from './payment-store.ts';
import type { PaymentsParts } from './payments-parts.ts';
import { later, settlePayment } from './settle-payment.ts';

export interface PaymentRequest {
  readonly household: bigint;
  readonly bill: bigint;
  /** As in a token: person:<national id> or staff:<name>. */
  readonly by: string;
}

/** Where the payer is to be sent. */
export interface Requested {
  readonly payment: bigint;
  readonly redirectTo: string;
  /** The attempt was begun before, and can still be paid. */
  readonly replayed: boolean;
}

/** So long the gateway surely still lets the payer pay; afterwards a new attempt is begun beside it. */
const reuseMs = 10 * 60_000;
const askingMs = 60_000;
const firstCheckMs = 2 * 60_000;

/**
 * Begins to pay an open bill through the gateway, or goes on with what was begun a little while ago.
 * @throws Fault NOT_FOUND; BILL_STATE for a bill that is not to be paid any more; PAYMENT_UNDER_WAY where it is not known
 *   yet whether another attempt has paid it; PAYMENT_GATEWAY_SILENT; DATABASE_…
 */
export async function requestPayment(parts: PaymentsParts, request: PaymentRequest): Promise<Requested> {
  const { pool, ids, gateway, callbackUrl } = parts;
  const { household } = request;
  const [payment] = await ids.make([household]);
  if (payment === undefined) throw new RangeError('no id was made');
  for (const old of await transaction(pool, (client) => listOld(client, parts, request))) {
    if ((await settlePayment(parts, old)) === 'unknown') throw fault('PAYMENT_UNDER_WAY');
  }
  const begun = await transaction(pool, (client) => begin(client, parts, request, payment));
  const { authority, amount } = begun;
  if (authority !== null) return { payment: begun.payment, redirectTo: gateway.addressOf(authority), replayed: true };
  const asked = await gateway.request({ amount, orderId: String(payment), callbackUrl: callbackUrl() });
  if (typeof asked === 'object' && 'refused' in asked) {
    parts.log.warn({ gatewayCode: asked.refused }, 'the gateway refuses a payment');
  }
  const named = typeof asked === 'object' && 'authority' in asked ? asked.authority : undefined;
  const isNamed = await transaction(pool, (client) => nameAttempt(client, parts, { household, payment }, named));
  if (named === undefined || !isNamed) throw fault('PAYMENT_GATEWAY_SILENT');
  return { payment, redirectTo: gateway.addressOf(named), replayed: false };
}

/** Attempts that nobody may go on with; what became of them is found out before another is begun. */
async function listOld(client: PoolClient, { clock }: PaymentsParts, { household, bill }: PaymentRequest) {
  const before = clock.now().getTime() - reuseMs;
  const underWay = await listUnderWay(client, household, bill);
  return underWay.filter(({ state, begunAt }) => state === 'waiting' && begunAt.getTime() < before);
}

async function begin(
  client: PoolClient,
  { clock }: PaymentsParts,
  { household, bill, by }: PaymentRequest,
  payment: bigint,
): Promise<Pick<Payment, 'payment' | 'authority' | 'amount'>> {
  const row = await lockBill(client, household, bill);
  if (row === undefined) throw fault('NOT_FOUND');
  if (row.state !== 'open' || row.validUntil < isoDay(todayInTehran(clock))) throw fault('BILL_STATE');
  const at = clock.now();
  const underWay = await listUnderWay(client, household, bill);
  const isUnsettled = underWay.some(
    ({ state, dueAt }) => state === 'verifying' || (state === 'asking' && dueAt !== null && dueAt > at),
  );
  if (isUnsettled) throw fault('PAYMENT_UNDER_WAY');
  const usable = underWay.find(
    ({ state, begunAt }) => state === 'waiting' && begunAt.getTime() >= at.getTime() - reuseMs,
  );
  if (usable !== undefined) return usable;
  await insertPayment(client, {
    household,
    payment,
    bill,
    via: 'gateway',
    amount: row.payable,
    begunAt: at,
    begunBy: by,
    state: 'asking',
    dueAt: later(at, askingMs),
  });
  return { payment, authority: null, amount: row.payable };
}

/**
 * An attempt without an authority cannot be paid by anybody, also where the gateway has made one and its answer was lost.
 * @returns whether the payer can be sent to the gateway
 */
async function nameAttempt(
  client: PoolClient,
  { clock, metrics }: PaymentsParts,
  key: Pick<Payment, 'household' | 'payment'>,
  authority: string | undefined,
): Promise<boolean> {
  const found = await lockPayment(client, key.household, key.payment);
  if (found?.state !== 'asking') return false;
  const at = clock.now();
  const isNamed = authority !== undefined && (await claimAuthority(client, authority, key));
  const move = isNamed
    ? ({ state: 'waiting', authority, dueAt: later(at, firstCheckMs) } as const)
    : ({ state: 'failed', reason: 'noAuthority', dueAt: null } as const);
  await movePayment(client, found, { at, ...move });
  metrics?.moved('gateway', move.state);
  return isNamed;
}

function fault(code: FaultCode): Fault {
  return new Fault(code, meaningOf(code));
}
