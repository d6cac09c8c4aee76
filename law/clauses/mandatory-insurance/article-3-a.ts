import { anyKnown, Unknown, type Answer } from '../../words/answer.ts';
import { always, clausesOver, keptBy, saidBy } from '../../words/clause.ts';
import { isUnderPercent } from '../../words/rial.ts';
import { birthday, hijriYear } from '../../words/solar-hijri.ts';
import { oneBillForTheHousehold } from './article-2.ts';
import { groupThree } from './article-4-group-three.ts';
import {
  begins,
  lasts,
  pays,
  sinceMehr,
  waits,
  type CourseAnswer,
  type GroupAnswer,
  type HouseholdFacts,
  type MemberAnswer,
  type MemberFacts,
  type PricingFacts,
  type RateAnswer,
  type RegimeAnswer,
  type Terms,
  type UrgentMemberAnswer,
  type UrgentMemberFacts,
} from './asked.ts';
import { dependsOnTheTest } from './timeliness.ts';

const groupClause = clausesOver<HouseholdFacts, GroupAnswer>();
const regimeClause = clausesOver<HouseholdFacts, RegimeAnswer>();
const courseClause = clausesOver<HouseholdFacts, CourseAnswer>();
const memberClause = clausesOver<MemberFacts, MemberAnswer>();
const urgentMemberClause = clausesOver<UrgentMemberFacts, UrgentMemberAnswer>();
const rateClause = clausesOver<PricingFacts, RateAnswer>();
const termsClause = clausesOver<HouseholdFacts, Terms>();

export const subsidyOnlyByTheTest = termsClause({
  cite: 'M-10',
  fa: 'حق برخورداری از یاراه و میزان آن (۵۰ درصد حق بیه یا صد درصد آن) مشخص می شود',
  en: 'The right to the subsidy and its amount (50 per cent of the premium or one hundred per cent of it) are determined.',
  doubts: ["A member may be covered elsewhere; read as: the test still takes the whole household's income."],
  inForce: sinceMehr,
  figures: ['payablePercentWhole'],
  when: always,
  then: { payablePercent: pays.whole },
});

export const aYearOfCover = termsClause({
  cite: 'M-64',
  fa: 'صدور دفترچه',
  en: 'A booklet is issued.',
  doubts: [
    'The start of its validity is not stated; read as: the first day of cover, not the end of the waiting period.',
  ],
  inForce: sinceMehr,
  figures: ['coverTermMonths'],
  when: always,
  then: { termMonths: lasts.aYear },
});

/** The terms of the window are the general rule: whoever comes outside of it is the exception (M-33, M-48). */
export const termsOfTheWindow = regimeClause({
  cite: 'M-13',
  fa: 'باید ظرف ۶ ماه در قالب این شیوه نامه به درگاه الكترونیك سازمان، به نشانی http: //eservices.ihio.gov.ir/isc/',
  en: "They must apply within six months, under this procedure, to the organisation's electronic portal at eservices.ihio.gov.ir/isc/.",
  doubts: [
    'The last day may be a holiday; read as: the window is not extended, neither at the portal nor at a counter office.',
  ],
  inForce: sinceMehr,
  when: always,
  then: { regime: 'window' },
});

export const clauseM14 = keptBy({
  cite: 'M-14',
  fa: 'یا دفاتر پیشخوان رجوع كنند تا به ترتیب زیر در مورد آنها اقدام و اتخاذ تصمیم شود',
  en: 'Or they go to counter offices, so that action is taken and a decision made about them as follows.',
  by: 'server/enrolment',
  how: "A counter office applies on a household's behalf after sighting identity, under the same rules, with office and operator recorded.",
});

export const clauseM15 = keptBy({
  cite: 'M-15',
  fa: 'در سامانه مذكور امكان پرداخت حق بیمه فراهم شده است',
  en: 'The system mentioned makes it possible to pay the premium.',
  by: 'server/contributions',
  how: 'A bill is paid through the gateway or at a counter, verified exactly once, and unverified money gives no cover and goes back.',
});

export const declaredAbility = termsClause({
  cite: 'M-16',
  fa: 'متقاضی در صورت خوداظهاری در خصوص داشتن توانایی مالی، نسبت به پرداخت حق بیمه ماهانه هر نفر',
  en: 'An applicant who declares himself or herself financially able pays the monthly premium of each person.',
  doubts: [
    'The term is not stated; read as: 1, 6 or 12 months as asked, by default 12.',
    'No waiting period is stated; read as: ten days, as for group two.',
  ],
  inForce: sinceMehr,
  exceptionTo: [subsidyOnlyByTheTest, aYearOfCover],
  facts: ['route', 'regime', 'termMonths'],
  figures: ['payablePercentWhole'],
  when: ({ route, regime }) => route === 'selfDeclared' && (regime === 'window' || regime === 'lostCoverWindow'),
  then: { payablePercent: pays.whole, termMonths: lasts.asAsked },
});

