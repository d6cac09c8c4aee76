/** Work that nobody asks for: it is done again and again, by one process at a time, and calls one use case. */
export interface Job {
  /** For ever the same: by it the database knows the job. */
  readonly name: string;
  /** From the beginning of one run to the beginning of the next. What is of a day asks for the day in Tehran by itself. */
  readonly everySeconds: number;
  /**
   * Does what is due at that moment, and finds nothing to do the second time: a process may die in the middle of it, and
   * another begins again. Long work is split, and asks the signal between its parts (`signal.throwIfAborted()`).
   * @param signal is aborted when the system is stopped, or another process has taken the job over
   */
  readonly run: (now: Date, signal: AbortSignal) => Promise<void>;
}
