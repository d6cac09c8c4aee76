import { all, any, not, Unknown, type Answer } from '../../words/answer.ts';
import { always, clausesOver, keptBy, saidBy } from '../../words/clause.ts';
import { birthday, plusMonths } from '../../words/solar-hijri.ts';
import { entitled, referred, refused, sinceKhordad, type DependantFacts, type StandingAnswer } from './asked.ts';

const clause = clausesOver<DependantFacts, StandingAnswer>();

const article58 = {
  fa: 'ماده ۵۸ قانون تأمین اجتماعی و رویه جاری',
  en: 'article 58 of the Social Security Act and current practice',
};

export const dependantsAreCovered = clause({
  cite: 'T-04',
  fa: 'بیمه شدگان، مستمری بگیران و افراد تحت تکفل آنان',
  en: 'It concerns insured persons, pensioners and the dependants of both.',
  doubts: [
    'One person may stand in two classes; read as: any standing that entitles suffices, named in the order insured, pensioner, dependant.',
  ],
  inForce: sinceKhordad,
  when: always,
  then: entitled,
});

function known(fact: boolean | null, name: string): Answer {
  return fact ?? new Unknown([name]);
}

const insuranceRule = {
  cite: 'T-09',
  fa: 'ضمن رعایت اصول و قواعد بیمهای',
  en: 'The principles and rules of insurance are to be observed.',
  doubts: [
    'The rules themselves are not in the text; read as: article 58 and the practice found around it, kept as dated parameters.',
  ],
  inForce: sinceKhordad,
} as const;

export const husbandOfAnInsuredWoman = clause({
  ...insuranceRule,
  rule: {
    fa: 'شوهر بیمه‌شده زن، اگر تحت تکفل او باشد و به سن مقرر رسیده یا ازکارافتاده باشد',
    en: 'the husband of an insured woman, if she maintains him and he has reached the age or is disabled',
    reference: article58,
  },
  exceptionTo: [dependantsAreCovered],
  facts: ['maintained', 'birthDate', 'disabled'],
  figures: ['husbandAgeYears'],
  when: ({ maintained, birthDate, disabled }, on) =>
    not(
      all(
        known(maintained, 'maintained'),
        any(disabled, on.isNotBefore(birthday(birthDate, on.figures.husbandAgeYears))),
      ),
    ),
  then: refused('SPOUSE_RULE'),
});

export const parentsOfTheInsured = clause({
  ...insuranceRule,
  rule: {
    fa: 'پدر و مادر تحت تکفل، اگر به سن مقرر رسیده یا ازکارافتاده باشند و مستمری نگیرند',
    en: 'a father or mother who is maintained, has reached the age or is disabled, and draws no pension',
    reference: article58,
  },
  exceptionTo: [dependantsAreCovered],
  facts: ['relation', 'maintained', 'birthDate', 'disabled', 'ownPension'],
  figures: ['fatherAgeYears', 'motherAgeYears'],
  when: ({ relation, maintained, birthDate, disabled, ownPension }, on) => {
    const ageYears = relation === 'father' ? on.figures.fatherAgeYears : on.figures.motherAgeYears;
    return not(
      all(any(disabled, on.isNotBefore(birthday(birthDate, ageYears))), !ownPension, known(maintained, 'maintained')),
    );
  },
  then: refused('PARENT_RULE'),
});

export const sonWithoutCertificate = clause({
  cite: 'T-31',
  fa: 'در صورتیکه فرزندان ذکور بیمهشدگان و مستمریبگیران (۱۹ سال تمام) به دلیل عدم ارائه گواهی تحصیلی معتبر دانشگاهی',
  en: 'The case is that of sons (19 full years) of insured persons and pensioners who have not submitted a valid university study certificate.',
  doubts: [
    'Nineteen full years may run to the 20th birthday; read as: the limit is reached on the 19th birthday.',
    "A certificate's validity is not stated; read as: it holds to the last day recorded for it.",
    'Disabled sons are not mentioned; read as: exempt from the age limit, by article 58.',
  ],
  inForce: sinceKhordad,
  suspendable: true,
  exceptionTo: [dependantsAreCovered],
  facts: ['birthDate', 'disabled', 'studyCertificateUntil'],
  figures: ['sonAgeYears'],
  when: ({ birthDate, disabled, studyCertificateUntil }, on) =>
    !disabled &&
    !(studyCertificateUntil !== null && on.isNotAfter(studyCertificateUntil)) &&
    on.isNotBefore(birthday(birthDate, on.figures.sonAgeYears)),
  then: refused('SON_AGE_NO_CERT'),
});

export const daughterNotSighted = clause({
  cite: 'T-32',
  fa: 'همچنین فرزندان اناث آنان به جهت عدم ارائه اصل شناسنامه',
  en: 'Likewise their daughters, because the original birth certificate has not been submitted.',
  doubts: [
    'No age is stated; read as: proof is needed from the age of 15.',
    'How long a sighting serves is not said; read as: 12 months.',
  ],
  inForce: sinceKhordad,
  suspendable: true,
  exceptionTo: [dependantsAreCovered],
  facts: ['birthDate', 'disabled', 'idSightedOn'],
  figures: ['daughterSightingAgeYears', 'sightingMonths'],
  when: ({ birthDate, disabled, idSightedOn }, on) =>
    !disabled &&
    !(idSightedOn !== null && on.isWithin(idSightedOn, plusMonths(idSightedOn, on.figures.sightingMonths))) &&
    on.isNotBefore(birthday(birthDate, on.figures.daughterSightingAgeYears)),
  then: refused('DAUGHTER_NO_ID_SIGHT'),
});

