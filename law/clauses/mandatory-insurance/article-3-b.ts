import { clausesOver, keptBy, saidBy } from '../../words/clause.ts';
import {
  aYearOfCover,
  coverFollowsThePayment,
  coverIsWaitedFor,
  termsOfTheWindow,
  subsidyOnlyByTheTest,
  urgentMembersWaitLikeTheOthers,
} from './article-3-a.ts';
import {
  begins,
  lasts,
  pays,
  sinceMehr,
  waits,
  type HouseholdFacts,
  type RegimeAnswer,
  type Terms,
  type UrgentMemberAnswer,
  type UrgentMemberFacts,
} from './asked.ts';
import { askedInTime, cameInTime, lostCoverIsRecent, windowIsOpen, wouldWaitForTheTest } from './timeliness.ts';

const regimeClause = clausesOver<HouseholdFacts, RegimeAnswer>();
const termsClause = clausesOver<HouseholdFacts, Terms>();
const urgentMemberClause = clausesOver<UrgentMemberFacts, UrgentMemberAnswer>();

const afterTheWindow = {
  cite: 'M-33',
  fa: 'متقاضیان پوشش بیمه ای فاقد بیمه پایه سلامت بعد از انقضای ۶ ماه با پرداخت كل حق بیمه یكساله',
  en: 'After the six months expire, applicants without base health insurance are covered by paying the whole premium of one year.',
  doubts: [
    'A poor late household is not excepted; read as: it pays the full year first, and a means test counts only for the renewal.',
  ],
  inForce: sinceMehr,
  suspendable: true,
} as const;

export const lateApplicants = regimeClause({
  ...afterTheWindow,
  exceptionTo: [termsOfTheWindow],
  facts: ['requestedOn', 'lostCoverEndedOn'],
  figures: ['registrationWindowMonths', 'lostCoverWindowMonths'],
  when: (household, on) => !cameInTime(household, on),
  then: { regime: 'late' },
});

export const lateApplicantsPayAYear = termsClause({
  ...afterTheWindow,
  exceptionTo: [subsidyOnlyByTheTest, aYearOfCover],
  facts: ['regime'],
  figures: ['payablePercentWhole', 'lateTermMonths'],
  when: ({ regime }) => regime === 'late',
  then: { payablePercent: pays.whole, termMonths: lasts.aLateYear },
});

export const clauseM34 = saidBy({
  cite: 'M-34',
  fa: 'با رعایت شرط خانوار و ۱۰ روز دوره انتظار مشمول پوشش بیمه ای خواهند بود',
  en: 'They will come under cover observing the household condition and with a waiting period of ten days.',
  by: ['M-19', 'M-35'],
  how: 'The same household condition applies to late applicants, and the waiting period is coded with the late rule.',
});

export const lateApplicantsWait = termsClause({
  cite: 'M-35',
  fa: '۱۰ روز دوره انتظار مشمول پوشش بیمه ای خواهند بود',
  en: 'They will come under cover with a waiting period of ten days.',
  inForce: sinceMehr,
  suspendable: true,
  exceptionTo: [coverIsWaitedFor],
  facts: ['regime'],
  figures: ['waitingDays'],
  when: ({ regime }) => regime === 'late',
  then: { waitingDays: waits.tenDays },
});

export const lateEntrantsWhoAskedInTime = termsClause({
  cite: 'M-36',
  fa: 'این خانوارها قبل از انقضای اعتبار دفاتر بیمه ای خویش می توانند تقاضای ارزیابی وسع و اقدام بر مبنای نتایج آنرا نمایند و بر این اساس از استمرار پوشش بیمه ای برخوردار شوند',
  en: 'Before their booklets expire these households may request a means test, act on its results and so enjoy continued cover.',
  doubts: [
    'The result may arrive after expiry; read as: the old cover runs on until the result.',
    'The paid year may prove free; read as: nothing is refunded.',
    'The day of expiry may be too late; read as: a request on that day is in time.',
  ],
  inForce: sinceMehr,
  exceptionTo: [coverIsWaitedFor, coverFollowsThePayment],
  facts: ['lateEntrant', 'route', 'meansTestRequestedOn', 'expiresOn'],
  when: (household) => askedInTime(household),
  then: { waitingDays: waits.never, coverFrom: begins.withoutGap },
});

