import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, type Log, type Registry } from '../../platform/index.ts';
import { Buckets } from './buckets.ts';
import { RateLimited } from './problems.ts';

/** A hospital's day has a few hundred people who are not in the register; a list that is tried out has thousands. */
const freeAtOnce = 200;
const freePerSecond = 0.2;
/** Nobody is shut out: whoever tries out ids is answered this often, patients of his included. */
const slowedPerSecond = 4;
const longestWaitMs = 2_000;
const reportEveryMs = 60_000;

/**
 * Slows an asker who asks for many ids or codes that are wrong: unknown to the register, without a right check digit, or
 * never given to him. It is counted, and told in the log once a minute, with the asker's name and no id.
 */
export class WrongIds {
  readonly #log: Log;
  readonly #wrong: Counter;
  readonly #slowed: Counter;
  readonly #free = new Buckets(freePerSecond, freeAtOnce);
  readonly #nextAt = new Map<string, number>();
  readonly #reportedAt = new Map<string, number>();

  constructor(log: Log, registry: Registry) {
    this.#log = log;
    this.#wrong = new Counter({
      name: 'estehqaq_wrong_ids_total',
      help: 'Questions about ids or codes that are wrong',
      registers: [registry],
    });
    this.#slowed = new Counter({
      name: 'estehqaq_slowed_requests_total',
      help: 'Requests slowed or refused because their asker tries out ids',
      registers: [registry],
    });
  }

  /** Waits its turn, if this asker is being slowed. @throws RateLimited when too many wait already */
  pass(asker: string): Promise<void> | undefined {
    return this.#free.wait(asker) === 0 ? undefined : this.#waitTurn(asker);
  }

  count(asker: string): void {
    this.#wrong.inc();
    this.#free.take(asker);
  }

  async #waitTurn(asker: string): Promise<void> {
    this.#slowed.inc();
    this.#report(asker);
    const now = performance.now();
    const turn = Math.max(now, this.#nextAt.get(asker) ?? 0);
    if (turn - now > longestWaitMs) throw new RateLimited((turn - now) / 1000);
    this.#nextAt.set(asker, turn + 1000 / slowedPerSecond);
    await sleep(turn - now);
  }

  #report(asker: string): void {
    const now = performance.now();
    const last = this.#reportedAt.get(asker);
    if (last !== undefined && now - last < reportEveryMs) return;
    this.#forgetOld(now);
    this.#reportedAt.set(asker, now);
    // A person's name for us is his national id, which is never logged.
    const named = asker.startsWith('person:') ? 'a person' : asker;
    this.#log.warn({ asker: named }, 'asks for many wrong ids and is slowed');
  }

  #forgetOld(now: number): void {
    for (const [asker, at] of this.#reportedAt) if (now - at > reportEveryMs) this.#reportedAt.delete(asker);
    for (const [asker, at] of this.#nextAt) if (now > at) this.#nextAt.delete(asker);
  }
}
