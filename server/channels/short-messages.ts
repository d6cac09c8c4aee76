import type { Outcome } from './texts.ts';

/**
 * What telephones are told, in Persian: every text fits one UCS-2 SMS (70 characters) and one USSD screen (80). Parts of
 * an answer stand on lines of their own, so that no screen reorders days and codes.
 */

/** One UCS-2 SMS. */
export const longestSms = 70;
/** 160 octets of UCS-2. */
export const longestScreen = 80;

const uncertain = 'نتیجه نامشخص، به معنی فاقد نیست؛ طبق روال جاری';

export const verdictWords: Readonly<Record<Outcome, string>> = {
  ENTITLED: 'دارای استحقاق درمان',
  NOT_ENTITLED: 'فاقد استحقاق درمان',
  REFER_CURRENT_PROCEDURE: 'فاقد حمایت درمانی، طبق روال جاری',
  NEEDS_FACTS: uncertain,
  PROVISIONAL: uncertain,
  COULD_NOT_DETERMINE: uncertain,
  NOT_IN_FORCE: 'در آن روز هنوز اجرا نمی‌شد',
  NOT_CONTRACTED: 'مرکز طرف قرارداد شناخته نشد',
  UNKNOWN_PERSON: 'کد ملی در فهرست بیمه‌شدگان نیست',
};

export const isUncertain = (outcome: Outcome): boolean => verdictWords[outcome] === uncertain;

/** Before a day, a code, an id: from the roomiest form to the shortest. */
export const partWords = {
  lastDay: 'تا پایان',
  /** T-24: no last day. */
  withoutLastDay: 'تا اطلاع بعدی',
  firstDayWithout: 'از',
  reason: 'علت:',
  trackingCode: 'رهگیری',
  nationalId: 'کد ملی',
  /** T-30: every refusal to a person names the line. */
  objections: ['اعتراض: 1420', 'تلفن 1420', '1420'],
} as const;

/** How to ask, and why nothing is told. */
export const phoneTexts = {
  undetermined: uncertain,
  helpProvider: 'برای استعلام، کد ملی بیمار را بفرستید',
  helpProviders: 'برای استعلام بفرستید: کد مرکز*کد ملی بیمار',
  helpPerson: 'عدد 0 یا کد ملی خود یا فرد تحت تکفل را بفرستید. پرسش: 1420',
  helpPersons: 'کد ملی خود یا فرد تحت تکفل را بفرستید. پرسش: 1420',
  helpBoth: 'کد ملی بیمار، یا برای خود عدد 0 را بفرستید. پرسش: 1420',
  notRegistered: 'این شماره ثبت نشده است. برای ثبت یا پرسش: 1420',
  wrongNationalId: 'کد ملی نادرست است. 10 رقم وارد کنید',
  notContracted: verdictWords.NOT_CONTRACTED,
  noProvider: 'این شماره به نام مرکزی ثبت نشده است. پرسش: 1420',
  notYours: 'این استعلام برای شما مجاز نیست. اعتراض: 1420',
  tooMany: 'تعداد درخواست‌ها زیاد است؛ کمی بعد دوباره. پرسش: 1420',
  noSuchCode: 'پاسخی با این کد برای شما نیست. پرسش: 1420',
  askedAbout: 'استعلام استحقاق درمان شما انجام شد',
} as const;

/** The screens of the menu that ask for something. */
export const screenTexts = {
  menu: 'استحقاق درمان\n1 خودم\n2 فرد تحت تکفل من\n3 استعلام مرکز درمانی\n4 پیگیری با کد',
  ownNationalId: 'کد ملی خود را وارد کنید',
  dependantsNationalId: 'کد ملی فرد تحت تکفل را وارد کنید',
  patientsNationalId: 'کد ملی بیمار را وارد کنید',
  providerCode: 'کد مرکز درمانی را وارد کنید',
  trackingCode: 'کد رهگیری را وارد کنید',
  wrongChoice: 'عدد 1 تا 4 را وارد کنید\n1 خودم\n2 تحت تکفل\n3 مرکز درمانی\n4 پیگیری با کد',
  wrongNationalId: phoneTexts.wrongNationalId,
  wrongProviderCode: 'این کد مرکز با شماره شما ثبت نشده است. دوباره وارد کنید',
  tooManyTries: 'ورودی نادرست بود. دوباره شماره‌گیری کنید. پرسش: 1420',
  timedOut: 'زمان پایان یافت. دوباره شماره‌گیری کنید. پرسش: 1420',
} as const;
