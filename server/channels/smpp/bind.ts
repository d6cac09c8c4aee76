import { setTimeout as sleep } from 'node:timers/promises';
import type { SmppAddress } from './address.ts';
import { isTemporary, isThrottling, status } from './command-status.ts';
import { Connection, type Answer } from './connection.ts';
import { dial } from './dial.ts';
import type { BindState, LossReason, SmppObserver, SmppTimings } from './link.ts';
import { idIn } from './receipt.ts';
import type { Operator } from './operator.ts';
import { Pace, reconnectPause, Throttle } from './pace.ts';
import { noParameters, type Pdu, type PduOf } from './pdu.ts';
import type { Submission, SubmissionQueue } from './submission.ts';

export interface BindOptions {
  readonly address: SmppAddress;
  readonly operator: Operator;
  readonly timings: SmppTimings;
  readonly certificateAuthority: string | undefined;
  readonly observer: SmppObserver;
  readonly sending: {
    readonly queue: SubmissionQueue;
    /** Something waits that this bind does not send now: another may. */
    readonly wake: () => void;
  };
  readonly incoming: {
    /** `respond` is called once, now or later, with the status to answer. */
    readonly receive: (pdu: PduOf<'deliverSm' | 'dataSm'>, bind: Bind, respond: (status: number) => void) => void;
  };
}

const smppVersion = 0x34;
/** A peer that binds us and then breaks is tried again within so many doublings: it does speak SMPP. */
const mostDoublingsAfterBind = 2;
const longestUnbindMs = 2_000;

/** Keeps one bind up: connects, binds, works, and begins again when that ends, until it is closed. */
export class Bind {
  readonly name: string;
  readonly #options: BindOptions;
  readonly #pace: Pace;
  readonly #throttle: Throttle;
  readonly #closing = new AbortController();
  readonly #lived: Promise<void>;
  #connection: Connection | undefined;
  #phase: BindState['phase'] = 'connecting';
  #lastLoss: LossReason | undefined;
  #bindStatus: number | undefined;
  #failures = 0;
  #unanswered = 0;
  #handling = 0;
  #mayTake = false;
  #wakeTimer: NodeJS.Timeout | undefined;

  constructor(options: BindOptions) {
    this.#options = options;
    const { address, operator, timings } = options;
    this.name = `${address.host}:${address.port}`;
    this.#pace = new Pace(operator.perSecond);
    this.#throttle = new Throttle(timings.throttleFirstSeconds * 1_000, timings.throttleLongestSeconds * 1_000);
    this.#lived = this.#live();
  }

  get isBound(): boolean {
    return this.#phase === 'bound' && this.#connection?.isLost === false;
  }

  get unanswered(): number {
    return this.#unanswered;
  }

