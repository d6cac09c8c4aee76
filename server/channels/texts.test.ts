import { describe, expect, it } from 'vitest';
import { schemas } from '../cases/index.ts';
import { longestSms } from './short-messages.ts';
import { faultTexts, fullText, outcomes, reasonTexts, solarHijri, type Answered } from './texts.ts';

const trackingCode = '4819205733161234';
const answered = (more: Partial<Answered>): Answered => ({
  trackingCode,
  outcome: 'ENTITLED',
  on: '2020-05-25',
  reasons: [],
  ...more,
});

describe('texts', () => {
  const lastDays = [{}, { entitledUntil: '2020-09-21' }, { endedOn: '2020-04-20' }];
  const all = outcomes.flatMap((outcome) =>
    lastDays.flatMap((days) =>
      (['provider', 'self', 'staff'] as const).map((teller) => ({
        teller,
        outcome,
        answer: answered({ outcome, reasons: Object.keys(reasonTexts), ...days }),
      })),
    ),
  );

  it('name the code after the word', () => {
    expect(all).toHaveLength(81);
    for (const { teller, answer } of all) expect(fullText(answer, teller).fa).toMatch(/رهگیری 4819205733161234$/);
    for (const [code, texts] of Object.entries(faultTexts)) {
      expect(texts.fa.length, code).toBeLessThanOrEqual(longestSms);
    }
  });

  it('name 1420 in every refusal to a person', () => {
    for (const { teller, outcome, answer } of all) {
      const isRefused = ['NOT_ENTITLED', 'REFER_CURRENT_PROCEDURE', 'UNKNOWN_PERSON'].includes(outcome);
      const { fa } = fullText(answer, teller);
      if (teller === 'self' && isRefused) expect(fa).toContain('1420');
      if (outcome === 'ENTITLED') expect(fa).not.toContain('1420');
    }
  });

  it.each([
    ['provider', answered({}), 'دارای استحقاق درمان\n1399/03/05\nرهگیری 4819205733161234'],
    ['provider', answered({ outcome: 'NOT_ENTITLED' }), 'فاقد استحقاق درمان\n1399/03/05\nرهگیری 4819205733161234'],
    [
      'provider',
      answered({ outcome: 'REFER_CURRENT_PROCEDURE' }),
      'فاقد حمایت درمانی، طبق روال جاری\n1399/03/05\nرهگیری 4819205733161234',
    ],
    [
      'self',
      answered({ entitledUntil: '2020-09-21' }),
      'دارای استحقاق درمان تا پایان 1399/06/31\nرهگیری 4819205733161234',
    ],
    ['self', answered({ entitledUntil: null }), 'دارای استحقاق درمان تا اطلاع بعدی\nرهگیری 4819205733161234'],
    [
      'self',
      answered({ outcome: 'NOT_ENTITLED', endedOn: '2020-04-19', reasons: ['NOT_PAID_THROUGH'] }),
      'فاقد استحقاق درمان از 1399/02/01\nعلت: پایان قرارداد\nاعتراض: 1420\nرهگیری 4819205733161234',
    ],
  ] as const)('say to the %s what the insurer says', (teller, answer, expected) => {
    expect(fullText(answer, teller).fa).toBe(expected);
  });

  it('have words for every reason and category of the law', () => {
    const known = new Set(
      [...JSON.stringify(schemas.decision).matchAll(/"([A-Z]+(?:_[A-Z]+)+|DECEASED)"/g)].map(([, code]) => code),
    );
    const reasons = Object.keys(reasonTexts);
    expect(reasons.filter((reason) => !known.has(reason))).toEqual([]);
  });

  it('write days in the Solar Hijri calendar', () => {
    expect(['2020-05-21', '2021-03-20', '2021-03-21'].map(solarHijri)).toEqual([
      '1399/03/01',
      '1399/12/30',
      '1400/01/01',
    ]);
  });
});
