import { always, clausesOver, keptBy, saidBy } from '../../words/clause.ts';
import { everyDay } from '../../words/clause-id.ts';
import { sinceKhordad, type Admission, type AskerFacts } from './asked.ts';

const clause = clausesOver<AskerFacts, Admission>();

export const clauseT01 = saidBy({
  cite: 'T-01',
  fa: 'حذف فرآیند تأمین اعتبار دفترچه درمانی و جایگزینی آن با سامانه استحقاق درمان',
  en: 'The process of stamping validity into treatment booklets is abolished and replaced by the treatment entitlement system.',
  doubts: ['Stamps may already stand in booklets after 1 Khordad; read as: they are ignored.'],
  by: ['T-07', 'T-08'],
  how: 'From the effective date entitlement is computed from the dated facts alone, and a stamp is no fact that the law asks about.',
});

export const clauseT02 = keptBy({
  cite: 'T-02',
  fa: 'با صدور دستور اداری به واحدهای اجرایی این سازمان در سراسر کشور',
  en: "An administrative order is issued to the organisation's executive units throughout the country.",
  doubts: ['Local exceptions are not mentioned; read as: there are none.'],
  by: 'server/inquiry',
  how: 'The same person asked about at the same moment from two provinces and two branches gets the same outcome and reasons.',
});

export const clauseT03 = keptBy({
  cite: 'T-03',
  fa: 'در راستای حذف تدریجی دفترچه درمانی',
  en: 'The measure is taken in the course of the gradual removal of the treatment booklet.',
  doubts: [
    'Whether the booklet stays a condition of service is not said; read as: it stays in use, for information, and never turns a yes into a no.',
  ],
  by: 'server/channels',
  how: 'No text of any channel says that the paper booklet is unnecessary, and a missing booklet never changes an outcome.',
});

export const clauseT06 = keptBy({
  cite: 'T-06',
  fa: 'کاهش مراجعه مخاطبین ذیربط به شعب و کارگزاریهای رسمی سازمان و ایجاد رضایتمندی',
  en: "The aim is to reduce the visits of those concerned to the organisation's branches and official brokerages, and to bring satisfaction.",
  doubts: ['Satisfaction is given no measure; read as: only inquiries and answer times are counted.'],
  by: 'server/inquiry',
  how: 'Inquiries and answer times are reported by channel, outcome, provider kind and day.',
});

export const anybodyMayAsk = clause({
  cite: 'T-21',
  fa: 'دارا بودن یا دارانبودن استحقاق درمان را در تاریخ استعلام اعلام کرده',
  en: 'The system states whether or not the person has treatment entitlement on the date of the inquiry.',
  doubts: ['Care may begin after midnight; read as: the answer holds for the stated day only.'],
  inForce: sinceKhordad,
  when: always,
  then: { admits: 'yes' },
});

export const onlyContractedProviders = clause({
  cite: 'T-20',
  fa: 'در صورت استعلام از سوی مراکز درمانی طرف قرارداد اعم از پزشکان، بیمارستانها و مراکز پاراکلینیک',
  en: "The provider's case is an inquiry made by contracted treatment centres, including physicians, hospitals and paraclinic centres.",
  doubts: [
    'Three kinds are listed here and five in T-26; read as: all five may inquire.',
    'Providers without a contract in force are not mentioned; read as: they are refused and told nothing about the person.',
  ],
  inForce: sinceKhordad,
  exceptionTo: [anybodyMayAsk],
  facts: ['asker', 'ownership', 'contractFrom', 'contractUntil', 'suspended'],
  when: ({ asker, ownership, contractFrom, contractUntil, suspended }, on) =>
    asker === 'provider' &&
    (suspended || ownership !== 'contracted' || contractFrom === null || !on.isWithin(contractFrom, contractUntil)),
  then: { admits: 'NOT_CONTRACTED' },
});

export const ownedCentresNeedNoContract = clause({
  cite: 'T-05',
  fa: 'کلیه مراکز درمانی اعم از ملکی و غیرملکی طرف قرارداد',
  en: 'It applies in all treatment centres, both those owned by the organisation and those not owned but contracted.',
  doubts: ['An owned centre may have no contract; read as: it is authorised unless suspended.'],
  inForce: sinceKhordad,
  exceptionTo: [onlyContractedProviders],
  facts: ['ownership', 'suspended'],
  when: ({ ownership, suspended }) => ownership === 'owned' && !suspended,
  then: { admits: 'yes' },
});

export const notBeforeKhordad = clause({
  cite: 'T-07',
  fa: 'از ابتدای خرداد ماه فرآیند تامین اعتبار دفترچه درمانی حذف',
  en: 'From the beginning of the month of Khordad the process of stamping validity into treatment booklets is abolished.',
  doubts: [
    'The year is not printed; read as: 1399, the year of the report.',
    'Days before that are governed by the stamp; read as: such an inquiry is answered with "not in force".',
  ],
  inForce: everyDay,
  exceptionTo: [ownedCentresNeedNoContract],
  figures: ['treatmentEntitlementInForce'],
  when: (_, { figures }) => !figures.treatmentEntitlementInForce,
  then: { admits: 'NOT_IN_FORCE' },
});
