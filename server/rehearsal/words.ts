/* What a report of a rehearsal says, in both languages. */

export type Language = 'fa' | 'en';

export interface Told {
  readonly fa: string;
  readonly en: string;
}

export const words = {
  title: { fa: 'تمرین دوسالهٔ بیمهٔ اجباری', en: 'A rehearsal of the mandatory insurance' },
  madeUp: {
    fa: 'همهٔ خانوارها ساختگی‌اند؛ هیچ‌کس از آنان وجود ندارد.',
    en: 'All households are made up: nobody of them exists.',
  },
  from: { fa: 'از', en: 'from' },
  to: { fa: 'تا', en: 'to' },
  households: { fa: 'خانوار', en: 'households' },
  seed: { fa: 'بذر', en: 'seed' },
  faults: { fa: 'با خطا و قطع', en: 'with faults' },
  noFaults: { fa: 'بی خطا', en: 'without faults' },
  killed: { fa: 'کارگرهای کشته‌شده', en: 'workers killed' },
  seconds: { fa: 'ثانیه', en: 'seconds' },
  notWhole: { fa: 'پیش از پایان متوقف شد.', en: 'It was ended early.' },
  allHold: {
    fa: 'هر آنچه باید برقرار باشد، در پایان هر روز برقرار بود.',
    en: 'All that must hold held at every check.',
  },
  breaches: { fa: 'نقض‌ها', en: 'Breaches' },
  invariants: { fa: 'آنچه باید همواره برقرار باشد', en: 'What must hold whatever happens' },
  months: { fa: 'ماه به ماه', en: 'By month' },
  month: { fa: 'ماه', en: 'month' },
  applications: { fa: 'درخواست‌ها', en: 'applications' },
  coversWritten: { fa: 'پوشش‌های برقرارشده', en: 'covers written' },
  freeRenewals: { fa: 'تمدید رایگان', en: 'free renewals' },
  lapsed: { fa: 'پایان‌یافته', en: 'lapsed' },
  entitled: { fa: 'افراد مستحق در پایان ماه', en: 'persons entitled at its end' },
  paid: { fa: 'پرداختی خانوارها (ریال)', en: 'paid by households (rial)' },
  stateShare: { fa: 'سهم دولت (ریال)', en: 'share of the state (rial)' },
  byRegime: { fa: 'بر حسب رژیم و گروه', en: 'By regime and group' },
  regime: { fa: 'رژیم و گروه', en: 'regime and group' },
  payable: { fa: 'قابل پرداخت (ریال)', en: 'payable (rial)' },
  count: { fa: 'تعداد', en: 'number' },
  states: { fa: 'وضعیت درخواست‌ها', en: 'Applications by state' },
  bills: { fa: 'قبض‌ها', en: 'Bills' },
  payments: { fa: 'پرداخت‌ها', en: 'Payments' },
  notices: { fa: 'پیام‌ها', en: 'Notices' },
  deciles: { fa: 'دهک‌های ۸ تا ۱۰', en: 'Deciles 8 to 10' },
  refunds: { fa: 'وجوه برگشتنی', en: 'Money to give back' },
  refused: { fa: 'آنچه پذیرفته نشد', en: 'What was refused' },
  holds: { fa: 'برقرار', en: 'holds' },
  broken: { fa: 'نقض شد', en: 'broken' },
} as const satisfies Readonly<Record<string, Told>>;

/** The invariants in Persian; in English they are their own names. */
export const invariantsInPersian = {
  ledger: 'دفتر کل تا آخرین ریال تراز است و با قبض‌ها و پرداخت‌ها و وجوه برگشتنی می‌خواند',
  paidOrFree: 'هیچ‌کس بی پرداخت تأییدشده یا گروه رایگان پوشش ندارد',
  noGap: 'تمدید رایگان بی فاصله است',
  notShortened: 'هیچ پوششی پیش از رسیدن پیام کوتاه نمی‌شود',
  replay: 'هر تصمیم با بازپرسی همان می‌شود',
  nothingLost: 'هیچ کار سررسیدشده‌ای نمی‌ماند',
  onceOnly: 'هیچ کاری دو بار انجام نمی‌شود: پوشش، پرداخت، پیام',
  dossiers: 'پرونده‌ها همان می‌گویند که پوشش‌ها',
  noErrors: 'هیچ خطایی ثبت نمی‌شود',
} as const;
