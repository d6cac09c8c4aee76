import type { SeededRandom } from '../membership/index.ts';
import { StandInBooks, type PaymentGateway, type StandInAnswer, type Verification } from '../registries/index.ts';
import type { Clock } from '../platform/index.ts';
import { fateOf, type WeatherReport } from './weather.ts';

const merchant = 'rehearsal';
const address = 'http://127.0.0.1:9/pg/StartPay/';
/** Long enough for the next round of jobs to find what a lost call-back has left. */
const returnAfterMs = 6 * 3_600_000;

/** Why the stand-in's books refuse, as the protocol's codes have it. */
const notVerified: Readonly<Record<number, 'notPaid' | 'otherAmount' | 'notOurs'>> = {
  [-50]: 'otherAmount',
  [-51]: 'notPaid',
  [-53]: 'notOurs',
  [-54]: 'notOurs',
};
const states = {
  IN_BANK: 'inBank',
  PAID: 'paid',
  VERIFIED: 'verified',
  FAILED: 'failed',
  REVERSED: 'reversed',
} as const;

interface Data {
  readonly code?: number;
  readonly authority?: string;
  readonly ref_id?: number;
  readonly status?: keyof typeof states;
  readonly authorities?: readonly { readonly authority: string; readonly amount: number }[];
}

/** The books of the stand-in gateway, asked without a network in between: tens of thousands of payments are played. */
export class RehearsalGateway implements PaymentGateway {
  readonly books: StandInBooks;
  readonly #weather: WeatherReport;
  readonly #random: SeededRandom;

  constructor(clock: Clock, weather: WeatherReport, random: SeededRandom) {
    this.books = new StandInBooks(() => clock.now().getTime());
    this.books.returnAfterMs = returnAfterMs;
    this.#weather = weather;
    this.#random = random;
  }

  readonly request: PaymentGateway['request'] = ({ amount, callbackUrl }) =>
    this.#ask(
      () =>
        this.books.request({
          ...{ merchant_id: merchant, currency: 'IRR', amount: Number(amount), callback_url: callbackUrl },
        }),
      ({ authority }) => (authority === undefined ? 'unknown' : { authority }),
    );

  readonly addressOf: PaymentGateway['addressOf'] = (authority) => `${address}${authority}`;

  readonly verify: PaymentGateway['verify'] = ({ authority, amount }) =>
    this.#ask(
      () => this.books.verify({ merchant_id: merchant, authority, amount: Number(amount) }),
      ({ code, ref_id: reference }): Verification => ({
        verified: code === 101 ? 'before' : 'now',
        ...(reference !== undefined && { reference: String(reference) }),
      }),
      (code) => {
        const why = notVerified[code];
        return why === undefined ? { refused: code } : { notVerified: why };
      },
    );

  readonly inquire: PaymentGateway['inquire'] = (authority) =>
    this.#ask(
      () => this.books.inquire({ merchant_id: merchant, authority }),
      ({ status }) => (status === undefined ? 'unknown' : states[status]),
    );

  readonly listUnverified: PaymentGateway['listUnverified'] = () =>
    this.#ask(
      () => this.books.unverified({ merchant_id: merchant }),
      ({ authorities = [] }) => authorities.map(({ authority, amount }) => ({ authority, amount: BigInt(amount) })),
    );

  /** The name of the attempt in the address to which the payer is sent. */
  authorityOf(redirectTo: string): string {
    return redirectTo.slice(address.length);
  }

  async #ask<T>(
    work: () => StandInAnswer,
    read: (data: Data) => T,
    refused: (code: number) => T | 'unknown' = () => 'unknown',
  ): Promise<T | 'unknown'> {
    const fate = fateOf(this.#weather.of(1), this.#random);
    if (fate === 'lostBefore') return 'unknown';
    const { data, errors } = work().body as { data: Data | []; errors: { code: number } | [] };
    await Promise.resolve();
    if (fate === 'lostAfter') return 'unknown';
    if (!Array.isArray(errors)) return refused(errors.code);
    return Array.isArray(data) ? 'unknown' : read(data);
  }
}
