import { findMobile } from '../../membership/index.ts';
import { shortAnswer } from '../short-answer.ts';
import { longestScreen, phoneTexts, screenTexts } from '../short-messages.ts';
import { Arrivals, hashOf, type Arrived } from '../sms/arrivals.ts';
import { askByPhone, tellerOf } from '../sms/ask-by-phone.ts';
import { isoDayInTehran, PhoneGate, withoutStore, type PhoneParts } from '../sms/conversation.ts';
import type { Sender } from '../sms/whose-number.ts';
import { inputsDialled, inputsTyped, walk, type Step } from './menu.ts';
import { beginSession, continueSession, endSession, type SessionName } from './session-store.ts';

export interface UssdParts extends PhoneParts {
  /** What is dialled for the menu, such as `*4*1420#`. */
  readonly root: string;
  /** How long a screen waits for its answer. */
  readonly stepSeconds: number;
}

/** One step of a dialogue. */
export interface UssdDialogueStep {
  /** The network's name for the dialogue; it may give the same name again later. */
  readonly sessionId: string;
  readonly operation: 'begin' | 'answer' | 'abort';
  readonly from: string;
  /** What was dialled, or typed on the last screen. */
  readonly text: string;
}

/** One request of the HTTP form, which says all inputs each time. */
export interface UssdHttpStep {
  readonly sessionId: string;
  readonly serviceCode: string;
  readonly phoneNumber: string;
  /** All inputs so far, joined by `*`. */
  readonly text: string;
}

/** At most 80 characters. */
export interface UssdScreen {
  readonly text: string;
  /** The dialogue is over; otherwise an input is awaited. */
  readonly ends: boolean;
}

export interface Ussd {
  /** undefined: nothing is to be shown. An answer is in the journal before it is shown; a dialogue that is left is not. */
  readonly takeStep: (step: UssdDialogueStep) => Promise<UssdScreen | undefined>;
  readonly takeHttpStep: (step: UssdHttpStep) => Promise<UssdScreen>;
}

/** The same inputs of one dialogue are brought again by a transport, not typed again. */
const sameStepMs = 60_000;
/** Some gateways count the word before the screen, too. */
const longestHttpScreen = longestScreen - 'CON '.length;
const longestInput = 64;
const mostInputs = 16;

const ended = (text: string): UssdScreen => ({ text, ends: true });

export function createUssd(parts: UssdParts): Ussd {
  const desk = new UssdDesk(parts);
  return {
    takeStep: (step) => desk.takeStep(step),
    takeHttpStep: async ({ sessionId, serviceCode, phoneNumber, text }) => {
      const mobile = desk.receive(phoneNumber);
      if (mobile === undefined) return ended(phoneTexts.notRegistered);
      const inputs = [...inputsDialled(serviceCode, parts.root), ...inputsTyped(text)];
      return desk.show({ mobile, session: sessionId }, inputs, longestHttpScreen);
    },
  };
}

/** Whose screen it is, for which request, and how much fits on it. */
interface Screen {
  readonly mobile: bigint;
  readonly requestId: string;
  readonly most: number;
}

class UssdDesk {
  readonly #parts: UssdParts;
  readonly #arrivals: Arrivals;
  readonly #gate: PhoneGate;

  constructor(parts: UssdParts) {
    this.#parts = parts;
    this.#arrivals = new Arrivals(parts.pool, sameStepMs);
    this.#gate = new PhoneGate(parts);
  }

  receive(from: string): bigint | undefined {
    const { metrics } = this.#parts;
    metrics.received('ussd');
    const mobile = findMobile(from);
    if (mobile === undefined) metrics.refused('ussd', 'noMobile');
    return mobile;
  }

  async takeStep({ sessionId, operation, from, text }: UssdDialogueStep): Promise<UssdScreen | undefined> {
    const mobile = this.receive(from);
    if (mobile === undefined) return operation === 'abort' ? undefined : ended(phoneTexts.notRegistered);
    const name: SessionName = { mobile, session: sessionId };
    try {
      return await this.#take(name, operation, text.slice(0, longestInput));
    } catch (error) {
      this.#parts.log.error({ err: error }, 'a dialogue could not be kept');
      return operation === 'abort' ? undefined : ended(phoneTexts.undetermined);
    }
  }

