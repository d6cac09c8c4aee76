import { asConcatenation, readUserData, Reassembly, type Concatenation } from '../sms-text/index.ts';
import type { AcceptedIds } from './accepted-ids.ts';
import type { Bind } from './bind.ts';
import { status } from './command-status.ts';
import { alphabetOf, decodeText } from './data-coding.ts';
import type {
  Handler,
  IncomingMessage,
  Receipt,
  ReceivedKind,
  SendResult,
  SmppLinkOptions,
  SmppObserver,
  SmppTimings,
  UssdStep,
} from './link.ts';
import type { Alphabet, Operator } from './operator.ts';
import type { Asked } from './outgoing.ts';
import { esmClass, numberOf, tag, textOf } from './parameters.ts';
import type { FieldsOf, Parameters, PduOf } from './pdu.ts';
import { findReceipt } from './receipt.ts';

export interface IncomingOptions extends Pick<SmppLinkOptions, 'operator' | 'clock'> {
  readonly observer: SmppObserver;
  readonly timings: SmppTimings;
  readonly acceptedIds: AcceptedIds;
  /** Whether the answer to some message may still come that its receipt was quicker than. */
  readonly isReceiptDue: () => boolean;
  readonly show: (asked: Asked, text: string, ends: boolean, via: Bind) => Promise<SendResult>;
}

type Respond = (status: number) => void;

/** Octets and their alphabet: parts are joined before they are read, since senders cut signs in two. */
interface Content {
  readonly octets: Uint8Array;
  readonly alphabet: Alphabet;
}

/** What of `deliver_sm` and `data_sm` matters here. */
interface Delivered {
  readonly fields: FieldsOf<'dataSm'>;
  readonly parameters: Parameters;
  readonly octets: Buffer;
}

const reassemblyLimits = { mostTexts: 2_000, mostTextsOfOneSender: 5, mostOctets: 2_000_000 };

/** Tells messages, receipts and dialogues apart, hands them to their handlers, and answers the message centre for them. */
export class Incoming {
  onMessage: Handler<IncomingMessage> | undefined;
  onUssd: Handler<UssdStep> | undefined;
  onReceipt: Handler<Receipt> | undefined;
  isClosing = false;
  readonly #options: IncomingOptions;
  readonly #operator: Operator;
  readonly #reassembly: Reassembly<Content>;
  /** Parts that are not acknowledged yet, by their text. */
  readonly #held = new Map<string, Set<Respond>>();
  #heldParts = 0;
  /** Texts that came in parts and are at the handler. */
  readonly #atHandler = new Set<string>();
  #handling = 0;

