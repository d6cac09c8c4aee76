import type { OverlapRank, OverlapTable } from '../../parameters/continuation.ts';
import { always, clausesOver } from '../../words/clause.ts';
import { sinceKhordad, type OverlapAnswer, type OverlapFacts } from './asked.ts';

const clause = clausesOver<OverlapFacts, OverlapAnswer>();

export const inpatientProcessStands = clause({
  cite: 'T-18',
  fa: 'فرآیند اخذ استحقاق درمان در بخش بستری',
  en: 'The process of obtaining treatment entitlement for inpatient care remains in force as before.',
  doubts: [
    'Whether these channels may answer for inpatient care is not said; read as: an outpatient answer never serves as inpatient authorisation, and an inpatient inquiry applies the overlap table.',
  ],
  inForce: sinceKhordad,
  when: always,
  then: { leaves: { outcome: 'ENTITLED', reasons: [] } },
});

/** A cover that the table does not name has the rank of `*`. */
function ranks(covers: readonly string[], table: OverlapTable): readonly OverlapRank[] {
  return covers.map((cover) => table[cover] ?? table['*']);
}

const overlapRule = {
  cite: 'T-19',
  fa: 'ضمن رعایت اصول و قواعد رفع همپوشانیهای درمانی سازمانهای بیمه گر پایه',
  en: 'The principles and rules for removing overlaps of treatment cover between the base insurers are to be observed.',
  doubts: [
    'Another insurer may not answer; read as: the answer is provisional until it is checked.',
    'The overlap rules are not in the text; read as: the found table, and where it leaves an election, the answer is provisional.',
  ],
  inForce: sinceKhordad,
} as const;

export const noOtherInsurerStandsInTheWay = clause({
  ...overlapRule,
  rule: {
    fa: 'پوشش روستایی و همگانی بیمه سلامت در برابر تأمین اجتماعی حذف می‌شود',
    en: 'rural and universal cover of the Health Insurance Organization yields',
    reference: { fa: 'دستورالعمل مشترک بیمه‌گران پایه، ۱۳۹۷', en: 'joint instruction of the base insurers, 1397' },
  },
  exceptionTo: [inpatientProcessStands],
  restsOn: inpatientProcessStands,
  facts: ['otherCovers'],
  figures: ['overlapTable'],
  when: ({ otherCovers }, { figures }) =>
    otherCovers !== null && ranks(otherCovers, figures.overlapTable).every((rank) => rank === 'yields'),
  then: { leaves: { outcome: 'ENTITLED', reasons: [] } },
});

export const otherInsurersDidNotAnswer = clause({
  ...overlapRule,
  rule: {
    fa: 'تا پاسخ بیمه‌گران دیگر، نتیجه موقت است',
    en: 'until the other insurers have answered, the answer is provisional',
    reference: { fa: 'برداشت', en: 'reading' },
  },
  exceptionTo: [inpatientProcessStands],
  restsOn: inpatientProcessStands,
  facts: ['otherCovers'],
  when: ({ otherCovers }) => otherCovers === null,
  then: { leaves: { outcome: 'PROVISIONAL', reasons: ['OVERLAP_UNCHECKED'] } },
});

export const thePersonChooses = clause({
  ...overlapRule,
  rule: {
    fa: 'میان تأمین اجتماعی و بیمه‌گر دیگر، شخص یکی را برمی‌گزیند',
    en: 'between this insurer and another base insurer, the person chooses one',
    reference: { fa: 'دستورالعمل مشترک بیمه‌گران پایه، ۱۳۹۷', en: 'joint instruction of the base insurers, 1397' },
  },
  exceptionTo: [inpatientProcessStands],
  restsOn: inpatientProcessStands,
  facts: ['otherCovers'],
  figures: ['overlapTable'],
  when: ({ otherCovers }, { figures }) =>
    otherCovers !== null && ranks(otherCovers, figures.overlapTable).includes('elect'),
  then: { leaves: { outcome: 'PROVISIONAL', reasons: ['ELECTION_REQUIRED'] } },
});

export const theOtherInsurerPrevails = clause({
  ...overlapRule,
  rule: {
    fa: 'پوشش کارکنان دولت و سایر اقشار بیمه سلامت بر تأمین اجتماعی مقدم است',
    en: 'cover in the employees and other-strata funds of the Health Insurance Organization prevails',
    reference: { fa: 'دستورالعمل مشترک بیمه‌گران پایه، ۱۳۹۷', en: 'joint instruction of the base insurers, 1397' },
  },
  exceptionTo: [thePersonChooses],
  restsOn: inpatientProcessStands,
  facts: ['otherCovers'],
  figures: ['overlapTable'],
  when: ({ otherCovers }, { figures }) =>
    otherCovers !== null && ranks(otherCovers, figures.overlapTable).includes('prevails'),
  then: { leaves: { outcome: 'NOT_ENTITLED', reasons: ['OVERLAP_OTHER_INSURER'] } },
});
