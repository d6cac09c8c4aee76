import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { transaction } from '../database/index.ts';
import type { PaymentGateway } from '../registries/index.ts';
import { billStates } from './bill.ts';
import { accounts, book } from './ledger.ts';
import { paymentStates } from './payment-states.ts';
import { cancelBill, refundPaidBill } from './end-bill.ts';
import { bookSubsidy } from './issue-bill.ts';
import { codeOf, openDesk, payer } from './testing.ts';

/** A gateway in memory: whatever is asked of it, money is verified at most once. */
const paid = new Map<string, 'inBank' | 'paid' | 'verified'>();
let isSilent = false;
const gateway: PaymentGateway = {
  request: () => {
    const authority = `A${paid.size}`;
    paid.set(authority, 'inBank');
    return Promise.resolve(isSilent ? 'unknown' : { authority });
  },
  addressOf: (authority) => authority,
  verify: ({ authority }) => {
    const state = paid.get(authority);
    if (state === undefined || state === 'inBank') return Promise.resolve({ notVerified: 'notPaid' });
    paid.set(authority, 'verified');
    const verified = state === 'verified' ? 'before' : 'now';
    return Promise.resolve(isSilent ? 'unknown' : { verified, reference: '1' });
  },
  inquire: (authority) => Promise.resolve(isSilent ? 'unknown' : (paid.get(authority) ?? 'unknown')),
  listUnverified: () => Promise.resolve('unknown'),
};

const desk = await openDesk(gateway);
afterAll(() => desk.database.close());
const { pool, clock, payments, ids } = desk;

describe('the ledger', () => {
  it('takes nothing that does not add up to zero', async () => {
    const entries = { household: 1n, transaction: 1n, at: clock.now(), cause: 'billIssued' } as const;
    for (const amounts of [{}, { household: 1n }, { household: 2n, insurer: -1n }, { household: 0n, insurer: 0n }]) {
      expect(await codeOf(book(pool, { ...entries, amounts }))).toBe('LEDGER_UNBALANCED');
    }
    expect((await pool.query('select from ledger_entry')).rowCount).toBe(0);
  });

  it('books the same thing once', async () => {
    const entries = { household: 1n, transaction: 2n, at: clock.now(), cause: 'billIssued' } as const;
    const amounts = { household: 5n, insurer: -5n };
    await transaction(pool, async (client) => {
      await book(client, { ...entries, amounts });
      await client.query('savepoint once');
      expect(await codeOf(book(client, { ...entries, amounts }))).toBe('DATABASE_DUPLICATE');
      await client.query('rollback to once');
      await book(client, {
        ...entries,
        transaction: 3n,
        cause: 'billCancelled',
        amounts: { household: -5n, insurer: 5n },
      });
    });
  });

  it('cannot be changed by the application', async () => {
    for (const text of ['update ledger_entry set amount = 1', 'delete from ledger_entry', 'delete from bill_event']) {
      await expect(pool.query(text)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('M-24: books the state’s share alone where the household pays nothing', async () => {
    const terms = {
      household: 77n,
      application: 78n,
      payer,
      payable: 0n,
      stateShare: 23_232_000n,
      perCapitaMonthly: 484_000n,
      membersCovered: 4,
      termMonths: 12,
      percent: 0,
      issuedOn: '2026-11-23',
      validUntil: '2026-11-23',
      lawVersion: 'test',
    };
    await transaction(pool, (client) => bookSubsidy(client, clock, ids, terms));
    const entries = await payments.entriesOf(77n);
    expect(entries.map(({ account, amount, day, cause }) => [account, amount, day, cause])).toEqual([
      ['insurer', -23_232_000n, '2026-11-23', 'subsidyBooked'],
      ['stateSubsidy', 23_232_000n, '2026-11-23', 'subsidyBooked'],
    ]);
    const owing = { ...terms, payable: 1n };
    expect(await codeOf(transaction(pool, (client) => bookSubsidy(client, clock, ids, owing)))).toBe('BILL_INVALID');
  });

  it('is checked by naming what does not balance', async () => {
    await desk.database.asOwner(async (owner) => {
      await owner.query(`insert into ledger_entry (household, transaction, account, amount, day, at, cause)
        values (5, 6, 'household', 7, '2026-11-23', now(), 'billIssued')`);
    });
    expect(await desk.imbalances()).toEqual([
      { what: 'transaction', household: 5n, of: 6n, day: null, by: 7n },
      { what: 'day', household: null, of: null, day: '2026-11-23', by: 7n },
      { what: 'household', household: 5n, of: null, day: null, by: 7n },
      { what: 'openBills', household: 5n, of: null, day: null, by: 7n },
      7n,
    ]);
    await desk.database.asOwner((owner) => owner.query('delete from ledger_entry where household = 5'));
  });
});

type Act =
  | { readonly what: 'issue'; readonly payable: number; readonly stateShare: number }
  | { readonly what: 'pass'; readonly minutes: number }
  | { readonly what: 'silence' | 'jobs' | 'refund' }
  | {
      readonly what: 'request' | 'payAtGateway' | 'comeBack' | 'counter' | 'cancel' | 'takeBack';
      readonly which: number;
    };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    what: fc.constant('issue' as const),
    payable: fc.integer({ min: 1, max: 30_000_000 }),
    stateShare: fc.integer({ min: 0, max: 30_000_000 }),
  }),
  fc.record({ what: fc.constant('pass' as const), minutes: fc.constantFrom(1, 12, 70, 15 * 24 * 60, 31 * 24 * 60) }),
  fc.record({ what: fc.constantFrom('silence' as const, 'jobs' as const, 'refund' as const) }),
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constantFrom(
        'request' as const,
        'payAtGateway' as const,
        'comeBack' as const,
        'payAtGateway' as const,
        'comeBack' as const,
        'counter' as const,
        'cancel' as const,
        'takeBack' as const,
      ),
      which: fc.nat({ max: 1 }),
    }),
  },
);

