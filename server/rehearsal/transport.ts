import type { SeededRandom } from '../membership/index.ts';
import type { MessageTransport, SendOutcome, TransportReceipt } from '../notices/index.ts';
import type { Clock } from '../platform/index.ts';
import { fateOf, type WeatherReport } from './weather.ts';

/** A network that carries messages: it loses some, does not say of others, and tells later which have arrived. */
export class RehearsalTransport implements MessageTransport {
  /** How often each message was taken, and how often it then did not reach its telephone: by its key. */
  readonly taken = new Map<string, { times: number; failed: number }>();
  readonly #receipts: TransportReceipt[] = [];
  readonly #clock: Clock;
  readonly #weather: WeatherReport;
  readonly #random: SeededRandom;
  #last = 0;

  constructor(clock: Clock, weather: WeatherReport, random: SeededRandom) {
    this.#clock = clock;
    this.#weather = weather;
    this.#random = random;
  }

  readonly send: MessageTransport['send'] = ({ key }) => Promise.resolve(this.#send(key));

  /** What has become of messages since it was asked last. */
  takeReceipts(): readonly TransportReceipt[] {
    return this.#receipts.splice(0);
  }

  #send(key: string): SendOutcome {
    const fate = fateOf(this.#weather.of(5), this.#random);
    if (fate === 'lostBefore') {
      return { sent: false, why: this.#random.pick(['silent', 'throttled'] as const) };
    }
    const counts = this.taken.get(key) ?? { times: 0, failed: 0 };
    counts.times += 1;
    this.taken.set(key, counts);
    this.#last += 1;
    const transportIds = [`rehearsal-${this.#last}`];
    const hasArrived = !this.#random.isOneIn(25);
    // One in ten says nothing of what it has done.
    if (!this.#random.isOneIn(10)) {
      const state = hasArrived ? 'delivered' : 'failed';
      if (!hasArrived) counts.failed += 1;
      this.#receipts.push({ transportIds, state, at: this.#clock.now() });
    }
    return fate === 'lostAfter' ? { sent: false, why: 'unknown' } : { sent: true, transportIds };
  }
}
