import { randomBytes } from 'node:crypto';

/** The books of the stand-in payment gateway: in memory, with the codes that the real ones use. Nobody pays anything. */

export type StandInState = 'IN_BANK' | 'PAID' | 'VERIFIED' | 'FAILED' | 'REVERSED';

export interface StandInPayment {
  readonly authority: string;
  readonly merchantId: string;
  /** Whole rials. */
  readonly amount: number;
  readonly callbackUrl: string;
  readonly state: StandInState;
  readonly paidAt: number | undefined;
  readonly reference: number | undefined;
}

export interface StandInAnswer {
  readonly status: number;
  readonly body: object;
}

/** How long money waits for `verify` before it goes back. */
export const usualReturnAfterMs = 30 * 60_000;

const longestAmount = 10 ** 15;

export class StandInBooks {
  readonly #payments = new Map<string, StandInPayment>();
  readonly #now: () => number;
  returnAfterMs = usualReturnAfterMs;

  constructor(now: () => number) {
    this.#now = now;
  }

  request(question: Readonly<Record<string, unknown>>): StandInAnswer {
    const { merchant_id: merchantId, amount, currency, callback_url: callbackUrl } = question;
    const isUnderstood =
      typeof merchantId === 'string' &&
      merchantId !== '' &&
      typeof amount === 'number' &&
      Number.isInteger(amount) &&
      amount > 0 &&
      amount <= longestAmount &&
      currency === 'IRR' &&
      typeof callbackUrl === 'string' &&
      /^https?:$/.test(URL.parse(callbackUrl)?.protocol ?? '');
    if (!isUnderstood) return refuse(-9, 422);
    const authority = `S${randomBytes(18).toString('hex').slice(0, 35)}`;
    this.#payments.set(authority, {
      authority,
      merchantId,
      amount,
      callbackUrl,
      state: 'IN_BANK',
      paidAt: undefined,
      reference: undefined,
    });
    return accept({ code: 100, message: 'Success', authority, fee_type: 'Merchant', fee: 0 });
  }

  verify({ merchant_id: merchantId, authority, amount }: Readonly<Record<string, unknown>>): StandInAnswer {
    const payment = this.find(authority);
    if (payment === undefined) return refuse(-54);
    if (payment.merchantId !== merchantId) return refuse(-53);
    if (payment.state !== 'PAID' && payment.state !== 'VERIFIED') return refuse(-51);
    if (payment.amount !== amount) return refuse(-50);
    const isFirst = payment.state === 'PAID';
    this.#payments.set(payment.authority, { ...payment, state: 'VERIFIED' });
    const message = isFirst ? 'Paid' : 'Verified';
    return accept({ code: isFirst ? 100 : 101, message, ref_id: payment.reference, card_pan: '999999******9999' });
  }

  inquire({ merchant_id: merchantId, authority }: Readonly<Record<string, unknown>>): StandInAnswer {
    const payment = this.find(authority);
    if (payment === undefined) return refuse(-54);
    if (payment.merchantId !== merchantId) return refuse(-53);
    return accept({ code: 100, message: 'Success', status: payment.state });
  }

  unverified({ merchant_id: merchantId }: Readonly<Record<string, unknown>>): StandInAnswer {
    const authorities = this.list()
      .filter((payment) => payment.merchantId === merchantId && payment.state === 'PAID')
      .slice(-100)
      .map(({ authority, amount, callbackUrl }) => ({ authority, amount, callback_url: callbackUrl, referer: '/' }));
    return accept({ code: 100, message: 'Success', authorities });
  }

  /** What the payer does on the page; the second time nothing happens. */
  settle(authority: string, does: 'pay' | 'cancel'): StandInPayment | undefined {
    const payment = this.find(authority);
    if (payment?.state !== 'IN_BANK') return payment;
    const settled: StandInPayment =
      does === 'pay'
        ? { ...payment, state: 'PAID', paidAt: this.#now(), reference: Number(`0x${randomBytes(5).toString('hex')}`) }
        : { ...payment, state: 'FAILED' };
    this.#payments.set(authority, settled);
    return settled;
  }

  find(authority: unknown): StandInPayment | undefined {
    const payment = typeof authority === 'string' ? this.#payments.get(authority) : undefined;
    if (payment?.state !== 'PAID' || this.#now() - (payment.paidAt ?? 0) < this.returnAfterMs) return payment;
    const reversed = { ...payment, state: 'REVERSED' } as const;
    this.#payments.set(reversed.authority, reversed);
    return reversed;
  }

  list(): readonly StandInPayment[] {
    return [...this.#payments.keys()].flatMap((authority) => this.find(authority) ?? []);
  }
}

function accept(data: object): StandInAnswer {
  return { status: 200, body: { data, errors: [] } };
}

function refuse(code: number, status = 200): StandInAnswer {
  return { status, body: { data: [], errors: { code, message: 'stand-in: refused', validations: [] } } };
}
