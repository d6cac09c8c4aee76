import { describe, expect, expectTypeOf, it } from 'vitest';
import { events, noticeEvents, type FieldKind } from './event.ts';
import { isQuiet, startOfDayInTehran, usualQuietHours } from './quiet-hours.ts';
import { renderNotice } from './render-notice.ts';
import { countParts } from './sms-parts.ts';
import { noticeTexts, type Foreign } from './texts.ts';

const samples: Readonly<Record<FieldKind, unknown>> = {
  rial: '23232000',
  day: '2019-11-22',
  'day?': '2019-11-22',
  number: 4,
  year: '1398',
  code: '9001',
  'code?': '9001',
  decile: 9,
  salutation: null,
  secret: '482913',
};
const sampleOf = (event: keyof typeof events) =>
  Object.fromEntries(Object.entries(events[event]).map(([name, kind]) => [name, samples[kind]]));

describe('the texts', () => {
  it.each(noticeEvents)('of %s are filled in both languages, with no brace left', (event) => {
    for (const language of ['fa', 'en'] as const) {
      const text = renderNotice({ event, data: sampleOf(event), language, secret: '482913' });
      expect(text).not.toMatch(/[{}]|undefined|null|NaN/);
      expect(text.length).toBeGreaterThan(20);
    }
  });

  it.each(noticeEvents)('of %s name the same fields in both languages', (event) => {
    const named = (texts: readonly string[]) => new Set(texts.join().match(/\{\w+\}/g));
    const { fa, en } = Object.values(noticeTexts[event])[0] ?? { fa: [], en: [] };
    if (event !== 'decile8To10') expect(named(en)).toEqual(named(fa));
    for (const sentence of [...fa, ...en]) expect(sentence.length).toBeGreaterThan(10);
  });

  it('leave out the sentence whose field is not there, and are not said where a field is missing', () => {
    const data = { application: null, group: 1, payable: '0', payBy: null };
    expect(renderNotice({ event: 'meansTestResult', data, language: 'fa' })).toBe(
      'نتیجه ارزیابی وسع: خانوار شما در گروه ۱ است. سهم شما از حق بیمه ۰ ریال است.',
    );
    expect(() => renderNotice({ event: 'billExpired', data: { bill: '1' }, language: 'fa' })).toThrow(RangeError);
    expect(() => renderNotice({ event: 'oneTimeCode', data: { minutes: 2 }, language: 'fa' })).toThrow(RangeError);
  });

  it('of a one-time code end with the line by which a browser knows it, where there is a host', () => {
    const say = (host: string | null) =>
      renderNotice({ event: 'oneTimeCode', data: { minutes: 2, host }, language: 'fa', secret: '482913' });
    expect(say('bimeh.example.org').split('\n').at(-1)).toBe('@bimeh.example.org #482913');
    expect(say(null)).not.toContain('\n');
  });

  it('name no field that their event does not have: that does not compile', () => {
    const wrong = { usual: { fa: ['تا {until}'], en: ['{endedOn}'] } } as const;
    expectTypeOf<Foreign<'coverLapsed', typeof wrong>>().toEqualTypeOf<'until'>();
    expectTypeOf<Foreign<'coverExpiring', typeof wrong>>().toEqualTypeOf<'endedOn'>();
    expectTypeOf<Foreign<'coverLapsed', (typeof noticeTexts)['coverLapsed']>>().toBeNever();
    expect(wrong.usual.fa).toHaveLength(1);
  });
});

describe('M-32: the result comes by short message', () => {
  it('with the outcome of the registration, the group, what is to be paid and until when', () => {
    const data = { application: '9001', group: 2, payable: '11616000', payBy: '2019-12-22' };
    expect(renderNotice({ event: 'meansTestResult', data, language: 'fa' })).toBe(
      'درخواست 9001: ثبت‌نام شما پذیرفته شد. نتیجه ارزیابی وسع: خانوار شما در گروه ۲ است. سهم شما از حق بیمه ۱۱٬۶۱۶٬۰۰۰ ریال است. مهلت پرداخت: ۱ دی ۱۳۹۸.',
    );
  });
});

describe('M-61: the text to deciles 8 to 10', () => {
  const say = (sex: string | null, decile: number, wording?: 'restored' | 'verbatim') =>
    renderNotice({
      event: 'decile8To10',
      data: { sex, decile },
      language: 'fa',
      ...(wording !== undefined && { wording }),
    });

  it('addresses by sex, or both ways with a slash where it is not known', () => {
    expect(say('male', 8)).toContain(' جنابعالی در دهک درآمدی ۸ قرار دارید');
    expect(say('female', 9)).toContain(' سرکار عالی در دهک درآمدی ۹ قرار دارید');
    expect(say(null, 10)).toContain(' جنابعالی/سرکار عالی در دهک درآمدی ۱۰ قرار دارید');
    expect(say('female', 9, 'verbatim')).toContain(' سركار عالی در دهك درآمدی ۹ قرار دارید');
  });

  it('says decile, source, the month, the counter office and the full premium, in both wordings', () => {
    for (const wording of ['restored', 'verbatim'] as const) {
      for (const sex of ['male', 'female', null]) {
        for (const decile of [8, 9, 10]) {
          const text = say(sex, decile, wording).replaceAll('ك', 'ک');
          for (const word of ['پایگاه رفاه', 'یک ماه', 'دفتر پیشخوان', 'سرانه کامل', 'دهک درآمدی']) {
            expect(text).toContain(word);
          }
          expect(text).not.toMatch(/[{}]|\.\.\./);
          expect(countParts(text)).toBe(8);
        }
      }
    }
  });

  it('is the restored wording unless the verbatim one is chosen: 521 characters with both salutations', () => {
    expect(say(null, 8)).toBe(say(null, 8, 'restored'));
    expect(say(null, 8)).toHaveLength(521);
  });
});

describe('parts of a short message', () => {
  it.each([
    ['م'.repeat(70), 1],
    ['م'.repeat(71), 2],
    ['م'.repeat(134), 2],
    ['م'.repeat(135), 3],
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    [`${'a'.repeat(159)}[`, 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
  ])('%s, parts: %i', (text, parts) => {
    expect(countParts(text)).toBe(parts);
  });
});

describe('quiet hours', () => {
  it.each([
    ['2026-11-23T18:29:59Z', false],
    ['2026-11-23T18:30:00Z', true],
    ['2026-11-24T04:29:59Z', true],
    ['2026-11-24T04:30:00Z', false],
    // Summer time, of the years that had it: 22:00 is 17:30Z.
    ['2020-06-01T17:30:00Z', true],
    ['2020-06-01T03:30:00Z', false],
  ])('%s in Tehran: %s', (at, quiet) => {
    expect(isQuiet(usualQuietHours, new Date(at))).toBe(quiet);
  });

  it('are those of the day, and none where the hours are equal', () => {
    const hours = [...usualQuietHours, { fromDay: '2026-11-23', fromHour: 0, untilHour: 0 }];
    expect(isQuiet(hours, new Date('2026-11-22T19:00:00Z'))).toBe(true);
    expect(isQuiet(hours, new Date('2026-11-23T19:00:00Z'))).toBe(false);
  });

  it('a day begins at midnight in Tehran, in summer and winter', () => {
    expect(startOfDayInTehran('2026-11-23').toISOString()).toBe('2026-11-22T20:30:00.000Z');
    expect(startOfDayInTehran('2020-06-01').toISOString()).toBe('2020-05-31T19:30:00.000Z');
  });
});
