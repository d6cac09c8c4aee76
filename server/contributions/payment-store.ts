import { Fault } from '../platform/index.ts';
import { read, type Reader } from './ledger.ts';
import { mayBecome, type PaymentState } from './payment-states.ts';

/** The SQL of payments. A payment's amount and bill are written once; the state moves on, with its event. */

export interface Payment {
  readonly household: bigint;
  readonly payment: bigint;
  readonly bill: bigint;
  readonly via: 'gateway' | 'counter';
  /** Whole rials, from our own books. */
  readonly amount: bigint;
  readonly begunAt: Date;
  readonly begunBy: string;
  readonly authority: string | null;
  readonly state: PaymentState;
  readonly verifyBegunAt: Date | null;
  /** How often the gateway was asked since something became of it. */
  readonly checks: number;
  /** From when on it must be looked after again; null: never. */
  readonly dueAt: Date | null;
  readonly reference: string | null;
  readonly lastEvent: number;
}

const columns = `household, payment, bill, via, amount, begun_at as "begunAt", begun_by as "begunBy", authority, state,
  verify_begun_at as "verifyBegunAt", checks, due_at as "dueAt", reference, last_event as "lastEvent"`;

export type PaymentKey = Pick<Payment, 'household' | 'payment'>;

export type NewPayment = Pick<
  Payment,
  'household' | 'payment' | 'bill' | 'via' | 'amount' | 'begunAt' | 'begunBy' | 'state' | 'dueAt'
> & { readonly office?: string; readonly receiptNumber?: string };

export async function insertPayment(client: Reader, made: NewPayment): Promise<void> {
  const { household, payment, bill, via, amount, begunAt, begunBy, state, dueAt, office, receiptNumber } = made;
  await read(
    client,
    `insert into payment (household, payment, bill, via, amount, begun_at, begun_by, state, checks, due_at, last_event,
       office, receipt_number)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, 1, $10, $11)`,
    [household, payment, bill, via, amount, begunAt, begunBy, state, dueAt, office ?? null, receiptNumber ?? null],
  );
  await insertEvent(client, made, 1, { at: begunAt, state });
}

async function insertEvent(
  client: Reader,
  { household, payment }: PaymentKey,
  number: number,
  { at, state, reason }: Pick<Move, 'at' | 'state' | 'reason'>,
): Promise<void> {
  await read(
    client,
    'insert into payment_event (household, payment, number, at, state, reason) values ($1, $2, $3, $4, $5, $6)',
    [household, payment, number, at, state, reason ?? null],
  );
}

export interface Move {
  readonly state: PaymentState;
  readonly at: Date;
  readonly dueAt: Date | null;
  readonly reason?: string | undefined;
  readonly authority?: string;
  readonly reference?: string;
  readonly verifyBegunAt?: Date;
}

/** @throws Fault PAYMENT_STATE where the table of states has no such way: a mistake in our code */
export async function movePayment(client: Reader, payment: Payment, move: Move): Promise<void> {
  const { state, dueAt } = move;
  if (!mayBecome(payment.state, state)) {
    throw new Fault('PAYMENT_STATE', `A payment that is ${payment.state} cannot become ${state}.`);
  }
  const number = payment.lastEvent + 1;
  await insertEvent(client, payment, number, move);
  const goesOn = payment.state === 'verifying' || state === 'verifying';
  await read(
    client,
    `update payment set state = $3, checks = $4, due_at = $5, authority = $6, reference = $7, verify_begun_at = $8,
       last_event = $9
     where household = $1 and payment = $2`,
    [
      payment.household,
      payment.payment,
      state,
      goesOn ? payment.checks + 1 : 0,
      dueAt,
      move.authority ?? payment.authority,
      move.reference ?? payment.reference,
      move.verifyBegunAt ?? payment.verifyBegunAt,
      number,
    ],
  );
}

/** Looked after again later; nothing became of it meanwhile. */
export async function postpone(
  client: Reader,
  { household, payment, checks }: Payment,
  dueAt: Date,
  verifyBegunAt?: Date,
): Promise<void> {
  await read(
    client,
    `update payment set due_at = $3, checks = $4, verify_begun_at = coalesce($5, verify_begun_at)
     where household = $1 and payment = $2`,
    [household, payment, dueAt, checks + 1, verifyBegunAt ?? null],
  );
}

/** Its bill is locked before it. */
export async function lockPayment(client: Reader, household: bigint, payment: bigint): Promise<Payment | undefined> {
  const one = `select ${columns} from payment where household = $1 and payment = $2 for update`;
  return (await read<Payment>(client, one, [household, payment]))[0];
}

export async function findPayment(reader: Reader, { household, payment }: PaymentKey): Promise<Payment | undefined> {
  const one = `select ${columns} from payment where household = $1 and payment = $2`;
  return (await read<Payment>(reader, one, [household, payment]))[0];
}

/** The payments of a bill that may still come to something, the oldest first. */
export async function listUnderWay(reader: Reader, household: bigint, bill: bigint): Promise<readonly Payment[]> {
  return read<Payment>(
    reader,
    `select ${columns} from payment
     where household = $1 and bill = $2 and state = any('{asking,waiting,verifying}'::text[]) order by payment`,
    [household, bill],
  );
}

/** The longest due first. */
export async function listDue(reader: Reader, now: Date, limit: number): Promise<readonly PaymentKey[]> {
  return read<PaymentKey>(
    reader,
    'select household, payment from payment where due_at <= $1 order by due_at, payment limit $2',
    [now, limit],
  );
}

/** Whether the authority was free and is now this payment's. */
export async function claimAuthority(
  client: Reader,
  authority: string,
  { household, payment }: PaymentKey,
): Promise<boolean> {
  const rows = await read(
    client,
    `insert into payment_authority (authority, household, payment) values ($1, $2, $3)
     on conflict do nothing returning authority`,
    [authority, household, payment],
  );
  return rows.length === 1;
}

export async function findByAuthority(reader: Reader, authority: string): Promise<PaymentKey | undefined> {
  const rows = await read<PaymentKey>(reader, 'select household, payment from payment_authority where authority = $1', [
    authority,
  ]);
  return rows[0];
}

/** Whether the office's receipt number was free and is now this payment's. */
export async function claimReceipt(
  client: Reader,
  { office, receiptNumber }: { readonly office: string; readonly receiptNumber: string },
  { household, payment }: PaymentKey,
): Promise<boolean> {
  const rows = await read(
    client,
    `insert into counter_receipt (office, receipt_number, household, payment) values ($1, $2, $3, $4)
     on conflict do nothing returning office`,
    [office, receiptNumber, household, payment],
  );
  return rows.length === 1;
}

export async function findByReceipt(
  reader: Reader,
  office: string,
  receiptNumber: string,
): Promise<Payment | undefined> {
  const [key] = await read<PaymentKey>(
    reader,
    'select household, payment from counter_receipt where office = $1 and receipt_number = $2',
    [office, receiptNumber],
  );
  return key === undefined ? undefined : findPayment(reader, key);
}

/** When the oldest payment was begun whose outcome the gateway has not said. */
export async function findOldestUnverified(reader: Reader): Promise<Date | undefined> {
  const rows = await read<{ begunAt: Date | null }>(
    reader,
    `select min(begun_at) as "begunAt" from payment where due_at is not null and state = 'verifying'`,
  );
  return rows[0]?.begunAt ?? undefined;
}
