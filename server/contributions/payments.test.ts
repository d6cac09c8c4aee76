import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { transaction } from '../database/index.ts';
import { listBills, listBillsOfPayer, findPayersBill } from './bill-store.ts';
import { cancelBill, refundPaidBill } from './end-bill.ts';
import { callBackOf, codeOf, openDesk, payer, startGateway, type Desk, type StandInGateway } from './testing.ts';

let gateway: StandInGateway;
let desk: Desk;
beforeAll(async () => {
  gateway = await startGateway();
  desk = await openDesk(gateway.client());
});
afterAll(async () => {
  await desk.database.close();
  await gateway.close();
});
beforeEach(() => gateway.fail());

const by = 'person:0012345679';
type Issued = Awaited<ReturnType<Desk['issue']>>;
const atCounter = (bill: Issued, more: object = {}) =>
  desk.payments.takeAtCounter({
    household: bill.household,
    bill: bill.bill,
    office: '17',
    operator: 'staff:reza',
    receiptNumber: String(bill.bill),
    amount: bill.payable,
    ...more,
  });

describe('a bill', () => {
  it('M-08: is one for the household and its application', async () => {
    const bill = await desk.issue();
    expect(await codeOf(desk.issue({ household: bill.household, application: bill.application }))).toBe(
      'DATABASE_DUPLICATE',
    );
    expect(await listBills(desk.pool, bill.household)).toEqual([
      {
        bill: bill.bill,
        application: bill.application,
        payable: 2_904_000n,
        stateShare: 2_904_000n,
        issuedOn: '2026-11-23',
        validUntil: '2026-12-23',
        state: 'open',
        paidOn: null,
        paidVia: null,
      },
    ]);
  });

  it('M-28: books what the household owes and what the state owes', async () => {
    const { household } = await desk.issue();
    const entries = await desk.payments.entriesOf(household);
    expect(entries.map(({ account, amount }) => [account, amount])).toEqual([
      ['household', 2_904_000n],
      ['insurer', -5_808_000n],
      ['stateSubsidy', 2_904_000n],
    ]);
  });

  it('M-30: is good for 30 days at most', async () => {
    expect(await codeOf(desk.issue({ validUntil: '2026-12-23' }))).toBe('done');
    expect(await codeOf(desk.issue({ validUntil: '2026-12-24' }))).toBe('BILL_INVALID');
    expect(await codeOf(desk.issue({ validUntil: '2026-11-22' }))).toBe('BILL_INVALID');
    expect(await codeOf(desk.issue({ validUntil: '2026-02-30' }))).toBe('BILL_INVALID');
    expect(await codeOf(desk.issue({ payable: 0n }))).toBe('BILL_INVALID');
    expect(await codeOf(desk.issue({ stateShare: -1n }))).toBe('BILL_INVALID');
  });

  it('is its payer’s alone', async () => {
    const { household, bill } = await desk.issue({ payer: 12_345_717n });
    expect(await findPayersBill(desk.pool, 12_345_717n, bill)).toEqual({ household, bill });
    expect(await findPayersBill(desk.pool, payer, bill)).toBeUndefined();
    expect((await listBillsOfPayer(desk.pool, 12_345_717n)).map((each) => each.bill)).toEqual([bill]);
  });

  it('is not taken back twice, nor when it is paid', async () => {
    const bill = await desk.issue();
    const end = { household: bill.household, bill: bill.bill, reason: 'withdrawn' };
    const cancel = () => transaction(desk.pool, (client) => cancelBill(client, desk.clock, end));
    const refund = () => transaction(desk.pool, (client) => refundPaidBill(client, desk.clock, desk.ids, end));
    expect(await codeOf(refund())).toBe('BILL_STATE');
    await cancel();
    expect(await codeOf(cancel())).toBe('BILL_STATE');
    const paid = await desk.issue();
    await atCounter(paid);
    Object.assign(end, { bill: paid.bill, household: paid.household });
    expect(await codeOf(cancel())).toBe('BILL_STATE');
    expect(await desk.imbalances()).toEqual([]);
  });

  it('tells when it expires, in the same transaction', async () => {
    const expired: unknown[] = [];
    const told = await openDesk(gateway.client(), {
      onExpired: (_client, each) => {
        expired.push(each);
        return Promise.resolve();
      },
    });
    const { household, application, bill } = await told.issue({ validUntil: '2026-11-24' });
    told.clock.time = new Date('2026-11-24T20:29:59Z');
    expect(await told.payments.expireBills(told.clock.now())).toBe(0);
    told.clock.time = new Date('2026-11-24T20:30:00Z');
    expect(await told.payments.expireBills(told.clock.now())).toBe(1);
    expect(expired).toEqual([{ household, application, bill }]);
    expect(await told.payments.expireBills(told.clock.now())).toBe(0);
    expect((await told.payments.ledgerBalance(told.pool)).accounts.household).toBe(0n);
    await told.database.close();
  });
});

