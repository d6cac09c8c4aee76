/**
 * So many a second for each key, on and on, and some more at once. A key is forgotten when its bucket is full again, so
 * the memory is bounded by how many keys are busy.
 */
export class Buckets {
  readonly #perSecond: number;
  readonly #atOnce: number;
  readonly #now: () => number;
  readonly #levels = new Map<string, { level: number; at: number }>();

  /** @param now milliseconds of a clock that never goes back */
  constructor(perSecond: number, atOnce: number, now: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#atOnce = atOnce;
    this.#now = now;
  }

  /** Takes one, if there is one. @returns 0, or in how many seconds there will be one */
  take(key: string): number {
    const level = this.#level(key);
    if (level < 1) return this.#waitAt(level);
    this.#put(key, level - 1);
    return 0;
  }

  /** In how many seconds there will be one; takes nothing. */
  wait(key: string): number {
    return this.#waitAt(this.#level(key));
  }

  #waitAt(level: number): number {
    return level >= 1 ? 0 : (1 - level) / this.#perSecond;
  }

  #level(key: string): number {
    const known = this.#levels.get(key);
    if (known === undefined) return this.#atOnce;
    return Math.min(this.#atOnce, known.level + ((this.#now() - known.at) / 1000) * this.#perSecond);
  }

  #put(key: string, level: number): void {
    if (this.#levels.size >= mostKeys && !this.#levels.has(key)) this.#forget();
    this.#levels.set(key, { level, at: this.#now() });
  }

  /** The full ones; and if none is full, the one that was there longest. */
  #forget(): void {
    for (const key of this.#levels.keys()) if (this.#level(key) >= this.#atOnce) this.#levels.delete(key);
    const oldest = this.#levels.size < mostKeys ? undefined : this.#levels.keys().next().value;
    if (oldest !== undefined) this.#levels.delete(oldest);
  }
}

const mostKeys = 100_000;
