import type { ClauseId, EntitlementOutcome, FullDecision, Setting } from '@estehqaq/law';

/*
 * The numbers that stand for words in the journal. A number, once written, keeps its meaning for ever: new words get new
 * numbers, and none is used again.
 */

/** What the law answers, or why it was not asked. */
export type InquiryOutcome = EntitlementOutcome | 'UNKNOWN_PERSON' | 'COULD_NOT_DETERMINE';
export type Reason = FullDecision['reasons'][number];
export type ActingClass = NonNullable<FullDecision['actingClass']>;
export type AskerKind = 'provider' | 'self' | 'staff';
export type Channel = 'web' | 'app' | 'sms' | 'ussd' | 'commandLine';
export type ProviderKind = 'physician' | 'pharmacy' | 'paraclinic' | 'clinic' | 'hospital';

/** How much of the decision the asker was told. */
export type Told = 'minimum' | 'all' | 'withoutDates' | 'outcomeAndEnd';

/** Words that stand in the journal as numbers. */
export class Numbered<Word extends string> {
  readonly #numbers: Readonly<Record<Word, number>>;
  readonly #words: ReadonlyMap<number, Word>;

  constructor(numbers: Readonly<Record<Word, number>>) {
    this.#numbers = numbers;
    this.#words = new Map((Object.entries(numbers) as [Word, number][]).map(([word, number]) => [number, word]));
  }

  get words(): readonly Word[] {
    return [...this.#words.values()];
  }

  numberOf(word: Word): number {
    return this.#numbers[word];
  }

  /** @throws RangeError for a number that stands for no word */
  wordOf(number: number): Word {
    const word = this.#words.get(number);
    if (word === undefined) throw new RangeError(`the journal has no word for ${number}`);
    return word;
  }
}

export const outcomes = new Numbered<InquiryOutcome>({
  ENTITLED: 1,
  NOT_ENTITLED: 2,
  REFER_CURRENT_PROCEDURE: 3,
  PROVISIONAL: 4,
  NEEDS_FACTS: 5,
  NOT_IN_FORCE: 6,
  NOT_CONTRACTED: 7,
  UNKNOWN_PERSON: 8,
  COULD_NOT_DETERMINE: 9,
});

export const reasons = new Numbered<Reason>({
  CONTRIBUTION_ENDED: 1,
  NO_TREATMENT_OPTION: 2,
  NOT_PAID_THROUGH: 3,
  UNEMPLOYMENT_BENEFIT_ENDED: 4,
  PENSION_NOT_STARTED: 5,
  PENSION_ENDED: 6,
  LEFT_DEPENDENCY: 7,
  PRINCIPAL_NOT_ENTITLED: 8,
  DECEASED: 9,
  SPOUSE_RULE: 10,
  DEPENDANT_EMPLOYED: 11,
  SON_AGE_NO_CERT: 12,
  DAUGHTER_MARRIED: 13,
  DAUGHTER_NO_ID_SIGHT: 14,
  PARENT_RULE: 15,
  OVERLAP_OTHER_INSURER: 16,
  ELECTION_REQUIRED: 17,
  OVERLAP_UNCHECKED: 18,
});

export const actingClasses = new Numbered<ActingClass>({ insured: 1, pensioner: 2, dependant: 3 });
export const askerKinds = new Numbered<AskerKind>({ provider: 1, self: 2, staff: 3 });
export const channels = new Numbered<Channel>({ web: 1, app: 2, sms: 3, ussd: 4, commandLine: 5 });
export const settings = new Numbered<Setting>({ outpatient: 1, inpatient: 2 });
export const tellings = new Numbered<Told>({ minimum: 1, all: 2, withoutDates: 3, outcomeAndEnd: 4 });
export const providerKinds = new Numbered<ProviderKind>({
  physician: 1,
  pharmacy: 2,
  paraclinic: 3,
  clinic: 4,
  hospital: 5,
});

const firstOfMandatoryInsurance = 100;

/** `T-24` is 24, `M-05` is 105. */
export function numberOfClause(clause: ClauseId): number {
  return Number(clause.slice(2)) + (clause.startsWith('M') ? firstOfMandatoryInsurance : 0);
}

export function clauseOfNumber(number: number): ClauseId {
  const isMandatory = number > firstOfMandatoryInsurance;
  const digits = String(isMandatory ? number - firstOfMandatoryInsurance : number).padStart(2, '0');
  return isMandatory ? `M-${digits}` : `T-${digits}`;
}
