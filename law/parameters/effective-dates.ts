import { dated, source } from '../words/dated.ts';

/** The day from which the clauses of the mandatory insurance speak: the procedure was notified on it. */
export const mandatoryInsuranceFrom = '1398/07/12';

/** The day from which the clauses of the treatment entitlement speak: the beginning of Khordad (T-07). */
export const treatmentEntitlementFrom = '1399/03/01';

/** The first day for which the minimum wage, and so a means test's result, is known. */
export const figuresKnownFrom = '1397/01/01';

export const treatmentEntitlementInForce = dated<boolean>(
  { fa: 'جایگزینی اعتبار دفترچه با استحقاق درمان', en: 'entitlement replaces the booklet stamp' },
  'yes or no',
  [source('1300/01/01', false, 'T-07'), source(treatmentEntitlementFrom, true, 'T-07')],
);

export const mandatoryInsuranceInForce = dated<boolean>(
  { fa: 'اجرای شیوه‌نامه بیمه الزامی', en: 'the mandatory insurance procedure applies' },
  'yes or no',
  [source('1300/01/01', false, 'M-01'), source(mandatoryInsuranceFrom, true, 'M-01')],
);