export const lateEntrantsWhoDidNotAsk = termsClause({
  cite: 'M-37',
  fa: 'در صورت عدم عرضه تقاضا تداوم پوشش بیمه ای با پرداخت ۱۰۰ درصد حق بیمه امكانپذیر خواهد بود',
  en: 'If no request is made, continued cover will be possible by paying 100 per cent of the premium.',
  doubts: [
    'The term is not stated; read as: 12 months.',
    'A waiting period is not mentioned; read as: none within one month of expiry, ten days after it.',
  ],
  inForce: sinceMehr,
  exceptionTo: [subsidyOnlyByTheTest],
  facts: ['lateEntrant', 'route', 'meansTestRequestedOn', 'expiresOn'],
  figures: ['payablePercentWhole'],
  when: (household) => household.lateEntrant && !askedInTime(household),
  then: { payablePercent: pays.whole },
});

export const threeGroupsHaveThreeMonths = regimeClause({
  cite: 'M-48',
  fa: 'گروه های ذیل تا سه ماه از زمان انقضاء بیمه پایه مهلت دارند درخواست ارزیابی وسع نموده و از پوشش بیمه ای برپایه نتایج آن برخوردار شوند',
  en: 'The following groups have up to three months from the expiry of base insurance to request a means test and be covered on its results.',
  doubts: [
    'The first day is not stated; read as: counted from the last covered day, and an earlier request counts, too.',
    'Paying without a test is not mentioned; read as: allowed, at 100 per cent.',
  ],
  inForce: sinceMehr,
  exceptionTo: [termsOfTheWindow],
  facts: ['requestedOn', 'lostCoverEndedOn'],
  figures: ['registrationWindowMonths', 'lostCoverWindowMonths'],
  when: (household, on) => lostCoverIsRecent(household, on) && !windowIsOpen(household, on),
  then: { regime: 'lostCoverWindow' },
});

const emergencies = {
  cite: 'M-42',
  fa: 'در موارد اورژانس با رعایت شرایط خانوار با پرداخت حق بیمه یكساله یا شش ماهه، نسبت به برقراری پوشش بیمه ای و صدور دفترچه مطابق ضوابط صندوق های بیمه ای',
  en: "In emergencies, observing the household conditions and on payment of one year's or six months' premium, cover and booklet follow the insurance funds' rules.",
  doubts: [
    'Who certifies the emergency is not stated; read as: the treating centre.',
    'The note stands under the late rule; read as: it also spares a household in the window the wait for its means test.',
  ],
  inForce: sinceMehr,
} as const;

export const emergencyHouseholds = regimeClause({
  ...emergencies,
  exceptionTo: [termsOfTheWindow, threeGroupsHaveThreeMonths, lateApplicants],
  facts: ['emergency', 'route', 'group', 'requestedOn', 'lostCoverEndedOn'],
  figures: ['registrationWindowMonths', 'lostCoverWindowMonths'],
  when: (household, on) => household.emergency && (!cameInTime(household, on) || wouldWaitForTheTest(household)),
  then: { regime: 'emergency' },
});

export const newbornHouseholds = regimeClause({
  cite: 'M-38',
  fa: 'در مورد متولدین جدیدی كه بلافاصله بعد از تولد، در مراكز درمانی بستری شده و سرپرست فاقد پوشش بیمه ای باشد',
  en: 'The case is a child admitted to a treatment centre immediately after birth whose head of household has no cover.',
  doubts: [
    '"Immediately" has no measure; read as: in hospital continuously from birth.',
    'The note stands under the late rule; read as: it also spares a household in the window the wait for its means test.',
  ],
  inForce: sinceMehr,
  exceptionTo: [emergencyHouseholds],
  facts: ['newborn', 'route', 'group', 'requestedOn', 'lostCoverEndedOn'],
  figures: ['registrationWindowMonths', 'lostCoverWindowMonths'],
  when: (household, on) => household.newborn && (!cameInTime(household, on) || wouldWaitForTheTest(household)),
  then: { regime: 'newborn' },
});

