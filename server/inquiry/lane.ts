import { setImmediate as nextTurn } from 'node:timers/promises';

const largestBatch = 256;

/**
 * Works on what has come, in batches: a batch is whatever came while the one before it was in flight. There is no timer;
 * what comes to an idle lane waits only for the others that come in the same turn.
 */
export class Lane<Item> {
  readonly #work: (batch: Item[]) => Promise<void>;
  readonly #waiting: Item[] = [];
  #isWorking = false;

  /** @param work settles every item by itself and never rejects */
  constructor(work: (batch: Item[]) => Promise<void>) {
    this.#work = work;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  push(item: Item): void {
    this.#waiting.push(item);
    if (this.#isWorking) return;
    this.#isWorking = true;
    void this.#drain();
  }

  async #drain(): Promise<void> {
    await nextTurn();
    while (this.#waiting.length > 0) await this.#work(this.#waiting.splice(0, largestBatch));
    this.#isWorking = false;
  }
}
