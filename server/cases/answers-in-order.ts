import type { Decided, DecidedBlock } from './decide-block.ts';
import { releaseMemory } from './release-memory.ts';

type Text = string | Uint8Array;

export interface AnswersInOrderOptions {
  /** Takes the answers to one block; its promise is kept when they are written and their memory is free. */
  readonly write: (text: Text) => Promise<void>;
  /** How many blocks may be under way: being decided, waiting for their turn, or being written. */
  readonly mostUnderWay: number;
  readonly onProgress: ((decided: Decided) => void) | undefined;
}

/** Writes the answers to blocks in the order in which the blocks came, whichever is decided first. */
export class AnswersInOrder {
  readonly #options: AnswersInOrderOptions;
  readonly #underWay: Promise<void>[] = [];
  readonly #failure = Promise.withResolvers<never>();
  #last: Promise<void> = Promise.resolve();
  #decided: Decided = { read: 0, invalid: 0 };

  constructor(options: AnswersInOrderOptions) {
    this.#options = options;
    this.#failure.promise.catch(() => undefined);
  }

  /** Rejected where a block could not be decided or written, when all before it are written; else never settled. */
  get failure(): Promise<never> {
    return this.#failure.promise;
  }

  /** @returns a promise that is kept when there is room for another block */
  async take(deciding: Promise<DecidedBlock<Text>>): Promise<void> {
    deciding.catch(() => undefined); // its turn to be reported comes when all before it are written
    this.#last = this.#writeAfter(this.#last, deciding);
    this.#last.catch(this.#failure.reject);
    this.#underWay.push(this.#last);
    if (this.#underWay.length >= this.#options.mostUnderWay) await this.#underWay.shift();
  }

  /** @returns the counts, when everything is written */
  async end(): Promise<Decided> {
    await this.#last;
    return this.#decided;
  }

  async #writeAfter(previous: Promise<void>, deciding: Promise<DecidedBlock<Text>>): Promise<void> {
    await previous;
    const { text, read, invalid } = await deciding;
    if (text.length > 0) await this.#options.write(text);
    if (typeof text !== 'string') releaseMemory(text);
    this.#decided = { read: this.#decided.read + read, invalid: this.#decided.invalid + invalid };
    this.#options.onProgress?.(this.#decided);
  }
}
