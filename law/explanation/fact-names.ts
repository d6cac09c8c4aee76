import type {
  CoverFacts,
  HouseholdFacts,
  MemberFacts,
  PricingFacts,
  UrgentMemberFacts,
} from '../clauses/mandatory-insurance/asked.ts';
import type { AskerFacts, DependantFacts, LifeFacts, OverlapFacts } from '../clauses/treatment-entitlement/asked.ts';
import type { Insured, Pensioner } from '../facts.ts';
import type { Words } from '../words/dated.ts';

type KeysOfEach<T> = T extends unknown ? keyof T : never;

/** Every fact that a clause can ask about. */
export type FactName =
  | keyof AskerFacts
  | keyof LifeFacts
  | KeysOfEach<Insured | Pensioner>
  | keyof DependantFacts
  | keyof OverlapFacts
  | keyof CoverFacts
  | keyof MemberFacts
  | keyof UrgentMemberFacts
  | keyof PricingFacts
  | keyof HouseholdFacts;

/** How a fact is called, and how its value is put into words: as a kind of value, or by the words for each value. */
export type FactWords = Words & {
  /** What is said where there is none; without it, that none is recorded. */
  readonly absent?: Words;
  readonly as: 'day' | 'month' | 'rials' | 'number' | 'yesOrNo' | Readonly<Record<string, Words>>;
};

const relations = {
  head: { fa: 'سرپرست', en: 'head' },
  spouse: { fa: 'همسر', en: 'spouse' },
  child: { fa: 'فرزند', en: 'child' },
  wife: { fa: 'همسر (زن)', en: 'wife' },
  husband: { fa: 'شوهر', en: 'husband' },
  son: { fa: 'پسر', en: 'son' },
  daughter: { fa: 'دختر', en: 'daughter' },
  father: { fa: 'پدر', en: 'father' },
  mother: { fa: 'مادر', en: 'mother' },
};

const causes = {
  militaryServiceEnded: { fa: 'پایان خدمت سربازی', en: 'end of military service' },
  unemployed: { fa: 'بیکار شدن', en: 'unemployment' },
  marriage: { fa: 'ازدواج', en: 'marriage' },
  separation: { fa: 'متارکه', en: 'separation' },
  ageLimit: { fa: 'خروج از سن قانونی', en: 'leaving the legal age' },
  other: { fa: 'دلیل قانونی دیگر', en: 'another lawful cause' },
};

const regimes = {
  window: { fa: 'در مهلت ثبت نام', en: 'in the registration window' },
  lostCoverWindow: { fa: 'در مهلت پس از پایان بیمه پایه', en: 'in the window after lost base cover' },
  newborn: { fa: 'نوزاد بستری', en: 'newborn in hospital' },
  emergency: { fa: 'اورژانس', en: 'emergency' },
  late: { fa: 'پس از پایان مهلت', en: 'after the window' },
  renewal: { fa: 'تمدید', en: 'renewal' },
};

const insurers = {
  tamin: { fa: 'تأمین اجتماعی', en: 'Social Security Organization' },
  ihio: { fa: 'سازمان بیمه سلامت', en: 'Health Insurance Organization' },
  armedForces: { fa: 'نیروهای مسلح', en: 'Armed Forces' },
  other: { fa: 'بیمه‌گر پایه دیگر', en: 'another base insurer' },
};

const funds = {
  employees: { fa: 'کارکنان دولت', en: 'employees' },
  otherStrata: { fa: 'سایر اقشار', en: 'other strata' },
  universal: { fa: 'همگانی', en: 'universal' },
  rural: { fa: 'روستاییان', en: 'rural' },
};

const bases = {
  compulsory: { fa: 'اجباری', en: 'compulsory' },
  voluntary: { fa: 'اختیاری', en: 'voluntary' },
  selfEmployed: { fa: 'حرف و مشاغل آزاد', en: 'self-employed' },
  unemploymentBenefit: { fa: 'بیمه بیکاری', en: 'unemployment benefit' },
};

