import type { FaultCode } from '../platform/index.ts';

/** What a channel says to people, in both languages. The words are those of clauses T-21 to T-38 as an insurer puts them. */
export interface Texts {
  readonly fa: string;
  readonly en: string;
}

/** As much of an answer as a text needs. */
export interface Answered {
  readonly trackingCode: string;
  readonly outcome: Outcome;
  /** ISO. */
  readonly on: string;
  readonly reasons: readonly string[];
  readonly entitledUntil?: string | null;
  readonly endedOn?: string | null;
}

export const outcomes = [
  'ENTITLED',
  'NOT_ENTITLED',
  'REFER_CURRENT_PROCEDURE',
  'NEEDS_FACTS',
  'PROVISIONAL',
  'NOT_IN_FORCE',
  'NOT_CONTRACTED',
  'UNKNOWN_PERSON',
  'COULD_NOT_DETERMINE',
] as const;
export type Outcome = (typeof outcomes)[number];

const uncertain: Texts = {
  fa: 'نتیجه نامشخص، به معنی فاقد نیست؛ طبق روال جاری',
  en: 'Result not determined, which is no refusal; current procedure',
};

const verdicts: Readonly<Record<Outcome, Texts>> = {
  ENTITLED: { fa: 'دارای استحقاق درمان', en: 'Entitled to treatment' },
  NOT_ENTITLED: { fa: 'فاقد استحقاق درمان', en: 'Not entitled to treatment' },
  REFER_CURRENT_PROCEDURE: {
    fa: 'فاقد حمایت درمانی، طبق روال جاری',
    en: 'Without treatment support; current procedure',
  },
  NEEDS_FACTS: uncertain,
  PROVISIONAL: uncertain,
  COULD_NOT_DETERMINE: uncertain,
  NOT_IN_FORCE: { fa: 'در آن روز هنوز اجرا نمی‌شد', en: 'Not in force on that day' },
  NOT_CONTRACTED: { fa: 'مرکز طرف قرارداد شناخته نشد', en: 'Not known as a contracted provider' },
  UNKNOWN_PERSON: { fa: 'کد ملی در فهرست بیمه‌شدگان نیست', en: 'This national id is not in the register' },
};

/** Those after which a person may want to object: every one of them names 1420. */
export const refusals: readonly Outcome[] = ['NOT_ENTITLED', 'REFER_CURRENT_PROCEDURE', 'UNKNOWN_PERSON'];

const objection: Texts = { fa: 'اعتراض: 1420', en: 'objections: 1420' };

/** Every reason of the law, and the categories that providers are told. */
export const reasonTexts: Readonly<Record<string, Texts>> = {
  CONTRIBUTION_ENDED: { fa: 'پایان بیمه‌پردازی', en: 'contributions ended' },
  NO_TREATMENT_OPTION: { fa: 'قرارداد بدون حمایت درمان', en: 'contract without treatment' },
  NOT_PAID_THROUGH: { fa: 'پایان قرارداد', en: 'contract not paid through' },
  UNEMPLOYMENT_BENEFIT_ENDED: { fa: 'پایان بیمه بیکاری', en: 'unemployment benefit ended' },
  PENSION_NOT_STARTED: { fa: 'مستمری آغاز نشده', en: 'pension not started' },
  PENSION_ENDED: { fa: 'پایان مستمری', en: 'pension ended' },
  LEFT_DEPENDENCY: { fa: 'خروج از کفالت', en: 'left dependency' },
  PRINCIPAL_NOT_ENTITLED: { fa: 'نداشتن استحقاق بیمه‌شده اصلی', en: 'main insured not entitled' },
  DECEASED: { fa: 'فوت', en: 'deceased' },
  SPOUSE_RULE: { fa: 'نداشتن شرایط همسر', en: 'conditions for a husband not met' },
  DEPENDANT_EMPLOYED: { fa: 'اشتغال فرزند', en: 'child in employment' },
  DAUGHTER_MARRIED: { fa: 'ازدواج فرزند', en: 'daughter married' },
  PARENT_RULE: { fa: 'نداشتن شرایط والدین', en: 'conditions for a parent not met' },
  SON_AGE_NO_CERT: { fa: 'نبود گواهی تحصیلی', en: 'no study certificate' },
  DAUGHTER_NO_ID_SIGHT: { fa: 'رؤیت‌نشدن شناسنامه', en: 'birth certificate not sighted' },
  OVERLAP_OTHER_INSURER: { fa: 'پوشش بیمه‌گر پایه دیگر', en: 'covered by another base insurer' },
  ELECTION_REQUIRED: { fa: 'لزوم انتخاب بیمه‌گر', en: 'a choice of insurer is needed' },
  OVERLAP_UNCHECKED: { fa: 'همپوشانی بررسی نشده', en: 'overlap not checked' },
  NOT_COVERED: { fa: 'نداشتن پوشش', en: 'not covered' },
  DOCUMENT_MISSING: { fa: 'کمبود مدرک', en: 'a document is missing' },
  OTHER_INSURER: { fa: 'بیمه‌گر دیگر', en: 'another insurer' },
  OVERLAP_PENDING: { fa: 'همپوشانی در دست بررسی', en: 'overlap being looked at' },
};

