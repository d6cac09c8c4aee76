/**
 * The ids of messages accepted lately, so that a receipt is matched with the form of id that was accepted; and where a
 * receipt is quicker than the answer to its message, it waits for that answer.
 */
const mostKept = 50_000;

export class AcceptedIds {
  readonly #ids = new Set<string>();
  readonly #waiting = new Map<string, Set<(id: string) => void>>();

  add(id: string): void {
    if (this.#ids.size >= mostKept) {
      const [oldest] = this.#ids;
      if (oldest !== undefined) this.#ids.delete(oldest);
    }
    this.#ids.add(id);
    for (const found of this.#waiting.get(id) ?? []) found(id);
  }

  /** @returns undefined where none of them was accepted within the time */
  async find(possibleIds: readonly string[], longestMs: number): Promise<string | undefined> {
    const known = possibleIds.find((id) => this.#ids.has(id));
    if (known !== undefined || longestMs <= 0) return known;
    return new Promise((resolve) => {
      const settle = (id: string | undefined): void => {
        clearTimeout(timer);
        for (const each of possibleIds) this.#stopWaiting(each, settle);
        resolve(id);
      };
      const timer = setTimeout(settle, longestMs, undefined).unref();
      for (const id of possibleIds) {
        const waiting = this.#waiting.get(id) ?? new Set();
        this.#waiting.set(id, waiting.add(settle));
      }
    });
  }

  #stopWaiting(id: string, settle: (id: string) => void): void {
    const waiting = this.#waiting.get(id);
    waiting?.delete(settle);
    if (waiting?.size === 0) this.#waiting.delete(id);
  }
}