export const factNames = {
  asker: {
    fa: 'استعلام‌کننده',
    en: 'asker',
    as: {
      provider: { fa: 'مرکز درمانی', en: 'provider' },
      self: { fa: 'خود شخص', en: 'the person' },
      staff: { fa: 'کارکنان سازمان', en: 'staff' },
    },
  },
  ownership: {
    fa: 'نوع مرکز',
    en: 'ownership of the provider',
    as: { owned: { fa: 'ملکی', en: 'owned' }, contracted: { fa: 'طرف قرارداد', en: 'contracted' } },
  },
  contractFrom: { fa: 'آغاز قرارداد', en: 'contract from', as: 'day' },
  contractUntil: { fa: 'پایان قرارداد', en: 'contract until', as: 'day', absent: { fa: 'بدون پایان', en: 'no end' } },
  suspended: { fa: 'تعلیق قرارداد', en: 'contract suspended', as: 'yesOrNo' },
  diedOn: { fa: 'تاریخ فوت', en: 'died on', as: 'day' },
  class: {
    fa: 'عنوان',
    en: 'standing',
    as: { insured: { fa: 'بیمه‌شده', en: 'insured' }, pensioner: { fa: 'مستمری‌بگیر', en: 'pensioner' } },
  },
  basis: { fa: 'نوع بیمه', en: 'basis', as: bases },
  pension: {
    fa: 'نوع مستمری',
    en: 'pension',
    as: {
      oldAge: { fa: 'بازنشستگی', en: 'old age' },
      disability: { fa: 'ازکارافتادگی', en: 'disability' },
      survivor: { fa: 'بازماندگان', en: 'survivor' },
    },
  },
  lastContributionMonth: { fa: 'آخرین ماه فهرست کارفرما', en: 'last contribution month', as: 'month' },
  paidUntil: { fa: 'حق بیمه پرداخت‌شده تا', en: 'paid until', as: 'day' },
  treatmentOption: { fa: 'حمایت درمانی در قرارداد', en: 'treatment option', as: 'yesOrNo' },
  from: { fa: 'از', en: 'from', as: 'day' },
  until: { fa: 'تا', en: 'until', as: 'day', absent: { fa: 'بدون پایان', en: 'no end' } },
  relation: { fa: 'نسبت', en: 'relation', as: relations },
  birthDate: { fa: 'تاریخ تولد', en: 'born on', as: 'day' },
  endedOn: { fa: 'آخرین روز کفالت', en: 'last day of dependency', as: 'day' },
  maintained: { fa: 'تحت تکفل', en: 'maintained', as: 'yesOrNo' },
  disabled: { fa: 'ازکارافتاده', en: 'disabled', as: 'yesOrNo' },
  married: { fa: 'متأهل', en: 'married', as: 'yesOrNo' },
  employed: { fa: 'شاغل', en: 'employed', as: 'yesOrNo' },
  ownPension: { fa: 'دریافت مستمری', en: 'own pension', as: 'yesOrNo' },
  studyCertificateUntil: { fa: 'گواهی تحصیلی تا', en: 'study certificate until', as: 'day' },
  idSightedOn: { fa: 'رؤیت شناسنامه', en: 'birth certificate sighted on', as: 'day' },
  msrt: { fa: 'اتصال به وزارت علوم', en: 'link with the science ministry', as: 'yesOrNo' },
  sabtAsnad: { fa: 'اتصال به ثبت اسناد', en: 'link with the deeds registry', as: 'yesOrNo' },
  principalDiedOn: { fa: 'تاریخ فوت بیمه‌شده اصلی', en: 'principal died on', as: 'day' },
  principalEntitled: { fa: 'استحقاق بیمه‌شده اصلی', en: 'principal entitled', as: 'yesOrNo' },
  otherCovers: {
    fa: 'پوشش بیمه‌گران دیگر',
    en: 'covers of other insurers',
    as: {
      ihio: insurers.ihio,
      'ihio/employees': { fa: 'بیمه سلامت، کارکنان دولت', en: 'Health Insurance Organization, employees' },
      'ihio/otherStrata': { fa: 'بیمه سلامت، سایر اقشار', en: 'Health Insurance Organization, other strata' },
      'ihio/universal': { fa: 'بیمه سلامت، همگانی', en: 'Health Insurance Organization, universal' },
      'ihio/rural': { fa: 'بیمه سلامت، روستاییان', en: 'Health Insurance Organization, rural' },
      armedForces: insurers.armedForces,
      other: insurers.other,
    },
  },
  insurer: { fa: 'بیمه‌گر', en: 'insurer', as: insurers },
  fund: { fa: 'صندوق', en: 'fund', as: funds },
  supportiveBody: { fa: 'نهاد حمایتی', en: 'supportive body', as: 'yesOrNo' },
  newborn: { fa: 'نوزاد بستری', en: 'newborn in hospital', as: 'yesOrNo' },
  emergency: { fa: 'بیمار اورژانس', en: 'emergency patient', as: 'yesOrNo' },
  pricedOn: { fa: 'روز محاسبه حق بیمه', en: 'priced on', as: 'day' },
  renewing: { fa: 'تمدید', en: 'renewal', as: 'yesOrNo' },
  requestedOn: { fa: 'تاریخ ثبت نام', en: 'requested on', as: 'day' },
  route: {
    fa: 'مسیر',
    en: 'route',
    as: {
      selfDeclared: { fa: 'خوداظهاری', en: 'self-declaration' },
      meansTest: { fa: 'ارزیابی وسع', en: 'means test' },
    },
  },
  termMonths: { fa: 'دوره تقاضاشده (ماه)', en: 'term asked for (months)', as: 'number' },
  incomeMonthly: { fa: 'درآمد ماهانه خانوار', en: 'household income a month', as: 'rials' },
  decile: { fa: 'دهک', en: 'decile', as: 'number' },
  lostCoverEndedOn: { fa: 'پایان بیمه پایه', en: 'base cover ended on', as: 'day' },
  lostCoverCause: { fa: 'علت پایان بیمه پایه', en: 'cause of the end of base cover', as: causes },
  expiresOn: { fa: 'پایان اعتبار دفترچه', en: 'cover expires on', as: 'day' },
  lateEntrant: { fa: 'ورود پس از مهلت', en: 'late entrant', as: 'yesOrNo' },
  meansTestRequestedOn: { fa: 'تاریخ تقاضای ارزیابی وسع', en: 'means test requested on', as: 'day' },
  membersToCover: { fa: 'اعضای مشمول پوشش', en: 'members to be covered', as: 'number' },
  membersElsewhere: { fa: 'اعضای دارای بیمه پایه', en: 'members covered elsewhere', as: 'number' },
  membersExempt: { fa: 'اعضای مستثنی', en: 'exempt members', as: 'number' },
  membersMissing: { fa: 'اعضای ثبت‌نشده', en: 'members left out', as: 'number' },
  group: { fa: 'گروه', en: 'group', as: 'number' },
  regime: { fa: 'وضعیت', en: 'regime', as: regimes },
} as const satisfies Record<FactName, FactWords>;
