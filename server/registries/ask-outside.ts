import { circuitBreaker, ConsecutiveBreaker, handleAll, timeout, TimeoutStrategy, wrap, type IPolicy } from 'cockatiel';
import { standInHeader } from './stand-in-header.ts';

/**
 * The policy for every outside registry: 800 ms, then it has not answered; after five failures in a row it is left alone
 * for five seconds, and then one question tries again. Whatever fails is "unavailable", never a "no" (T-19, T-33, T-34).
 */
export const answerWithinMs = 800;
export const failuresInARow = 5;
export const leftAloneMs = 5_000;

export interface OutsideOptions {
  /** `undefined`: there is no such registry; it counts as silent. */
  readonly address: string | undefined;
  /** A stand-in is believed in a demo alone. */
  readonly allowStandIn: boolean;
  /** Called for each question that got no usable answer. */
  readonly onFailure?: (registry: string) => void;
}

/** Where a registry differs from the policy for all. */
export interface OutsideManner {
  readonly answerWithinMs?: number;
  /** It says in the body of a 4xx why it refuses: that is an answer, too. */
  readonly refusesWithBody?: boolean;
}

const longestAnswer = 100_000;

/** Asks one registry, by `POST` with JSON both ways, so that no national id stands in an address that somebody logs. */
export class Outside {
  readonly #registry: string;
  readonly #options: OutsideOptions;
  readonly #refusesWithBody: boolean;
  readonly #policy: IPolicy<{ signal: AbortSignal }>;

  constructor(registry: string, options: OutsideOptions, manner: OutsideManner = {}) {
    this.#registry = registry;
    this.#options = options;
    this.#refusesWithBody = manner.refusesWithBody === true;
    this.#policy = wrap(
      circuitBreaker(handleAll, { halfOpenAfter: leftAloneMs, breaker: new ConsecutiveBreaker(failuresInARow) }),
      timeout(manner.answerWithinMs ?? answerWithinMs, TimeoutStrategy.Aggressive),
    );
  }

  /**
   * @param read gives `undefined` for an answer that is not understood
   * @returns what was read, or `'unavailable'`; never throws
   */
  async ask<T>(path: string, question: object, read: (answer: unknown) => T | undefined): Promise<T | 'unavailable'> {
    const { address } = this.#options;
    if (address === undefined) return 'unavailable';
    try {
      return await this.#policy.execute(async ({ signal }) => {
        const answer = read(await this.#post(`${address.replace(/\/$/, '')}${path}`, question, signal));
        if (answer === undefined) throw new TypeError(`${this.#registry} gave an answer that is not understood`);
        return answer;
      });
    } catch {
      this.#options.onFailure?.(this.#registry);
      return 'unavailable';
    }
  }

  async #post(address: string, question: object, signal: AbortSignal): Promise<unknown> {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(question),
      redirect: 'error',
      signal,
    });
    if (!this.#options.allowStandIn && response.headers.has(standInHeader)) {
      await response.body?.cancel();
      throw new TypeError(`${this.#registry} is a stand-in`);
    }
    const text = await response.text();
    const isAnswer = response.ok || (this.#refusesWithBody && response.status >= 400 && response.status < 500);
    if (!isAnswer || text.length > longestAnswer) throw new TypeError(`${this.#registry} answered ${response.status}`);
    return JSON.parse(text);
  }
}
