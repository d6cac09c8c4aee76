import { Counter, type Log, type Registry } from '../../platform/index.ts';

export type PhoneChannel = 'sms' | 'ussd';

/** Counts by channel; never by number, person or text. */
export interface PhoneMetrics {
  readonly received: (channel: PhoneChannel) => void;
  readonly answered: (channel: PhoneChannel) => void;
  /** Not answered, or answered with nothing but why. */
  readonly refused: (channel: PhoneChannel, why: string, count?: number) => void;
}

const reportEveryMs = 60_000;

export function createPhoneMetrics(registry: Registry): PhoneMetrics {
  const registers = [registry];
  const messages = new Counter({
    name: 'estehqaq_phone_messages_total',
    help: 'Texts and steps from telephones, and answers to them',
    labelNames: ['channel', 'direction'],
    registers,
  });
  const refused = new Counter({
    name: 'estehqaq_phone_refused_total',
    help: 'Texts and steps from telephones that got no answer about a person, by why',
    labelNames: ['channel', 'why'],
    registers,
  });
  return {
    received: (channel) => {
      messages.inc({ channel, direction: 'in' });
    },
    answered: (channel) => {
      messages.inc({ channel, direction: 'out' });
    },
    refused: (channel, why, count = 1) => {
      refused.inc({ channel, why }, count);
    },
  };
}

/** Tells the log, at most once a minute for each, who asks about many persons; a person's number is never logged. */
export class ManyPersonsReport {
  readonly #log: Pick<Log, 'warn'>;
  readonly #reportedAt = new Map<string, number>();

  constructor(log: Pick<Log, 'warn'>) {
    this.#log = log;
  }

  /** @param providers codes of those whose number it is */
  report(providers: readonly string[]): void {
    const asker = providers.length === 0 ? 'a person' : `provider:${providers.join(',')}`;
    const now = performance.now();
    const last = this.#reportedAt.get(asker);
    if (last !== undefined && now - last < reportEveryMs) return;
    for (const [each, at] of this.#reportedAt) if (now - at > reportEveryMs) this.#reportedAt.delete(each);
    this.#reportedAt.set(asker, now);
    this.#log.warn({ asker }, 'a telephone asks about many persons and is slowed');
  }
}
