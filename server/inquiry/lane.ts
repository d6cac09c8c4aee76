import { setImmediate as nextTurn } from 'node:timers/promises';

const largestBatch = 256;
/** With more than a batch in front, nobody is let in behind one who has waited this long: it would be a second's wait. */
const longestWaitMs = 250;

/**
 * Works on what has come, in batches: a batch is whatever came while the one before it was in flight. There is no timer;
 * what comes to an idle lane waits only for the others that come in the same turn.
 */
export class Lane<Item> {
  readonly #work: (batch: Item[]) => Promise<void>;
  readonly #waiting: Item[] = [];
  /** Since when each waits, milliseconds of the clock that only goes forward. */
  readonly #since: number[] = [];
  #isWorking = false;

  /** @param work settles every item by itself and never rejects */
  constructor(work: (batch: Item[]) => Promise<void>) {
    this.#work = work;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** More comes than is worked off. */
  get isBehind(): boolean {
    const [first] = this.#since;
    return first !== undefined && this.#since.length > largestBatch && performance.now() - first > longestWaitMs;
  }

  push(item: Item): void {
    this.#waiting.push(item);
    this.#since.push(performance.now());
    if (this.#isWorking) return;
    this.#isWorking = true;
    void this.#drain();
  }

  async #drain(): Promise<void> {
    await nextTurn();
    while (this.#waiting.length > 0) {
      this.#since.splice(0, largestBatch);
      await this.#work(this.#waiting.splice(0, largestBatch));
    }
    this.#isWorking = false;
  }
}
