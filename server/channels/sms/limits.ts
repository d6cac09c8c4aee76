import type { Arrived } from './arrivals.ts';

/** How much is answered to telephones in a day; by number, and by person asked about. */
export interface PhoneLimits {
  readonly person: NumberLimits;
  /** For numbers that are registered for a provider. */
  readonly provider: NumberLimits;
  /** Questions from telephones about one person. */
  readonly aboutPerson: number;
  /** A number that asks about too many different persons is answered once in so many seconds. */
  readonly slowedSeconds: number;
}

export interface NumberLimits {
  /** Of any kind, repeated ones included. */
  readonly messages: number;
  readonly questions: number;
  /** Different persons; beyond it the number is slowed. */
  readonly persons: number;
}

export const usualPhoneLimits: PhoneLimits = {
  person: { messages: 500, questions: 60, persons: 20 },
  provider: { messages: 50_000, questions: 10_000, persons: 1_000 },
  aboutPerson: 200,
  slowedSeconds: 10,
};

export type Excess = 'messages' | 'questions' | 'aboutPerson' | 'manyPersons';

/** What there is too much of; `manyPersons` is slowed, everything else waits for tomorrow. */
export function findExcess(
  { counts, personQuestions }: Pick<Arrived, 'counts' | 'personQuestions'>,
  isProvider: boolean,
  limits: PhoneLimits,
): Excess | undefined {
  const { messages, questions, persons } = isProvider ? limits.provider : limits.person;
  if (counts.messages > messages) return 'messages';
  if (counts.questions > questions) return 'questions';
  if (personQuestions > limits.aboutPerson) return 'aboutPerson';
  return counts.persons > persons ? 'manyPersons' : undefined;
}
