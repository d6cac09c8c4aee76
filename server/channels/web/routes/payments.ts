import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import {
  billStates,
  findPayersBill,
  listBillsOfPayer,
  returnedStates,
  type Bill,
  type CallBackAnswer,
  type Payments,
  type Refund,
} from '../../../contributions/index.ts';
import { recordReading } from '../../../membership/index.ts';
import { Fault, findNationalId, meaningOf, withLatinDigits } from '../../../platform/index.ts';
import { paymentTexts } from '../../payment-texts.ts';
import { subjectOf, type StaffRole } from '../../tokens.ts';
import { getHolder, limitedByAddress, requireRole, type Limiting } from '../asker.ts';
import type { WebParts } from '../parts.ts';
import { paymentPage, paymentPagePolicy } from '../payment-page.ts';
import { InvalidRequest, outsideCode, problemOf } from '../problems.ts';
import { closed, day, nationalId, problems, texts } from '../shapes.ts';
import type { App } from '../typed-app.ts';

const mayReadBills = ['counter-operator', 'call-centre-agent', 'administrator'] as const satisfies readonly StaffRole[];
const mayTake = ['counter-operator'] as const satisfies readonly StaffRole[];
const mayListRefunds = ['administrator', 'auditor'] as const satisfies readonly StaffRole[];
const mayRefund = ['administrator'] as const satisfies readonly StaffRole[];

const id = Type.String({ pattern: '^\\d{1,15}$' });
const rials = Type.Integer({ minimum: 0, maximum: 10 ** 15, description: 'Whole rials' });
const instant = Type.String({ format: 'date-time' });
const line = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\x00-\\x1f\\x7f]*\\S[^\\x00-\\x1f\\x7f]*$', description });

const bill = Type.Object({
  bill: id,
  payable: rials,
  stateShare: rials,
  issuedOn: day,
  validUntil: { ...day, description: 'The last day on which it can be paid' },
  state: Type.Enum([...billStates]),
  paidOn: Type.Union([day, Type.Null()]),
  paidVia: Type.Union([Type.Enum(['gateway', 'counter']), Type.Null()]),
});

const begun = Type.Object({
  payment: id,
  redirectTo: Type.String({ description: 'Where the payer’s browser is sent' }),
});

const returned = Type.Object({
  state: Type.Enum([...returnedStates], { description: 'unknown is not notPaid: it is looked for' }),
  reference: Type.Union([Type.String({ description: 'The gateway’s, of the money' }), Type.Null()]),
  texts,
});

const atCounter = Type.Object(
  {
    nationalId: { ...nationalId, description: 'Of the payer' },
    office: line(40, 'The counter office'),
    receiptNumber: line(60, 'The office’s own; used once'),
    amount: { ...rials, description: 'The whole bill; a part of it is refused' },
  },
  closed,
);

const receipt = Type.Object({ payment: id, paidOn: day });

const refund = Type.Object({
  household: id,
  refund: id,
  payment: id,
  bill: id,
  via: Type.Enum(['gateway', 'counter']),
  amount: rials,
  reason: Type.String(),
  dueAt: instant,
  paidReference: Type.Union([Type.String(), Type.Null()]),
  refundedAt: Type.Union([instant, Type.Null()]),
  refundedBy: Type.Union([Type.String(), Type.Null()]),
  reference: Type.Union([Type.String(), Type.Null()]),
});

const refundPage = Type.Object(
  {
    after: Type.Optional({ ...id, description: 'The last refund of the page before' }),
    limit: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,2}$', description: 'At most 200; 50 if not said' })),
  },
  closed,
);

const described = { tags: ['payments'], security: [{ bearer: [] }] };

/** Bills and payments (M-08, M-15, M-30), for those who have a token. */
export function addPayments(app: App, parts: WebParts): void {
  const { payments } = parts;
  if (payments === undefined) return;
  addBills(app, parts);
  addPaying(app, parts, payments);
  addRefunds(app, payments);
}

