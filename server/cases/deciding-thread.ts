import { Worker } from 'node:worker_threads';
import type { LaterActs } from '@estehqaq/law';
import type { DecidedBlock } from './decide-block.ts';

/** What a thread needs to know; it is copied to it. */
export interface DecidingTask {
  /** Laid over the shipped book. */
  readonly acts: LaterActs;
  readonly withExplanation: boolean;
}

const ownProgram = new URL('./deciding-thread-program.ts', import.meta.url);

/** A block leaves nothing behind: a small young heap is swept often and cheaply. A line of 1 MB may need 100 MB to be read. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 };

/** A thread that decides blocks of lines, one after the other. */
export class DecidingThread {
  readonly #worker: Worker;
  readonly #asked: PromiseWithResolvers<DecidedBlock<Uint8Array>>[] = [];
  #fault: unknown;

  constructor(task: DecidingTask, program: URL = ownProgram) {
    this.#worker = new Worker(program, { workerData: task, resourceLimits });
    this.#worker.on('message', (decided: DecidedBlock<Uint8Array>) => this.#asked.shift()?.resolve(decided));
    for (const event of ['error', 'messageerror'])
      this.#worker.on(event, (error: unknown) => {
        this.#fail(error);
      });
    this.#worker.on('exit', (code) => {
      this.#fail(new Error(`a thread that decides ended with ${String(code)}`));
    });
  }

  /** How many blocks it has been given and not yet answered. */
  get underWay(): number {
    return this.#asked.length;
  }

  /**
   * @param block whole lines; its memory goes to the thread
   * @returns the answers; rejected with the thread's error where it fails or has failed
   */
  decide(block: Uint8Array<ArrayBuffer>): Promise<DecidedBlock<Uint8Array>> {
    const asked = Promise.withResolvers<DecidedBlock<Uint8Array>>();
    this.#asked.push(asked);
    if (this.#fault === undefined) this.#worker.postMessage(block, [block.buffer]);
    else this.#fail(this.#fault);
    return asked.promise;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: unknown): void {
    this.#fault ??= error;
    for (const { reject } of this.#asked.splice(0)) reject(this.#fault);
  }
}
