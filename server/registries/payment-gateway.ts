import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { Outside, type OutsideOptions } from './ask-outside.ts';

/**
 * The payment gateway, as the Iranian ones are spoken to: request, redirect, verify. The amount is always the one in our
 * own books, in rials. What the payer's browser says is believed in nothing.
 */
export interface PaymentGateway {
  readonly request: (payment: AskedPayment) => Promise<PaymentBegun | Refused | 'unknown'>;
  /** Where the payer of an attempt is sent. */
  readonly addressOf: (authority: string) => string;
  /** Makes the money ours. `'unknown'` is no failure: it may have been done. */
  readonly verify: (payment: { readonly authority: string; readonly amount: bigint }) => Promise<Verification>;
  readonly inquire: (authority: string) => Promise<GatewayState | 'unknown'>;
  /** What was paid and waits for `verify`; at most the last hundred. */
  readonly listUnverified: () => Promise<readonly UnverifiedPayment[] | 'unknown'>;
}

export interface AskedPayment {
  /** Whole rials. */
  readonly amount: bigint;
  /** Our own name for it. */
  readonly orderId: string;
  readonly callbackUrl: string;
}

export interface PaymentBegun {
  /** The gateway's name for the attempt. */
  readonly authority: string;
}

/** The gateway's own code for it, a number. */
export interface Refused {
  readonly refused: number;
}

export type Verification =
  | {
      /** `before`: this is the answer to a repeated verification, and a success as well. */
      readonly verified: 'now' | 'before';
      /** The gateway's reference of the money, to be told to the payer. */
      readonly reference?: string;
      /** Where the gateway says it. */
      readonly amount?: bigint;
    }
  | { readonly notVerified: 'notPaid' | 'otherAmount' | 'notOurs' }
  | Refused
  | 'unknown';

/** `paid` waits for `verify`; `reversed` went back to the payer. */
export type GatewayState = 'inBank' | 'paid' | 'verified' | 'failed' | 'reversed';

export interface UnverifiedPayment {
  readonly authority: string;
  readonly amount: bigint;
}

export interface PaymentGatewayOptions extends OutsideOptions {
  readonly merchantId: string | undefined;
  readonly answerWithinMs?: number;
}

/** Gateways are slower than registries, and giving up too early leaves more unknown. */
export const gatewayAnswersWithinMs = 10_000;

/** Told to the payer on the gateway's page. */
const description = 'حق بیمه سلامت';

/** Some gateways write their numbers as texts. */
const number = Type.Union([Type.Integer(), Type.String({ pattern: '^-?\\d{1,18}$' })]);
const errors = Type.Object({ code: number });
const authority = Type.String({ pattern: '^[\\x21-\\x7e]{1,100}$' });

const refusedShape = Compile(Type.Object({ errors }));
const begunShape = Compile(Type.Object({ data: Type.Object({ code: number, authority }) }));
const verifiedShape = Compile(
  Type.Object({
    data: Type.Object({
      code: number,
      ref_id: Type.Optional(Type.Union([Type.Integer(), Type.String({ minLength: 1, maxLength: 60 })])),
      amount: Type.Optional(number),
    }),
  }),
);
const stateNames = {
  IN_BANK: 'inBank',
  PAID: 'paid',
  VERIFIED: 'verified',
  FAILED: 'failed',
  REVERSED: 'reversed',
} as const satisfies Record<string, GatewayState>;
const stateShape = Compile(
  Type.Object({
    data: Type.Object({ code: number, status: Type.Enum(Object.keys(stateNames) as (keyof typeof stateNames)[]) }),
  }),
);
const unverifiedShape = Compile(
  Type.Object({
    data: Type.Object({ code: number, authorities: Type.Array(Type.Object({ authority, amount: number })) }),
  }),
);

const success = 100;
const successBefore = 101;

/** Why a verification was refused; every other code leaves it open. */
const notVerified: Readonly<Record<number, 'notPaid' | 'otherAmount' | 'notOurs'>> = {
  [-50]: 'otherAmount',
  [-51]: 'notPaid',
  [-53]: 'notOurs',
  [-54]: 'notOurs',
  [-55]: 'notOurs',
};

/** Without an address, or a merchant id, every answer is `'unknown'`. */
export function createPaymentGateway({
  merchantId,
  answerWithinMs = gatewayAnswersWithinMs,
  ...options
}: PaymentGatewayOptions): PaymentGateway {
  const address = merchantId === undefined ? undefined : options.address?.replace(/\/$/, '');
  const outside = new Outside('paymentGateway', { ...options, address }, { answerWithinMs, refusesWithBody: true });
  const ask = async <T>(what: string, question: object, read: (answer: unknown) => T | undefined) => {
    const found = await outside.ask(`/pg/v4/payment/${what}.json`, { merchant_id: merchantId, ...question }, read);
    return found === 'unavailable' ? 'unknown' : found;
  };
  return {
    request: ({ amount, orderId, callbackUrl }) =>
      ask(
        'request',
        {
          amount: Number(amount),
          currency: 'IRR',
          description,
          callback_url: callbackUrl,
          metadata: { order_id: orderId },
        },
        (answer): PaymentBegun | Refused | undefined =>
          begunShape.Check(answer) && codeOf(answer.data) === success
            ? { authority: answer.data.authority }
            : findRefusal(answer),
      ),
    addressOf: (name) => `${address ?? ''}/pg/StartPay/${encodeURIComponent(name)}`,
    verify: ({ authority: name, amount }) =>
      ask('verify', { amount: Number(amount), authority: name }, readVerification),
    inquire: (name) =>
      ask('inquiry', { authority: name }, (answer) =>
        stateShape.Check(answer) && codeOf(answer.data) === success ? stateNames[answer.data.status] : undefined,
      ),
    listUnverified: () =>
      ask('unVerified', {}, (answer) =>
        unverifiedShape.Check(answer) && codeOf(answer.data) === success
          ? answer.data.authorities.map((each) => ({ authority: each.authority, amount: BigInt(each.amount) }))
          : undefined,
      ),
  };
}

function readVerification(answer: unknown): Verification | undefined {
  if (!verifiedShape.Check(answer)) {
    const refusal = findRefusal(answer);
    const why = refusal === undefined ? undefined : notVerified[refusal.refused];
    return why === undefined ? refusal : { notVerified: why };
  }
  const { ref_id: reference, amount } = answer.data;
  const code = codeOf(answer.data);
  if (code !== success && code !== successBefore) return undefined;
  return {
    verified: code === success ? 'now' : 'before',
    ...(reference !== undefined && { reference: String(reference) }),
    ...(amount !== undefined && { amount: BigInt(amount) }),
  };
}

function findRefusal(answer: unknown): Refused | undefined {
  return refusedShape.Check(answer) ? { refused: codeOf(answer.errors) } : undefined;
}

function codeOf({ code }: { readonly code: Static<typeof number> }): number {
  return Number(code);
}
