import type { Socket } from 'node:net';
import { status } from './command-status.ts';
import { Framing } from './framing.ts';
import type { LossReason } from './link.ts';
import {
  decodePdu,
  encodePdu,
  isResponse,
  noParameters,
  type Command,
  type FieldsOf,
  type Parameters,
  type Pdu,
} from './pdu.ts';

export type Answer =
  { readonly kind: 'answered'; readonly pdu: Pdu } | { readonly kind: 'noAnswer' } | { readonly kind: 'linkLost' };

export interface ConnectionEvents {
  readonly onRequest: (pdu: Pdu) => void;
  readonly onMalformed: () => void;
}

interface Request {
  readonly command: Command;
  readonly settle: (answer: Answer) => void;
  readonly timer: NodeJS.Timeout;
}

/** Of what the peer has not read. Beyond it the peer is as good as mute. */
const mostUnreadOctets = 4_000_000;
const lastWordsMs = 1_000;
const highestSequence = 0x7fff_ffff;

/**
 * One TCP connection: PDUs in and out, and which response belongs to which request. Whatever comes, it ends in a PDU for
 * `onRequest`, an answer, or the loss of the connection.
 */
export class Connection {
  /** Settles when the connection is given up, from either side. */
  readonly lost: Promise<LossReason>;
  readonly #socket: Socket;
  readonly #events: ConnectionEvents;
  readonly #frameMs: number;
  readonly #framing = new Framing();
  readonly #requests = new Map<number, Request>();
  readonly #settleLost: (reason: LossReason) => void;
  #frameTimer: NodeJS.Timeout | undefined;
  #unwritten: Buffer[] = [];
  #sequence = 0;
  #isLost = false;

  constructor(socket: Socket, frameMs: number, events: ConnectionEvents) {
    this.#socket = socket;
    this.#events = events;
    this.#frameMs = frameMs;
    const { promise, resolve } = Promise.withResolvers<LossReason>();
    this.lost = promise;
    this.#settleLost = resolve;
    socket.setNoDelay(true);
    socket.on('data', (octets: Buffer) => {
      this.#read(octets);
    });
    socket.on('error', () => {
      this.drop('networkError');
    });
    socket.on('close', () => {
      this.drop('closedByPeer');
    });
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Sends a request and waits for what answers it: its response, or a `generic_nack`. */
  request<C extends Command>(
    command: C,
    fields: FieldsOf<C>,
    parameters: Parameters,
    longestMs: number,
  ): Promise<Answer> {
    if (this.#isLost) return Promise.resolve({ kind: 'linkLost' });
    const sequence = this.#nextSequence();
    return new Promise((settle) => {
      const timer = setTimeout(() => {
        this.#requests.delete(sequence);
        settle({ kind: 'noAnswer' });
      }, longestMs);
      this.#requests.set(sequence, { command, settle, timer });
      this.#write({ command, status: status.ok, sequence, fields, parameters } as unknown as Pdu);
    });
  }

  respond<C extends Command>(command: C, sequence: number, commandStatus: number, fields: FieldsOf<C>): void {
    this.#write({ command, status: commandStatus, sequence, fields, parameters: noParameters } as unknown as Pdu);
  }

  /** Gives the connection up. What is to be written still goes out, if the peer reads it soon. */
  drop(reason: LossReason): void {
    if (this.#isLost) return;
    this.#isLost = true;
    clearTimeout(this.#frameTimer);
    this.#socket.end(Buffer.concat(this.#unwritten));
    this.#unwritten = [];
    const timer = setTimeout(() => this.#socket.destroy(), lastWordsMs);
    this.#socket.once('close', () => {
      clearTimeout(timer);
    });
    for (const { settle, timer: waiting } of this.#requests.values()) {
      clearTimeout(waiting);
      settle({ kind: 'linkLost' });
    }
    this.#requests.clear();
    this.#settleLost(reason);
  }

  #nextSequence(): number {
    do this.#sequence = this.#sequence === highestSequence ? 1 : this.#sequence + 1;
    while (this.#requests.has(this.#sequence));
    return this.#sequence;
  }

  /** What is written in one turn of the event loop leaves in one piece. */
  #write(pdu: Pdu): void {
    if (this.#isLost) return;
    this.#unwritten.push(encodePdu(pdu));
    if (this.#unwritten.length === 1) {
      setImmediate(() => {
        this.#flush();
      });
    }
  }

  #flush(): void {
    if (this.#isLost || this.#unwritten.length === 0) return;
    this.#socket.write(this.#unwritten.length === 1 ? (this.#unwritten[0] ?? '') : Buffer.concat(this.#unwritten));
    this.#unwritten = [];
    if (this.#socket.writableLength > mostUnreadOctets) this.drop('peerDoesNotRead');
  }

  #read(octets: Buffer): void {
    if (this.#isLost) return;
    const frames = this.#framing.take(octets);
    for (const frame of frames) this.#readFrame(frame);
    if (this.#framing.isBroken) {
      this.respond('genericNack', 0, status.invalidCommandLength, {});
      this.drop('badFrame');
      return;
    }
    if (frames.length > 0 || !this.#framing.isHalfway) {
      clearTimeout(this.#frameTimer);
      this.#frameTimer = undefined;
    }
    if (this.#framing.isHalfway) {
      this.#frameTimer ??= setTimeout(() => {
        this.drop('frameTimeout');
      }, this.#frameMs);
    }
  }

  #readFrame(frame: Buffer): void {
    const decoded = decodePdu(frame);
    if (decoded.kind === 'strayResponse') {
      this.#events.onMalformed();
    } else if (decoded.kind !== 'pdu') {
      this.#events.onMalformed();
      this.#refuse(decoded.command, decoded.sequence, decoded.status);
    } else if (isResponse(decoded.pdu.command)) {
      this.#answer(decoded.pdu);
    } else {
      this.#events.onRequest(decoded.pdu);
    }
  }

  #refuse(command: Command | undefined, sequence: number, commandStatus: number): void {
    if (command === 'deliverSm') this.respond('deliverSmResp', sequence, commandStatus, { messageId: '' });
    else if (command === 'dataSm') this.respond('dataSmResp', sequence, commandStatus, { messageId: '' });
    else this.respond('genericNack', sequence, commandStatus, {});
  }

  #answer(pdu: Pdu): void {
    const request = this.#requests.get(pdu.sequence);
    const isOurs = pdu.command === 'genericNack' || pdu.command === `${request?.command ?? ''}Resp`;
    if (request === undefined || !isOurs) return;
    this.#requests.delete(pdu.sequence);
    clearTimeout(request.timer);
    request.settle({ kind: 'answered', pdu });
  }
}
