import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { transaction } from '../database/index.ts';
import type { Bill } from './bill.ts';
import { cancelBill } from './end-bill.ts';
import { callBackOf, codeOf, merchantId, openDesk, startGateway, type Desk, type StandInGateway } from './testing.ts';

/**
 * The faults of a payment gateway, against the stand-in as a program of its own. After each of them the money at the
 * gateway, the ledger, the bill, and what enrolment was told agree.
 */
type HouseholdsBill = Bill & { readonly household: bigint };

let gateway: StandInGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  await gateway.fail();
  await gateway.returnAfter(30 * 60_000);
});

/** The payer goes to the gateway, pays, and is sent back. */
async function payOnline(desk: Desk, bill: HouseholdsBill): Promise<string> {
  const { redirectTo } = await ask(desk, bill);
  const { authority } = callBackOf(await gateway.pay(redirectTo));
  return authority === '' ? (redirectTo.split('/').at(-1) ?? '') : authority;
}

const ask = (desk: Desk, { household, bill }: HouseholdsBill) =>
  desk.payments.request({ household, bill, by: 'person:0012345679' });
const comeBack = (desk: Desk, authority: string, status = 'OK') =>
  desk.payments.returnFromGateway({ authority, status });
const cancel = (desk: Desk, { household, bill }: HouseholdsBill) =>
  transaction(desk.pool, (client) => cancelBill(client, desk.clock, { household, bill, reason: 'withdrawn' }));

/** Plays the job for so long. */
async function waitFor(desk: Desk, minutes: number): Promise<void> {
  for (let passed = 0; passed <= minutes; passed += 61) {
    desk.clock.pass(61);
    await desk.payments.verifyPending(desk.clock.now());
  }
}

interface Fault {
  readonly name: string;
  readonly happens: (desk: Desk, bill: HouseholdsBill) => Promise<void>;
  readonly bill: 'open' | 'paid' | 'expired' | 'cancelled';
  /** In whole bills: money that is ours, and of that what is to be given back. */
  readonly taken: 0 | 1 | 2;
  readonly toReturn: 0 | 1;
}