export const rateOfTheYear = rateClause({
  cite: 'M-17',
  fa: 'به میزان ۴۸۴۰۰۰ ریال برای سال ۱۳۹۸',
  en: 'The amount is 484,000 rials for the year 1398.',
  doubts: ["The decree's number is garbled in the copy; read as: only the amount and the year are relied on."],
  inForce: sinceMehr,
  figures: ['perCapitaMonthly'],
  when: always,
  then: { rate: 'ofTheYear' },
});

export const rateCarriedForward = rateClause({
  cite: 'M-18',
  fa: 'تغییرات بعدی آن سالانه به تصویب هیات دولت می رسد',
  en: 'Later changes of the amount are approved yearly by the Council of Ministers.',
  doubts: [
    'A term may cross the new year; read as: the rate on the day of payment holds for the whole term.',
    "A year's rate may be missing; read as: the last rate is carried forward with a notice, and no bill goes out until it is confirmed.",
  ],
  inForce: sinceMehr,
  exceptionTo: [rateOfTheYear],
  restsOn: rateOfTheYear,
  facts: ['pricedOn'],
  figures: ['perCapitaMonthly'],
  when: ({ pricedOn }, on) => hijriYear(on.figureFrom('perCapitaMonthly')) < hijriYear(pricedOn),
  then: { rate: 'carriedForward' },
});

const householdCondition = {
  cite: 'M-19',
  fa: 'با رعایت شرط خانوار اقدام می نماید',
  en: 'He or she does so observing the household condition.',
  doubts: [
    'The household is not defined; read as: head, spouses and children.',
    'The age of children is not stated; read as: those under 18 must come along, older ones may.',
    "Members may hold other base cover; read as: they need not come along, nor need the holder of a supportive body's cover.",
  ],
  inForce: sinceMehr,
} as const;

export const grownChildrenMayStayOut = memberClause({
  ...householdCondition,
  when: always,
  then: { mustComeAlong: false },
});

export const theFamilyComesAlong = memberClause({
  ...householdCondition,
  exceptionTo: [grownChildrenMayStayOut],
  facts: ['relation', 'birthDate'],
  figures: ['compulsoryChildAgeYears'],
  when: ({ relation, birthDate }, on) =>
    relation !== 'child' || !on.isNotBefore(birthday(birthDate, on.figures.compulsoryChildAgeYears)),
  then: { mustComeAlong: true },
});

export const nobodyIsLeftOut = courseClause({
  ...householdCondition,
  exceptionTo: [oneBillForTheHousehold],
  facts: ['membersMissing'],
  when: ({ membersMissing }) => membersMissing > 0,
  then: { course: 'HOUSEHOLD_INCOMPLETE' },
});

const theMinistryAssesses = {
  cite: 'M-20',
  fa: 'در صورت درخواست متقاضی به منظور برخورداری از یارانه حق بیمه، وزارت بر مبنای استعلام سازمان بیمه سلامت، نسبت به ارزیابی وسع اقدام',
  en: "If the applicant requests the premium subsidy, the ministry assesses means on the basis of the Health Insurance Organization's inquiry.",
  doubts: [
    'The form of the answer is not stated; read as: decile, income or both.',
    'No appeal is provided; read as: an objection is recorded and forwarded, and a corrected result is a new one.',
  ],
  inForce: sinceMehr,
  suspendable: true,
} as const;

export const clauseM21 = keptBy({
  cite: 'M-21',
  fa: 'نتیجه را در بازه زمانی یك ماهه به سازمان بیمه سلامت اعلام می كند',
  en: 'The ministry announces the result to the Health Insurance Organization within a period of one month.',
  doubts: ["The month may be 30 days; read as: one Solar Hijri month, clamped to the month's length."],
  by: 'server/enrolment',
  how: 'Each batch of means-test inquiries has a due date one month after sending, and its overdue rows are listed.',
});

export const groupThreePaysAll = termsClause({
  cite: 'M-22',
  fa: 'بر مبنای نتایج ارزیابی وسع، اقدامات بعدی به ترتیب زیر انجام خواهد شد',
  en: 'On the basis of the results of the means test, the next steps will be taken as follows.',
  doubts: ['New applicants in group three are not mentioned; read as: they pay 100 per cent and wait ten days.'],
  inForce: sinceMehr,
  exceptionTo: [subsidyOnlyByTheTest],
  facts: ['group', 'renewing'],
  figures: ['payablePercentWhole'],
  when: ({ group, renewing }) => group === 3 && !renewing,
  then: { payablePercent: pays.whole },
});

