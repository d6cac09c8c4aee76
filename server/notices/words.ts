/** Numbers, amounts and days as people read them. */

export type Language = 'fa' | 'en';

const persianDigits = '۰۱۲۳۴۵۶۷۸۹';

export function inDigitsOf(language: Language, text: string): string {
  return language === 'en' ? text : text.replace(/\d/g, (digit) => persianDigits.charAt(Number(digit)));
}

function grouped(language: Language, digits: string): string {
  return inDigitsOf(language, digits.replace(/\B(?=(\d{3})+$)/g, language === 'fa' ? '٬' : ','));
}

/** @param rials whole, as digits */
export function amountInWords(language: Language, rials: string): string {
  return `${grouped(language, rials)} ${language === 'fa' ? 'ریال' : 'rials'}`;
}

const solarHijri = {
  fa: new Intl.DateTimeFormat('fa-u-ca-persian-nu-latn', { timeZone: 'UTC', dateStyle: 'long' }),
  en: new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', { timeZone: 'UTC', dateStyle: 'long' }),
};

/** «۱ آذر ۱۳۹۸»; in English both calendars. @param isoDay `2019-11-22` */
export function dayInWords(language: Language, isoDay: string): string {
  const parts = solarHijri[language].formatToParts(new Date(`${isoDay}T00:00:00Z`));
  const part = (wanted: string): string => parts.find(({ type }) => type === wanted)?.value ?? '';
  const day = inDigitsOf(language, `${part('day')} ${part('month')} ${part('year')}`);
  return language === 'fa' ? day : `${isoDay} (${day})`;
}
