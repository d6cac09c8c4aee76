import type { Pool } from 'pg';
import type { Inquiry } from '../../inquiry/index.ts';
import { findMobile, type ProviderDirectory } from '../../membership/index.ts';
import { dayInTehran, Fault, meaningOf, type Clock, type Keys, type Log } from '../../platform/index.ts';
import { longestSms, phoneTexts } from '../short-messages.ts';
import { forgetOldArrivals, recordAnswered, takeHelpTurn, takeSlowTurn } from './arrival-store.ts';
import { Arrivals, hashOf, type Arrived } from './arrivals.ts';
import { askByPhone, type NumberOwners } from './ask-by-phone.ts';
import { readText, sameText } from './grammar.ts';
import { findExcess, usualPhoneLimits, type Excess, type PhoneLimits } from './limits.ts';
import { ManyPersonsReport, type PhoneMetrics } from './phone-metrics.ts';
import { helpFor, meantBy, type Sender } from './whose-number.ts';

export interface PhoneParts {
  readonly inquiry: Pick<Inquiry, 'ask' | 'verify'>;
  readonly pool: Pool;
  readonly directory: Pick<ProviderDirectory, 'findByMobile'>;
  readonly owners: NumberOwners;
  readonly keys: Pick<Keys, 'pepper'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn' | 'error'>;
  readonly metrics: PhoneMetrics;
  readonly limits?: PhoneLimits;
}

/** A text that somebody sent us. */
export interface SmsReceived {
  /** As the transport writes it. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** The transport's own name for the message, where it has one; a redelivered message has the same. */
  readonly messageId?: string | undefined;
}

export interface SmsConversation {
  /**
   * What is to be sent back, at most 70 characters; undefined: nothing. The answer is in the journal then. The same
   * message, and the same text within a minute, gets the same answer with the same tracking code.
   * @throws Fault COULD_NOT_DETERMINE where nobody can say now whose number it is: the transport is to bring it again, so
   *   that the question is answered and recorded when the store is there
   */
  readonly answerText: (received: SmsReceived) => Promise<string | undefined>;
  /** The answer was taken by the transport for good: the same message, brought again, is not answered again. */
  readonly markAnswered: (received: SmsReceived) => Promise<void>;
  readonly close: () => void;
}

const sameTextMs = 60_000;
const helpEveryMs = 3_600_000;
const forgetEveryMs = 600_000;
const millisecondsPerDay = 86_400_000;

export function createSmsConversation(parts: PhoneParts): SmsConversation {
  const arrivals = new Arrivals(parts.pool, sameTextMs);
  const gate = new PhoneGate(parts);
  const forgetting = setInterval(() => {
    forgetOldArrivals(parts.pool, parts.clock.now()).catch(() => undefined); // the next time
  }, forgetEveryMs);
  forgetting.unref();
  return {
    answerText: async (received) => {
      parts.metrics.received('sms');
      const answer = await answerText(parts, arrivals, gate, received);
      if (answer !== undefined) parts.metrics.answered('sms');
      return answer;
    },
    markAnswered: async (received) => {
      const mobile = findMobile(received.from);
      const message = nameOf(parts, received);
      if (mobile !== undefined && message !== undefined) {
        await recordAnswered(parts.pool, mobile, message, parts.clock.now());
      }
    },
    close: () => {
      clearInterval(forgetting);
    },
  };
}