/** For refusals before, or instead of, an answer. */
export const faultTexts: Partial<Record<FaultCode, Texts>> = {
  APPLICATION_INVALID: {
    fa: 'اطلاعات خانوار با هم نمی‌خواند؛ لطفاً بازبینی کنید',
    en: 'What was said of the household cannot stand together; please look at it again',
  },
  APPLICATION_OPEN: { fa: 'خانوار یک درخواست در جریان دارد', en: 'The household has an application under way' },
  APPLICATION_STATE: {
    fa: 'در این مرحله از درخواست این کار ممکن نیست',
    en: 'This cannot be done at this stage of the application',
  },
  COULD_NOT_DETERMINE: uncertain,
  FIGURES_NOT_CONFIRMED: {
    fa: 'نرخ حق بیمه امسال هنوز تأیید نشده است؛ روز درخواست شما محفوظ است',
    en: 'The premium of this year is not confirmed yet; the day of your application is kept',
  },
  HOUSEHOLD_CLASHES: {
    fa: 'اطلاعات خانوار با ثبت احوال یکی نیست',
    en: 'The household does not agree with the civil registry',
  },
  INVALID_NATIONAL_ID: {
    fa: 'کد ملی نادرست است. 10 رقم وارد کنید',
    en: 'The national id is wrong. Type its 10 digits',
  },
  MEMBER_ELSEWHERE: {
    fa: 'یکی از اعضا در درخواست یا پوشش خانوار دیگری است',
    en: 'A member is in the application or cover of another household',
  },
  NOT_CONTRACTED: verdicts.NOT_CONTRACTED,
  NOT_YOURS: {
    fa: 'این استعلام برای شما مجاز نیست\nاعتراض: 1420',
    en: 'You may not ask this\nobjections: 1420',
  },
  OVERLOADED: uncertain,
  FORGED_REQUEST: { fa: 'این صفحه کهنه شده است؛ دوباره بازش کنید', en: 'This page is out of date; open it again' },
  SIGN_IN_REFUSED: {
    fa: 'ورود انجام نشد: کد یا گذرواژه درست نیست یا زمانش گذشته است',
    en: 'Not signed in: the code or the password is not right, or too old',
  },
  RATE_LIMITED: { fa: 'تعداد درخواست‌ها زیاد است؛ کمی بعد دوباره', en: 'Too many requests; try again a little later' },
};

type Teller = 'provider' | 'self' | 'staff';

/** The whole text, for a screen: with the reasons, where this asker is told them. Telephones: `short-answer.ts`. */
export function fullText(answered: Answered, teller: Teller): Texts {
  const { trackingCode, outcome, reasons } = answered;
  const verdict = verdicts[outcome];
  const day = dayTold(answered, teller);
  const isRefused = teller !== 'provider' && refusals.includes(outcome);
  const why = reasons.flatMap((reason) => reasonTexts[reason] ?? []);
  return {
    fa: [
      `${verdict.fa}${day.fa}`,
      ...(why.length > 0 ? [`علت: ${why.map(({ fa }) => fa).join('، ')}`] : []),
      ...(isRefused ? [objection.fa] : []),
      `رهگیری ${trackingCode}`,
    ].join('\n'),
    en: [
      `${verdict.en}${day.en}`,
      ...(why.length > 0 ? [`reason: ${why.map(({ en }) => en).join(', ')}`] : []),
      ...(isRefused ? [objection.en] : []),
      `tracking code ${trackingCode}`,
    ].join('\n'),
  };
}

/** The person alone is told the last day, or that there is none yet (T-24); to others the day asked about. */
function dayTold({ outcome, on, entitledUntil, endedOn }: Answered, teller: Teller): Texts {
  const last = teller === 'self' ? (outcome === 'ENTITLED' ? entitledUntil : endedOn) : undefined;
  if (outcome === 'ENTITLED') {
    if (last === null) return { fa: ' تا اطلاع بعدی', en: ' until further notice' };
    return last === undefined
      ? { fa: `\n${solarHijri(on)}`, en: ` on ${on}` }
      : { fa: ` تا پایان ${solarHijri(last)}`, en: ` to the end of ${last}` };
  }
  if (outcome === 'NOT_ENTITLED' && last !== undefined && last !== null) {
    const first = dayAfter(last);
    return { fa: ` از ${solarHijri(first)}`, en: ` from ${first}` };
  }
  const isTold = teller === 'provider' && verdicts[outcome] !== uncertain && outcome !== 'UNKNOWN_PERSON';
  return isTold ? { fa: `\n${solarHijri(on)}`, en: ` on ${on}` } : { fa: '', en: '' };
}

const inSolarHijri = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const written = new Map<string, string>();
const mostWritten = 10_000;

/** `2020-05-25` → `1399/03/05`. */
export function solarHijri(isoDay: string): string {
  const known = written.get(isoDay);
  if (known !== undefined) return known;
  const parts = inSolarHijri.formatToParts(new Date(`${isoDay}T00:00:00Z`));
  const part = (wanted: string): string => parts.find(({ type }) => type === wanted)?.value ?? '';
  const text = `${part('year')}/${part('month')}/${part('day')}`;
  if (written.size >= mostWritten) written.clear();
  written.set(isoDay, text);
  return text;
}

const millisecondsPerDay = 86_400_000;

export function dayAfter(isoDay: string): string {
  return new Date(Date.parse(`${isoDay}T00:00:00Z`) + millisecondsPerDay).toISOString().slice(0, 10);
}
