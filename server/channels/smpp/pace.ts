const atOnceMs = 100;

/** At most so many a second, evenly, with a tenth of a second's worth at once. Times are milliseconds of one clock. */
export class Pace {
  readonly #intervalMs: number;
  #nextMs = 0;

  /** @param perSecond 0: no limit */
  constructor(perSecond: number) {
    this.#intervalMs = perSecond === 0 ? 0 : 1_000 / perSecond;
  }

  /** 0: one may go now. */
  wait(nowMs: number): number {
    return Math.max(0, this.#nextMs - nowMs);
  }

  /** One goes now. What was not used before is saved for no longer than a tenth of a second. */
  count(nowMs: number): void {
    const savedMs = Math.max(atOnceMs - this.#intervalMs, 0);
    this.#nextMs = Math.max(this.#nextMs, nowMs - savedMs) + this.#intervalMs;
  }
}

/**
 * What follows "throttled": a pause, then one message alone, and when that is taken, full speed again. The pause doubles
 * while it goes on.
 */
export class Throttle {
  readonly #firstMs: number;
  readonly #longestMs: number;
  #pauseMs = 0;
  #untilMs = 0;

  constructor(firstMs: number, longestMs: number) {
    this.#firstMs = firstMs;
    this.#longestMs = longestMs;
  }

  /** Whether one message alone tries the water. */
  get isTrying(): boolean {
    return this.#pauseMs > 0;
  }

  pauseLeft(nowMs: number): number {
    return Math.max(0, this.#untilMs - nowMs);
  }

  /** Of all that were on their way, only the first that is sent back counts. */
  throttled(nowMs: number): void {
    if (nowMs < this.#untilMs) return;
    this.#pauseMs = Math.min(this.#longestMs, this.#pauseMs === 0 ? this.#firstMs : this.#pauseMs * 2);
    this.#untilMs = nowMs + this.#pauseMs;
  }

  accepted(nowMs: number): void {
    if (nowMs >= this.#untilMs) this.#pauseMs = 0;
  }
}

/** The pause before a new connection: doubled with each failure, and between half and whole, so that not all come at once. */
export function reconnectPause(failures: number, firstMs: number, longestMs: number, random = Math.random()): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(failures, 30)) * (0.5 + random / 2);
}
