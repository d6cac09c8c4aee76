import { dated, found, source, assumed } from '../words/dated.ts';
import { figuresKnownFrom } from './effective-dates.ts';

export const minimumWageMonthly = dated<number>(
  { fa: 'حداقل دستمزد ماهانه', en: 'minimum wage a month' },
  'rial/month',
  [
    found(figuresKnownFrom, 11_112_690, 'شورای عالی کار، مزد ۱۳۹۷', 'Labour Council, wages of 1397'),
    found(
      '1398/01/01',
      15_168_810,
      'شورای عالی کار، مزد ۱۳۹۸ (بازسازی‌شده از مصوبه ۱۳۹۹)',
      'Labour Council, wages of 1398 (from the decree of 1399)',
    ),
    found('1399/01/01', 18_354_270, 'شورای عالی کار، جلسه ۲۹۱، ۱۳۹۹/۰۱/۲۰', 'Labour Council, session 291, 1399/01/20'),
    assumed('1399/04/01', 19_104_270, 'افزایش میان سال ۱۳۹۹، بدون سند', 'raised in mid-1399, no document found'),
    found('1400/01/01', 26_554_950, 'شورای عالی کار، مزد ۱۴۰۰', 'Labour Council, wages of 1400'),
    found('1401/01/01', 41_797_500, 'شورای عالی کار، مزد ۱۴۰۱', 'Labour Council, wages of 1401'),
    found('1402/01/01', 53_082_840, 'شورای عالی کار، مزد ۱۴۰۲', 'Labour Council, wages of 1402'),
    found(
      '1403/01/01',
      71_661_840,
      'شورای عالی کار، مزد ۱۴۰۳ (رقم آخر بازسازی‌شده)',
      'Labour Council, wages of 1403 (last digit restored)',
    ),
    found('1404/01/01', 103_909_680, 'شورای عالی کار، مزد ۱۴۰۴', 'Labour Council, wages of 1404'),
  ],
);

export const freeIncomeCap = dated<number>(
  { fa: 'سقف درآمد گروه اول از حداقل دستمزد', en: 'income cap of group one, of the minimum wage' },
  'percent of the wage',
  [source(figuresKnownFrom, 40, 'M-23')],
);

export const halfIncomeCap = dated<number>(
  { fa: 'سقف درآمد گروه دوم از حداقل دستمزد', en: 'income cap of group two, of the minimum wage' },
  'percent of the wage',
  [source(figuresKnownFrom, 100, 'M-27')],
);

export const lastFreeDecile = dated<number>({ fa: 'آخرین دهک گروه اول', en: 'last decile of group one' }, 'decile', [
  source(figuresKnownFrom, 3, 'M-23'),
]);

export const lastHalfDecile = dated<number>({ fa: 'آخرین دهک گروه دوم', en: 'last decile of group two' }, 'decile', [
  source(figuresKnownFrom, 4, 'M-27'),
]);