const faults: readonly Fault[] = [
  {
    name: 'forged call-back',
    happens: async (desk, bill) => {
      expect(await codeOf(comeBack(desk, 'S0000000000000000000000000000forged'))).toBe('NOT_FOUND');
      const { redirectTo } = await ask(desk, bill);
      const authority = redirectTo.split('/').at(-1) ?? '';
      expect(await comeBack(desk, authority, 'OK')).toEqual({ state: 'notPaid', reference: null });
      await payForAnother(desk, bill);
    },
    bill: 'open',
    taken: 0,
    toReturn: 0,
  },
  {
    name: 'call-back lost',
    happens: async (desk, bill) => {
      await gateway.fail('callBackLost');
      await payOnline(desk, bill);
      await waitFor(desk, 60);
    },
    bill: 'paid',
    taken: 1,
    toReturn: 0,
  },
  {
    name: 'call-back repeated',
    happens: async (desk, bill) => {
      const authority = await payOnline(desk, bill);
      const first = await comeBack(desk, authority);
      expect(first).toEqual({ state: 'paid', reference: expect.stringMatching(/^\d+$/) as unknown });
      for (const status of ['OK', 'NOK', '']) expect(await comeBack(desk, authority, status)).toEqual(first);
    },
    bill: 'paid',
    taken: 1,
    toReturn: 0,
  },
  {
    name: 'two call-backs at once',
    happens: async (desk, bill) => {
      await gateway.fail('verifySlow');
      const authority = await payOnline(desk, bill);
      const patient = await openDeskBeside(desk);
      const answers = await Promise.all([1, 2, 3].map(() => comeBack(patient, authority)));
      expect(answers.map(({ state }) => state).toSorted()).toEqual(['paid', 'unknown', 'unknown']);
      expect((await comeBack(desk, authority)).state).toBe('paid');
    },
    bill: 'paid',
    taken: 1,
    toReturn: 0,
  },
  {
    name: 'wrong amount, which the gateway refuses',
    happens: async (desk, bill) => {
      const authority = await payOnline(desk, bill);
      await gateway.fail('otherAmountRefused');
      expect((await comeBack(desk, authority)).state).toBe('goesBack');
      await gateway.fail();
      expect((await comeBack(desk, authority, 'OK')).state).toBe('goesBack');
    },
    bill: 'open',
    taken: 0,
    toReturn: 0,
  },
  {
    name: 'double payment',
    happens: async (desk, bill) => {
      const first = (await ask(desk, bill)).redirectTo;
      desk.clock.pass(11);
      const second = (await ask(desk, bill)).redirectTo;
      expect(second).not.toBe(first);
      const authorities = await Promise.all(
        [first, second].map(async (each) => callBackOf(await gateway.pay(each)).authority),
      );
      await gateway.fail('verifySlow');
      const patient = await openDeskBeside(desk);
      const answers = await Promise.all(authorities.map((each) => comeBack(patient, each)));
      await gateway.fail();
      expect(answers.filter(({ state }) => state === 'paid')).toHaveLength(1);
      await waitFor(desk, 60);
      const later = await Promise.all(authorities.map((each) => comeBack(desk, each)));
      expect(later.map(({ state }) => state).toSorted()).toEqual(['goesBack', 'paid']);
    },
    bill: 'paid',
    taken: 1,
    toReturn: 0,
  },
  {
    name: 'payment after expiry',
    happens: async (desk, bill) => {
      const { redirectTo } = await ask(desk, bill);
      desk.clock.pass(31 * 24 * 60);
      const { authority } = callBackOf(await gateway.pay(redirectTo));
      expect((await comeBack(desk, authority)).state).toBe('goesBack');
      expect(await desk.payments.expireBills(desk.clock.now())).toBe(1);
      expect((await comeBack(desk, authority)).state).toBe('goesBack');
    },
    bill: 'expired',
    taken: 0,
    toReturn: 0,
  },
  {
    name: 'payment of a cancelled bill',
    happens: async (desk, bill) => {
      const authority = await payOnline(desk, bill);
      await cancel(desk, bill);
      expect((await comeBack(desk, authority)).state).toBe('goesBack');
    },
    bill: 'cancelled',
    taken: 0,
    toReturn: 0,
  },
  {
    name: 'payment of a bill that is cancelled while it is verified',
    happens: async (desk, bill) => {
      await gateway.fail('verifyDoneSilent');
      const authority = await payOnline(desk, bill);
      expect((await comeBack(desk, authority)).state).toBe('unknown');
      await cancel(desk, bill);
      await gateway.fail();
      await waitFor(desk, 60);
      expect((await comeBack(desk, authority)).state).toBe('refundDue');
    },
    bill: 'cancelled',
    taken: 1,
    toReturn: 1,
  },
  {
    name: 'gateway silent at request',
    happens: async (desk, bill) => {
      for (const fault of ['requestSilent', 'requestError', 'requestGarbage']) {
        await gateway.fail(fault);
        expect(await codeOf(ask(desk, bill))).toBe('PAYMENT_GATEWAY_SILENT');
      }
      await gateway.fail();
      expect((await comeBack(desk, await payOnline(desk, bill))).state).toBe('paid');
    },
    bill: 'paid',
    taken: 1,
    toReturn: 0,
  },
  {
    name: 'gateway silent at verify',
    happens: async (desk, bill) => {
      const authority = await payOnline(desk, bill);
      for (const fault of ['verifySilent', 'verifyError', 'verifyGarbage']) {
        await gateway.fail(fault);
        expect((await comeBack(desk, authority)).state).toBe('unknown');
        expect(await codeOf(ask(desk, bill))).toBe('PAYMENT_UNDER_WAY');
        desk.clock.pass(61);
      }
      await gateway.fail();
      await desk.payments.verifyPending(desk.clock.now());
    },
    bill: 'paid',
    taken: 1,
    toReturn: 0,
  },
  {
    name: '101 on verify',
    happens: async (desk, bill) => {
      await gateway.fail('verifyDoneSilent');
      const authority = await payOnline(desk, bill);
      expect((await comeBack(desk, authority)).state).toBe('unknown');
      await gateway.fail();
      // The bill's last day goes by while it is not known: what was paid in time was paid in time.
      desk.clock.pass(31 * 24 * 60);
      expect(await desk.payments.expireBills(desk.clock.now())).toBe(0);
      expect((await comeBack(desk, authority)).state).toBe('paid');
      expect((await desk.told())[0]?.paidOn).toBe('2026-11-23');
    },
    bill: 'paid',
    taken: 1,
    toReturn: 0,
  },
  {
    name: 'kill between verify and commit',
    happens: async (desk, bill) => {
      const authority = await payOnline(desk, bill);
      expect(await payInKilledProcess(desk, authority)).toBe('SIGKILL');
      expect((await gateway.books()).find((each) => each.authority === authority)?.state).toBe('VERIFIED');
      expect(await desk.stateOf(bill)).toBe('open');
      expect(await desk.told()).toEqual([]);
      await waitFor(desk, 60);
    },
    bill: 'paid',
    taken: 1,
    toReturn: 0,
  },
  {
    name: 'connection cut between verify and commit',
    happens: async (desk, bill) => {
      const cut = await openDeskBeside(desk, async (client) => {
        await client.query('select pg_terminate_backend(pg_backend_pid())');
      });
      const authority = await payOnline(desk, bill);
      expect(await codeOf(comeBack(cut, authority))).toBe('DATABASE_OUTCOME_UNKNOWN');
      await waitFor(desk, 60);
    },
    bill: 'paid',
    taken: 1,
    toReturn: 0,
  },
  {
    name: 'enrolment fails when it is told',
    happens: async (desk, bill) => {
      const failing = await openDeskBeside(desk, () => Promise.reject(new Error('told and failed')));
      const authority = await payOnline(desk, bill);
      expect(await codeOf(comeBack(failing, authority))).toBe('Error: told and failed');
      await waitFor(desk, 60);
    },
    bill: 'paid',
    taken: 1,
    toReturn: 0,
  },
  {
    name: 'claim that runs out while the gateway is slow',
    happens: async (desk, bill) => {
      const authority = await payOnline(desk, bill);
      expect(await comeBackTwice(desk, authority)).toEqual(['paid', 'paid']);
    },
    bill: 'paid',
    taken: 1,
    toReturn: 0,
  },
  {
    name: 'payment that was given up as not paid',
    happens: async (desk, bill) => {
      const { redirectTo } = await ask(desk, bill);
      await waitFor(desk, 26 * 60);
      await gateway.pay(redirectTo);
      expect(await desk.payments.verifyPending(desk.clock.now())).toBe(0);
      expect(await desk.payments.compareUnverified()).toBeGreaterThan(0);
    },
    bill: 'paid',
    taken: 1,
    toReturn: 0,
  },
  {
    name: 'payer who gives up',
    happens: async (desk, bill) => {
      const { authority } = callBackOf(await gateway.cancel((await ask(desk, bill)).redirectTo));
      expect((await comeBack(desk, authority, 'NOK')).state).toBe('notPaid');
      expect((await comeBack(desk, await payOnline(desk, bill), 'NOK')).state).toBe('paid');
    },
    bill: 'paid',
    taken: 1,
    toReturn: 0,
  },
];