  state(): BindState {
    return {
      name: this.name,
      phase: this.#phase,
      ...(this.#lastLoss !== undefined && { lastLoss: this.#lastLoss }),
      ...(this.#bindStatus !== undefined && { bindStatus: this.#bindStatus }),
    };
  }

  /** Sends what it may of what waits. */
  takeWork(): void {
    clearTimeout(this.#wakeTimer);
    const connection = this.#connection;
    while (
      connection !== undefined &&
      this.#mayTake &&
      this.isBound &&
      this.#unanswered < (this.#throttle.isTrying ? 1 : this.#options.operator.window)
    ) {
      const now = performance.now();
      const wait = Math.max(this.#throttle.pauseLeft(now), this.#pace.wait(now));
      if (wait > 0) {
        this.#wakeTimer = setTimeout(() => {
          this.takeWork();
        }, Math.ceil(wait));
        return;
      }
      const submission = this.#options.sending.queue.take(this);
      if (submission === undefined) return;
      this.#pace.count(now);
      void this.#submit(submission, connection);
    }
  }

  /** Finishes what is under way, unbinds and ends. */
  async close(longestMs: number): Promise<void> {
    this.#mayTake = false;
    clearTimeout(this.#wakeTimer);
    const connection = this.#connection;
    if (this.isBound && connection !== undefined) {
      await this.#untilQuiet(connection, longestMs);
      await connection.request('unbind', {}, noParameters, Math.min(longestUnbindMs, longestMs));
    }
    this.#closing.abort();
    this.#connection?.drop('closedByUs');
    await this.#lived;
  }

  async #live(): Promise<void> {
    const { timings, observer } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      this.#phase = 'connecting';
      const lost = await this.#liveOnce();
      this.#phase = 'waiting';
      this.#lastLoss = lost;
      observer.lost?.(this.name, lost);
      this.#options.sending.wake();
      const pause = reconnectPause(
        this.#failures,
        timings.reconnectFirstSeconds * 1_000,
        timings.reconnectLongestSeconds * 1_000,
      );
      this.#failures += 1;
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
    this.#phase = 'closed';
  }

  /** From connecting to the loss of the connection. */
  async #liveOnce(): Promise<LossReason> {
    const { address, certificateAuthority, timings, observer } = this.#options;
    const socket = await dial(address, certificateAuthority, timings.connectSeconds * 1_000, this.#closing.signal);
    if (typeof socket === 'string') return socket;
    const connection = new Connection(socket, timings.frameSeconds * 1_000, {
      onRequest: (pdu) => {
        this.#receive(pdu, connection);
      },
      onMalformed: () => {
        observer.malformed?.(this.name);
      },
    });
    this.#connection = connection;
    if (this.#closing.signal.aborted) connection.drop('closedByUs');
    const refusal = await this.#bind(connection);
    if (refusal !== undefined) {
      connection.drop(refusal);
      return connection.lost;
    }
    this.#phase = 'bound';
    this.#failures = Math.min(this.#failures, mostDoublingsAfterBind);
    observer.bound?.(this.name);
    const enquiring = setInterval(() => void this.#enquire(connection), this.#enquireMs);
    this.#mayTake = !this.#closing.signal.aborted;
    this.takeWork();
    const lost = await connection.lost;
    clearInterval(enquiring);
    this.#mayTake = false;
    return lost;
  }

  async #bind(connection: Connection): Promise<LossReason | undefined> {
    const { address, operator, timings } = this.#options;
    const fields = {
      systemId: address.systemId,
      password: address.password,
      systemType: operator.systemType,
      interfaceVersion: smppVersion,
      addressTon: 0,
      addressNpi: 0,
      addressRange: operator.addressRange,
    };
    const answer = await connection.request('bindTransceiver', fields, noParameters, timings.bindSeconds * 1_000);
    if (answer.kind === 'noAnswer') return 'bindTimeout';
    if (answer.kind === 'linkLost') return 'closedByPeer';
    const { command, status: bindStatus } = answer.pdu;
    const isBound = command === 'bindTransceiverResp' && bindStatus === status.ok;
    this.#bindStatus = isBound ? undefined : bindStatus;
    return isBound ? undefined : 'bindRefused';
  }

  get #enquireMs(): number {
    return this.#options.operator.enquireSeconds * 1_000;
  }

  /** An answer within half a period: so a peer that fell silent is given up before the second one is over. */
  async #enquire(connection: Connection): Promise<void> {
    const longestMs = Math.min(this.#enquireMs / 2, this.#options.operator.responseSeconds * 1_000);
    const answer = await connection.request('enquireLink', {}, noParameters, longestMs);
    if (answer.kind === 'noAnswer') connection.drop('mute');
    else if (answer.kind === 'answered') this.#failures = 0;
  }

  async #submit(submission: Submission, connection: Connection): Promise<void> {
    this.#unanswered += 1;
    submission.sent();
    const { fields, parameters } = submission.submit;
    const { responseSeconds } = this.#options.operator;
    const answer = await connection.request('submitSm', fields, parameters, responseSeconds * 1_000);
    this.#unanswered -= 1;
    this.#settle(submission, answer);
    this.takeWork();
  }

  #settle(submission: Submission, answer: Answer): void {
    if (answer.kind !== 'answered') {
      submission.settle({ kind: 'unknown', reason: answer.kind, ids: [] });
      return;
    }
    const { pdu } = answer;
    if (pdu.command === 'submitSmResp' && pdu.status === status.ok) {
      this.#throttle.accepted(performance.now());
      const { messageId } = pdu.fields;
      const ids = messageId === '' ? [] : [idIn(this.#options.operator.messageIds.inAnswer, messageId)];
      submission.settle({ kind: 'accepted', ids });
    } else if (isThrottling(pdu.status)) {
      this.#throttle.throttled(performance.now());
      this.#options.observer.throttled?.(this.name);
      if (!submission.throttled(pdu.status)) return;
      this.#options.sending.queue.putBack(submission);
      this.#options.sending.wake();
    } else {
      submission.refused(pdu.status, isTemporary(pdu.status));
    }
  }

  #receive(pdu: Pdu, connection: Connection): void {
    switch (pdu.command) {
      case 'enquireLink':
        connection.respond('enquireLinkResp', pdu.sequence, status.ok, {});
        return;
      case 'unbind':
        void this.#unboundByPeer(pdu.sequence, connection);
        return;
      case 'deliverSm':
      case 'dataSm': {
        const response = pdu.command === 'deliverSm' ? 'deliverSmResp' : 'dataSmResp';
        this.#handling += 1;
        this.#options.incoming.receive(pdu, this, (answer) => {
          this.#handling -= 1;
          connection.respond(response, pdu.sequence, answer, { messageId: '' });
        });
        return;
      }
      case 'bindTransceiver':
      case 'submitSm':
        connection.respond('genericNack', pdu.sequence, status.invalidCommandId, {});
        return;
      default:
        return; // responses, which the connection has kept for itself
    }
  }

  async #unboundByPeer(sequence: number, connection: Connection): Promise<void> {
    this.#mayTake = false;
    this.#phase = 'waiting';
    await this.#untilQuiet(connection, longestUnbindMs);
    connection.respond('unbindResp', sequence, status.ok, {});
    connection.drop('unboundByPeer');
  }

  async #untilQuiet(connection: Connection, longestMs: number): Promise<void> {
    const end = performance.now() + longestMs;
    while (this.#unanswered + this.#handling > 0 && !connection.isLost && performance.now() < end) await sleep(10);
  }
}
