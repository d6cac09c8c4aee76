import type { LoginFault, LoginStep } from '../identity/index.ts';
import type { Texts } from './texts.ts';

/** What people are told who sign in. The same words for all: nothing of them says whether somebody is known. */
export const signInTexts = {
  codeRequested: {
    fa: 'اگر شماره همراهی برای این کد ملی ثبت شده باشد، کد ورود به آن فرستاده شد. کد دو دقیقه کار می‌کند. پیامکی نرسید؟ شماره همراه خود را در دفتر پیشخوان یا با تماس با 1420 ثبت کنید.',
    en: 'If a mobile is registered for this national id, a sign-in code was sent to it. It works for two minutes. No message? Register your mobile at a counter office or by calling 1420.',
  },
  user: { fa: 'نام کاربری', en: 'User name' },
  password: { fa: 'گذرواژه', en: 'Password' },
  code: { fa: 'کد شش‌رقمی دستگاه، یا یک کد بازیابی', en: 'Six digits of your device, or a recovery code' },
  firstCode: { fa: 'کد شش‌رقمی که دستگاه نشان می‌دهد', en: 'The six digits that the device shows' },
  newPassword: { fa: 'گذرواژه تازه، دست‌کم ۱۲ نویسه', en: 'New password, at least 12 characters' },
  repeated: { fa: 'تکرار گذرواژه تازه', en: 'The new password again' },
  goOn: { fa: 'ادامه', en: 'Continue' },
  setUp: {
    fa: 'این تصویر را با برنامه رمز یک‌بارمصرف گوشی خود بخوانید، یا کلید را در آن بنویسید.',
    en: 'Scan this picture with the authenticator app of your telephone, or type the key into it.',
  },
  key: { fa: 'کلید', en: 'Key' },
  recoveryCodes: {
    fa: 'کدهای بازیابی: اگر دستگاه گم شود، هر کدام یک بار کار می‌کند. اکنون یادداشت کنید؛ دوباره نشان داده نمی‌شوند.',
    en: 'Recovery codes: if the device is lost, each works once. Write them down now; they are not shown again.',
  },
  over: {
    fa: 'این ورود تمام شده است. از صفحه نخست دوباره وارد شوید.',
    en: 'This sign-in is over. Begin again from the first page.',
  },
  tooOften: {
    fa: 'بار‌های زیادی تلاش شده است. چند دقیقه دیگر دوباره بیایید.',
    en: 'There were too many tries. Come back in some minutes.',
  },
} as const satisfies Record<string, Texts>;

export const signInTitles = {
  password: { fa: 'ورود', en: 'Sign in' },
  setUpDevice: { fa: 'راه‌اندازی دستگاه دوم', en: 'Set up your second factor' },
  deviceCode: { fa: 'کد دستگاه', en: 'The code of your device' },
  newPassword: { fa: 'گذرواژه تازه', en: 'A new password' },
  recoveryCodes: { fa: 'کدهای بازیابی', en: 'Recovery codes' },
  over: { fa: 'ورود انجام نشد', en: 'Not signed in' },
} as const satisfies Record<Exclude<LoginStep['name'], 'done'> | 'recoveryCodes' | 'over', Texts>;

export const loginFaultTexts = {
  refused: { fa: 'نام کاربری یا گذرواژه درست نیست.', en: 'The user name or the password is not right.' },
  codeRefused: { fa: 'این کد درست نیست یا پیش‌تر به کار رفته است.', en: 'This code is not right, or was used before.' },
  passwordShort: { fa: 'گذرواژه کوتاه است: دست‌کم ۱۲ نویسه.', en: 'The password is short: at least 12 characters.' },
  passwordLong: { fa: 'گذرواژه بیش از ۲۰۰ نویسه است.', en: 'The password has more than 200 characters.' },
  passwordName: {
    fa: 'گذرواژه نباید نام کاربری را در خود داشته باشد.',
    en: 'The password must not contain the user name.',
  },
  notRepeated: { fa: 'دو گذرواژه یکسان نیستند.', en: 'The two passwords are not the same.' },
} as const satisfies Record<LoginFault, Texts>;