  async #take(
    name: SessionName,
    operation: UssdDialogueStep['operation'],
    text: string,
  ): Promise<UssdScreen | undefined> {
    const { pool, clock, root, stepSeconds, metrics } = this.#parts;
    const at = clock.now();
    if (operation === 'abort') {
      await endSession(pool, name);
      return undefined;
    }
    if (operation === 'begin') {
      const inputs = inputsDialled(text, root);
      const screen = await this.show(name, inputs);
      if (!screen.ends) await beginSession(pool, name, inputs, at);
      return screen;
    }
    const notBefore = new Date(at.getTime() - stepSeconds * 1000);
    const inputs = await continueSession(pool, name, text, { at, notBefore });
    if (inputs === undefined) metrics.refused('ussd', 'timedOut');
    const screen = inputs === undefined ? ended(screenTexts.timedOut) : await this.show(name, inputs);
    if (screen.ends) await endSession(pool, name);
    return screen;
  }

  /** The screen after these inputs. Never throws. */
  async show({ mobile, session }: SessionName, typed: readonly string[], most = longestScreen): Promise<UssdScreen> {
    const { directory, clock, keys, log, metrics } = this.#parts;
    const inputs = typed.slice(0, mostInputs).map((input) => input.slice(0, longestInput));
    const providers = directory.findByMobile(mobile);
    const at = clock.now();
    const questionOf = (used: number): string =>
      hashOf(keys.pepper, 'ussd', String(mobile), session, ...inputs.slice(0, used));
    const senderOf = (persons: readonly bigint[]): Sender => ({ mobile, providers, persons });
    let arrived: Arrived;
    try {
      arrived = await this.#arrivals.take({
        mobile,
        messageId: undefined,
        at,
        day: isoDayInTehran(at),
        read: (persons) => {
          const step = walk(inputs, senderOf(persons));
          return step.kind === 'ask' ? { person: step.question.person, question: questionOf(step.used) } : undefined;
        },
      });
    } catch (error) {
      log.error({ err: error }, 'a dialogue could not be taken down');
      if (providers.length === 0) return ended(phoneTexts.undetermined);
      arrived = withoutStore(questionOf(inputs.length), at);
    }
    const sender = senderOf(arrived.persons);
    const excess = await this.#gate.findExcess(sender, arrived, at);
    if (excess !== undefined) {
      metrics.refused('ussd', excess);
      return ended(phoneTexts.tooMany);
    }
    const screen = await this.#screenOf(walk(inputs, sender), { mobile, requestId: arrived.requestId, most });
    metrics.answered('ussd');
    return screen;
  }

  async #screenOf(step: Step, screen: Screen): Promise<UssdScreen> {
    const { metrics } = this.#parts;
    switch (step.kind) {
      case 'prompt':
        return { text: step.text, ends: false };
      case 'end':
        metrics.refused('ussd', step.why);
        return ended(step.text);
      case 'ask': {
        const question = { ...step.question, ...screen, channel: 'ussd' } as const;
        const told = await askByPhone(this.#parts, question);
        if (typeof told === 'object') return ended(told.text);
        metrics.refused('ussd', told);
        return ended(told === 'notYours' ? phoneTexts.notYours : phoneTexts.notRegistered);
      }
      case 'verify':
        return ended(await this.#answeredUnder(step, screen));
    }
  }

  async #answeredUnder({ code, readers }: Step & { kind: 'verify' }, { mobile, most }: Screen): Promise<string> {
    const { inquiry, owners, log, metrics } = this.#parts;
    try {
      for (const reader of readers) {
        const isProven = reader.kind !== 'self' || (await owners.belongsTo(mobile, reader.person)) !== 'noMatch';
        const answer = isProven ? await inquiry.verify(code, reader) : undefined;
        if (answer === undefined) continue;
        return shortAnswer(answer, { teller: tellerOf(reader), person: undefined, most });
      }
    } catch (error) {
      log.error({ err: error }, 'a code could not be looked up');
      return phoneTexts.undetermined;
    }
    metrics.refused('ussd', 'noSuchCode');
    return phoneTexts.noSuchCode;
  }
}
