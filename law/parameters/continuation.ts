import { assumed, dated, found } from '../words/dated.ts';
import { treatmentEntitlementFrom } from './effective-dates.ts';

export const graceMonths = dated<number>(
  { fa: 'مهلت پس از آخرین ماه فهرست کارفرما', en: 'grace after the last contribution month' },
  'month',
  [assumed(treatmentEntitlementFrom, 2, 'عدد در متن نیامده است', 'the text gives no number')],
);

export const survivorGraceMonths = dated<number>(
  { fa: 'مهلت بازماندگان پس از فوت', en: "survivors' grace after the death" },
  'month',
  [assumed(treatmentEntitlementFrom, 3, 'عدد در متن نیامده است', 'the text gives no number')],
);

/** Whose cover stands in inpatient care where another base insurer covers the person, too. */
export type OverlapRank = 'prevails' | 'yields' | 'elect';

/** `insurer` or `insurer/fund` of the other cover → its rank against this insurer; `*`: every cover that is not named. */
export type OverlapTable = Readonly<Record<string, OverlapRank>> & { readonly '*': OverlapRank };

export const overlapTable = dated<OverlapTable>({ fa: 'جدول رفع همپوشانی', en: 'overlap table' }, 'table', [
  found(
    treatmentEntitlementFrom,
    {
      'ihio/employees': 'prevails',
      'ihio/otherStrata': 'prevails',
      'ihio/rural': 'yields',
      'ihio/universal': 'yields',
      '*': 'elect',
    },
    'دستورالعمل مشترک بیمه‌گران پایه، ۱۳۹۷',
    'joint instruction of the base insurers, 1397',
  ),
]);
