import type { Language } from './language.ts';

/** The only place of the portal for the Persian calendar and for digits. Days are ISO; instants are shown as of Tehran. */

const months = {
  fa: ['فروردین', 'اردیبهشت', 'خرداد', 'تیر', 'مرداد', 'شهریور', 'مهر', 'آبان', 'آذر', 'دی', 'بهمن', 'اسفند'],
  en: [
    ...['Farvardin', 'Ordibehesht', 'Khordad', 'Tir', 'Mordad', 'Shahrivar'],
    ...['Mehr', 'Aban', 'Azar', 'Dey', 'Bahman', 'Esfand'],
  ],
} as const satisfies Record<Language, readonly string[]>;

const gregorianMonths = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

export interface HijriDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const millisecondsPerDay = 86_400_000;
/** Leap years follow a cycle of 33 years from 1210 to 1633 of the Solar Hijri calendar (1831 to 2255). */
const leapYearsOfCycle = [1, 5, 9, 13, 17, 22, 26, 30];
const firstYear = 1210;
const lastYear = 1633;
/** 1 Farvardin 1399, as days since 1970-01-01. */
const knownNewYear = { year: 1399, day: Date.UTC(2020, 2, 20) / millisecondsPerDay };

function isLeap(year: number): boolean {
  return leapYearsOfCycle.includes(year % 33);
}

function newYearOf(year: number): number {
  let day = knownNewYear.day;
  for (let each = knownNewYear.year; each < year; each += 1) day += isLeap(each) ? 366 : 365;
  for (let each = knownNewYear.year - 1; each >= year; each -= 1) day -= isLeap(each) ? 366 : 365;
  return day;
}

/** @throws RangeError for what is no day, or one before 1832 or after 2254 */
export function hijriDate(isoDay: string): HijriDate {
  const days = Date.parse(`${isoDay}T00:00:00Z`) / millisecondsPerDay;
  let year = Number(isoDay.slice(0, 4)) - 621;
  if (!Number.isInteger(days) || year <= firstYear || year > lastYear) throw new RangeError('no day of the calendar');
  if (newYearOf(year) > days) year -= 1;
  const inYear = days - newYearOf(year);
  if (inYear < 186) return { year, month: Math.floor(inYear / 31) + 1, day: (inYear % 31) + 1 };
  return { year, month: Math.floor((inYear - 186) / 30) + 7, day: ((inYear - 186) % 30) + 1 };
}

/** «۱ آذر ۱۴۰۵», "1 Azar 1405". */
export function formatDay(isoDay: string, language: Language): string {
  const { year, month, day } = hijriDate(isoDay);
  return formatDigits(`${day} ${months[language][month - 1] ?? ''} ${year}`, language);
}

/** «۱۴۰۵/۰۹/۰۱»: for tables. */
export function formatDayInTable(isoDay: string, language: Language): string {
  const { year, month, day } = hijriDate(isoDay);
  return formatDigits(`${year}/${twoDigits(month)}/${twoDigits(day)}`, language);
}

/** "23 November 2026": small, beside the day, for who reads English. */
export function formatGregorian(isoDay: string): string {
  const [year = '', month = '', day = ''] = isoDay.split('-');
  return `${Number(day)} ${gregorianMonths[Number(month) - 1] ?? ''} ${year}`;
}

const tehranOffsetMs = 3.5 * 3_600_000;
/** Until then clocks were put forward in summer; what is shown here is younger. */
const lastSummerTime = Date.UTC(2022, 8, 22);

export interface TehranTime {
  readonly day: string;
  readonly time: string;
}

const inTehran = new Intl.DateTimeFormat('en-CA-u-nu-latn', {
  timeZone: 'Asia/Tehran',
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
});

/** @param instant ISO */
export function inTehranTime(instant: string): TehranTime {
  const ms = Date.parse(instant);
  if (ms > lastSummerTime) {
    const shown = new Date(ms + tehranOffsetMs).toISOString();
    return { day: shown.slice(0, 10), time: shown.slice(11, 16) };
  }
  const parts = new Map(inTehran.formatToParts(ms).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  return { day: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}` };
}

/** «۲٬۹۰۴٬۰۰۰ ریال» @param rials whole */
export function formatRials(rials: bigint, language: Language): string {
  const grouped = String(rials).replace(/\B(?=(?:\d{3})+$)/g, language === 'fa' ? '٬' : ',');
  return `${formatDigits(grouped, language)} ${language === 'fa' ? 'ریال' : 'rials'}`;
}

const persianDigits = '۰۱۲۳۴۵۶۷۸۹';

/** Digits in the script of the language. */
export function formatDigits(text: string, language: Language): string {
  return language === 'fa' ? text.replace(/\d/g, (digit) => persianDigits[Number(digit)] ?? digit) : text;
}

/** Digits of the three scripts that people type: Latin, Persian, Arabic. */
export function withLatinDigits(text: string): string {
  return text.replace(/[۰-۹٠-٩]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

/** In groups of four, the last one longer rather than alone. */
export function inGroups(code: string): readonly string[] {
  return code.match(/.{1,4}/g) ?? [];
}

/** The middle is nobody's business who looks over a shoulder. */
export function maskNationalId(nationalId: string): string {
  return `${nationalId.slice(0, 3)}${'•'.repeat(Math.max(0, nationalId.length - 5))}${nationalId.slice(-2)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
