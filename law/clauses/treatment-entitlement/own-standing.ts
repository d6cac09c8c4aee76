import type { CompulsoryInsured, ContractInsured, Pensioner, UnemployedInsured } from '../../facts.ts';
import { always, clausesOver } from '../../words/clause.ts';
import { lastDayOfMonth } from '../../words/solar-hijri.ts';
import { entitled, refused, sinceKhordad, type LifeAnswer, type LifeFacts, type StandingAnswer } from './asked.ts';

const clause = clausesOver<object, StandingAnswer>();
const compulsoryClause = clausesOver<CompulsoryInsured, StandingAnswer>();
const contractClause = clausesOver<ContractInsured, StandingAnswer>();
const benefitClause = clausesOver<UnemployedInsured, StandingAnswer>();
const pensionClause = clausesOver<Pensioner, StandingAnswer>();
const lifeClause = clausesOver<LifeFacts, LifeAnswer>();

const population = {
  cite: 'T-04',
  fa: 'بیمه شدگان، مستمری بگیران و افراد تحت تکفل آنان',
  en: 'It concerns insured persons, pensioners and the dependants of both.',
  doubts: [
    'One person may stand in two classes; read as: any standing that entitles suffices, named in the order insured, pensioner, dependant.',
  ],
  inForce: sinceKhordad,
  when: always,
} as const;

export const insuredAndPensionersAreCovered = clause({ ...population, then: entitled });

export const theLivingAreCovered = lifeClause({ ...population, then: { lives: true } });

export const contributionEnded = compulsoryClause({
  cite: 'T-08',
  fa: 'نیازی به مراجعه بیمهشدگان، مستمریبگیران و افراد تحت تکفل آنان به شعب و کارگزاریهای رسمی سازمان جهت تمدید اعتبار دفترچه درمانی نخواهد بود',
  en: "Insured persons, pensioners and their dependants will not need to visit the organisation's branches and official brokerages to renew a booklet's validity.",
  doubts: [
    "An employer's list may arrive late; read as: compulsory cover runs on for two assumed months after the last listed month.",
    "An employer's debt is not mentioned; read as: it never falls on the insured person.",
  ],
  inForce: sinceKhordad,
  rule: {
    fa: 'استحقاق بیمه‌شده اجباری تا پایان مهلت پس از آخرین ماه فهرست کارفرما ادامه دارد؛ بدهی کارفرما به او نمی‌رسد',
    en: "compulsory cover runs to the end of the grace after the last month on the employer's list; the employer's debt never falls on the insured",
    reference: { fa: 'رویه سازمان، ۱۳۹۸/۰۹/۰۹', en: 'practice of the Organization, 1398/09/09' },
  },
  exceptionTo: [insuredAndPensionersAreCovered],
  facts: ['lastContributionMonth'],
  figures: ['graceMonths'],
  when: ({ lastContributionMonth }, on) =>
    !on.isNotAfter(lastDayOfMonth(lastContributionMonth, on.figures.graceMonths)),
  then: refused('CONTRIBUTION_ENDED'),
});

const insuranceRule = {
  cite: 'T-09',
  fa: 'ضمن رعایت اصول و قواعد بیمهای',
  en: 'The principles and rules of insurance are to be observed.',
  doubts: [
    'The rules themselves are not in the text; read as: article 58 and the practice found around it, kept as dated parameters.',
  ],
  inForce: sinceKhordad,
} as const;

export const theDeceasedAreNot = lifeClause({
  ...insuranceRule,
  rule: {
    fa: 'استحقاق درمان با فوت پایان می‌یابد',
    en: 'treatment entitlement ends with death',
    reference: { fa: 'رویه سازمان، ۱۳۹۳', en: 'practice of the Organization, 1393' },
  },
  exceptionTo: [theLivingAreCovered],
  facts: ['diedOn'],
  when: ({ diedOn }, on) => diedOn !== null && on.isNotBefore(diedOn),
  then: { lives: false },
});

const contractPractice = { fa: 'رویه سازمان، ۱۳۹۸/۰۹/۰۹', en: 'practice of the Organization, 1398/09/09' };

export const notPaidThrough = contractClause({
  ...insuranceRule,
  rule: {
    fa: 'بیمه اختیاری و مشاغل آزاد تا روزی اعتبار دارد که حق بیمه آن پرداخت شده است',
    en: 'voluntary and self-employed cover runs to the last day that is paid for',
    reference: contractPractice,
  },
  exceptionTo: [insuredAndPensionersAreCovered],
  facts: ['paidUntil'],
  when: ({ paidUntil }, on) => !on.isNotAfter(paidUntil),
  then: refused('NOT_PAID_THROUGH'),
});

export const noTreatmentOption = contractClause({
  ...insuranceRule,
  rule: {
    fa: 'قرارداد بدون حمایت درمانی، استحقاق درمان نمی‌دهد',
    en: 'a contract without the treatment option gives no treatment entitlement',
    reference: contractPractice,
  },
  exceptionTo: [notPaidThrough],
  facts: ['treatmentOption'],
  when: ({ treatmentOption }) => !treatmentOption,
  then: refused('NO_TREATMENT_OPTION'),
});

export const unemploymentBenefitEnded = benefitClause({
  ...insuranceRule,
  rule: {
    fa: 'در دوره دریافت بیمه بیکاری، استحقاق درمان برقرار است',
    en: 'treatment entitlement runs with the unemployment benefit',
    reference: { fa: 'رویه سازمان، ۱۳۹۳', en: 'practice of the Organization, 1393' },
  },
  exceptionTo: [insuredAndPensionersAreCovered],
  facts: ['until'],
  when: ({ until }, on) => !on.isNotAfter(until),
  then: refused('UNEMPLOYMENT_BENEFIT_ENDED'),
});

const pensionPractice = { fa: 'قانون تأمین اجتماعی', en: 'Social Security Act' };

export const pensionEnded = pensionClause({
  ...insuranceRule,
  rule: {
    fa: 'استحقاق درمان تا پایان مستمری است',
    en: 'treatment entitlement ends with the pension',
    reference: pensionPractice,
  },
  exceptionTo: [insuredAndPensionersAreCovered],
  facts: ['until'],
  when: ({ until }, on) => !on.isNotAfter(until),
  then: refused('PENSION_ENDED'),
});

export const pensionNotStarted = pensionClause({
  ...insuranceRule,
  rule: {
    fa: 'استحقاق درمان با آغاز مستمری است',
    en: 'treatment entitlement begins with the pension',
    reference: pensionPractice,
  },
  exceptionTo: [pensionEnded],
  facts: ['from'],
  when: ({ from }, on) => !on.isNotBefore(from),
  then: refused('PENSION_NOT_STARTED'),
});
