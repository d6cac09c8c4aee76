import type { Pool } from 'pg';
import { freshDatabase } from '../database/testing.ts';
import type { Database } from '../database/index.ts';
import { Fault } from '../platform/index.ts';
import { createPaymentGateway, startStandInProgram, type PaymentGateway } from '../registries/index.ts';
import type { Bill, BillTerms } from './bill.ts';
import { checkLedger, ledgerBalance } from './check-ledger.ts';
import { issueBill } from './issue-bill.ts';
import { transaction } from '../database/index.ts';
import { createPayments, type Payments } from './payments.ts';
import type { OnPaid, PaymentsParts } from './payments-parts.ts';

/** For the tests of contributions: a database, the stand-in gateway as a program of its own, and a payer's browser. */

export const merchantId = '00000000-0000-0000-0000-000000000001';
export const callbackUrl = 'http://127.0.0.1:9/v1/enrolment/payments/return';
/** The client gives up so soon here; a silent stand-in is not waited for in a test. */
export const patienceMs = 300;

export class SetClock {
  time = new Date('2026-11-23T08:00:00Z');
  now = (): Date => this.time;
  pass(minutes: number): void {
    this.time = new Date(this.time.getTime() + minutes * 60_000);
  }
}

export interface StandInGateway {
  readonly address: string;
  readonly client: () => PaymentGateway;
  /** Switches faults on, and all others off. */
  readonly fail: (...faults: readonly string[]) => Promise<void>;
  /** After so long money that was not verified goes back. */
  readonly returnAfter: (milliseconds: number) => Promise<void>;
  /** The payer does it on the page. @returns where the browser is sent back to, if it is */
  readonly pay: (redirectTo: string) => Promise<string | undefined>;
  readonly cancel: (redirectTo: string) => Promise<string | undefined>;
  readonly books: () => Promise<readonly { authority: string; amount: number; state: string }[]>;
  readonly close: () => Promise<void>;
}

export async function startGateway(): Promise<StandInGateway> {
  const { address, close } = await startStandInProgram('payment-gateway');
  const tell = async (what: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    await fetch(`${address}/stand-in/faults`, { method: 'POST', headers, body: JSON.stringify(what) });
  };
  const press = async (redirectTo: string, button: string): Promise<string | undefined> => {
    const response = await fetch(`${redirectTo}/${button}`, { method: 'POST', redirect: 'manual' });
    await response.body?.cancel();
    return response.headers.get('location') ?? undefined;
  };
  return {
    address,
    client: () => createPaymentGateway({ address, merchantId, allowStandIn: true, answerWithinMs: patienceMs }),
    fail: (...faults) => tell({ faults }),
    returnAfter: (returnAfterMs) => tell({ returnAfterMs }),
    pay: (redirectTo) => press(redirectTo, 'pay'),
    cancel: (redirectTo) => press(redirectTo, 'cancel'),
    books: async () =>
      (await (await fetch(`${address}/stand-in/payments`)).json()) as Awaited<ReturnType<StandInGateway['books']>>,
    close,
  };
}

export interface Told {
  readonly household: bigint;
  readonly application: bigint;
  readonly bill: bigint;
  readonly paidOn: string;
}

export interface Desk {
  readonly database: Database;
  readonly pool: Pool;
  readonly clock: SetClock;
  readonly parts: PaymentsParts;
  readonly payments: Payments;
  readonly ids: PaymentsParts['ids'];
  /** What `onPaid` was told and was committed. */
  readonly told: () => Promise<readonly Told[]>;
  readonly issue: (more?: Partial<BillTerms>) => Promise<Bill & { readonly household: bigint }>;
  readonly stateOf: (bill: Bill & { readonly household: bigint }) => Promise<string>;
  /** Faults of the books, and the sum of all entries: nothing, and zero. */
  readonly imbalances: () => Promise<readonly unknown[]>;
}

export const payer = 12_345_679n;

/** The effects of `onPaid` are rows of this table, so that they go with the transaction or not at all. */
export const effectsTable = 'paid_effect';

export const recordEffect: OnPaid = async (client, { household, application, bill, paidOn }) => {
  const values = [household, application, bill, paidOn];
  await client.query(
    `insert into ${effectsTable} (household, application, bill, paid_on) values ($1, $2, $3, $4)`,
    values,
  );
};

export async function openDesk(gateway: PaymentGateway, more: Partial<PaymentsParts> = {}): Promise<Desk> {
  const database = await freshDatabase();
  const { pool } = database;
  await database.asOwner(async (owner) => {
    await owner.query(`create table ${effectsTable} (household bigint, application bigint, bill bigint, paid_on date)`);
    await owner.query(`grant select, insert on ${effectsTable} to estehqaq_app`);
  });
  const clock = new SetClock();
  let lastId = 1_000n;
  const ids = { make: (owners: readonly bigint[]) => Promise.resolve(owners.map(() => (lastId += 1n))) };
  const log = { warn: () => undefined, error: () => undefined };
  const parts: PaymentsParts = {
    pool,
    clock,
    ids,
    gateway,
    callbackUrl: () => callbackUrl,
    lockHousehold: () => Promise.resolve(),
    onPaid: recordEffect,
    log,
    ...more,
  };
  return {
    database,
    pool,
    clock,
    parts,
    payments: createPayments(parts),
    ids,
    told: async () => {
      const text = `select household, application, bill, paid_on as "paidOn" from ${effectsTable} order by bill`;
      return (await pool.query<Told>(text)).rows;
    },
    issue: async (terms) => {
      const [household = 0n, application = 0n] = await ids.make([1n, 1n]);
      const day = clock.time.toISOString().slice(0, 10);
      const whole: BillTerms = {
        household,
        application,
        payer,
        payable: 2_904_000n,
        stateShare: 2_904_000n,
        perCapitaMonthly: 484_000n,
        membersCovered: 1,
        termMonths: 12,
        percent: 50,
        issuedOn: day,
        validUntil: new Date(clock.time.getTime() + 30 * 86_400_000).toISOString().slice(0, 10),
        lawVersion: 'test',
        ...terms,
      };
      const bill = await transaction(pool, (client) => issueBill(client, clock, ids, whole));
      return { ...bill, household: whole.household };
    },
    stateOf: async ({ household, bill }) => {
      const text = 'select state from bill where household = $1 and bill = $2';
      return (await pool.query<{ state: string }>(text, [household, bill])).rows[0]?.state ?? 'none';
    },
    imbalances: async () => {
      const { sum } = await ledgerBalance(pool);
      return [...(await checkLedger(pool)), ...(sum === 0n ? [] : [sum])];
    },
  };
}

/** The code of the fault; `done` where there is none. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    return error instanceof Fault ? error.code : String(error);
  }
}

/** What the browser brings back. */
export function callBackOf(location: string | undefined): { authority: string; status: string } {
  const query = new URL(location ?? 'http://nowhere').searchParams;
  return { authority: query.get('Authority') ?? '', status: query.get('Status') ?? '' };
}
