import type { HostPage } from '../../config.ts';

const doors: Readonly<Record<HostPage, { readonly fa: string; readonly en: string }>> = {
  '/insured': { fa: 'استعلام بیمه‌شدگان', en: 'The inquiry of insured persons' },
  '/provider': { fa: 'درگاه مراکز درمانی', en: 'The portal of providers' },
  '/enrol': { fa: 'ثبت نام بیمه', en: 'Enrolment' },
  '/staff': { fa: 'کارکنان', en: 'Staff' },
};

/** Says which door this is, and that what stands behind it is asked by programs as yet. */
export function doorPage(page: HostPage, isDemo: boolean): string {
  const { fa, en } = doors[page];
  return `<!doctype html>
<html lang="fa" dir="rtl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${fa} · ${en}</title>
<link rel="stylesheet" href="/docs/style.css">
<h1>${fa}${isDemo ? ' (آزمایشی)' : ''}</h1>
<p>در این نشانی هنوز صفحه‌ای برای استعلام نیست؛ برنامه‌ها از راه <a href="/docs">رابط برنامه‌نویسی</a> می‌پرسند.</p>
<section lang="en" dir="ltr">
<h1>${en}${isDemo ? ' (demo)' : ''}</h1>
<p>There is no page to ask on at this address yet; programs ask through the <a href="/docs">API</a>.</p>
</section>
</html>
`;
}