const allowed = ['done', 'BILL_STATE', 'PAYMENT_UNDER_WAY', 'PAYMENT_GATEWAY_SILENT', 'NOT_FOUND', 'RECEIPT_REUSED'];

describe('M-15: whatever is done in whatever order', () => {
  it('the ledger balances to the rial, and a bill is paid at most once', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 40 }), async (acts) => {
        const [household = 0n] = await ids.make([payer]);
        const bills: bigint[] = [];
        const authorities: string[] = [];
        isSilent = false;
        for (let bill = 0; bill < 2; bill += 1) bills.push((await desk.issue({ household })).bill);
        for (const each of acts) {
          const bill = 'which' in each ? bills[each.which % Math.max(1, bills.length)] : undefined;
          const code = await codeOf(play(each, { household, bill, bills, authorities }));
          expect(allowed, `${each.what}: ${code}`).toContain(code);
        }
        expect(await desk.imbalances()).toEqual([]);
        const { rows } = await pool.query<{ state: string; paid: bigint; effects: bigint }>(
          `select bill.state,
             (select count(*) from bill_event where bill_event.bill = bill.bill and what = 'pay') as paid,
             (select count(*) from paid_effect where paid_effect.bill = bill.bill) as effects
           from bill where household = $1`,
          [household],
        );
        for (const { state, paid: times, effects } of rows) {
          expect(times).toBe(effects);
          expect(times).toBeLessThanOrEqual(1n);
          if (state === 'paid') expect(times).toBe(1n);
        }
        const { accounts: sums } = await payments.ledgerBalance(pool);
        const verified = await pool.query<{ sum: bigint }>(
          `select coalesce(sum(amount), 0)::bigint as sum from payment where state = any('{paid,refundDue}')`,
        );
        expect(sums.gateway + sums.counter).toBe(verified.rows[0]?.sum);
      }),
      { numRuns: 150 },
    );
    const used = await pool.query<{ way: string }>(`
      select distinct account as way from ledger_entry
      union select 'bill ' || state from bill_event union select 'payment ' || state from payment_event`);
    expect(used.rows.map(({ way }) => way)).toEqual(
      expect.arrayContaining([
        ...accounts,
        ...billStates.map((state) => `bill ${state}`),
        ...paymentStates.filter((state) => state !== 'returned').map((state) => `payment ${state}`),
      ]),
    );
  });
});

interface Stage {
  readonly household: bigint;
  readonly bill: bigint | undefined;
  readonly bills: bigint[];
  readonly authorities: string[];
}

async function play(each: Act, { household, bill, bills, authorities }: Stage): Promise<void> {
  const authority = 'which' in each ? authorities.at(-1 - each.which) : undefined;
  switch (each.what) {
    case 'issue': {
      const terms = { household, payable: BigInt(each.payable), stateShare: BigInt(each.stateShare) };
      bills.push((await desk.issue(terms)).bill);
      return;
    }
    case 'pass':
      clock.pass(each.minutes);
      return;
    case 'silence':
      isSilent = !isSilent;
      return;
    case 'jobs':
      await payments.verifyPending(clock.now(), 1_000);
      await payments.expireBills(clock.now(), 1_000);
      return;
    case 'refund': {
      const [due] = await payments.listRefunds();
      if (due !== undefined) await payments.markRefunded({ ...due, by: 'staff:zahra', reference: 'transfer' });
      return;
    }
    case 'payAtGateway':
      if (authority !== undefined && paid.get(authority) === 'inBank') paid.set(authority, 'paid');
      return;
    case 'comeBack':
      if (authority !== undefined) await payments.returnFromGateway({ authority });
      return;
    default:
      if (bill !== undefined) await playWithBill(each.what, household, bill, authorities);
  }
}

async function playWithBill(
  what: 'request' | 'counter' | 'cancel' | 'takeBack',
  household: bigint,
  bill: bigint,
  authorities: string[],
): Promise<void> {
  if (what === 'request') {
    authorities.push((await payments.request({ household, bill, by: 'person:0012345679' })).redirectTo);
    return;
  }
  if (what === 'counter') {
    const { rows } = await pool.query<{ payable: bigint }>('select payable from bill where bill = $1', [bill]);
    const taken = { office: '17', operator: 'staff:reza', receiptNumber: String(bill) };
    await payments.takeAtCounter({ household, bill, ...taken, amount: rows[0]?.payable ?? 0n });
    return;
  }
  const reason = 'withdrawn';
  await transaction(pool, (client) =>
    what === 'cancel'
      ? cancelBill(client, clock, { household, bill, reason })
      : refundPaidBill(client, clock, ids, { household, bill, reason }),
  );
}
