import type { FieldName, NoticeEvent } from './event.ts';
import { decileTexts } from './decile-text.ts';

/**
 * What people are told, sentence by sentence, by event. `{name}` is a field of the event: one that the event does not have
 * does not compile. A sentence with a field that is null is left out.
 */
export interface Texts {
  readonly fa: readonly string[];
  readonly en: readonly string[];
}

/** One event may have several wordings; the first is the usual one. */
export type Wordings = Readonly<Record<string, Texts>>;

type Named<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Named<Rest>
  : never;
/** Fields that the texts name and their event does not have. */
export type Foreign<Event extends NoticeEvent, Written> =
  Written extends Record<string, Record<'fa' | 'en', readonly (infer Sentence extends string)[]>>
    ? Exclude<Named<Sentence>, FieldName<Event>>
    : never;
/** `never`, and so unwritable, where a text names a field that its event does not have. */
type Right<Written extends Record<NoticeEvent, Wordings>> = {
  readonly [Event in NoticeEvent]: [Foreign<Event, Written[Event]>] extends [never] ? Written[Event] : never;
};

export function defineTexts<const Written extends Record<NoticeEvent, Wordings>>(
  written: Written & Right<Written>,
): Readonly<Record<NoticeEvent, Wordings>> {
  return written;
}

