import { assumed, dated, found, source } from '../words/dated.ts';
import { mandatoryInsuranceFrom } from './effective-dates.ts';

/** A row is a registration window: `from` is its opening day, the value its length. Later windows are later rows. */
export const registrationWindowMonths = dated<number>({ fa: 'مهلت ثبت نام', en: 'registration window' }, 'month', [
  source('1398/08/01', 6, 'M-02, M-09'),
]);

export const lostCoverWindowMonths = dated<number>(
  { fa: 'مهلت پس از پایان بیمه پایه', en: 'window after the end of base cover' },
  'month',
  [source(mandatoryInsuranceFrom, 3, 'M-48')],
);

export const compulsoryChildAgeYears = dated<number>(
  { fa: 'سنی که فرزند پیش از آن باید همراه خانوار باشد', en: 'age under which a child must come along' },
  'year of age',
  [found(mandatoryInsuranceFrom, 18, 'معاون بیمه سلامت، ایسنا، دی ۱۳۹۷', 'Health Insurance deputy, ISNA, Dey 1397')],
);

export const coverTermMonths = dated<number>({ fa: 'دوره اعتبار پوشش', en: 'term of cover' }, 'month', [
  assumed(mandatoryInsuranceFrom, 12, 'دوره در متن نیامده است: یک سال', 'the text gives no term: one year'),
]);

export const lateTermMonths = dated<number>({ fa: 'دوره پس از پایان مهلت', en: 'term after the window' }, 'month', [
  source(mandatoryInsuranceFrom, 12, 'M-33'),
]);

export const shortTermMonths = dated<number>(
  { fa: 'دوره کوتاه نوزاد و اورژانس', en: 'short term of newborns and emergencies' },
  'month',
  [source(mandatoryInsuranceFrom, 6, 'M-39, M-42')],
);

export const waitingDays = dated<number>({ fa: 'دوره انتظار', en: 'waiting period' }, 'day', [
  source(mandatoryInsuranceFrom, 10, 'M-29, M-35'),
]);

export const renewalGraceMonths = dated<number>(
  { fa: 'مهلت تمدید بدون انتظار', en: 'renewal without a wait' },
  'month',
  [source(mandatoryInsuranceFrom, 1, 'M-56')],
);
