import type { Clock } from '../../platform/index.ts';
import type { SmppAddress } from './address.ts';
import type { Operator } from './operator.ts';

/** What the rest of the system sees of a message centre: texts that come, texts that go, dialogues and receipts. */

/** A text from a subscriber, put together again where it came in parts. */
export interface IncomingMessage {
  /** The sender's number as the operator writes it. */
  readonly from: string;
  /** Our own short number that was written to. */
  readonly to: string;
  /** As written; parse `readableText(text)`. Empty where it was no text at all. */
  readonly text: string;
  /** The message centre's own name for it, where it sends one: a redelivered message has the same. */
  readonly id?: string;
  readonly receivedAt: Date;
}

export interface OutgoingMessage {
  /** Digits, with or without `+`. */
  readonly to: string;
  readonly text: string;
  /** Not set: the operator's `source.number`. */
  readonly from?: string;
  /** Ask the message centre to say what became of it. Not set: yes. */
  readonly wantsReceipt?: boolean;
}

/**
 * What became of a message that was handed over. A text of several parts has several ids.
 * - `accepted`: the message centre has it. `ids` are the names that its receipts will carry.
 * - `refused`: the message centre does not want it. `temporary`: it may take it later (its queue is full, say).
 * - `unknown`: it left us and no answer came. It may arrive: sending it again may send it twice.
 * - `notSent`: nothing has left us. Sending it again is safe.
 * A text of several parts may be half accepted: then `ids` names those parts, whatever became of the rest.
 */
export type SendResult =
  | { readonly kind: 'accepted'; readonly ids: readonly string[] }
  | {
      readonly kind: 'refused';
      /** `command_status` of SMPP 3.4, section 5.1.3. */
      readonly status: number;
      readonly temporary: boolean;
      readonly ids: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly reason: 'noAnswer' | 'linkLost'; readonly ids: readonly string[] }
  | { readonly kind: 'notSent'; readonly reason: NotSentReason; readonly ids: readonly string[] };

/**
 * - `closed`: the link is being closed.
 * - `waitedTooLong`: no bind, or too much throttling, for `queueSeconds`.
 * - `queueFull`: more is waiting than the link holds.
 * - `unsendable`: more than 255 parts, or a number that SMPP cannot carry (empty, or longer than 20).
 */
export type NotSentReason = 'closed' | 'waitedTooLong' | 'queueFull' | 'unsendable';

export type MessageState =
  'enroute' | 'delivered' | 'expired' | 'deleted' | 'undeliverable' | 'accepted' | 'unknown' | 'rejected';

/** What became of one accepted message, or of one part of it. */
export interface Receipt {
  /** The id of a `SendResult`, matched over the forms in which operators write it. */
  readonly id: string;
  /** Every id under which it may have been accepted, likeliest first: for those accepted before a restart. */
  readonly possibleIds: readonly string[];
  readonly state: MessageState;
  /** No further receipt will come. */
  readonly isFinal: boolean;
  /** The operator's own code, where it says one. */
  readonly error?: string;
  readonly receivedAt: Date;
}

/**
 * One step of a subscriber's dialogue.
 * - `begin`: the code was dialled; `text` is what was dialled.
 * - `answer`: what was typed on the last screen.
 * - `abort`: the subscriber or the network has ended it; a reply goes nowhere.
 */
export interface UssdStep {
  /** One dialogue, until it ends; the network gives the same name again later. */
  readonly sessionId: string;
  readonly operation: 'begin' | 'answer' | 'abort';
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly receivedAt: Date;
  /**
   * Shows a screen. The step counts as handled from here on: it is acknowledged before the screen is sent.
   * @param ends true: the screen is the last one; false: it asks for an answer
   */
  readonly reply: (text: string, ends: boolean) => Promise<SendResult>;
}

/** A rejected promise means: not handled, bring it again. The message centre is answered when the promise settles, or after `handlerSeconds`. */
export type Handler<T> = (event: T) => Promise<void>;

export interface SmppLink {
  /** Never throws; the promise always settles, at the latest after `queueSeconds` and `responseSeconds` for each part. */
  readonly send: (message: OutgoingMessage) => Promise<SendResult>;
  /** One handler each; set them before the next turn of the event loop, or what comes is put off. */
  readonly onMessage: (handler: Handler<IncomingMessage>) => void;
  readonly onUssd: (handler: Handler<UssdStep>) => void;
  /** A receipt can come while the ids of its message are still being recorded: reject it, and it comes again. */
  readonly onReceipt: (handler: Handler<Receipt>) => void;
  readonly state: () => LinkState;
  /** Takes nothing more, finishes what is under way (at most `closeSeconds`), unbinds. */
  readonly close: () => Promise<void>;
}