  constructor(options: IncomingOptions) {
    this.#options = options;
    this.#operator = options.operator;
    this.#reassembly = new Reassembly(
      { ...reassemblyLimits, longestMs: options.timings.reassemblySeconds * 1_000 },
      (parts) => options.observer.partsDropped?.(parts),
    );
  }

  get handling(): number {
    return this.#handling;
  }

  receive({ fields, parameters, ...pdu }: PduOf<'deliverSm' | 'dataSm'>, bind: Bind, respond: Respond): void {
    const short = pdu.command === 'deliverSm' ? pduShortMessage(fields) : Buffer.alloc(0);
    const octets = short.length > 0 ? short : (parameters.get(tag.messagePayload) ?? short);
    const delivered: Delivered = { fields, parameters, octets };
    const kind = this.#kindOf(delivered);
    if (this.isClosing || this.#handling >= this.#operator.inboundWindow) {
      this.#options.observer.received?.(kind, 'busy');
      respond(this.isClosing ? status.comeAgain : status.messageQueueFull);
      return;
    }
    if (kind === 'receipt') this.#receiveReceipt(delivered, respond);
    else if (kind === 'ussd') this.#receiveStep(delivered, bind, respond);
    else if (kind === 'message') this.#receiveMessage(delivered, respond);
    else this.#acknowledge('other', respond);
  }

  #kindOf({ fields, parameters }: Delivered): ReceivedKind {
    const type = fields.esmClass & esmClass.typeMask;
    if (type === esmClass.receipt || type === esmClass.intermediate) return 'receipt';
    if (parameters.has(tag.ussdServiceOp)) return 'ussd';
    if (parameters.has(tag.receiptedMessageId) && parameters.has(tag.messageState)) return 'receipt';
    // The rest of the types are acknowledgements between subscribers, which nobody here waits for.
    return type === 0 ? 'message' : 'other';
  }

  #acknowledge(kind: ReceivedKind, respond: Respond): void {
    this.#options.observer.received?.(kind, 'handled');
    respond(status.ok);
  }

  /** @param settled is called once with whether it was handled, in time */
  #hand<T>(kind: ReceivedKind, handler: Handler<T> | undefined, event: T, settled: (isHandled: boolean) => void): void {
    this.#handling += 1;
    const handled = async (): Promise<boolean> => {
      if (handler === undefined) return false;
      await handler(event);
      return true;
    };
    let isSettled = false;
    const settle = (isHandled: boolean): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      this.#handling -= 1;
      this.#options.observer.received?.(kind, isHandled ? 'handled' : 'failed');
      settled(isHandled);
    };
    // One that never ends must not keep its place for ever.
    const timer = setTimeout(settle, this.#options.timings.handlerSeconds * 1_000, false);
    timer.unref();
    void handled()
      .catch(() => false)
      .then(settle);
  }

  #receiveMessage(delivered: Delivered, respond: Respond): void {
    const { fields, parameters } = delivered;
    const { content, concatenation } = this.#readParts(delivered);
    const id = textOf(parameters.get(tag.receiptedMessageId));
    const asMessage = (text: string): IncomingMessage => ({
      from: fields.source,
      to: fields.destination,
      text,
      ...(id !== undefined && id !== '' && { id }),
      receivedAt: this.#options.clock.now(),
    });
    if (concatenation === undefined) {
      this.#hand('message', this.onMessage, asMessage(decodeText(content.octets, content.alphabet)), (isHandled) => {
        respond(isHandled ? status.ok : status.comeAgain);
      });
      return;
    }
    const progress = this.#reassembly.add(
      {
        from: fields.source,
        to: fields.destination,
        concatenation,
        content: { ...content, octets: new Uint8Array(content.octets) }, // a view would keep a whole chunk of the stream
        octets: content.octets.length,
      },
      performance.now(),
    );
    const { key } = progress;
    this.#hold(key, respond);
    if (progress.kind === 'incomplete' || this.#atHandler.has(key)) return;
    this.#atHandler.add(key);
    this.#hand('message', this.onMessage, asMessage(readContents(progress.contents)), (isHandled) => {
      this.#atHandler.delete(key);
      if (isHandled) this.#reassembly.forget(key);
      const held = this.#held.get(key) ?? [];
      for (const respondToPart of held) respondToPart(isHandled ? status.ok : status.comeAgain);
    });
  }

  #readParts({ fields, parameters, octets }: Delivered): {
    readonly content: Content;
    readonly concatenation: Concatenation | undefined;
  } {
    const alphabet = alphabetOf(fields.dataCoding, this.#operator);
    const hasHeader = (fields.esmClass & esmClass.userDataHeader) !== 0;
    const { body, concatenation } = hasHeader ? readUserData(octets) : { body: octets, concatenation: undefined };
    const sar = asConcatenation(
      numberOf(parameters.get(tag.sarReference)) ?? 0,
      'sar',
      numberOf(parameters.get(tag.sarTotal)) ?? 0,
      numberOf(parameters.get(tag.sarNumber)) ?? 0,
    );
    return { content: { octets: body, alphabet }, concatenation: concatenation ?? sar };
  }

  /**
   * A part is acknowledged with its text; but after a while also without, since there are message centres that send the
   * next part only then.
   */
  #hold(key: string, respond: Respond): void {
    const held = this.#held.get(key) ?? new Set();
    this.#held.set(key, held);
    const once: Respond = (answer) => {
      clearTimeout(timer);
      if (!held.delete(once)) return;
      this.#heldParts -= 1;
      if (held.size === 0) this.#held.delete(key);
      this.#options.observer.received?.('part', answer === status.ok ? 'handled' : 'failed');
      respond(answer);
    };
    held.add(once);
    this.#heldParts += 1;
    const isRoom = this.#heldParts <= this.#operator.inboundWindow;
    const timer = setTimeout(
      () => {
        if (!this.#atHandler.has(key)) once(status.ok);
      },
      isRoom ? this.#options.timings.partAnswerSeconds * 1_000 : 0,
    );
  }

  #receiveReceipt({ fields, parameters, octets }: Delivered, respond: Respond): void {
    const { acceptedIds, timings, clock, isReceiptDue } = this.#options;
    const hasHeader = (fields.esmClass & esmClass.userDataHeader) !== 0;
    const body = hasHeader ? readUserData(octets).body : octets;
    const found = findReceipt(
      decodeText(body, alphabetOf(fields.dataCoding, this.#operator)),
      parameters,
      this.#operator,
    );
    if (found === undefined) {
      this.#acknowledge('other', respond);
      return;
    }
    const isIntermediate = (fields.esmClass & esmClass.typeMask) === esmClass.intermediate;
    const receivedAt = clock.now();
    const handle = async (): Promise<void> => {
      const longestMs = isReceiptDue() ? timings.earlyReceiptSeconds * 1_000 : 0;
      const id = (await acceptedIds.find(found.possibleIds, longestMs)) ?? found.id;
      const { onReceipt } = this;
      if (onReceipt === undefined) throw new Error('no handler for receipts');
      await onReceipt({ ...found, id, isFinal: found.isFinal && !isIntermediate, receivedAt });
    };
    this.#hand('receipt', handle, undefined, (isHandled) => {
      respond(isHandled ? status.ok : status.comeAgain);
    });
  }

  #receiveStep(delivered: Delivered, bind: Bind, respond: Respond): void {
    const { fields, parameters, octets } = delivered;
    const { incoming, sessionTag, sessionForm } = this.#operator.ussd;
    const code = numberOf(parameters.get(tag.ussdServiceOp)) ?? -1;
    const operation = (['begin', 'answer', 'abort'] as const).find((each) => incoming[each].includes(code));
    if (operation === undefined) {
      this.#acknowledge('other', respond);
      return;
    }
    const session = sessionTag === 0 ? undefined : parameters.get(sessionTag);
    const name = sessionForm === 'itsSessionInfo' ? session?.subarray(0, 1) : session;
    const asked: Asked = { fields, session: session === undefined ? undefined : Buffer.from(session) };
    let isAnswered = false;
    const answer = (with_: number): void => {
      if (!isAnswered) respond(with_);
      isAnswered = true;
    };
    const step: UssdStep = {
      sessionId: `${fields.source}-${name?.toString('hex') ?? ''}`,
      operation,
      from: fields.source,
      to: fields.destination,
      text: decodeText(octets, alphabetOf(fields.dataCoding, this.#operator)),
      receivedAt: this.#options.clock.now(),
      reply: (text, ends) => {
        // A message centre that works through a dialogue step by step takes the screen only after this.
        answer(status.ok);
        return this.#options.show(asked, text, ends, bind);
      },
    };
    this.#hand('ussd', this.onUssd, step, (isHandled) => {
      answer(isHandled ? status.ok : status.comeAgain);
    });
  }
}

function pduShortMessage(fields: FieldsOf<'deliverSm'> | FieldsOf<'dataSm'>): Buffer {
  return 'shortMessage' in fields ? fields.shortMessage : Buffer.alloc(0);
}

/** Neighbours of one alphabet are read together. */
function readContents(contents: readonly Content[]): string {
  let text = '';
  for (let at = 0; at < contents.length;) {
    const alphabet = contents[at]?.alphabet ?? 'binary';
    const end = contents.findIndex((content, index) => index > at && content.alphabet !== alphabet);
    const run = contents.slice(at, end < 0 ? undefined : end);
    text += decodeText(Buffer.concat(run.map(({ octets }) => octets)), alphabet);
    at += run.length;
  }
  return text;
}
