import { clausesOver, keptBy } from '../../words/clause.ts';
import { plusMonths } from '../../words/solar-hijri.ts';
import type { Figures } from '../../parameters/index.ts';
import type { On } from '../../words/on.ts';
import { coverFollowsThePayment, coverIsWaitedFor, subsidyOnlyByTheTest } from './article-3-a.ts';
import { begins, pays, sinceMehr, waits, type HouseholdFacts, type Terms } from './asked.ts';
import { askedInTime } from './timeliness.ts';

const clause = clausesOver<HouseholdFacts, Terms>();

export const clauseM53 = keptBy({
  cite: 'M-53',
  fa: 'لیست كامل اطلاعات افراد مشمول آیین نامه، دارای سابقه در سامانه بیمه گری سازمان بیمه سلامت، برای ارزیابی وسع به وزارت اعلام می شود',
  en: "Full data on persons subject to the bylaw and recorded in the organisation's insurance system are sent to the ministry for the means test.",
  doubts: ['Exempt funds are not mentioned; read as: left out, while persons under supportive bodies are included.'],
  by: 'server/enrolment',
  how: 'A bulk list of all existing insured subject to the test is exported with control totals and can be sent again.',
});

export const clauseM54 = keptBy({
  cite: 'M-54',
  fa: 'تا وزارت تعاون، كار و رفاه اجتماعی نسبت به تعیین و اعلام نتایج ارزیابی وسع به سازمان اقدام نماید',
  en: 'So that the Ministry of Cooperatives, Labour and Social Welfare determines the means-test results and announces them to the organisation.',
  doubts: ['No deadline is stated here; read as: none, with a warning after one month.'],
  by: 'server/enrolment',
  how: 'Bulk results are imported once each, with unmatched, duplicate and late rows reported and the day of determination kept.',
});

type RenewalFacts = Pick<HouseholdFacts, 'expiresOn' | 'lateEntrant' | 'route' | 'meansTestRequestedOn'>;

/** A renewal for which M-36 says nothing. */
function renewsOrdinarily(household: RenewalFacts): boolean {
  return household.expiresOn !== null && !askedInTime(household);
}

function isWithinTheGrace(
  { requestedOn, expiresOn }: Pick<HouseholdFacts, 'requestedOn' | 'expiresOn'>,
  on: On<Pick<Figures, 'renewalGraceMonths'>>,
): boolean {
  return expiresOn !== null && requestedOn <= plusMonths(expiresOn, on.figures.renewalGraceMonths);
}

export const renewedWithinTheMonth = clause({
  cite: 'M-56',
  fa: 'چنانچه در بازه زمانی یك ماهه از تاریخ انقضاء اعتبار دفترچه بیمه برای تمدید پوشش بیمه ای رجوع كنند مشمول دوره انتظار ۱۰ روزه نبوده',
  en: "If they come to renew within one month of the booklet's expiry, they are not subject to the ten-day waiting period.",
  doubts: [
    'Coming may mean paying; read as: the day of the request decides.',
    'The days between expiry and payment are not mentioned; read as: not covered, cover starts on payment.',
  ],
  inForce: sinceMehr,
  exceptionTo: [coverIsWaitedFor, coverFollowsThePayment],
  facts: ['requestedOn', 'expiresOn', 'lateEntrant', 'route', 'meansTestRequestedOn'],
  figures: ['renewalGraceMonths'],
  when: (household, on) => renewsOrdinarily(household) && isWithinTheGrace(household, on),
  then: { waitingDays: waits.never, coverFrom: begins.onceSettledAfterExpiry },
});

export const renewedLater = clause({
  cite: 'M-57',
  fa: 'در صورت رجوع خارج از مهلت یاد شده، دفترچه بیمه با دوره انتظار ۱۰ روزه صادر خواهد گردید',
  en: 'If they come outside that deadline, the booklet will be issued with a ten-day waiting period.',
  doubts: ['Very late renewals are not mentioned; read as: the same rule, however late.'],
  inForce: sinceMehr,
  suspendable: true,
  exceptionTo: [coverIsWaitedFor, coverFollowsThePayment],
  facts: ['requestedOn', 'expiresOn', 'lateEntrant', 'route', 'meansTestRequestedOn'],
  figures: ['renewalGraceMonths', 'waitingDays'],
  when: (household, on) => renewsOrdinarily(household) && !isWithinTheGrace(household, on),
  then: { waitingDays: waits.tenDays, coverFrom: begins.onceSettledAfterExpiry },
});