export const withoutAResultNobodyIsCharged = courseClause({
  ...theMinistryAssesses,
  exceptionTo: [nobodyIsLeftOut],
  facts: ['route', 'regime', 'group', 'lateEntrant', 'meansTestRequestedOn', 'expiresOn'],
  when: (household) => dependsOnTheTest(household) && household.group === null,
  then: { course: 'AWAITING_MEANS_TEST' },
});

function known(fact: number | null, name: string, holds: (known: number) => boolean): Answer {
  return fact === null ? new Unknown([name]) : holds(fact);
}

export const groupTwo = groupClause({
  cite: 'M-27',
  fa: 'گروه دوم ( خانوارهای دارای درآمد بین چهل درصد حداقل حقوق و دستمزد مشمولان قانون كار تا صد درصد آن یا خانوارهایی كه در دهك درآمدی چهار شناسایی می شوند)',
  en: 'Group two is households with income between forty and one hundred per cent of the Labour Law minimum wage, or identified in income decile four.',
  doubts: [
    'Income of exactly the minimum wage fits groups two and three; read as: group three.',
    'Another source joins income and decile with "and"; read as: either suffices.',
  ],
  inForce: sinceMehr,
  exceptionTo: [groupThree],
  facts: ['incomeMonthly', 'decile'],
  figures: ['minimumWageMonthly', 'halfIncomeCap', 'lastHalfDecile'],
  when: ({ incomeMonthly, decile }, { figures }) =>
    anyKnown(
      known(incomeMonthly, 'incomeMonthly', (income) =>
        isUnderPercent(income, figures.halfIncomeCap, figures.minimumWageMonthly),
      ),
      known(decile, 'decile', (found) => found <= figures.lastHalfDecile),
    ),
  then: { group: 2 },
});

export const groupOne = groupClause({
  cite: 'M-23',
  fa: 'گروه اول( خانوارهای دارای درآمد كمتر از چهل درصد حداقل حقوق و دستمزد مشمولان قانون كار یا خانوارهایی كه در یكی از دهك های درآمدی یك، دو یا سه شناسایی می شوند)',
  en: 'Group one is households with income under forty per cent of the Labour Law minimum wage, or identified in income decile one, two or three.',
  doubts: [
    'Income and decile may disagree; read as: either suffices, the more favourable wins.',
    "The wage's date is not stated; read as: the minimum wage in force on the day of determination.",
    "Income is not said to be per head; read as: the whole household's monthly income.",
  ],
  inForce: sinceMehr,
  exceptionTo: [groupTwo],
  facts: ['incomeMonthly', 'decile'],
  figures: ['minimumWageMonthly', 'freeIncomeCap', 'lastFreeDecile'],
  when: ({ incomeMonthly, decile }, { figures }) =>
    anyKnown(
      known(incomeMonthly, 'incomeMonthly', (income) =>
        isUnderPercent(income, figures.freeIncomeCap, figures.minimumWageMonthly),
      ),
      known(decile, 'decile', (found) => found <= figures.lastFreeDecile),
    ),
  then: { group: 1 },
});

export const whileTheTestIsSuspended = groupClause({
  ...theMinistryAssesses,
  rule: {
    fa: 'در دوره تعلیق آزمون وسع، پوشش بدون آزمون و مجانی برقرار می‌شود',
    en: 'while the means test is suspended, cover is free without a test',
    reference: { fa: 'اطلاعیه وزارت، ۱۳۹۹/۰۸/۱۸', en: 'notice of the ministry, 1399/08/18' },
  },
  speaksWhenSuspended: true,
  exceptionTo: [groupOne],
  facts: ['incomeMonthly', 'decile'],
  when: ({ incomeMonthly, decile }) => incomeMonthly === null && decile === null,
  then: { group: 1 },
});

export const theStatePaysForGroupOne = termsClause({
  cite: 'M-24',
  fa: 'صددرصد حق بیمه خانوار از جانب دولت پرداخت',
  en: "One hundred per cent of the household's premium is paid by the state.",
  doubts: ['A fee for the booklet is not mentioned; read as: none is charged.'],
  inForce: sinceMehr,
  exceptionTo: [subsidyOnlyByTheTest],
  facts: ['group'],
  figures: ['payablePercentGroupOne'],
  when: ({ group }) => group === 1,
  then: { payablePercent: pays.nothing },
});

