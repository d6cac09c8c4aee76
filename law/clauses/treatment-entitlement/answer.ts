import { always, clausesOver, keptBy } from '../../words/clause.ts';
import { everyDay } from '../../words/clause-id.ts';
import { type Telling, type TellingFacts } from './asked.ts';

const clause = clausesOver<TellingFacts, Telling>();

export const clauseT22 = keptBy({
  cite: 'T-22',
  fa: 'کدرهگیری نیز برای آنان صادر میکند',
  en: 'The system also issues them a tracking code.',
  doubts: [
    'Whether a refusal gets a code too is not said; read as: every completed inquiry gets one.',
    "The code's form is not in the text; read as: at most 16 digits, the last a check digit.",
  ],
  by: 'server/inquiry',
  how: 'Every completed provider inquiry, whatever its outcome, gets a unique tracking code by which the unchanged answer can be read again.',
});

export const clauseT23 = keptBy({
  cite: 'T-23',
  fa: 'برای شخص بیمه شدگان سازمان تأمین اجتماعی امکان آگاهی از تاریخ استحقاق درمان نیز پیشبینی شده است',
  en: "The organisation's insured persons themselves are also given the possibility of learning their date of treatment entitlement.",
  doubts: [
    'Whether pensioners and dependants are meant is not said; read as: they are.',
    'Asking for dependants is not mentioned; read as: allowed, for an adult dependant only outcome and end date.',
  ],
  by: 'server/inquiry',
  how: 'A person proven by login or registered mobile asks about himself or herself or own dependants, and about nobody else.',
});

export const reasonsAreTold = clause({
  cite: 'T-38',
  fa: 'به دلیل عدم ارائه گواهی تحصیلی معتبر دانشگاهی',
  en: 'The reason is the failure to submit a valid university study certificate.',
  doubts: [
    'That the reason must be told is only implied; read as: the person is told in full, the provider only a category.',
  ],
  rule: {
    fa: 'کارکنان سازمان دلیل کامل را می‌بینند',
    en: 'staff are told the full reason',
    reference: { fa: 'برداشت', en: 'reading' },
  },
  inForce: everyDay,
  when: always,
  then: { tells: 'withoutDates' },
});

export const thePersonLearnsTheEnd = clause({
  cite: 'T-24',
  fa: 'در صورت استعلام شخص بیمه شده، تاریخ اتمام استحقاق درمان نیز به وی اعلام میشود',
  en: 'When the insured person inquires in person, the end date of treatment entitlement is also told to him or her.',
  doubts: [
    'Whether the end date itself is covered is not said; read as: it is the last day of entitlement.',
    'Some entitlements have no end; read as: no date is told.',
  ],
  rule: {
    fa: 'تاریخ پایان فقط به خود شخص گفته می‌شود',
    en: 'the end date is told to the person alone',
    reference: { fa: 'برداشت', en: 'reading' },
  },
  inForce: everyDay,
  exceptionTo: [reasonsAreTold],
  facts: ['asker'],
  when: ({ asker }) => asker === 'self',
  then: { tells: 'all' },
});

export const providersLearnTheLeast = clause({
  cite: 'T-25',
  fa: 'به وی اعلام میشود',
  en: 'The end date is told to the insured person.',
  doubts: ['That others are not told it is only implied; read as: providers and staff are never told the end date.'],
  rule: {
    fa: 'مرکز درمانی فقط می‌داند استحقاق هست یا نه و آیا مدرکی کم است',
    en: 'a provider learns whether, and whether a document is missing',
    reference: { fa: 'برداشت', en: 'reading' },
  },
  inForce: everyDay,
  exceptionTo: [reasonsAreTold],
  facts: ['asker'],
  when: ({ asker }) => asker === 'provider',
  then: { tells: 'minimum' },
});