export const renewedInFull = clause({
  cite: 'M-58',
  fa: 'برای تمدید پوشش بیمه ای رجوع كنند',
  en: 'They come to renew their cover.',
  doubts: [
    'The price is only implied; read as: 100 per cent of the per-capita premium.',
    'The term is not stated; read as: 12 months.',
  ],
  inForce: sinceMehr,
  exceptionTo: [subsidyOnlyByTheTest],
  facts: ['renewing', 'lateEntrant', 'group', 'route'],
  figures: ['payablePercentWhole'],
  when: ({ renewing, lateEntrant, group, route }) =>
    renewing && !lateEntrant && (group === 3 || route === 'selfDeclared'),
  then: { payablePercent: pays.whole },
});

export const clauseM59 = keptBy({
  cite: 'M-59',
  fa: 'استمرار پوشش بیمه ای و عرضه خدمت به خانوارهایی كه جز یكی از دهك های ۸، ۹ و یا ۱۰ باشند از زمان تعیین دهك به ترتیب زیر خواهد بود',
  en: 'Cover and service for households in decile 8, 9 or 10 will continue, from the time the decile is determined, as follows.',
  doubts: [
    "What follows non-payment is not stated; read as: cover runs to the booklet's expiry unless the insurer chooses otherwise at deployment.",
  ],
  by: 'server/enrolment',
  how: "The process for deciles 8 to 10 starts at determination, and no cover is shortened without a deployment's choice and a delivered notice.",
});

export const clauseM60 = keptBy({
  cite: 'M-60',
  fa: 'ارسال پیامك با محتوای زیر و تعیین مهلت به منظور رجوع و تعیین دهك و مشاركت در پرداخت حق بیمه مطابق این آئین نامه',
  en: 'An SMS with the following content is sent, setting a deadline for coming forward, determining the decile and sharing in the premium under this bylaw.',
  doubts: [
    "The deadline's start is not stated; read as: delivery, else sending, and no cover is shortened before delivery.",
    '"Determining the decile" comes after it was determined; read as: it may be contested within the month.',
  ],
  by: 'server/notices',
  how: 'Each head in deciles 8 to 10 gets one notice with a deadline, its delivery is tracked, and the unreachable are listed.',
});

export const clauseM61 = keptBy({
  cite: 'M-61',
  fa: 'بیمه شده عزیز با عنایت به اینكه برپایه ارزیابی وسع و اطلاعات مندرج درپایگاه رفاه ایرانی ها وزارت تعاون، كار و رفاه اجتماعی جنابعالی/سركار عالی در دهك درآمدی... قرار دارید، خواهشمند است ظرف مدت یك ماه ضمن رفتن به نزدیك ترین دفتر پیشخوان، نسبت به پرداخت سرانه كامل حق بیمه خود و استمرار پوشش بیمه ای اقدام فرمائید. بدیهی است درآمد حاصل از پرداخت حق بیمه توسط افرادی كه توان مالی مورد نظر را دارند علاوه بر ارتقاء كیفیت خدمات و دسترسی بیشتر به آن امكان استفاده گروه های كم درآمد را از خدمات بیمه سلامت برخودار خواهد نمود.',
  en: 'Dear insured person, being in the stated decile by the welfare database, please pay the full per-capita premium at a counter office within one month.',
  doubts: [
    "The copy's wording is corrupted; read as: the restored wording is sent, the verbatim one is kept.",
    "The addressee's sex may be unknown; read as: both salutations are printed.",
  ],
  by: 'server/notices',
  how: 'The statutory text renders in a restored and a verbatim variant with decile and salutation filled and no placeholder left.',
});

export const clauseM62 = keptBy({
  cite: 'M-62',
  fa: 'از طرق مختلف از قبیل مراكز جامع سلامت، ارسال پیامك و سامانه های خدمت رسان به ذینفعان اطلاع رسانی شود',
  en: 'Beneficiaries are informed in various ways, such as comprehensive health centres, SMS and service systems.',
  doubts: ['What the centres may learn is not stated; read as: the least fields needed to reach the person.'],
  by: 'server/notices',
  how: 'A list of the unreachable, with the least fields, is made for each comprehensive health centre.',
});

export const freeCoverGoesOn = clause({
  cite: 'M-63',
  fa: 'برای بیمه شدگان فعلی تحت پوشش بیمه مجانی كه حسب نتایج ارزیابی وسع در دهك های یك تا سه قرار می گیرند كماكان پوشش بیمه ای مجانی تداوم خواهد یافت',
  en: 'Present insured persons under free cover whom the means test places in deciles one to three will continue to have free cover.',
  doubts: [
    'Decile four is not mentioned; read as: it pays 50 per cent at expiry, as group two.',
    'Only deciles are named; read as: group one by income stays free, too.',
  ],
  inForce: sinceMehr,
  exceptionTo: [renewedWithinTheMonth, renewedLater],
  facts: ['renewing', 'lateEntrant', 'group', 'expiresOn'],
  when: ({ renewing, lateEntrant, group }) => renewing && !lateEntrant && group === 1,
  then: { waitingDays: waits.never, coverFrom: begins.withoutGap },
});