function addBills(app: App, { pool, clock, ids }: WebParts): void {
  app.get(
    '/v1/enrolment/bills',
    {
      schema: {
        ...described,
        summary: 'The bills that I am to pay, the newest first; staff name the payer, and the reading is recorded',
        querystring: Type.Object(
          { nationalId: Type.Optional({ ...nationalId, description: 'Staff name the payer' }) },
          closed,
        ),
        response: { 200: Type.Object({ bills: Type.Array(bill) }), ...problems(401, 403) },
      },
    },
    async (request) => {
      const { nationalId: written } = request.query;
      const holder = getHolder(request);
      if (holder.kind === 'self' && written === undefined)
        return tellBills(await listBillsOfPayer(pool, holder.person));
      const { user, role } = requireRole(request, mayReadBills);
      if (written === undefined) throw new InvalidRequest('/nationalId', 'staff name the payer');
      const person = getPerson(written);
      await recordReading(pool, clock, ids, { person, reader: user, role, purpose: 'bills' });
      return tellBills(await listBillsOfPayer(pool, person));
    },
  );
}

function addPaying(app: App, { pool }: WebParts, payments: Payments): void {
  app.post(
    '/v1/enrolment/bills/:bill/payments',
    {
      schema: {
        ...described,
        summary: 'Begin to pay one’s own bill through the payment gateway',
        description:
          'Asked again within ten minutes it names the same attempt (Idempotent-Replay). The amount is the bill’s.',
        params: Type.Object({ bill: id }),
        response: { 200: begun, 201: begun, ...problems(401, 403, 404, 409) },
      },
    },
    async (request, reply) => {
      const holder = getHolder(request);
      if (holder.kind !== 'self') throw fault('NOT_YOURS');
      const own = await findPayersBill(pool, holder.person, BigInt(request.params.bill));
      if (own === undefined) throw fault('NOT_FOUND');
      const { payment, redirectTo, replayed } = await payments.request({ ...own, by: subjectOf(holder) });
      sayWhetherReplayed(reply, replayed);
      return { payment: String(payment), redirectTo };
    },
  );
  app.post(
    '/v1/enrolment/bills/:bill/counter-payments',
    {
      schema: {
        ...described,
        summary: 'Record what a counter office took for a bill',
        description: `For ${mayTake.join(', ')}. The same receipt number of the same office is the same payment.`,
        params: Type.Object({ bill: id }),
        body: atCounter,
        response: { 200: receipt, 201: receipt, ...problems(401, 403, 404, 409, 413, 415) },
      },
    },
    async (request, reply) => {
      const holder = requireRole(request, mayTake);
      const { nationalId: written, office, receiptNumber, amount } = request.body;
      const own = await findPayersBill(pool, getPerson(written), BigInt(request.params.bill));
      if (own === undefined) throw fault('NOT_FOUND');
      const operator = subjectOf(holder);
      const taken = { ...own, office: asWritten(office), operator, receiptNumber: asWritten(receiptNumber) };
      const { payment, paidOn, replayed } = await payments.takeAtCounter({ ...taken, amount: BigInt(amount) });
      sayWhetherReplayed(reply, replayed);
      return { payment: String(payment), paidOn };
    },
  );
}

function addRefunds(app: App, payments: Payments): void {
  app.get(
    '/v1/enrolment/refunds',
    {
      schema: {
        ...described,
        summary: 'Money that is to be given back, the oldest first',
        description: `For ${mayListRefunds.join(', ')}. It names no person. Nothing is transferred by the system.`,
        querystring: refundPage,
        response: { 200: Type.Object({ refunds: Type.Array(refund) }), ...problems(401, 403) },
      },
    },
    async (request) => {
      requireRole(request, mayListRefunds);
      const { after, limit } = request.query;
      const found = await payments.listRefunds({
        limit: Math.min(Number(limit ?? 50), 200),
        ...(after !== undefined && { after: BigInt(after) }),
      });
      return { refunds: found.map(tellRefund) };
    },
  );
  app.post(
    '/v1/enrolment/refunds/:refund',
    {
      schema: {
        ...described,
        summary: 'Enter that money was given back',
        description: `For ${mayRefund.join(', ')}; never the one who took the money at a counter.`,
        params: Type.Object({ refund: id }),
        body: Type.Object({ household: id, reference: line(100, 'Of the transfer that was made') }, closed),
        response: { 200: refund, ...problems(401, 403, 404, 409, 413, 415) },
      },
    },
    async (request) => {
      const by = subjectOf(requireRole(request, mayRefund));
      const { household, reference } = request.body;
      const marked = { household: BigInt(household), refund: BigInt(request.params.refund) };
      return tellRefund(await payments.markRefunded({ ...marked, by, reference: reference.trim() }));
    },
  );
}

