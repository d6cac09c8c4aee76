import { dated, found, source } from '../words/dated.ts';
import { treatmentEntitlementFrom } from './effective-dates.ts';

const article58 = [
  'ماده ۵۸ قانون تأمین اجتماعی و رویه جاری',
  'article 58 of the Social Security Act and current practice',
] as const;

export const sonAgeYears = dated<number>(
  { fa: 'سن پسر بدون گواهی تحصیلی', en: 'age of a son without a certificate' },
  'year of age',
  [source(treatmentEntitlementFrom, 19, 'T-31')],
);

export const daughterSightingAgeYears = dated<number>(
  { fa: 'سن دختر از رؤیت شناسنامه', en: 'age of a daughter from which the birth certificate is sighted' },
  'year of age',
  [found(treatmentEntitlementFrom, 15, 'رویه پیش از ۱۳۹۹', 'practice before 1399')],
);

export const sightingMonths = dated<number>({ fa: 'اعتبار رؤیت شناسنامه', en: 'a sighting holds' }, 'month', [
  found(treatmentEntitlementFrom, 12, 'رویه پیش از ۱۳۹۹', 'practice before 1399'),
]);

export const husbandAgeYears = dated<number>(
  { fa: 'سن شوهر تحت تکفل', en: 'age of a dependent husband' },
  'year of age',
  [found(treatmentEntitlementFrom, 60, ...article58)],
);

export const fatherAgeYears = dated<number>({ fa: 'سن پدر تحت تکفل', en: 'age of a dependent father' }, 'year of age', [
  found(treatmentEntitlementFrom, 60, ...article58),
]);

export const motherAgeYears = dated<number>(
  { fa: 'سن مادر تحت تکفل', en: 'age of a dependent mother' },
  'year of age',
  [found(treatmentEntitlementFrom, 55, ...article58)],
);
