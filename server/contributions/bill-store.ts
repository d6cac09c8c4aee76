import type { Bill, BillState, BillTerms } from './bill.ts';
import { read, type Reader } from './ledger.ts';

/** The SQL of bills. Terms are written once; the state moves on, with its event. */

export interface BillRow extends Bill, Pick<BillTerms, 'household' | 'payer'> {
  /** The transaction id in the ledger under which it is taken back. */
  readonly reversal: bigint;
  readonly payment: bigint | null;
  readonly lastEvent: number;
}

export interface NewBill extends BillTerms {
  readonly bill: bigint;
  readonly reversal: bigint;
  readonly at: Date;
}

const columns = `household, bill, application, payer, payable, state_share as "stateShare", issued_on as "issuedOn",
  valid_until as "validUntil", state, paid_on as "paidOn", paid_via as "paidVia", reversal, payment,
  last_event as "lastEvent"`;

/** Without the columns that are nobody's outside. */
function asTold({ bill, application, payable, stateShare, issuedOn, validUntil, state, paidOn, paidVia }: Bill): Bill {
  return { bill, application, payable, stateShare, issuedOn, validUntil, state, paidOn, paidVia };
}

export async function insertBill(client: Reader, bill: NewBill): Promise<void> {
  const { household, payer } = bill;
  await read(
    client,
    `insert into bill (household, bill, application, payer, payable, state_share, per_capita_monthly, members_covered,
       term_months, percent, issued_on, valid_until, law_version, issued_at, reversal, state, last_event)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'open', 1)`,
    [
      household,
      bill.bill,
      bill.application,
      payer,
      bill.payable,
      bill.stateShare,
      bill.perCapitaMonthly,
      bill.membersCovered,
      bill.termMonths,
      bill.percent,
      bill.issuedOn,
      bill.validUntil,
      bill.lawVersion,
      bill.at,
      bill.reversal,
    ],
  );
  await insertBillEvent(client, bill, { number: 1, at: bill.at, what: 'issue', state: 'open' });
  await read(client, 'insert into bill_payer (payer, household) values ($1, $2) on conflict do nothing', [
    payer,
    household,
  ]);
}

export interface BillEvent {
  readonly number: number;
  readonly at: Date;
  readonly what: string;
  readonly state: BillState;
  readonly reason?: string | undefined;
  readonly payment?: bigint | undefined;
}

async function insertBillEvent(
  client: Reader,
  { household, bill }: Pick<NewBill, 'household' | 'bill'>,
  { number, at, what, state, reason, payment }: BillEvent,
): Promise<void> {
  await read(
    client,
    `insert into bill_event (household, bill, number, at, what, state, reason, payment)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [household, bill, number, at, what, state, reason ?? null, payment ?? null],
  );
}

/** The new state, with its event. */
export async function moveBill(
  client: Reader,
  row: BillRow,
  event: Omit<BillEvent, 'number'>,
  paid: Pick<Bill, 'paidOn' | 'paidVia'> = row,
): Promise<void> {
  const number = row.lastEvent + 1;
  await insertBillEvent(client, row, { ...event, number });
  await read(
    client,
    `update bill set state = $3, paid_on = $4, paid_via = $5, payment = $6, last_event = $7
     where household = $1 and bill = $2`,
    [row.household, row.bill, event.state, paid.paidOn, paid.paidVia, event.payment ?? row.payment, number],
  );
}

export async function findBill(reader: Reader, household: bigint, bill: bigint): Promise<BillRow | undefined> {
  const one = `select ${columns} from bill where household = $1 and bill = $2`;
  return (await read<BillRow>(reader, one, [household, bill]))[0];
}

/** Nobody else moves it, or any of its payments, until the transaction ends: it is locked before them. */
export async function lockBill(client: Reader, household: bigint, bill: bigint): Promise<BillRow | undefined> {
  const one = `select ${columns} from bill where household = $1 and bill = $2 for update`;
  return (await read<BillRow>(client, one, [household, bill]))[0];
}

/** Open ones whose last day is before this one, without those whose payment is being verified. @param today ISO */
export async function listOverdue(
  reader: Reader,
  today: string,
  limit: number,
): Promise<readonly Pick<BillRow, 'household' | 'bill'>[]> {
  return read(
    reader,
    `select household, bill from bill
     where state = 'open' and valid_until < $1::date
       and not exists (
         select from payment
         where payment.household = bill.household and payment.bill = bill.bill and payment.state = 'verifying'
       )
     order by valid_until, household, bill limit $2`,
    [today, limit],
  );
}

/** All bills of a household, the newest first. */
export async function listBills(reader: Reader, household: bigint): Promise<readonly Bill[]> {
  const rows = await read<BillRow>(
    reader,
    `select ${columns} from bill where household = $1 order by issued_on desc, bill desc`,
    [household],
  );
  return rows.map(asTold);
}

/** All bills that this person is to pay, in whatever household, the newest first. */
export async function listBillsOfPayer(reader: Reader, payer: bigint): Promise<readonly Bill[]> {
  const rows = await read<BillRow>(
    reader,
    `select ${columns} from bill where household = any($1::bigint[]) and payer = $2 order by issued_on desc, bill desc`,
    [await householdsOfPayer(reader, payer), payer],
  );
  return rows.map(asTold);
}

/** @returns undefined also for a bill that is somebody else's */
export async function findPayersBill(
  reader: Reader,
  payer: bigint,
  bill: bigint,
): Promise<{ readonly household: bigint; readonly bill: bigint } | undefined> {
  const rows = await read<{ household: bigint; bill: bigint }>(
    reader,
    'select household, bill from bill where household = any($1::bigint[]) and bill = $2 and payer = $3',
    [await householdsOfPayer(reader, payer), bill, payer],
  );
  return rows[0];
}

async function householdsOfPayer(reader: Reader, payer: bigint): Promise<readonly bigint[]> {
  const rows = await read<{ household: bigint }>(reader, 'select household from bill_payer where payer = $1', [payer]);
  return rows.map(({ household }) => household);
}
