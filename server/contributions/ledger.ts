import type { Pool, PoolClient } from 'pg';
import { isoDay } from '@estehqaq/law';
import { asFault, prepared } from '../database/index.ts';
import { dayInTehran, Fault } from '../platform/index.ts';

/** The SQL of the ledger: double entry, append-only. A balance is a sum of entries and stands nowhere. */

export type Reader = Pick<Pool | PoolClient, 'query'>;

/**
 * The closed list of accounts. Positive: owed to the insurer, or held for it; negative: the other way round.
 *
 * - `household`: what it owes for open bills. `stateSubsidy`: what the state owes (M-24, M-28).
 * - `insurer`: the premium earned, as a negative sum.
 * - `gateway`, `counter`: money that came in there. `refunds`: what is to be given back, as a negative sum.
 */
export const accounts = ['household', 'stateSubsidy', 'insurer', 'gateway', 'counter', 'refunds'] as const;
export type Account = (typeof accounts)[number];

/** Why something was booked. */
export type Cause =
  | 'billIssued'
  | 'billCancelled'
  | 'billExpired'
  | 'billRefunded'
  | 'subsidyBooked'
  | 'paymentReceived'
  | 'moneyToReturn'
  | 'moneyReturned';

export interface LedgerTransaction {
  readonly household: bigint;
  /** Given by what is booked: the same thing is booked once. */
  readonly transaction: bigint;
  readonly at: Date;
  readonly cause: Cause;
  readonly application?: bigint;
  readonly bill?: bigint;
  readonly payment?: bigint;
  /** Whole rials by account; they add up to zero. */
  readonly amounts: Readonly<Partial<Record<Account, bigint>>>;
}

/**
 * The one place where entries are written.
 * @throws Fault LEDGER_UNBALANCED before anything is written; DATABASE_DUPLICATE for what is booked already
 */
export async function book(client: Reader, booked: LedgerTransaction): Promise<void> {
  const { household, transaction, at, cause, application = null, bill = null, payment = null, amounts } = booked;
  const entries = accounts.flatMap((account) => {
    const amount = amounts[account] ?? 0n;
    return amount === 0n ? [] : [{ account, amount }];
  });
  const sum = entries.reduce((total, { amount }) => total + amount, 0n);
  if (sum !== 0n || entries.length < 2) {
    throw new Fault('LEDGER_UNBALANCED', `The entries for ${cause} do not add up to zero: a mistake in our code.`);
  }
  try {
    await client.query(
      `insert into ledger_entry (household, transaction, account, amount, day, at, cause, application, bill, payment)
       select $1, $2, entry.account, entry.amount, $5::date, $6, $7, $8, $9, $10
       from unnest($3::text[], $4::bigint[]) as entry (account, amount)`,
      [
        household,
        transaction,
        entries.map(({ account }) => account),
        entries.map(({ amount }) => amount),
        isoDay(dayInTehran(at)),
        at,
        cause,
        application,
        bill,
        payment,
      ],
    );
  } catch (error) {
    throw asFault(error);
  }
}

export interface LedgerEntry {
  readonly transaction: bigint;
  readonly account: Account;
  /** Whole rials. */
  readonly amount: bigint;
  /** ISO, in Tehran. */
  readonly day: string;
  readonly at: Date;
  readonly cause: Cause;
  readonly application: bigint | null;
  readonly bill: bigint | null;
  readonly payment: bigint | null;
}

/** The whole ledger of a household, the oldest first. */
export async function entriesOf(reader: Reader, household: bigint): Promise<readonly LedgerEntry[]> {
  return read<LedgerEntry>(
    reader,
    `select transaction, account, amount, day, at, cause, application, bill, payment
     from ledger_entry where household = $1 order by at, transaction, account`,
    [household],
  );
}

export async function read<Row extends object>(
  reader: Reader,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  try {
    const { rows } = await reader.query<Row>(prepared(text, values));
    return rows;
  } catch (error) {
    throw asFault(error);
  }
}