/** Somebody's paid authority is handed in for one of another merchant's: the gateway does not confirm it to us. */
async function payForAnother(desk: Desk, bill: HouseholdsBill): Promise<void> {
  const request = { merchant_id: 'another', amount: 1, currency: 'IRR', callback_url: 'http://127.0.0.1:9/' };
  const response = await fetch(`${gateway.address}/pg/v4/payment/request.json`, {
    method: 'POST',
    body: JSON.stringify(request),
  });
  const { data } = (await response.json()) as { data: { authority: string } };
  await gateway.pay(`${gateway.address}/pg/StartPay/${data.authority}`);
  expect(await codeOf(comeBack(desk, data.authority))).toBe('NOT_FOUND');
  const [first] = (await desk.pool.query<{ payment: bigint }>('select payment from payment')).rows;
  await desk.database.asOwner(async (owner) => {
    await owner.query('insert into payment_authority (authority, household, payment) values ($1, $2, $3)', [
      data.authority,
      bill.household,
      first?.payment,
    ]);
    await owner.query('update payment set authority = $1', [data.authority]);
  });
  expect((await comeBack(desk, data.authority)).state).toBe('notPaid');
}

/** The second one finds the first still waiting for the gateway, for longer than a claim holds. */
async function comeBackTwice(desk: Desk, authority: string, ...more: readonly string[]): Promise<readonly string[]> {
  await gateway.fail('verifySlow', ...more);
  const patient = await openDeskBeside(desk);
  const first = comeBack(patient, authority);
  await expect
    .poll(async () => (await desk.pool.query(`select from payment where state = 'verifying'`)).rowCount)
    .toBe(1);
  desk.clock.pass(2);
  const answers = await Promise.all([first, comeBack(patient, authority)]);
  return answers.map(({ state }) => state);
}

