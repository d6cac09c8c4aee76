import { accounts, read, type Account, type Reader } from './ledger.ts';

/** Sums of entries, in whole rials. */
export interface Balance {
  readonly accounts: Readonly<Record<Account, bigint>>;
  /** Zero, or something is wrong. */
  readonly sum: bigint;
}

/** @param day ISO: up to the end of this day in Tehran; all days where it is not said. @param household that one's alone */
export async function ledgerBalance(reader: Reader, day?: string, household?: bigint): Promise<Balance> {
  const rows = await read<{ account: Account; amount: bigint }>(
    reader,
    `select account, sum(amount)::bigint as amount from ledger_entry
     where ($1::date is null or day <= $1::date) and ($2::bigint is null or household = $2)
     group by account`,
    [day ?? null, household ?? null],
  );
  const found = new Map(rows.map(({ account, amount }) => [account, amount]));
  const sums = Object.fromEntries(accounts.map((account) => [account, found.get(account) ?? 0n]));
  return {
    accounts: sums as Record<Account, bigint>,
    sum: rows.reduce((total, { amount }) => total + amount, 0n),
  };
}

/** Something that does not agree. */
export interface Imbalance {
  readonly what: 'transaction' | 'day' | 'household' | 'openBills' | 'refundsDue' | 'moneyReceived' | 'paidTwice';
  readonly household: bigint | null;
  /** The transaction or bill, where it is one. */
  readonly of: bigint | null;
  readonly day: string | null;
  /** By how many rials, or how many times. */
  readonly by: bigint;
}

/** Each gives the household, what it is about, the day and by how much; nothing where all agrees. */
const queries = {
  transaction: `select household, transaction as of, null::text as day, sum(amount)::bigint as by
    from ledger_entry group by household, transaction having sum(amount) <> 0`,
  day: `select null::bigint as household, null::bigint as of, day::text as day, sum(amount)::bigint as by
    from ledger_entry group by day having sum(amount) <> 0`,
  household: `select household, null::bigint as of, null::text as day, sum(amount)::bigint as by
    from ledger_entry group by household having sum(amount) <> 0`,
  openBills: `select household, null::bigint as of, null::text as day, sum(amount)::bigint as by from (
      select household, amount from ledger_entry where account = 'household'
      union all select household, -payable from bill where state = 'open'
    ) as owed group by household having sum(amount) <> 0`,
  refundsDue: `select household, null::bigint as of, null::text as day, sum(amount)::bigint as by from (
      select household, amount from ledger_entry where account = 'refunds'
      union all select household, amount from refund_due where refunded_at is null
    ) as due group by household having sum(amount) <> 0`,
  moneyReceived: `select household, null::bigint as of, null::text as day, sum(amount)::bigint as by from (
      select household, amount from ledger_entry where account in ('gateway', 'counter')
      union all select household, -amount from payment where state = 'paid'
      union all select household, -amount from refund_due where refunded_at is null
    ) as received group by household having sum(amount) <> 0`,
  paidTwice: `select household, bill as of, null::text as day, count(*)::bigint as by
    from payment where state = 'paid' group by household, bill having count(*) > 1`,
} as const satisfies Record<Imbalance['what'], string>;

/** Everything in the ledger that does not balance, or does not agree with bills, payments and refunds. */
export async function checkLedger(reader: Reader): Promise<readonly Imbalance[]> {
  const found: Imbalance[] = [];
  for (const [what, text] of Object.entries(queries) as [Imbalance['what'], string][]) {
    const rows = await read<Omit<Imbalance, 'what'>>(reader, text);
    found.push(...rows.map((row) => ({ what, ...row })));
  }
  return found;
}
