/** One short message. */
export interface Message {
  /** The international number: 989121234567n. */
  readonly mobile: bigint;
  readonly text: string;
  /** The same for every attempt at one message; it names nobody. */
  readonly key: string;
}

/**
 * What became of it. `throttled` and `silent`: surely not taken, try again later; `refused`: surely not taken, and never
 * will be (this number, this text); `unknown`: it may have been taken, or a part of it.
 */
export type SendOutcome =
  /** The names that its receipts will carry; a long message has one for each part. */
  | { readonly sent: true; readonly transportIds: readonly string[] }
  | { readonly sent: false; readonly why: 'throttled' | 'refused' | 'silent' | 'unknown' };

/** Whatever carries messages. One that throws is one that does not know. */
export interface MessageTransport {
  readonly send: (message: Message) => Promise<SendOutcome>;
}

/** What a transport says later of a message that it took. */
export interface TransportReceipt {
  /** Every name under which it may have been taken, the likeliest first. */
  readonly transportIds: readonly string[];
  readonly state: 'delivered' | 'failed';
  readonly at: Date;
}
