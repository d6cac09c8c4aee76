import { describe, expect, it } from 'vitest';
import { nationalIdText } from '../platform/index.ts';
import { shortAnswer } from './short-answer.ts';
import { isUncertain, longestScreen, longestSms, partWords, phoneTexts, screenTexts } from './short-messages.ts';
import { inquiryNotice } from './sms/index.ts';
import { readText } from './sms/grammar.ts';
import { meantBy, type Sender } from './sms/whose-number.ts';
import { outcomes, reasonTexts, refusals, type Answered } from './texts.ts';
import { walk } from './ussd/menu.ts';

/** Every text that a telephone can be shown, with its length: listed in phone-texts.txt, which a change changes. */

const trackingCode = '4819205733161234';
const citizen = 12345679n;
const foreigner = 151_234_567_890n;

const ends: readonly Partial<Answered>[] = [
  {},
  { entitledUntil: '2020-09-21' },
  { entitledUntil: null },
  { endedOn: '2020-04-19' },
  { endedOn: null },
];
const reasons = Object.keys(reasonTexts);
const whys = [
  [],
  ...reasons.map((reason) => [reason]),
  ...reasons.slice(1).map((reason, index) => [reasons[index] ?? '', reason]),
  reasons,
];

interface Shown {
  readonly name: string;
  readonly text: string;
  readonly most: number;
}

interface ShownAnswer extends Shown {
  readonly answered: Answered;
  readonly teller: 'provider' | 'self';
  readonly person: bigint;
}

const answers = outcomes.flatMap((outcome) =>
  ends.flatMap((end) =>
    whys.flatMap((why) =>
      (['provider', 'self'] as const).flatMap((teller) =>
        [citizen, foreigner].flatMap((person) =>
          // 76: a screen of the HTTP form, with the word before it.
          [longestSms, 76, longestScreen].map((most): ShownAnswer => {
            const answered = { trackingCode, outcome, on: '2020-05-25', reasons: why, ...end };
            const text = shortAnswer(answered, { teller, person, most });
            return { name: `${outcome} ${teller} ${most}`, text, most, answered, teller, person };
          }),
        ),
      ),
    ),
  ),
);

const pharmacy = { code: '100001' };
const clinic = { code: 'PH-7' };
const senders: Readonly<Record<string, Pick<Sender, 'providers' | 'persons'>>> = {
  nobody: { providers: [], persons: [] },
  person: { providers: [], persons: [citizen] },
  persons: { providers: [], persons: [citizen, foreigner] },
  provider: { providers: [pharmacy as never], persons: [] },
  providers: { providers: [pharmacy as never, clinic as never], persons: [] },
  both: { providers: [pharmacy as never], persons: [citizen] },
};

/** Something of every kind that can be typed or written. */
const inputs = [
  '1',
  '2',
  '3',
  '4',
  '9',
  '0',
  '100001',
  'PH-7',
  nationalIdText(citizen),
  '1234567891',
  '0012345678',
  trackingCode,
  'سلام',
];

const helps = Object.entries(senders).flatMap(([who, sender]) =>
  [...inputs, `100001*1234567891`, `100009*1234567891`].flatMap((text): Shown[] => {
    const meant = meantBy(readText(text), { mobile: 989121234567n, ...sender });
    return 'help' in meant ? [{ name: `SMS to ${who} who wrote ${text}`, text: meant.help, most: longestSms }] : [];
  }),
);

/** All states of the menu within five inputs. */
function screensOf(who: string, sender: Pick<Sender, 'providers' | 'persons'>): Shown[] {
  const found = new Map<string, Shown>();
  const visit = (typed: readonly string[]): void => {
    const step = walk(typed, { mobile: 989121234567n, ...sender });
    if (step.kind === 'ask' || step.kind === 'verify') return;
    if (!found.has(step.text)) {
      found.set(step.text, { name: `USSD to ${who} after ${typed.join('*')}`, text: step.text, most: 76 });
    }
    if (step.kind === 'end' || typed.length === 5) return;
    for (const input of inputs) visit([...typed, input]);
  };
  visit([]);
  return [...found.values()];
}

const screens = Object.entries(senders).flatMap(([who, sender]) => screensOf(who, sender));
const fixed = [
  ...Object.entries(phoneTexts).map(([name, text]): Shown => ({ name, text, most: longestSms })),
  ...Object.entries(screenTexts).map(([name, text]): Shown => ({ name, text, most: 76 })),
  { name: 'notice of an inquiry', text: inquiryNotice({ on: '2020-05-25', trackingCode }), most: longestSms },
];
const all: readonly Shown[] = [...answers, ...helps, ...screens, ...fixed];

describe('what telephones are shown', () => {
  it('fits: 70 characters of an SMS, 80 of a screen', () => {
    expect(answers.length).toBeGreaterThan(5_000);
    expect(screens.length).toBeGreaterThan(20);
    expect(all.filter(({ text, most }) => text.length > most || text === '')).toEqual([]);
  });

  it('is listed with its length', async () => {
    const listed = new Map(all.map((each) => [`${each.most}|${each.text}`, each]));
    const lines = [...listed.values()].map(
      ({ name, text, most }) =>
        `${String(text.length).padStart(2)} of ${most}  ${name}: ${text.replaceAll('\n', ' / ')}`,
    );
    await expect(`${[...new Set(lines)].toSorted().join('\n')}\n`).toMatchFileSnapshot('phone-texts.txt');
  });

  it('holds no mark that turns the direction, and days and codes on lines of their own', () => {
    for (const { text } of all) expect(text).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/);
    for (const { text } of answers) expect(text).toMatch(/\nرهگیری [\d ]{16,19}$/);
  });

  it('names the code after its word, and the last four digits of the id wherever they fit', () => {
    for (const { text, person, answered, most } of answers) {
      expect(text.replaceAll(' ', '').endsWith(`${partWords.trackingCode}${trackingCode}`), text).toBe(true);
      // "Not determined" and its code fill an SMS; the code names the inquiry.
      const isNamed = text.includes(nationalIdText(person).slice(-4));
      expect(isNamed || (isUncertain(answered.outcome) && most === longestSms), text).toBe(true);
    }
  });

  it('names 1420 wherever a person is refused, and only there', () => {
    for (const { text, teller, answered } of answers) {
      const isRefused = teller === 'self' && refusals.includes(answered.outcome);
      expect(text.includes('\n1420\n') || text.includes(' 1420\n'), text).toBe(isRefused);
    }
  });

  it('tells the last day to the person alone', () => {
    for (const { text, teller } of answers) {
      if (teller === 'provider') expect(text).not.toMatch(/تا پایان|06\/31|02\/01|تا اطلاع|علت/);
    }
  });

  it('never says that what could not be determined is a refusal', () => {
    const sentence = 'نتیجه نامشخص، به معنی فاقد نیست؛ طبق روال جاری';
    for (const { text, answered } of answers) {
      const { outcome } = answered;
      expect(text.includes(sentence)).toBe(['NEEDS_FACTS', 'PROVISIONAL', 'COULD_NOT_DETERMINE'].includes(outcome));
    }
  });
});
