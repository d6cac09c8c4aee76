import { isoDay, type Day } from '../words/day.ts';
import type { Words } from '../words/dated.ts';
import { hijriDate, yearAndMonth, type HijriMonth } from '../words/solar-hijri.ts';

/* Numbers and days in both languages: Persian digits and «۱ آذر ۱۳۹۸»; Latin digits, both calendars. */

const monthNames: readonly Words[] = [
  { fa: 'فروردین', en: 'Farvardin' },
  { fa: 'اردیبهشت', en: 'Ordibehesht' },
  { fa: 'خرداد', en: 'Khordad' },
  { fa: 'تیر', en: 'Tir' },
  { fa: 'مرداد', en: 'Mordad' },
  { fa: 'شهریور', en: 'Shahrivar' },
  { fa: 'مهر', en: 'Mehr' },
  { fa: 'آبان', en: 'Aban' },
  { fa: 'آذر', en: 'Azar' },
  { fa: 'دی', en: 'Dey' },
  { fa: 'بهمن', en: 'Bahman' },
  { fa: 'اسفند', en: 'Esfand' },
];

function getMonthName(month: number): Words {
  const name = monthNames[month - 1];
  if (name === undefined) throw new RangeError(`there is no month ${String(month)}`);
  return name;
}

const persianDigits = '۰۱۲۳۴۵۶۷۸۹';

export function inPersianDigits(text: string): string {
  return text.replace(/\d/g, (digit) => persianDigits.charAt(Number(digit)));
}

function grouped(number: number, separator: string): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, separator);
}

export function numberInWords(number: number): Words {
  return { fa: inPersianDigits(grouped(number, '٬')), en: grouped(number, ',') };
}

/** A number with its unit behind it. */
export function amount(number: number, unit: Words): Words {
  const { fa, en } = numberInWords(number);
  return { fa: `${fa} ${unit.fa}`, en: `${en} ${unit.en}` };
}

export function dayInWords(day: Day): Words {
  const date = hijriDate(day);
  const { fa, en } = getMonthName(date.month);
  return {
    fa: inPersianDigits(`${String(date.day)} ${fa} ${String(date.year)}`),
    en: `${isoDay(day)} (${String(date.day)} ${en} ${String(date.year)})`,
  };
}

export function monthInWords(month: HijriMonth): Words {
  const { year, month: ofYear } = yearAndMonth(month);
  const { fa, en } = getMonthName(ofYear);
  return { fa: inPersianDigits(`${fa} ${String(year)}`), en: `${en} ${String(year)}` };
}
