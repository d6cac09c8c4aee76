import type { PoolClient } from 'pg';
import { findDay } from '@estehqaq/law';
import { Fault, type Clock, type Ids } from '../platform/index.ts';
import { longestBillDays, type Bill, type BillTerms } from './bill.ts';
import { insertBill } from './bill-store.ts';
import { book } from './ledger.ts';

type IdMaker = Pick<Ids, 'make'>;

/**
 * Issues the one bill of a household and application (M-08), and books what the household and the state owe (M-28). In
 * the caller's transaction.
 * @throws Fault BILL_INVALID; DATABASE_DUPLICATE where the application has an open bill; DATABASE_…
 */
export async function issueBill(client: PoolClient, clock: Clock, ids: IdMaker, terms: BillTerms): Promise<Bill> {
  requireTerms(terms);
  const { household, application, payable, stateShare, issuedOn, validUntil } = terms;
  if (payable <= 0n) throw invalid('nothing is to be paid');
  const days = Number(findDay(validUntil)) - Number(findDay(issuedOn));
  if (!(days >= 0 && days <= longestBillDays)) throw invalid(`it is good for 0 to ${longestBillDays} days`);
  const [bill, reversal] = await ids.make([household, household]);
  if (bill === undefined || reversal === undefined) throw new RangeError('no ids were made');
  const at = clock.now();
  await insertBill(client, { ...terms, bill, reversal, at });
  await book(client, {
    household,
    transaction: bill,
    at,
    cause: 'billIssued',
    application,
    bill,
    amounts: owed(terms),
  });
  const untouched = { state: 'open', paidOn: null, paidVia: null } as const;
  return { bill, application, payable, stateShare, issuedOn, validUntil, ...untouched };
}

/**
 * Books the state's share alone, where the household pays nothing (M-24). In the caller's transaction.
 * @throws Fault BILL_INVALID where something is payable, or nothing is the state's; DATABASE_…
 */
export async function bookSubsidy(client: PoolClient, clock: Clock, ids: IdMaker, terms: BillTerms): Promise<void> {
  requireTerms(terms);
  const { household, application, payable, stateShare } = terms;
  if (payable !== 0n || stateShare <= 0n) throw invalid('the state alone pays, and it pays something');
  const [transaction] = await ids.make([household]);
  if (transaction === undefined) throw new RangeError('no id was made');
  await book(client, {
    household,
    transaction,
    at: clock.now(),
    cause: 'subsidyBooked',
    application,
    amounts: owed(terms),
  });
}

function owed({ payable, stateShare }: Pick<BillTerms, 'payable' | 'stateShare'>) {
  return { household: payable, stateSubsidy: stateShare, insurer: -(payable + stateShare) };
}

/** Gateways take amounts as JSON numbers; no premium comes near this. */
const highestAmount = 10n ** 15n;

function requireTerms({ payable, stateShare, issuedOn, validUntil }: BillTerms): void {
  if (payable < 0n || stateShare < 0n || payable + stateShare > highestAmount) throw invalid('an amount cannot be');
  if (findDay(issuedOn) === undefined || findDay(validUntil) === undefined) throw invalid('a day is none');
}

function invalid(reason: string): Fault {
  return new Fault('BILL_INVALID', `This bill cannot be issued: ${reason}. A mistake in our code.`);
}