export interface LinkState {
  readonly binds: readonly BindState[];
  /** At least one bind can carry messages. */
  readonly isBound: boolean;
  /** Messages (parts) not yet sent. */
  readonly queued: number;
  /** Messages (parts) sent and not answered. */
  readonly unanswered: number;
  /** Of what came in: under way at our handlers. */
  readonly handling: number;
}

export interface BindState {
  /** `host:port`. */
  readonly name: string;
  readonly phase: 'connecting' | 'bound' | 'waiting' | 'closed';
  /** Why it is not bound, or was not the last time. */
  readonly lastLoss?: LossReason;
  /** The `command_status` with which the last bind was refused. */
  readonly bindStatus?: number;
}

/** Why a connection was given up. */
export type LossReason =
  | 'closedByUs'
  | 'closedByPeer'
  | 'unboundByPeer'
  | 'connectFailed'
  | 'connectTimeout'
  | 'bindRefused'
  | 'bindTimeout'
  | 'mute'
  | 'badFrame'
  | 'frameTimeout'
  | 'peerDoesNotRead'
  | 'networkError';

/** For metrics: counts and kinds, never a number, a text or an id. It must not throw. */
export interface SmppObserver {
  readonly bound?: (bind: string) => void;
  readonly lost?: (bind: string, reason: LossReason) => void;
  /** One message with all its parts. */
  readonly sent?: (result: SendResult['kind'], seconds: number) => void;
  readonly received?: (kind: ReceivedKind, outcome: 'handled' | 'failed' | 'busy') => void;
  /** The message centre asked for fewer messages (0x58) or has no room (0x14). */
  readonly throttled?: (bind: string) => void;
  readonly malformed?: (bind: string) => void;
  /** Parts of a text whose other parts never came. */
  readonly partsDropped?: (parts: number) => void;
}

export type ReceivedKind = 'message' | 'part' | 'receipt' | 'ussd' | 'other';

/** What differs between installations and tests, not between operators. */
export interface SmppTimings {
  /** TCP and TLS. */
  readonly connectSeconds: number;
  readonly bindSeconds: number;
  /** From the first octet of a PDU to its last. */
  readonly frameSeconds: number;
  /** The first pause before connecting again; doubled with each failure, and jittered. */
  readonly reconnectFirstSeconds: number;
  readonly reconnectLongestSeconds: number;
  /** The first pause after "throttled"; doubled while it goes on. */
  readonly throttleFirstSeconds: number;
  readonly throttleLongestSeconds: number;
  /** How long a part of a text waits for the others before it is acknowledged, so that they can come at all. */
  readonly partAnswerSeconds: number;
  /** How long a text may stay incomplete. */
  readonly reassemblySeconds: number;
  /** How long a receipt that came before the answer to its message is held. */
  readonly earlyReceiptSeconds: number;
  /** How long a handler may take; longer than its own answer may be on its way (`queueSeconds` and the operator's answer). */
  readonly handlerSeconds: number;
  readonly queueSeconds: number;
  readonly closeSeconds: number;
}

export interface SmppLinkOptions {
  /** All are bound at once and share the work; the same one twice is two binds. */
  readonly addresses: readonly SmppAddress[];
  readonly operator: Operator;
  readonly clock: Clock;
  /** PEM: certificates to trust for `smpps://` besides those that Node trusts. */
  readonly certificateAuthority?: string;
  readonly observer?: SmppObserver;
  readonly timings?: Partial<SmppTimings>;
}

export const usualTimings: SmppTimings = {
  connectSeconds: 10,
  bindSeconds: 10,
  frameSeconds: 1.5,
  reconnectFirstSeconds: 0.2,
  reconnectLongestSeconds: 30,
  throttleFirstSeconds: 0.25,
  throttleLongestSeconds: 5,
  partAnswerSeconds: 2,
  reassemblySeconds: 900,
  earlyReceiptSeconds: 3,
  handlerSeconds: 120,
  queueSeconds: 60,
  closeSeconds: 10,
};