export const newbornTerm = termsClause({
  cite: 'M-39',
  fa: 'با پرداخت حق بیمه یكساله یا شش ماهه نسبت به صدور دفترچه با اعتبار یك ساله یا شش ماهه حسب مورد، برای تمام اعضای خانوار',
  en: "On payment of one year's or six months' premium, a booklet valid for one year or six months accordingly is issued for all household members.",
  doubts: ['Who chooses the term is not stated; read as: the head, and one month asked for becomes six.'],
  inForce: sinceMehr,
  exceptionTo: [subsidyOnlyByTheTest, aYearOfCover],
  facts: ['regime', 'termMonths'],
  figures: ['payablePercentWhole', 'shortTermMonths'],
  when: ({ regime }) => regime === 'newborn',
  then: { payablePercent: pays.whole, termMonths: lasts.halfAYearAtLeast },
});

export const emergencyTerm = termsClause({
  ...emergencies,
  exceptionTo: [subsidyOnlyByTheTest, aYearOfCover],
  facts: ['regime', 'termMonths'],
  figures: ['payablePercentWhole', 'shortTermMonths'],
  when: ({ regime }) => regime === 'emergency',
  then: { payablePercent: pays.whole, termMonths: lasts.halfAYearAtLeast },
});

export const theNewbornsFamilyWaits = termsClause({
  cite: 'M-41',
  fa: 'اعمال دوره انتظار ۱۰ روزه برای سایر اعضای خانوار',
  en: 'The ten-day waiting period is applied to the other household members.',
  doubts: ['The mother is not excepted; read as: she waits, unless she is an emergency patient.'],
  inForce: sinceMehr,
  exceptionTo: [coverIsWaitedFor],
  facts: ['regime'],
  figures: ['waitingDays'],
  when: ({ regime }) => regime === 'newborn',
  then: { waitingDays: waits.tenDays },
});

export const theEmergencyPatientsFamilyWaits = termsClause({
  cite: 'M-44',
  fa: 'برای سایر اعضای خانوار با اعمال دوره انتظار ۱۰ روزه اقدام گردد',
  en: 'For the other household members it is done with the ten-day waiting period applied.',
  inForce: sinceMehr,
  exceptionTo: [coverIsWaitedFor],
  facts: ['regime'],
  figures: ['waitingDays'],
  when: ({ regime }) => regime === 'emergency',
  then: { waitingDays: waits.tenDays },
});

export const emergencyPatientsDoNotWait = urgentMemberClause({
  cite: 'M-43',
  fa: 'برای بیمار اورژانس بدون دوره انتظار',
  en: 'For the emergency patient there is no waiting period.',
  doubts: ['A household may have several emergency patients; read as: none of them waits.'],
  inForce: sinceMehr,
  exceptionTo: [urgentMembersWaitLikeTheOthers],
  facts: ['emergency'],
  when: ({ emergency }) => emergency,
  then: { waitsWithTheOthers: false },
});

export const newbornsDoNotWait = urgentMemberClause({
  cite: 'M-40',
  fa: 'برقراری پوشش بیمه ای، بدون دوره انتظار ۱۰ روزه برای نوزاد',
  en: 'Cover is established without the ten-day waiting period for the newborn.',
  doubts: ['Cover may reach back to the birth; read as: it begins on the day of payment.'],
  inForce: sinceMehr,
  exceptionTo: [emergencyPatientsDoNotWait],
  facts: ['newborn'],
  when: ({ newborn }) => newborn,
  then: { waitsWithTheOthers: false },
});

export const clauseM45 = keptBy({
  cite: 'M-45',
  fa: 'در موارد غیر اورژانسی، بیمار ملزم به پرداخت كامل هزینه های خدمات تشخیصی، درمانی مطابق تعرفه مصوب خواهد بود',
  en: 'In non-emergency cases the patient must pay the full costs of diagnostic and treatment services at the approved tariff.',
  doubts: ['Cover may begin within the episode; read as: the patient pays in full only until the waiting period ends.'],
  by: 'server/enrolment',
  how: "Until the waiting period ends, a non-emergency patient's days are answered with NOT_COVERED_PAY_TARIFF.",
});

