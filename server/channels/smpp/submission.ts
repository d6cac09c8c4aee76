import { isThrottling } from './command-status.ts';
import type { NotSentReason, SendResult } from './link.ts';
import type { Submit } from './outgoing.ts';

/** What carries submissions: a bind. */
export interface Carrier {
  readonly isBound: boolean;
}

/** One `submit_sm` on its way: waiting, sent, perhaps waiting again after "throttled", settled. */
export class Submission {
  readonly submit: Submit;
  /** A dialogue's screens go over the bind that the dialogue came by, as long as it is bound. */
  readonly via: Carrier | undefined;
  readonly result: Promise<SendResult>;
  readonly #settle: (result: SendResult) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #deadlineMs: number;
  #isSettled = false;
  #isSent = false;
  #lastThrottling: number | undefined;
  /** Its place among all that wait. */
  order = 0;

  constructor(submit: Submit, via: Carrier | undefined, longestWaitMs: number) {
    this.submit = submit;
    this.via = via;
    const { promise, resolve } = Promise.withResolvers<SendResult>();
    this.result = promise;
    this.#settle = resolve;
    this.#deadlineMs = performance.now() + longestWaitMs;
    this.#timer = setTimeout(() => {
      this.stopWaiting();
    }, longestWaitMs);
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  sent(): void {
    this.#isSent = true;
  }

  settle(result: SendResult): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#settle(result);
  }

  refused(commandStatus: number, temporary: boolean): void {
    this.settle({ kind: 'refused', status: commandStatus, temporary, ids: [] });
  }

  /** @returns whether it may wait for another try */
  throttled(commandStatus: number): boolean {
    this.#isSent = false;
    this.#lastThrottling = commandStatus;
    if (performance.now() < this.#deadlineMs) return true;
    this.giveUp('waitedTooLong');
    return false;
  }

  /** What is sent already waits for its answer. */
  stopWaiting(): void {
    if (!this.#isSent) this.giveUp('waitedTooLong');
  }

  /** Nothing of it is with the message centre: either it never left us, or it was sent back. */
  giveUp(reason: NotSentReason): void {
    const status = this.#lastThrottling;
    if (status !== undefined && isThrottling(status)) this.refused(status, true);
    else this.settle({ kind: 'notSent', reason, ids: [] });
  }
}

/** What waits to be sent, over whichever bind has room first. Dialogues go before messages: somebody looks at a screen. */
export class SubmissionQueue {
  readonly #most: number;
  readonly #urgent: Submission[] = [];
  /** Sent once and sent back, in the order of the queue. */
  readonly #returned: Submission[] = [];
  #waiting: Submission[] = [];
  #next = 0;
  #order = 0;
  #unsettled = 0;
  #isClosed = false;

  constructor(most: number) {
    this.#most = most;
  }

  /** Waiting or sent. */
  get unsettled(): number {
    return this.#unsettled;
  }

  /** All of them or none; those that find no room are given up. */
  add(submissions: readonly Submission[], isUrgent: boolean): void {
    if (this.#isClosed || this.#unsettled + submissions.length > this.#most) {
      for (const each of submissions) each.giveUp(this.#isClosed ? 'closed' : 'queueFull');
      return;
    }
    // While nothing is taken, those that have waited too long stay in the list.
    if (this.#waiting.length - this.#next > this.#most) {
      this.#waiting = this.#waiting.slice(this.#next).filter(isOpen);
      this.#next = 0;
    }
    if (this.#urgent.length > this.#most) this.#urgent.splice(0, Infinity, ...this.#urgent.filter(isOpen));
    for (const each of submissions) {
      each.order = this.#order++;
      (isUrgent ? this.#urgent : this.#waiting).push(each);
      this.#unsettled += 1;
      void each.result.then(() => (this.#unsettled -= 1));
    }
  }

  take(carrier: Carrier): Submission | undefined {
    for (;;) {
      const taken = this.#takeAny(carrier);
      if (taken?.isSettled !== true) return taken;
    }
  }

  /** To where it was, as nearly as can be. */
  putBack(submission: Submission): void {
    if (this.#isClosed) {
      submission.giveUp('closed');
      return;
    }
    if (submission.via !== undefined) {
      this.#urgent.unshift(submission);
      return;
    }
    const after = this.#returned.findIndex(({ order }) => order > submission.order);
    this.#returned.splice(after < 0 ? this.#returned.length : after, 0, submission);
  }

  close(): void {
    this.#isClosed = true;
    for (const each of [...this.#urgent, ...this.#returned, ...this.#waiting.slice(this.#next)]) each.giveUp('closed');
    this.#urgent.length = this.#returned.length = this.#waiting.length = this.#next = 0;
  }

  #takeAny(carrier: Carrier): Submission | undefined {
    const urgent = this.#urgent.findIndex(({ via }) => via === undefined || via === carrier || !via.isBound);
    if (urgent >= 0) return this.#urgent.splice(urgent, 1)[0];
    if (this.#returned.length > 0) return this.#returned.shift();
    const next = this.#waiting[this.#next];
    if (next === undefined) return undefined;
    this.#next += 1;
    if (this.#next > 1_000 || this.#next === this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#next);
      this.#next = 0;
    }
    return next;
  }
}

function isOpen({ isSettled }: Submission): boolean {
  return !isSettled;
}
