import type { AcceptedIds } from './accepted-ids.ts';
import type { Bind } from './bind.ts';
import type { SendResult, SmppObserver } from './link.ts';
import type { Submit } from './outgoing.ts';
import { Submission, SubmissionQueue } from './submission.ts';

/** Messages (parts) that may wait or be under way. */
const mostUnsettled = 20_000;

/** Messages on their way over whichever bind has room, and what became of them. */
export class Sending {
  readonly queue = new SubmissionQueue(mostUnsettled);
  readonly #queueMs: number;
  readonly #observer: SmppObserver;
  readonly #acceptedIds: AcceptedIds;
  #binds: readonly Bind[] = [];
  #underWay = 0;

  constructor(queueSeconds: number, observer: SmppObserver, acceptedIds: AcceptedIds) {
    this.#queueMs = queueSeconds * 1_000;
    this.#observer = observer;
    this.#acceptedIds = acceptedIds;
  }

  use(binds: readonly Bind[]): void {
    this.#binds = binds;
  }

  /** Some message whose receipt will come is not settled yet. */
  get isReceiptDue(): boolean {
    return this.#underWay > 0;
  }

  get unanswered(): number {
    return this.#binds.reduce((sum, bind) => sum + bind.unanswered, 0);
  }

  /** @param via of a dialogue: over this bind, and before all messages */
  async submit(submits: readonly Submit[], via?: Bind): Promise<SendResult> {
    const begin = performance.now();
    const wantsReceipt = submits.some(({ fields }) => fields.registeredDelivery !== 0);
    if (wantsReceipt) this.#underWay += 1;
    const submissions = submits.map((each) => new Submission(each, via, this.#queueMs));
    this.queue.add(submissions, via !== undefined);
    this.wake();
    const result = await joinResults(submissions);
    this.#observer.sent?.(result.kind, (performance.now() - begin) / 1_000);
    if (!wantsReceipt) return result;
    // Whoever waits for the result has it before a receipt that was quicker.
    setImmediate(() => {
      this.#underWay -= 1;
      for (const id of result.ids) this.#acceptedIds.add(id);
    });
    return result;
  }

  /** Least loaded first. */
  wake(): void {
    for (const bind of this.#binds.toSorted((one, other) => one.unanswered - other.unanswered)) bind.takeWork();
  }
}

/** The gravest of the parts' results: what is not known first, then refusals. Parts that wait when one is refused stay here. */
async function joinResults(parts: readonly Submission[]): Promise<SendResult> {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only.result;
  const results = await Promise.all(
    parts.map(async (part, index) => {
      const result = await part.result;
      if (result.kind === 'refused') for (const later of parts.slice(index + 1)) later.stopWaiting();
      return result;
    }),
  );
  const ids = results.flatMap((result) => result.ids);
  const gravest = (['unknown', 'refused', 'notSent'] as const)
    .map((kind) => results.find((result) => result.kind === kind))
    .find((result) => result !== undefined);
  return gravest === undefined ? { kind: 'accepted', ids } : { ...gravest, ids };
}
