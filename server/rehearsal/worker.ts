import type { Pool, PoolClient } from 'pg';
import type { SeededRandom } from '../membership/index.ts';

/** What becomes of all that a worker still asks for after it was killed. */
export class Killed extends Error {
  constructor() {
    super('the worker was killed');
  }
}

/** So many statements a worker lives at least, where it is killed at all. */
const shortestLife = 5;

/**
 * The life of a worker: the one process that a database sees. When it is killed its connections are cut wherever they are,
 * in the middle of a transaction or between the commit and the answer to it, and nothing more of it reaches the database.
 */
export class Life {
  readonly #connections = new Set<PoolClient>();
  readonly #random: SeededRandom;
  #statementsLeft: number;
  isOver = false;

  /** @param longest the most statements that it lives; `undefined`: for ever */
  constructor(random: SeededRandom, longest: number | undefined) {
    this.#random = random;
    this.#statementsLeft = longest === undefined ? Number.POSITIVE_INFINITY : random.from(shortestLife, longest);
  }

  /** A pool through which only the living speak. */
  poolOf(pool: Pool): Pool {
    return new Proxy(pool, {
      get: (target, name) => {
        if (name === 'connect') return () => this.#lend(target);
        if (name === 'query') return (...asked: unknown[]) => this.#speak(() => call(target, 'query', asked));
        return bound(target, name);
      },
    });
  }

  async #lend(pool: Pool): Promise<PoolClient> {
    if (this.isOver) throw new Killed();
    const connection = await pool.connect();
    this.#connections.add(connection);
    return new Proxy(connection, {
      get: (target, name) => {
        if (name === 'query') return (...asked: unknown[]) => this.#speak(() => call(target, 'query', asked));
        if (name === 'release') {
          return (destroy?: boolean) => {
            this.#connections.delete(connection);
            connection.release(destroy === true || this.isOver);
          };
        }
        return bound(target, name);
      },
    });
  }

  async #speak(statement: () => unknown): Promise<unknown> {
    if (this.isOver) throw new Killed();
    this.#statementsLeft -= 1;
    if (this.#statementsLeft > 0) return statement();
    const isSent = this.#random.isOneIn(2);
    const answer = isSent ? Promise.resolve(statement()).catch(() => undefined) : undefined;
    // Half of those that were sent are done before the cut, and their answer is lost.
    if (isSent && this.#random.isOneIn(2)) await answer;
    this.#end();
    throw new Killed();
  }

  #end(): void {
    this.isOver = true;
    for (const connection of this.#connections) cut(connection);
  }
}

function bound(target: object, name: string | symbol): unknown {
  const found = Reflect.get(target, name, target) as unknown;
  return typeof found === 'function' ? (found as (...args: unknown[]) => unknown).bind(target) : found;
}

function call(target: object, name: string, asked: readonly unknown[]): unknown {
  return Reflect.apply(Reflect.get(target, name, target) as (...args: unknown[]) => unknown, target, asked);
}

/** As a process that dies does it: without a word. */
function cut(connection: PoolClient): void {
  const { connection: wire } = connection as unknown as { connection: { stream: { destroy: () => void } } };
  wire.stream.destroy();
}
