import { afterAll, describe, expect, it } from 'vitest';
import { createPayments, issueBill, refundPaidBill, type BillTerms } from '../../contributions/index.ts';
import { transaction } from '../../database/index.ts';
import { freshDatabase } from '../../database/testing.ts';
import { createMetrics } from '../../platform/index.ts';
import { createPaymentGateway, startStandInProgram } from '../../registries/index.ts';
import { createRealWeb, createTestWeb } from './testing.ts';

const head = { kind: 'self', person: 12_345_679n } as const;
const stranger = { kind: 'self', person: 12_345_717n } as const;
const operator = { kind: 'staff', user: 'reza', role: 'counter-operator' } as const;
const administrator = { kind: 'staff', user: 'zahra', role: 'administrator' } as const;

describe('payments', async () => {
  const database = await freshDatabase();
  const standIn = await startStandInProgram('payment-gateway');
  const real = await createRealWeb(database);
  const { pool, ids, clock } = real.parts;
  const payments = createPayments({
    pool,
    clock,
    ids,
    gateway: createPaymentGateway({ address: standIn.address, merchantId: 'test', allowStandIn: true }),
    callbackUrl: () => 'http://127.0.0.1:9/v1/enrolment/payments/return',
    lockHousehold: () => Promise.resolve(),
    onPaid: () => Promise.resolve(),
    log: real.parts.log,
  });
  const { logged } = real;
  const metrics = createMetrics();
  const { app, bearer } = await createTestWeb({ ...real.parts, metrics, payments, isDemo: true });
  afterAll(async () => {
    await app.close();
    await real.close();
    await database.close();
    await standIn.close();
  });

  let made = 100n;
  const issue = async () => {
    const [household, application] = [(made += 1n), (made += 1n)];
    const terms: BillTerms = {
      household,
      application,
      payer: head.person,
      payable: 2_904_000n,
      stateShare: 2_904_000n,
      perCapitaMonthly: 484_000n,
      membersCovered: 1,
      termMonths: 12,
      percent: 50,
      issuedOn: '2026-11-23',
      validUntil: '2026-12-23',
      lawVersion: 'test',
    };
    const { bill } = await transaction(pool, (client) => issueBill(client, clock, ids, terms));
    return { household, bill, of: `/v1/enrolment/bills/${bill}` };
  };
  type Holder = Parameters<typeof bearer>[0];
  const get = async (url: string, holder: Holder) => app.inject({ url, headers: await bearer(holder) });
  const post = async (url: string, holder: Holder, payload?: object) =>
    app.inject({ method: 'POST', url, headers: await bearer(holder), ...(payload !== undefined && { payload }) });

  it('M-15: are made by the payer through the gateway, and shown on the way back', async () => {
    const { bill, of } = await issue();
    expect((await post(`${of}/payments`, stranger)).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect((await post(`${of}/payments`, operator)).json()).toMatchObject({ status: 403, code: 'NOT_YOURS' });
    const begun = await post(`${of}/payments`, head);
    expect(begun.statusCode).toBe(201);
    const again = await post(`${of}/payments`, head);
    expect([again.statusCode, again.headers['idempotent-replay']]).toEqual([200, 'true']);
    const { redirectTo } = begun.json<{ redirectTo: string }>();
    const page = await (await fetch(redirectTo)).text();
    expect(page).toContain('آزمایشی');
    expect(page).toContain('۲٬۹۰۴٬۰۰۰');
    const paid = await fetch(`${redirectTo}/pay`, { method: 'POST', redirect: 'manual' });
    const { pathname, search } = new URL(paid.headers.get('location') ?? '');
    const shown = await app.inject({ url: `${pathname}${search}`, headers: { accept: 'text/html' } });
    expect(shown.statusCode).toBe(200);
    expect(shown.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(shown.headers['content-security-policy']).toContain("default-src 'none'");
    for (const words of ['پرداخت انجام شد', 'The payment was made', 'آزمایشی']) expect(shown.body).toContain(words);
    expect((await app.inject(`${pathname}${search}`)).json()).toMatchObject({
      state: 'paid',
      reference: expect.stringMatching(/^\d+$/) as unknown,
    });
    const { bills } = (await get('/v1/enrolment/bills', head)).json<{ bills: readonly object[] }>();
    expect(bills[0]).toMatchObject({ bill: String(bill), payable: 2_904_000, state: 'paid', paidVia: 'gateway' });
    expect(logged.join('')).not.toMatch(/0012345679|12345679/);
  });

  it('are not believed of a browser', async () => {
    const { of } = await issue();
    const url = '/v1/enrolment/payments/return?Status=OK&Authority=';
    expect((await app.inject(`${url}S000`)).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const page = await app.inject({ url: `${url}S000`, headers: { accept: 'text/html' } });
    expect([page.statusCode, page.body.includes('There is no such payment')]).toEqual([404, true]);
    const { redirectTo } = (await post(`${of}/payments`, head)).json<{ redirectTo: string }>();
    const authority = redirectTo.split('/').at(-1) ?? '';
    expect((await app.inject(`${url}${authority}`)).json()).toMatchObject({ state: 'notPaid', reference: null });
  });

  it('are taken at a counter, whole and once', async () => {
    const { of } = await issue();
    const taken = { nationalId: '۰۰۱۲۳۴۵۶۷۹', office: '17', receiptNumber: 'R-1', amount: 2_904_000 };
    const take = (more: object, holder: Holder = operator) =>
      post(`${of}/counter-payments`, holder, { ...taken, ...more });
    expect((await take({}, head)).json()).toMatchObject({ code: 'NOT_YOURS' });
    expect((await take({ amount: 2_903_999 })).json()).toMatchObject({ status: 400, code: 'PAYMENT_AMOUNT' });
    expect((await take({ nationalId: '0012345717' })).json()).toMatchObject({ code: 'NOT_FOUND' });
    expect((await take({})).statusCode).toBe(201);
    const again = await take({});
    expect([again.statusCode, again.headers['idempotent-replay']]).toEqual([200, 'true']);
    expect((await take({ receiptNumber: 'R-2' })).json()).toMatchObject({ status: 409, code: 'BILL_STATE' });
    expect((await take({ amount: 1 })).json()).toMatchObject({ status: 409, code: 'RECEIPT_REUSED' });
  });

  it('are given back by another than the one who took them', async () => {
    const { household, bill, of } = await issue();
    const taken = { nationalId: '0012345679', office: '17', receiptNumber: 'R-9', amount: 2_904_000 };
    await post(`${of}/counter-payments`, { ...operator, user: 'zahra' }, taken);
    const end = { household, bill, reason: 'withdrawn' };
    await transaction(pool, (client) => refundPaidBill(client, clock, ids, end));
    expect((await get('/v1/enrolment/refunds', operator)).json()).toMatchObject({ code: 'NOT_YOURS' });
    const { refunds } = (await get('/v1/enrolment/refunds', administrator)).json<{
      refunds: readonly { refund: string }[];
    }>();
    expect(refunds).toMatchObject([{ household: String(household), amount: 2_904_000, via: 'counter' }]);
    const mark = (holder: Holder) =>
      post(`/v1/enrolment/refunds/${refunds[0]?.refund ?? ''}`, holder, {
        household: String(household),
        reference: 'IR-1',
      });
    expect((await mark(administrator)).json()).toMatchObject({ status: 403, code: 'FOUR_EYES' });
    const other = { ...administrator, user: 'maryam' } as const;
    expect((await mark(other)).json()).toMatchObject({ refundedBy: 'staff:maryam', reference: 'IR-1' });
    expect((await get('/v1/enrolment/refunds', administrator)).json()).toEqual({ refunds: [] });
  });

  it('are read by staff for the payer, and the reading is recorded', async () => {
    expect((await get('/v1/enrolment/bills', operator)).json()).toMatchObject({ code: 'INVALID_REQUEST' });
    expect((await get('/v1/enrolment/bills?nationalId=0012345679', head)).json()).toMatchObject({ code: 'NOT_YOURS' });
    const { bills } = (await get('/v1/enrolment/bills?nationalId=0012345679', operator)).json<{ bills: object[] }>();
    expect(bills.length).toBeGreaterThan(0);
    const { rows } = await database.asOwner((owner) => owner.query('select person, purpose from record_reading'));
    expect(rows).toEqual([{ person: head.person, purpose: 'bills' }]);
  });

  it('are unknown, and never refused, while the database does not answer', async () => {
    const broken = { returnFromGateway: () => Promise.reject(new Error('down')) };
    const { app: without } = await createTestWeb({ payments: { ...payments, ...broken } });
    const page = await without.inject({
      url: '/v1/enrolment/payments/return?Authority=S1',
      headers: { accept: 'text/html' },
    });
    expect(page.statusCode).toBe(500);
    expect(page.body).toContain('It is not known yet');
  });
});