export const groupTwoPaysHalf = termsClause({
  cite: 'M-28',
  fa: 'با دریافت پنجاه درصد (۱۰۰ درصد) سرانه حق بیمه معادل ۴۸۴۰۰۰ ریال امسال از متقاضی',
  en: 'The applicant is charged fifty per cent (100 per cent) of the per-capita premium, equal to 484,000 rials this year.',
  doubts: [
    'The bracket contradicts the fifty per cent; read as: half of 484,000, that is 242,000 rials a month per person.',
  ],
  inForce: sinceMehr,
  exceptionTo: [subsidyOnlyByTheTest],
  facts: ['group'],
  figures: ['payablePercentGroupTwo'],
  when: ({ group }) => group === 2,
  then: { payablePercent: pays.half },
});

const tenDays = {
  cite: 'M-29',
  fa: 'برقراری پوشش بیمه ای و صدور دفترچه با دوره انتظار ده روزه',
  en: 'Cover is established and the booklet issued with a waiting period of ten days.',
  doubts: [
    'The counting is not stated; read as: entitled from the day of payment plus ten days.',
    'The term may begin after the wait; read as: it begins on payment, so that all members share one last day.',
  ],
  inForce: sinceMehr,
  when: always,
} as const;

export const coverIsWaitedFor = termsClause({
  ...tenDays,
  figures: ['waitingDays'],
  then: { waitingDays: waits.tenDays },
});

export const urgentMembersWaitLikeTheOthers = urgentMemberClause({ ...tenDays, then: { waitsWithTheOthers: true } });

export const groupOneDoesNotWait = termsClause({
  cite: 'M-25',
  fa: 'پوشش بیمه ای و صدور دفترچه بدون دوره انتظار',
  en: 'Cover and the issue of the booklet come without a waiting period.',
  doubts: [
    'The first day is not stated; read as: the later of the request and the determination.',
    'The term of free cover is not stated; read as: 12 months.',
  ],
  inForce: sinceMehr,
  exceptionTo: [coverIsWaitedFor],
  facts: ['group', 'renewing'],
  when: ({ group, renewing }) => group === 1 && !renewing,
  then: { waitingDays: waits.never },
});

export const groupOneIsCompletedForIt = courseClause({
  cite: 'M-26',
  fa: 'با رعایت شرط خانوار، برقرار گردد',
  en: 'It is established observing the household condition.',
  doubts: ['The applicant may leave members out; read as: they are added at no cost, with a notice.'],
  inForce: sinceMehr,
  exceptionTo: [nobodyIsLeftOut],
  restsOn: nobodyIsLeftOut,
  facts: ['group', 'regime'],
  when: ({ group, regime }) => group === 1 && (regime === 'window' || regime === 'lostCoverWindow'),
  then: { course: 'TERMS_WITH_ADDED_MEMBERS' },
});

export const coverFollowsThePayment = termsClause({
  cite: 'M-30',
  fa: 'بعد از واریز حق بیمه اقدام گردد',
  en: 'It is done after the premium has been deposited.',
  doubts: [
    'Part payment is not mentioned; read as: nothing is established before the whole bill is verified as paid.',
    'No time for payment is stated; read as: a bill is valid for 30 days, then priced anew.',
  ],
  inForce: sinceMehr,
  when: always,
  then: { coverFrom: begins.onceSettled },
});

export const clauseM31 = saidBy({
  cite: 'M-31',
  fa: 'با دوره انتظار ده روزه با رعایت شرط خانوار',
  en: 'It has a waiting period of ten days and observes the household condition.',
  doubts: [
    'Members who join later are not mentioned; read as: added until the household’s cover ends, with its premium in proportion to the days that are left; a child born since then does not wait, others do.',
  ],
  by: ['M-19', 'M-29'],
  how: 'The same household condition and waiting period hold for group two as where they are first stated.',
});

export const clauseM32 = keptBy({
  cite: 'M-32',
  fa: 'متقاضی نتیجه ثبت نام و ارزیابی وسع را از راه رفتن به سایت بعد از بازه زمانی تعیین شده یا ارسال پیامك دریافت خواهد نمود',
  en: 'The applicant learns the result of registration and means test by visiting the site after the set period or by SMS.',
  doubts: [
    'The result may be known before the period ends; read as: it is shown as soon as known.',
    'Site "or" SMS may mean one of them; read as: both.',
  ],
  by: 'server/notices',
  how: "When the result is in, a notice goes out and the application's page shows outcome, group, amount and deadline.",
});
