import { setTimeout as sleep } from 'node:timers/promises';
import {
  CouldNotDetermine,
  Overloaded,
  type Asker,
  type Inquiry,
  type InquiryAnswer,
  type InquiryRequest,
} from '../../inquiry/index.ts';
import { dayInTehran, Fault, type Clock, type Log } from '../../platform/index.ts';
import { shortAnswer } from '../short-answer.ts';
import { phoneTexts } from '../short-messages.ts';
import type { PhoneChannel } from './phone-metrics.ts';
import type { Question } from './whose-number.ts';

/** Whether a number is a person's, beyond what our own register says. */
export interface NumberOwners {
  /** `unavailable`: it says nothing, and our own register counts. Never throws. */
  readonly belongsTo: (mobile: bigint, person: bigint) => Promise<'match' | 'noMatch' | 'unavailable'>;
}

export interface PhoneQuestion extends Question {
  readonly mobile: bigint;
  readonly requestId: string;
  readonly channel: PhoneChannel;
  /** Characters that the answer may have. */
  readonly most: number;
}

export type PhoneAnswer =
  | { readonly text: string }
  /** No asker of this number may ask it: it stays unsaid whether there is such a person. */
  | 'notYours'
  /** The number is not, or no longer, the one of whom our register says so. */
  | 'notTheirNumber';

interface Parts {
  readonly inquiry: Pick<Inquiry, 'ask'>;
  readonly owners: NumberOwners;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error'>;
}

/** Asks as the first who may, and says the answer in so many characters. Never throws. */
export async function askByPhone(parts: Parts, question: PhoneQuestion): Promise<PhoneAnswer> {
  const { mobile, person, askers, requestId, channel } = question;
  let isUnproven = false;
  for (const asker of askers) {
    if (asker.kind === 'self' && (await parts.owners.belongsTo(mobile, asker.person)) === 'noMatch') {
      isUnproven = true;
      continue;
    }
    const request = { asker, person, setting: 'outpatient', channel, requestId } as const;
    const told = await ask(parts, request, question);
    if (told !== undefined) return { text: told };
  }
  return isUnproven ? 'notTheirNumber' : 'notYours';
}

/** @returns undefined where this asker may not ask it */
async function ask(parts: Parts, request: InquiryRequest, { most }: PhoneQuestion): Promise<string | undefined> {
  try {
    const answer = await askPatiently(parts.inquiry, request);
    return shortAnswer(answer, { teller: tellerOf(request.asker), person: request.person, most });
  } catch (error) {
    if (error instanceof Fault && error.code === 'NOT_YOURS') return undefined;
    if (error instanceof Fault && error.code === 'NOT_CONTRACTED') return phoneTexts.notContracted;
    if (!(error instanceof Fault)) parts.log.error({ err: error }, 'an inquiry by telephone');
    return undeterminedText(error, request, parts.clock, most);
  }
}

const pausesMs = [250, 500, 1_000];

/** Where too much is asked at once, a telephone cannot be told to come again: it is asked again here. */
async function askPatiently(inquiry: Pick<Inquiry, 'ask'>, request: InquiryRequest): Promise<InquiryAnswer> {
  for (const pause of pausesMs) {
    try {
      return await inquiry.ask(request);
    } catch (error) {
      if (!(error instanceof Overloaded)) throw error;
      await sleep(pause);
    }
  }
  return inquiry.ask(request);
}

const millisecondsPerDay = 86_400_000;

function undeterminedText(error: unknown, { asker, person }: InquiryRequest, clock: Clock, most: number): string {
  const trackingCode = error instanceof CouldNotDetermine ? error.trackingCode : undefined;
  if (trackingCode === undefined) return phoneTexts.undetermined;
  const on = new Date(dayInTehran(clock.now()) * millisecondsPerDay).toISOString().slice(0, 10);
  const answered = { trackingCode, outcome: 'COULD_NOT_DETERMINE', on, reasons: [] } as const;
  return shortAnswer(answered, { teller: tellerOf(asker), person, most });
}

export function tellerOf({ kind }: Asker): 'provider' | 'self' {
  return kind === 'provider' ? 'provider' : 'self';
}