describe('a payment through the gateway', () => {
  it('goes on with what was begun, and begins anew beside it later', async () => {
    const { household, bill } = await desk.issue();
    const first = await desk.payments.request({ household, bill, by });
    expect(first.replayed).toBe(false);
    expect(await desk.payments.request({ household, bill, by })).toEqual({ ...first, replayed: true });
    desk.clock.pass(11);
    const second = await desk.payments.request({ household, bill, by });
    expect(second.payment).not.toBe(first.payment);
    desk.clock.pass(11);
    await gateway.pay(second.redirectTo);
    expect(await codeOf(desk.payments.request({ household, bill, by }))).toBe('BILL_STATE');
    expect(await listBills(desk.pool, household)).toMatchObject([{ state: 'paid', paidVia: 'gateway' }]);
  });

  it('is begun once, however often the button is pressed', async () => {
    const { household, bill } = await desk.issue();
    const pressed = await Promise.all(
      Array.from({ length: 4 }, () => codeOf(desk.payments.request({ household, bill, by }))),
    );
    expect(new Set(pressed).size).toBeLessThanOrEqual(2);
    const { rows } = await desk.pool.query('select from payment where household = $1', [household]);
    expect(rows).toHaveLength(1);
  });

  it('has the amount of our own books, in rials', async () => {
    const { household, bill } = await desk.issue({ payable: 484_001n });
    const { redirectTo } = await desk.payments.request({ household, bill, by });
    const authority = redirectTo.split('/').at(-1);
    expect((await gateway.books()).find((each) => each.authority === authority)?.amount).toBe(484_001);
  });
});

describe('a payment at a counter', () => {
  it('is recorded once for a receipt, whole, and for an open bill', async () => {
    const bill = await desk.issue();
    expect(await codeOf(atCounter(bill, { amount: bill.payable - 1n }))).toBe('PAYMENT_AMOUNT');
    const taken = await atCounter(bill);
    expect(taken).toMatchObject({ paidOn: desk.clock.now().toISOString().slice(0, 10), replayed: false });
    expect(await atCounter(bill)).toEqual({ ...taken, replayed: true });
    expect(await codeOf(atCounter(bill, { amount: bill.payable + 1n }))).toBe('RECEIPT_REUSED');
    expect(await codeOf(atCounter(bill, { receiptNumber: 'other' }))).toBe('BILL_STATE');
    const another = await desk.issue();
    expect(await codeOf(atCounter(another, { receiptNumber: String(bill.bill) }))).toBe('RECEIPT_REUSED');
    expect(await codeOf(atCounter(another, { receiptNumber: String(bill.bill), office: '18' }))).toBe('done');
    expect((await desk.told()).filter((each) => each.bill === bill.bill)).toHaveLength(1);
    expect(await desk.imbalances()).toEqual([]);
  });

  it('is not taken after the last day, in Tehran', async () => {
    const day = desk.clock.now().toISOString().slice(0, 10);
    const bill = await desk.issue({ issuedOn: day, validUntil: day });
    desk.clock.time = new Date(`${day}T20:30:00Z`);
    expect(await codeOf(atCounter(bill))).toBe('BILL_STATE');
    desk.clock.time = new Date(`${day}T20:29:59Z`);
    expect(await codeOf(atCounter(bill))).toBe('done');
  });
});

describe('money that is to be given back', () => {
  it('is entered as given back by another than the one who took it, once', async () => {
    const bill = await desk.issue();
    await atCounter(bill);
    const end = { household: bill.household, bill: bill.bill, reason: 'withdrawn' };
    await transaction(desk.pool, (client) => refundPaidBill(client, desk.clock, desk.ids, end));
    const due = (await desk.payments.listRefunds()).find((each) => each.bill === bill.bill);
    expect(due).toMatchObject({ via: 'counter', amount: bill.payable, reason: 'withdrawn', refundedAt: null });
    const mark = (who: string, reference = 'IR-1') =>
      desk.payments.markRefunded({ household: bill.household, refund: due?.refund ?? 0n, by: who, reference });
    expect(await codeOf(mark('staff:reza'))).toBe('FOUR_EYES');
    const marked = await mark('staff:zahra');
    expect(marked).toMatchObject({ refundedBy: 'staff:zahra', reference: 'IR-1' });
    expect(await mark('staff:zahra')).toEqual(marked);
    expect(await codeOf(mark('staff:zahra', 'IR-2'))).toBe('REFUND_STATE');
    expect(await codeOf(desk.payments.markRefunded({ household: 1n, refund: 1n, by: 'staff:a', reference: 'x' }))).toBe(
      'NOT_FOUND',
    );
    expect(await desk.stateOf(bill)).toBe('cancelled');
    expect(await desk.imbalances()).toEqual([]);
  });
});

describe('all at once', () => {
  it('a bill is paid at most once, and the books agree', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 8; round += 1) {
      const bill = await desk.issue();
      const { household } = bill;
      const { redirectTo } = await desk.payments.request({ household, bill: bill.bill, by });
      const { authority } = callBackOf(await gateway.pay(redirectTo));
      const end = { household, bill: bill.bill, reason: 'withdrawn' };
      await Promise.all([
        codeOf(desk.payments.returnFromGateway({ authority })),
        codeOf(desk.payments.returnFromGateway({ authority })),
        codeOf(atCounter(bill)),
        codeOf(atCounter(bill)),
        ...(round % 2 === 0 ? [codeOf(transaction(desk.pool, (client) => cancelBill(client, desk.clock, end)))] : []),
      ]);
      desk.clock.pass(2);
      await desk.payments.verifyPending(desk.clock.now());
      const state = await desk.stateOf(bill);
      expect(['paid', 'cancelled']).toContain(state);
      const told = (await desk.told()).filter((each) => each.bill === bill.bill);
      expect(told).toHaveLength(state === 'paid' ? 1 : 0);
      expect(await desk.imbalances()).toEqual([]);
    }
  });
});
