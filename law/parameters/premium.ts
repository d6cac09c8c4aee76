import { dated, found, source } from '../words/dated.ts';
import { figuresKnownFrom, mandatoryInsuranceFrom } from './effective-dates.ts';

export const perCapitaMonthly = dated<number>(
  { fa: 'سرانه ماهانه حق بیمه', en: 'per-capita premium a month' },
  'rial/month',
  [
    found(
      figuresKnownFrom,
      440_000,
      'ایسنا، دی ۱۳۹۷ (نیم‌بهای سالانه ۲۶۴٬۰۰۰ تومان)',
      'ISNA, Dey 1397 (half price a year 264,000 toman)',
    ),
    source('1398/01/01', 484_000, 'M-17'),
    found('1401/01/01', 920_000, 'ایسنا، ۱۴۰۲', 'ISNA, 1402'),
    found('1402/01/01', 1_196_000, 'ایسنا، ۱۴۰۲', 'ISNA, 1402'),
    found('1403/01/01', 1_615_000, 'نورنیوز و ایران اکونومی، ۱۴۰۳', 'Nournews and Iran Economy, 1403'),
    found('1404/01/01', 2_358_000, 'مهر؛ تصویب‌نامه ۲۰۷۶۹۱ مورخ ۱۴۰۳/۱۲/۲۸', 'Mehr; decree 207691 of 1403/12/28'),
  ],
);

export const payablePercentWhole = dated<number>(
  { fa: 'سهم خانوار بدون یارانه', en: 'share paid without a subsidy' },
  'percent',
  [source(mandatoryInsuranceFrom, 100, 'M-16')],
);

export const payablePercentGroupOne = dated<number>(
  { fa: 'سهم خانوار در گروه اول', en: 'share paid by group one' },
  'percent',
  [source(mandatoryInsuranceFrom, 0, 'M-24')],
);

export const payablePercentGroupTwo = dated<number>(
  { fa: 'سهم خانوار در گروه دوم', en: 'share paid by group two' },
  'percent',
  [source(mandatoryInsuranceFrom, 50, 'M-28')],
);