export const clauseM46 = keptBy({
  cite: 'M-46',
  fa: 'در صورت برقراری پوشش بیمه ای در حین بستری، هزینه های درمان از زمان شروع اعتبار دفترچه، در تعهد سازمان خواهد بود',
  en: "If cover is established during a hospital stay, treatment costs are the organisation's commitment from the start of the booklet's validity.",
  doubts: [
    'Validity may start before the waiting period ends; read as: costs are borne from the end of the wait.',
    'Day or hour is not stated; read as: by day.',
  ],
  by: 'server/enrolment',
  how: "A stay is split by day, and the organisation's days are those from entitlement to the end of cover.",
});

export const clauseM47 = saidBy({
  cite: 'M-47',
  fa: 'از زمان شروع اعتبار دفترچه',
  en: "The commitment runs from the start of the booklet's validity.",
  doubts: [
    'That earlier costs are excluded is only implied; read as: no cover is retroactive, and a single bill for a stay is split by days.',
  ],
  by: ['M-30'],
  how: "No cover begins before verified payment, so earlier costs stay the patient's.",
});

export const clauseM49 = saidBy({
  cite: 'M-49',
  fa: 'ضوابط ناظر بر انقضای مهلت شش ماهه در مورد انقضای مهلت سه ماهه هم لازم الاجرا خواهد بود',
  en: 'The rules governing the expiry of the six-month deadline also apply to the expiry of the three-month deadline.',
  by: ['M-33', 'M-35', 'M-36', 'M-37'],
  how: 'A request after the three months falls under the late rule and its renewals.',
});

export const lostByTheEndOfServiceOrWork = termsClause({
  cite: 'M-50',
  fa: 'افرادی كه در مهلت شش ماه اولیه (موضوع بند الف این ماده) دارای هر نوع پوشش بیمه پایه بوده و بعد از آن به دلیلی قانون فاقد پوشش بیمه ای شوند (پایان دوره خدمت سربازی، بیكار شدن و...)',
  en: 'Persons who had any base cover in the initial six months and afterwards lawfully become uninsured (end of military service, unemployment and so on).',
  doubts: [
    'Cover may be lost within the six months; read as: three months from any loss on or after 1398/08/01, beside the window.',
    'The list of causes is open; read as: any lawful end of cover.',
  ],
  inForce: sinceMehr,
  exceptionTo: [coverFollowsThePayment],
  facts: ['regime', 'lostCoverCause', 'lostCoverEndedOn'],
  when: ({ regime, lostCoverCause }) =>
    regime === 'lostCoverWindow' &&
    (lostCoverCause === 'militaryServiceEnded' || lostCoverCause === 'unemployed' || lostCoverCause === 'other'),
  then: { coverFrom: begins.onceSettledAfterLostCover },
});

export const lostByMarriageOrSeparation = termsClause({
  cite: 'M-51',
  fa: 'افرادی كه به علت ازدواج یا متاركه از پوشش بیمه ای سرپرست خارج شوند',
  en: "Persons who leave the head of household's cover because of marriage or separation.",
  doubts: [
    'Separation may be informal; read as: a registered divorce.',
    'Event and loss of cover may differ in date; read as: the last covered day counts.',
  ],
  inForce: sinceMehr,
  exceptionTo: [coverFollowsThePayment],
  facts: ['regime', 'lostCoverCause', 'lostCoverEndedOn'],
  when: ({ regime, lostCoverCause }) =>
    regime === 'lostCoverWindow' && (lostCoverCause === 'marriage' || lostCoverCause === 'separation'),
  then: { coverFrom: begins.onceSettledAfterLostCover },
});

export const lostByAge = termsClause({
  cite: 'M-52',
  fa: 'خروج از سن قانونی پوشش بیمه سرپرست',
  en: "Leaving the legal age of the head of household's cover.",
  doubts: [
    'The age differs by insurer; read as: the limit of the insurer whose cover ended.',
    'Cover may end with studies past the age; read as: the same cause.',
  ],
  inForce: sinceMehr,
  exceptionTo: [coverFollowsThePayment],
  facts: ['regime', 'lostCoverCause', 'lostCoverEndedOn'],
  when: ({ regime, lostCoverCause }) => regime === 'lostCoverWindow' && lostCoverCause === 'ageLimit',
  then: { coverFrom: begins.onceSettledAfterLostCover },
});
