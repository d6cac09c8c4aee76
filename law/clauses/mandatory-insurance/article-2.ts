import { always, clausesOver, keptBy, noRule, saidBy } from '../../words/clause.ts';
import { everyDay } from '../../words/clause-id.ts';
import {
  sinceMehr,
  type CourseAnswer,
  type CoverAnswer,
  type CoverFacts,
  type HouseholdFacts,
  type OpeningAnswer,
  type SubjectAnswer,
} from './asked.ts';

const openingClause = clausesOver<HouseholdFacts, OpeningAnswer>();
const coverClause = clausesOver<CoverFacts, CoverAnswer>();
const subjectClause = clausesOver<HouseholdFacts, SubjectAnswer>();
const courseClause = clausesOver<HouseholdFacts, CourseAnswer>();

export const clauseM04 = noRule({
  cite: 'M-04',
  fa: '۸ تا ۱۰ میلیون نفر از جمعیت ایران هم اكنون از هیچ نوع بیمه ای برخوردار نیستند',
  en: "Eight to ten million people of Iran's population now enjoy no insurance of any kind.",
  doubts: ['Another source estimates 6.5 to 7 million; read as: the larger figure sets the design size.'],
  because: 'It is a figure given as context, used only to size the load tests.',
});

export const clauseM05 = keptBy({
  cite: 'M-05',
  fa: 'همزمان از جانب وزارت تعاون كار و رفاه اجتماعی هم آزمون وسع برای آنها انجام می شود',
  en: 'At the same time the Ministry of Cooperatives, Labour and Social Welfare carries out the means test for them.',
  doubts: ['The news text speaks of all registrants; read as: only those who ask for the subsidy are tested.'],
  by: 'server/enrolment',
  how: 'Submitting an application by the means-test route creates the inquiry to the ministry without another step by the applicant.',
});

export const clauseM06 = keptBy({
  cite: 'M-06',
  fa: 'یك ماه برای اعلام نتایج آزمون و اینكه ثبت نام كنندگان در چه دهكی قرار گرفته اند زمان در نظر گرفته شده است',
  en: 'One month is set for announcing the test results and the decile in which registrants have been placed.',
  doubts: [
    'The month may run from registration; read as: from the sending of the inquiry.',
    'The consequence of delay is not stated; read as: the case stays pending, and the household may pay 100 per cent meanwhile and be re-rated.',
  ],
  by: 'server/enrolment',
  how: 'Each means-test inquiry has a due date one month after sending, and overdue ones are listed and escalated.',
});

export const clauseM07 = saidBy({
  cite: 'M-07',
  fa: 'بعد از اعلام دهكهای ثبت نام كنندگان بیمه الزامی میزان حق بیمه پرداختی آنها هم مشخص می شود',
  en: "After the registrants' deciles are announced, the amount of premium that they pay is also determined.",
  by: ['M-23', 'M-24', 'M-27', 'M-28', 'M-55'],
  how: 'The decile gives the group, and the group gives the payable per cent and the amount.',
});

export const uninsuredHouseholdsMayRegister = openingClause({
  cite: 'M-09',
  fa: 'كلیه خانوارهای فاقد پوشش بیمه ای مكلفند برای برخورداری از مزایای پوشش بیمه ای و یارانه دولت بابت حق بیمه، ظرف شش ماه نسبت به ثبت نام و تقاضا برابر این شیوه نامه اقدام نمایند',
  en: "All uninsured households are obliged, within six months, to register and apply under this procedure for cover and the state's premium subsidy.",
  doubts: [
    'The start of the six months is not stated; read as: the opening day, 1398/08/01, so that the window ends on 1399/01/31.',
    'Payment or test may follow the window; read as: the day of the request decides.',
  ],
  inForce: sinceMehr,
  when: always,
  then: { opening: 'open' },
});

export const notBeforeTheOpening = openingClause({
  cite: 'M-02',
  fa: 'ثبت نام بیمه الزامی افراد فاقد بیمه همزمان با هفته بیمه سلامت در هفته اول آبان ماه از جانب این سازمان شروع می شود',
  en: 'Registration for mandatory insurance of the uninsured begins together with Health Insurance Week, in the first week of Aban, by this organisation.',
  doubts: ['The day within the week is not named; read as: 1398/08/01.'],
  inForce: everyDay,
  exceptionTo: [uninsuredHouseholdsMayRegister],
  facts: ['renewing'],
  when: ({ renewing }, on) => !renewing && !on.hasFigure('registrationWindowMonths'),
  then: { opening: 'NOT_OPEN_YET' },
});