async function answerText(
  parts: PhoneParts,
  arrivals: Arrivals,
  gate: PhoneGate,
  received: SmsReceived,
): Promise<string | undefined> {
  const { from, text } = received;
  const { directory, metrics, clock, keys } = parts;
  const mobile = findMobile(from);
  if (mobile === undefined) {
    // Short numbers and names are machines, which might answer us for ever.
    metrics.refused('sms', 'noMobile');
    return undefined;
  }
  const said = readText(text);
  const providers = directory.findByMobile(mobile);
  const at = clock.now();
  const senderOf = (persons: readonly bigint[]): Sender => ({ mobile, providers, persons });
  const question = hashOf(keys.pepper, 'sms', String(mobile), sameText(text));
  let arrived: Arrived;
  try {
    arrived = await arrivals.take({
      mobile,
      messageId: nameOf(parts, received),
      at,
      day: isoDayInTehran(at),
      read: (persons) => {
        const meant = meantBy(said, senderOf(persons));
        return 'person' in meant ? { person: meant.person, question } : undefined;
      },
    });
  } catch (error) {
    parts.log.error({ err: error }, 'a text could not be taken down');
    arrived = withoutStore(question, at);
    if (providers.length === 0) throw new Fault('COULD_NOT_DETERMINE', meaningOf('COULD_NOT_DETERMINE'), error);
  }
  if (arrived.isAnswered) return undefined;
  const sender = senderOf(arrived.persons);
  const help = (told: string): Promise<string | undefined> => gate.help(mobile, at, told);
  const meant = meantBy(said, sender);
  const excess = await gate.findExcess(sender, arrived, at);
  if (excess !== undefined) {
    metrics.refused('sms', excess);
    return excess === 'messages' ? undefined : help(phoneTexts.tooMany);
  }
  if ('help' in meant) {
    metrics.refused('sms', sender.persons.length + providers.length === 0 ? 'notRegistered' : 'notUnderstood');
    return help(meant.help);
  }
  const { requestId } = arrived;
  const told = await askByPhone(parts, { ...meant, mobile, requestId, channel: 'sms', most: longestSms });
  if (typeof told === 'object') return told.text;
  metrics.refused('sms', told);
  return help(told === 'notYours' ? helpFor(sender) : phoneTexts.notRegistered);
}

/** With its text: a gateway that counts its messages anew every day does not mean the one of yesterday. */
function nameOf({ keys }: PhoneParts, { messageId, text }: SmsReceived): string | undefined {
  return messageId === undefined ? undefined : hashOf(keys.pepper, 'message', messageId, sameText(text));
}

/** A provider stands in memory: its attempt is recorded as soon as it can be, and told under a code meanwhile. */
export function withoutStore(question: string, at: Date): Arrived {
  return {
    persons: [],
    requestId: `${question}.${Math.floor(at.getTime() / sameTextMs).toString(36)}m`,
    isAnswered: false,
    counts: { messages: 0, questions: 0, persons: 0 },
    personQuestions: 0,
  };
}

/** What a number gets besides answers: help once an hour, and less when it asks too much. For SMS and USSD alike. */
export class PhoneGate {
  readonly #parts: PhoneParts;
  readonly #limits: PhoneLimits;
  readonly #report: ManyPersonsReport;

  constructor(parts: PhoneParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? usualPhoneLimits;
    this.#report = new ManyPersonsReport(parts.log);
  }

  async help(mobile: bigint, at: Date, text: string): Promise<string | undefined> {
    const before = new Date(at.getTime() - helpEveryMs);
    // Without the database nobody knows whether it was told before: then it is not.
    const isDue = await takeHelpTurn(this.#parts.pool, mobile, at, before).catch(() => false);
    return isDue ? text : undefined;
  }

  async findExcess({ mobile, providers }: Sender, arrived: Arrived, at: Date): Promise<Excess | undefined> {
    const excess = findExcess(arrived, providers.length > 0, this.#limits);
    if (excess !== 'manyPersons') return excess;
    // What asks nothing takes nobody's turn.
    if (arrived.requestId === '') return undefined;
    this.#report.report(providers.map(({ code }) => code));
    const freeAt = new Date(at.getTime() + this.#limits.slowedSeconds * 1000);
    const isTurn = await takeSlowTurn(this.#parts.pool, { mobile, day: isoDayInTehran(at), at, freeAt }).catch(
      () => false,
    );
    return isTurn ? undefined : excess;
  }
}

const millisecondsPerMinute = 60_000;
let lastDay = { minute: Number.NaN, day: '' };

/** Days begin with a minute: within one it is the same day. */
export function isoDayInTehran(at: Date): string {
  const minute = Math.floor(at.getTime() / millisecondsPerMinute);
  if (lastDay.minute !== minute) {
    lastDay = { minute, day: new Date(dayInTehran(at) * millisecondsPerDay).toISOString().slice(0, 10) };
  }
  return lastDay.day;
}