/** The same database, with another way of being told, and a client that waits longer. */
async function openDeskBeside(desk: Desk, onPaid = desk.parts.onPaid): Promise<Desk> {
  const { createPayments } = await import('./payments.ts');
  const { createPaymentGateway } = await import('../registries/index.ts');
  const patient = createPaymentGateway({ address: gateway.address, merchantId, allowStandIn: true });
  return { ...desk, payments: createPayments({ ...desk.parts, gateway: patient, onPaid }) };
}

async function payInKilledProcess(desk: Desk, authority: string): Promise<string | null> {
  const { host, database } = desk.pool.options;
  const program = spawn(process.execPath, [join(import.meta.dirname, 'testing-killed-payment.ts')], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  program.stdin.end(
    JSON.stringify({
      host,
      database,
      address: gateway.address,
      merchantId,
      authority,
      now: desk.clock.now().toISOString(),
    }),
  );
  const [, signal] = (await once(program, 'exit')) as [number | null, string | null];
  return signal;
}

describe('M-15: money, bill and cover agree after', () => {
  it.each(faults)('$name', { timeout: 30_000 }, async ({ happens, bill: state, taken, toReturn }) => {
    const desk = await openDesk(gateway.client());
    try {
      const before = await gateway.books();
      const bill = await desk.issue();
      await happens(desk, bill);
      await gateway.fail();
      expect(await desk.stateOf(bill)).toBe(state);
      expect(await desk.told()).toHaveLength(state === 'paid' ? 1 : 0);
      const { accounts } = await desk.payments.ledgerBalance(desk.pool);
      expect(accounts).toMatchObject({
        gateway: BigInt(taken) * bill.payable,
        refunds: -BigInt(toReturn) * bill.payable,
        household: state === 'open' ? bill.payable : 0n,
        insurer: ['open', 'paid'].includes(state) ? -(bill.payable + bill.stateShare) : 0n,
      });
      expect(await desk.payments.refundsDue()).toMatchObject({
        count: toReturn,
        amount: BigInt(toReturn) * bill.payable,
      });
      expect(await desk.imbalances()).toEqual([]);
      const known = new Set(before.map(({ authority }) => authority));
      const verified = (await gateway.books()).filter(
        (each) => !known.has(each.authority) && each.state === 'VERIFIED',
      );
      expect(verified.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(accounts.gateway);
    } finally {
      await desk.database.close();
    }
  });

  it('another amount, which the gateway takes', { timeout: 30_000 }, async () => {
    const desk = await openDesk(gateway.client());
    try {
      const bill = await desk.issue();
      const authority = await payOnline(desk, bill);
      expect(await comeBackTwice(desk, authority, 'otherAmountTaken')).toEqual(['refundDue', 'refundDue']);
      const { accounts } = await desk.payments.ledgerBalance(desk.pool);
      expect(accounts).toMatchObject({ gateway: bill.payable - 10_000n, refunds: 10_000n - bill.payable });
      expect([await desk.stateOf(bill), await desk.told(), await desk.imbalances()]).toEqual(['open', [], []]);
    } finally {
      await desk.database.close();
    }
  });

  it('turned-away money is seen to have gone back', { timeout: 30_000 }, async () => {
    const desk = await openDesk(gateway.client());
    try {
      const bill = await desk.issue();
      const authority = await payOnline(desk, bill);
      await cancel(desk, bill);
      await comeBack(desk, authority);
      await gateway.returnAfter(0);
      await waitFor(desk, 60);
      const { rows } = await desk.pool.query('select state, due_at from payment');
      expect(rows).toEqual([{ state: 'returned', due_at: null }]);
      expect((await gateway.books()).find((each) => each.authority === authority)?.state).toBe('REVERSED');
    } finally {
      await desk.database.close();
    }
  });
});