export const notBeforeTheProcedure = openingClause({
  cite: 'M-01',
  fa: 'به منظور تعیین جزئیات اجرایی بند الف ماده ۷۰ قانون برنامه ششم توسعه و آیین نامه اجرایی آن و ضابطه مند كردن فرایند ارزیابی وسع و برقراری پوشش بیمه ای آحاد جامعه',
  en: 'The purpose is to settle the details of clause A of article 70 and its bylaw, regulate the means test and cover the whole population.',
  inForce: everyDay,
  exceptionTo: [uninsuredHouseholdsMayRegister],
  facts: ['renewing'],
  figures: ['mandatoryInsuranceInForce'],
  when: ({ renewing }, { figures }) => renewing && !figures.mandatoryInsuranceInForce,
  then: { opening: 'NOT_IN_FORCE' },
});

const noInsuranceOfAnyKind = {
  cite: 'M-03',
  fa: 'افرادی كه از هیچ نوع بیمه ای برخوردار نیستند می توانند به صورت اینترنتی اقدام نمایند',
  en: 'Persons who enjoy no insurance of any kind may apply over the internet.',
  doubts: [
    '"Any kind" may include complementary insurance; read as: base cover only.',
    'A household may be partly covered; read as: members covered elsewhere are left out, and their income still counts.',
  ],
  inForce: sinceMehr,
} as const;

const exemptFunds = {
  cite: 'M-11',
  fa: 'بیمه شدگان فعلی صندوق كاركنان دولت و صندوق سایر اقشار',
  en: "Those concerned are the present insured persons of the government employees' fund and the other-strata fund.",
  doubts: ['"Present" has no date; read as: on the day of the request.'],
  inForce: sinceMehr,
} as const;

export const baseCoverCounts = coverClause({
  ...noInsuranceOfAnyKind,
  when: always,
  then: { keepsOut: { counts: true, exempts: false } },
});

export const exemptFundsCount = coverClause({
  ...exemptFunds,
  exceptionTo: [baseCoverCounts],
  facts: ['insurer', 'fund'],
  when: ({ insurer, fund }) => insurer === 'ihio' && (fund === 'employees' || fund === 'otherStrata'),
  then: { keepsOut: { counts: true, exempts: true } },
});

export const supportiveBodiesDoNotCount = coverClause({
  cite: 'M-12',
  fa: '(به استثنای افراد تحت پوشش نهادهای حمایتی) از این قاعده مستثنی خواهند بود',
  en: 'They (with the exception of persons covered by supportive bodies) are exempt from this rule.',
  doubts: ['The bracket may apply to both funds; read as: only to the other-strata fund.'],
  inForce: sinceMehr,
  exceptionTo: [exemptFundsCount],
  facts: ['insurer', 'fund', 'supportiveBody'],
  when: ({ insurer, fund, supportiveBody }) => insurer === 'ihio' && fund === 'otherStrata' && supportiveBody,
  then: { keepsOut: { counts: false, exempts: false } },
});

export const theUninsuredAreSubject = subjectClause({
  ...noInsuranceOfAnyKind,
  facts: ['membersToCover'],
  when: ({ membersToCover }) => membersToCover > 0,
  then: { subject: 'subject' },
});

export const theInsuredAreNot = subjectClause({
  ...noInsuranceOfAnyKind,
  exceptionTo: [theUninsuredAreSubject],
  facts: ['membersToCover', 'membersElsewhere'],
  when: ({ membersToCover, membersElsewhere }) => membersToCover === 0 && membersElsewhere > 0,
  then: { subject: 'ALREADY_COVERED' },
});

export const theExemptAreNot = subjectClause({
  ...exemptFunds,
  exceptionTo: [theInsuredAreNot],
  facts: ['membersToCover', 'membersExempt'],
  when: ({ membersToCover, membersExempt }) => membersToCover === 0 && membersExempt > 0,
  then: { subject: 'ALREADY_COVERED_EXEMPT' },
});

export const oneBillForTheHousehold = courseClause({
  cite: 'M-08',
  fa: 'افراد می توانند حق بیمه خود و افراد تحت تكفل را پرداخت كنند',
  en: 'Persons may pay the premium for themselves and their dependants.',
  doubts: [
    'Dependants beyond the nuclear family, such as parents, are not defined; read as: they form households of their own.',
  ],
  inForce: sinceMehr,
  when: always,
  then: { course: 'TERMS' },
});
