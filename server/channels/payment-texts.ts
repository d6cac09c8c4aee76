import type { ReturnedState } from '../contributions/index.ts';
import type { Texts } from './texts.ts';

/** What the payer is told who comes back from the gateway; `notOurs`: there is no such payment. */
export const paymentTexts = {
  paid: {
    fa: 'پرداخت انجام شد و ثبت گردید.',
    en: 'The payment was made and is recorded.',
  },
  notPaid: {
    fa: 'پرداخت انجام نشد. مبلغی از شما دریافت نشده است؛ می‌توانید دوباره پرداخت کنید.',
    en: 'Nothing was paid and nothing was taken from you. You can pay again.',
  },
  unknown: {
    fa: 'هنوز معلوم نیست که پرداخت انجام شده است. دوباره پرداخت نکنید؛ نتیجه پیگیری و ثبت می‌شود.',
    en: 'It is not known yet whether the payment was made. Do not pay again: the outcome is looked for and recorded.',
  },
  goesBack: {
    fa: 'این پرداخت پذیرفته نشد. اگر مبلغی از حساب شما کم شده باشد، خودبه‌خود به همان حساب برمی‌گردد.',
    en: 'This payment was not accepted. If money was taken, it goes back to the same account by itself.',
  },
  refundDue: {
    fa: 'مبلغ رسیده است، ولی صورت‌حسابی برای آن باز نیست. سازمان آن را به شما پس می‌دهد.',
    en: 'The money has arrived, but there is no open bill for it. The insurer gives it back to you.',
  },
  refunded: {
    fa: 'مبلغ این پرداخت به شما پس داده شده است.',
    en: 'The money of this payment was given back to you.',
  },
  notOurs: {
    fa: 'پرداختی با این نشانی پیدا نشد.',
    en: 'There is no such payment.',
  },
} as const satisfies Record<ReturnedState | 'notOurs', Texts>;