export const noticeTexts = defineTexts({
  applicationReceived: {
    usual: {
      fa: ['درخواست بیمه شما با شماره {application} در {submittedOn} ثبت شد.', 'نتیجه را همین‌جا خبر می‌دهیم.'],
      en: ['Your application {application} was received on {submittedOn}.', 'We will tell you the result here.'],
    },
  },
  applicationRefused: {
    usual: {
      fa: ['درخواست بیمه {application} پذیرفته نشد.', 'دلیل آن در صفحه درخواست شما آمده است. اعتراض: 1420'],
      en: ['Application {application} was not accepted.', 'The page of your application says why. Objections: 1420'],
    },
  },
  figuresNotConfirmed: {
    usual: {
      fa: [
        'درخواست {application} منتظر تأیید نرخ حق بیمه سال {year} در بیمه سلامت است.',
        'کاری لازم نیست؛ صورت‌حساب پس از آن فرستاده می‌شود.',
      ],
      en: [
        'Application {application} waits until we confirm the premium of the year {year}.',
        'You need not do anything; the bill follows.',
      ],
    },
  },
  meansTestRequested: {
    usual: {
      fa: [
        'ارزیابی وسع خانوار شما را از وزارت تعاون، کار و رفاه اجتماعی خواستیم.',
        'شماره درخواست: {application}.',
        'نتیجه باید تا {dueOn} برسد.',
      ],
      en: [
        'We asked the Ministry of Welfare for the means test of your household.',
        'Application: {application}.',
        'The result is due by {dueOn}.',
      ],
    },
  },
  meansTestResult: {
    usual: {
      fa: [
        'درخواست {application}: ثبت‌نام شما پذیرفته شد.',
        'نتیجه ارزیابی وسع: خانوار شما در گروه {group} است.',
        'سهم شما از حق بیمه {payable} است.',
        'مهلت پرداخت: {payBy}.',
      ],
      en: [
        'Application {application}: you are registered.',
        'Result of the means test: your household is in group {group}.',
        'You pay {payable}.',
        'Pay by {payBy}.',
      ],
    },
  },
  meansTestOverdue: {
    usual: {
      fa: [
        'نتیجه ارزیابی وسع خانوار شما که باید تا {dueOn} می‌رسید، هنوز نرسیده است؛ پیگیری می‌کنیم.',
        'شماره درخواست: {application}.',
        'اگر بخواهید، می‌توانید اکنون حق بیمه کامل را بپردازید؛ پس از رسیدن نتیجه دوباره محاسبه می‌شود.',
      ],
      en: [
        'The result of your means test, due by {dueOn}, has not come yet; we are asking for it.',
        'Application: {application}.',
        'If you wish, pay the full premium now; it is worked out again when the result comes.',
      ],
    },
  },
  billIssued: {
    usual: {
      fa: [
        'صورت‌حساب {bill}: {amount} برای {members} نفر.',
        'تا پایان {validUntil} در سامانه یا دفتر پیشخوان بپردازید.',
      ],
      en: [
        'Bill {bill}: {amount} for {members} insured.',
        'Pay by the end of {validUntil}, in the portal or at a counter office.',
      ],
    },
  },
  billExpiring: {
    usual: {
      fa: ['یادآوری: مهلت پرداخت صورت‌حساب {bill} ({amount}) پایان {validUntil} است.'],
      en: ['Reminder: bill {bill} ({amount}) is to be paid by the end of {validUntil}.'],
    },
  },
  billExpired: {
    usual: {
      fa: ['مهلت صورت‌حساب {bill} ({amount}) گذشت.', 'آن را نپردازید؛ در صفحه درخواست، صورت‌حساب تازه بگیرید.'],
      en: ['Bill {bill} ({amount}) has expired.', 'Do not pay it; ask for a new one on the page of your application.'],
    },
  },
  paymentReceived: {
    usual: {
      fa: ['{amount} برای صورت‌حساب {bill} رسید.', 'پوشش شما در حال برقراری است.'],
      en: ['We received {amount} for bill {bill}.', 'Your cover is being set up.'],
    },
  },
  paymentReturned: {
    usual: {
      fa: ['{amount} که برای صورت‌حساب {bill} پرداخته بودید به شما برمی‌گردد.'],
      en: ['{amount} that you paid for bill {bill} goes back to you.'],
    },
  },
  coverBegins: {
    usual: {
      fa: ['پوشش بیمه {members} نفر از خانوار شما برقرار شد: از {from} تا پایان {until}.'],
      en: ['{members} of your household are covered from {from} to the end of {until}.'],
    },
  },
  coverExpiring: {
    usual: {
      fa: ['یادآوری: پوشش بیمه شما پایان {until} تمام می‌شود.', 'برای نبودن فاصله، پیش از آن تمدید کنید.'],
      en: ['Reminder: your cover ends at the end of {until}.', 'Renew it before that, so that there is no gap.'],
    },
  },
  coverLapsed: {
    usual: {
      fa: ['پوشش بیمه شما پایان {endedOn} تمام شد.', 'برای تمدید به سامانه یا دفتر پیشخوان بروید. پرسش و اعتراض: 1420'],
      en: [
        'Your cover ended at the end of {endedOn}.',
        'Renew it in the portal or at a counter office. Questions: 1420',
      ],
    },
  },
  renewedFree: {
    usual: {
      fa: ['پوشش رایگان شما بدون فاصله تمدید شد: از {from} تا پایان {until}.', 'کاری لازم نیست.'],
      en: ['Your free cover goes on without a gap, from {from} to the end of {until}.', 'You need not do anything.'],
    },
  },
  renewalOffer: {
    usual: {
      fa: [
        'پوشش بیمه شما پایان {until} تمام می‌شود.',
        'برای تمدید {amount} تا پایان {payBy} در سامانه یا دفتر پیشخوان بپردازید.',
      ],
      en: [
        'Your cover ends at the end of {until}.',
        'To renew it pay {amount} by the end of {payBy}, in the portal or at a counter office.',
      ],
    },
  },
  decile8To10: decileTexts,
  memberAdded: {
    usual: {
      fa: ['خانوار بیمه‌شده شما اکنون {members} نفر است.', 'پوشش عضو تازه از {from} است.'],
      en: ['Your insured household now has {members} members.', 'The new member is covered from {from}.'],
    },
  },
  memberLeft: {
    usual: {
      fa: ['یک نفر از {on} دیگر عضو خانوار بیمه‌شده شما نیست.', 'اگر درست نیست، با 1420 تماس بگیرید.'],
      en: ['One person is no longer in your insured household from {on}.', 'If that is wrong, call 1420.'],
    },
  },
  oneTimeCode: {
    usual: {
      // The last line is for browsers: they offer the code to the page of that host alone (WebOTP).
      fa: ['کد ورود شما: {secret}', 'تا {minutes} دقیقه کار می‌کند. به هیچ‌کس نگویید.', '\n@{host} #{secret}'],
      en: ['Your sign-in code: {secret}', 'It works for {minutes} minutes. Tell it to nobody.', '\n@{host} #{secret}'],
    },
  },
});