const currentProcedure = {
  cite: 'T-35',
  fa: 'ارائه خدمات درمانی جهت این دسته از فرزندان مطابق ضوابط و روال جاری انجام خواهد شد',
  en: 'Treatment services will be provided to this group of children in accordance with the current rules and procedure.',
  doubts: [
    'Whether the answer is yes or no is not said; read as: a third outcome that refers to the current procedure.',
    'Another ground of refusal may coexist; read as: then the answer is no.',
  ],
  inForce: sinceKhordad,
  when: always,
} as const;

export const sonServedMeanwhile = clause({
  ...currentProcedure,
  exceptionTo: [sonWithoutCertificate],
  restsOn: sonWithoutCertificate,
  then: referred('SON_AGE_NO_CERT'),
});

export const daughterServedMeanwhile = clause({
  ...currentProcedure,
  exceptionTo: [daughterNotSighted],
  restsOn: daughterNotSighted,
  then: referred('DAUGHTER_NO_ID_SIGHT'),
});

export const scienceMinistryIsLinked = clause({
  cite: 'T-33',
  fa: 'تا زمان برقراری تعامل الکترونیکی با پایگاههای وزارت علوم، تحقیقات و فناوری',
  en: 'This lasts until electronic interoperation with the databases of the Ministry of Science, Research and Technology is established.',
  doubts: [
    'Some universities are outside this ministry; read as: a certificate handed in counts with the link on, too.',
    'The link may fail or find nothing; read as: off for that inquiry.',
  ],
  inForce: sinceKhordad,
  exceptionTo: [sonServedMeanwhile],
  restsOn: sonWithoutCertificate,
  facts: ['msrt'],
  when: ({ msrt }) => msrt,
  then: refused('SON_AGE_NO_CERT'),
});

export const deedsRegistryIsLinked = clause({
  cite: 'T-34',
  fa: 'و سازمان ثبت اسناد و املاک کشور',
  en: 'And with those of the State Organization for Registration of Deeds and Properties.',
  doubts: [
    'Both links might be needed for both groups; read as: each link ends the transition for its own group only.',
    'The link may fail or find nothing; read as: off for that inquiry.',
  ],
  inForce: sinceKhordad,
  exceptionTo: [daughterServedMeanwhile],
  restsOn: daughterNotSighted,
  facts: ['sabtAsnad'],
  when: ({ sabtAsnad }) => sabtAsnad,
  then: refused('DAUGHTER_NO_ID_SIGHT'),
});

export const childrenWithAJob = clause({
  ...insuranceRule,
  rule: { fa: 'فرزند شاغل تحت تکفل نیست', en: 'a child with a job is no dependant', reference: article58 },
  exceptionTo: [scienceMinistryIsLinked, deedsRegistryIsLinked],
  facts: ['employed'],
  when: ({ employed }) => employed,
  then: refused('DEPENDANT_EMPLOYED'),
});

export const marriedDaughters = clause({
  ...insuranceRule,
  rule: { fa: 'دختر دارای شوهر تحت تکفل نیست', en: 'a married daughter is no dependant', reference: article58 },
  exceptionTo: [childrenWithAJob],
  facts: ['married'],
  when: ({ married }) => married,
  then: refused('DAUGHTER_MARRIED'),
});

export const survivorsGraceIsOver = clause({
  ...insuranceRule,
  rule: {
    fa: 'پس از فوت بیمه‌شده اصلی، استحقاق افراد تحت تکفل تا پایان مهلت بازماندگان ادامه دارد',
    en: "after the principal's death the dependants stay entitled until the survivors' grace is over",
    reference: { fa: 'فرض', en: 'assumption' },
  },
  exceptionTo: [husbandOfAnInsuredWoman, parentsOfTheInsured, marriedDaughters],
  facts: ['principalDiedOn'],
  figures: ['survivorGraceMonths'],
  when: ({ principalDiedOn }, on) =>
    principalDiedOn !== null && !on.isNotAfter(plusMonths(principalDiedOn, on.figures.survivorGraceMonths)),
  then: refused('PRINCIPAL_NOT_ENTITLED', 'DECEASED'),
});

export const principalIsNotEntitled = clause({
  ...insuranceRule,
  rule: {
    fa: 'استحقاق تبعی با استحقاق بیمه‌شده اصلی است',
    en: 'a dependant is entitled through an entitled principal',
    reference: article58,
  },
  exceptionTo: [survivorsGraceIsOver],
  facts: ['principalEntitled'],
  when: ({ principalEntitled }) => !principalEntitled,
  then: refused('PRINCIPAL_NOT_ENTITLED'),
});

export const leftDependency = clause({
  ...insuranceRule,
  rule: { fa: 'خروج از کفالت', en: 'one who has left dependency is no dependant', reference: article58 },
  exceptionTo: [principalIsNotEntitled],
  facts: ['endedOn'],
  when: ({ endedOn }, on) => endedOn !== null && !on.isNotAfter(endedOn),
  then: refused('LEFT_DEPENDENCY'),
});

export const clauseT36 = keptBy({
  cite: 'T-36',
  fa: 'در سرویس استحقاق درمان "فاقد حمایت درمانی" باشند',
  en: 'They appear in the treatment entitlement service as "without treatment support".',
  doubts: [
    'Whether the words serve for main insured persons is not said; read as: those are shown as with or without treatment entitlement.',
  ],
  by: 'server/channels',
  how: 'The referring outcome of T-31 and T-32 is shown in every channel with the literal words «فاقد حمایت درمانی».',
});

export const clauseT37 = saidBy({
  cite: 'T-37',
  fa: 'فرزندان ذکور بیمهشدگان و مستمریبگیران',
  en: 'It concerns the sons of insured persons and of pensioners.',
  by: ['T-31', 'T-32'],
  how: "The rules for sons and daughters ask nothing about the principal's class, so survivors' children come under them too.",
});