/** Where the gateway sends the payer’s browser: it has no token, and nothing that it says is believed. */
export function addPaymentReturn(app: App, parts: WebParts, limits: Limiting): void {
  const { payments, isDemo, log } = parts;
  const hasPages = parts.pages !== undefined && parts.identity !== undefined && parts.enrolment !== undefined;
  if (payments === undefined) return;
  app.get(
    '/v1/enrolment/payments/return',
    {
      onRequest: limitedByAddress(limits),
      schema: {
        tags: ['payments'],
        summary: 'The payer comes back from the gateway',
        description: 'Asks the gateway what became of it; `Status` is not believed. A page for browsers, else JSON.',
        querystring: Type.Object({
          Authority: Type.String({ pattern: '^[\\x21-\\x7e]{1,100}$' }),
          Status: Type.Optional(Type.String({ maxLength: 20 })),
        }),
        response: { 200: returned, ...problems(404) },
      },
    },
    async (request, reply) => {
      const { Authority: authority, Status: status } = request.query;
      if (wantsPage(request) && hasPages) {
        return reply.redirect(`/enrol/paid?${new URLSearchParams({ Authority: authority }).toString()}`, 303);
      }
      const asked = payments.returnFromGateway({ authority, status });
      if (!wantsPage(request)) return tellReturned(await asked);
      await sendPage(reply, isDemo, asked, (error) => {
        log.error({ err: error }, 'a payer came back');
      });
      return reply;
    },
  );
}

/** A browser is told in words also what went wrong: that the outcome is not known, never that nothing was paid. */
async function sendPage(
  reply: FastifyReply,
  isDemo: boolean,
  asked: Promise<CallBackAnswer>,
  onError: (error: unknown) => void,
): Promise<void> {
  const shown = await asked.catch((error: unknown) => {
    const code = outsideCode(error);
    if (code !== 'NOT_FOUND') onError(error);
    void reply.code(problemOf(code).status);
    return { state: code === 'NOT_FOUND' ? 'notOurs' : 'unknown', reference: null } as const;
  });
  await reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', paymentPagePolicy)
    .serializer(String)
    .send(paymentPage({ ...shown, isDemo }));
}

function wantsPage(request: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(request.headers.accept ?? '');
}

function tellReturned({ state, reference }: CallBackAnswer): Static<typeof returned> {
  return { state, reference, texts: paymentTexts[state] };
}

function sayWhetherReplayed(reply: FastifyReply, replayed: boolean): void {
  if (replayed) void reply.header('idempotent-replay', 'true');
  else void reply.code(201);
}

function tellBills(bills: readonly Bill[]): { bills: Static<typeof bill>[] } {
  return {
    // Without the application: outside it is known by its public number, and names its bill.
    bills: bills.map(({ issuedOn, validUntil, state, paidOn, paidVia, ...each }) => ({
      bill: String(each.bill),
      payable: Number(each.payable),
      stateShare: Number(each.stateShare),
      issuedOn,
      validUntil,
      state,
      paidOn,
      paidVia,
    })),
  };
}

function tellRefund(due: Refund): Static<typeof refund> {
  return {
    ...due,
    household: String(due.household),
    refund: String(due.refund),
    payment: String(due.payment),
    bill: String(due.bill),
    amount: Number(due.amount),
    dueAt: due.dueAt.toISOString(),
    refundedAt: due.refundedAt?.toISOString() ?? null,
  };
}

/** The same number is the same, in digits of whatever script. */
function asWritten(text: string): string {
  return withLatinDigits(text.trim());
}

function getPerson(written: string): bigint {
  const person = findNationalId(written);
  if (person === undefined) throw fault('INVALID_NATIONAL_ID');
  return person;
}

function fault(code: 'INVALID_NATIONAL_ID' | 'NOT_FOUND' | 'NOT_YOURS'): Fault {
  return new Fault(code, meaningOf(code));
}
