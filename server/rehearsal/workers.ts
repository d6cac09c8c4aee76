import { SeededRandom } from '../membership/index.ts';
import { Fault } from '../platform/index.ts';
import { startWorker, type Worker, type World } from './system.ts';

/** Faults that would be a mistake of ours, whoever asks for whatever. */
const mistakes: readonly string[] = [
  ...['DATABASE_FAULT', 'DATABASE_BAD_VALUE', 'DATABASE_CONSTRAINT', 'DATABASE_DUPLICATE', 'DATABASE_CONFLICT'],
  ...['DATABASE_TIMED_OUT', 'UNEXPECTED', 'LEDGER_UNBALANCED', 'BILL_INVALID', 'DOSSIER_UNREADABLE', 'FACT_CLASHES'],
];

/** How long workers live, in statements, where they are killed. */
export interface Lives {
  readonly ofDesk: number;
  readonly ofJobs: number;
}

/** What people ask of the system, and what it does by itself: by workers that are killed, and of which the next one begins again. */
export class Workers {
  readonly #world: World;
  readonly #random: SeededRandom;
  readonly #longestLife: number | undefined;
  #worker: Worker;
  killed = 0;
  /** What was refused, by code: most of it is as it should be. */
  readonly refused = new Map<string, number>();

  constructor(world: World, seed: number, longestLife: number | undefined) {
    this.#world = world;
    this.#random = new SeededRandom(seed);
    this.#longestLife = longestLife;
    this.#worker = startWorker(world, this.#random, longestLife);
  }

  /** The one that lives. */
  get worker(): Worker {
    if (this.#worker.life.isOver) {
      this.killed += 1;
      this.#worker = startWorker(this.#world, this.#random, this.#longestLife);
    }
    return this.#worker;
  }

  /** Does it again with the next worker where one is killed over it. @throws whatever a living worker throws */
  async insist<T>(work: (worker: Worker) => Promise<T>): Promise<T> {
    for (;;) {
      const { worker } = this;
      try {
        const done = await work(worker);
        // What a worker has swallowed while it was killed was not done.
        if (!worker.life.isOver) return done;
      } catch (error) {
        if (!worker.life.isOver) throw error;
      }
    }
  }

  /** As somebody who takes no for an answer. @returns undefined where it was refused */
  async ask<T>(work: (worker: Worker) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.insist(work);
    } catch (error) {
      const code = error instanceof Fault ? error.code : String(error);
      if (!(error instanceof Fault) || mistakes.includes(code)) this.#world.onError(describe(error));
      this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
      return undefined;
    }
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place = error.stack?.split('\n').filter((line) => /^\s+at /.test(line) && !line.includes('node:'));
  return [error.message, ...(place ?? []).slice(0, 3).map((line) => line.trim())].join(' | ');
}
