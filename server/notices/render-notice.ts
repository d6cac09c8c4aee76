import { createHash } from 'node:crypto';
import type { DecileWording } from './decile-text.ts';
import { events, type FieldKind, type NoticeEvent } from './event.ts';
import { noticeTexts, type Texts } from './texts.ts';
import { amountInWords, dayInWords, inDigitsOf, type Language } from './words.ts';

export interface Rendering {
  readonly event: NoticeEvent;
  /** As kept: see `writeData`. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly language: Language;
  readonly secret?: string;
  /** Where the event has several; else, and otherwise, its usual one. */
  readonly wording?: DecileWording;
}

/** @throws RangeError where a field of the event is not among the data: nothing half-filled is ever said */
export function renderNotice(rendering: Rendering): string {
  const { event, language } = rendering;
  const kinds: Readonly<Record<string, FieldKind>> = events[event];
  const said = textsOf(event, rendering.wording)[language].flatMap((sentence) => {
    const names = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const isLeftOut = names.some((name) => kinds[name]?.endsWith('?') === true && rendering.data[name] === null);
    return isLeftOut ? [] : [sentence.replace(/\{(\w+)\}/g, (_brace, name: string) => write(name, kinds, rendering))];
  });
  return said.join(' ');
}

/** By which wording something was said, and by which text of it. */
export function wordingMark(event: NoticeEvent, language: Language, wording?: DecileWording): string {
  const text = textsOf(event, wording)[language].join(' ');
  const name = wording !== undefined && wording in noticeTexts[event] ? wording : 'usual';
  return `${name}:${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}

function textsOf(event: NoticeEvent, wording: string | undefined): Texts {
  const wordings = noticeTexts[event];
  const texts = wordings[wording ?? ''] ?? Object.values(wordings)[0];
  if (texts === undefined) throw new RangeError(`${event} has no text`);
  return texts;
}

const salutations = { male: 'جنابعالی', female: 'سرکار عالی' } as const;
const salutationsVerbatim = { male: 'جنابعالی', female: 'سركار عالی' } as const;

function write(name: string, kinds: Readonly<Record<string, FieldKind>>, rendering: Rendering): string {
  const kind = kinds[name]?.replace('?', '') as Exclude<FieldKind, `${string}?`> | undefined;
  const value = kind === 'secret' ? rendering.secret : rendering.data[name];
  if (kind === 'salutation') return salutation(value, rendering);
  if ((typeof value !== 'string' && typeof value !== 'number') || kind === undefined) {
    throw new RangeError(`${rendering.event} lacks ${name}`);
  }
  const { language } = rendering;
  const text = String(value);
  switch (kind) {
    case 'rial':
      return amountInWords(language, text);
    case 'day':
      return dayInWords(language, text);
    case 'secret':
    case 'code':
      // Is typed again and compared sign by sign: in the digits in which it stands everywhere.
      return text;
    case 'number':
    case 'year':
    case 'decile':
      return inDigitsOf(language, text);
  }
}

/** Where the sex is not known both stand there, with a slash (M-61). */
function salutation(sex: unknown, { wording }: Rendering): string {
  const { male, female } = wording === 'verbatim' ? salutationsVerbatim : salutations;
  if (sex === 'male') return male;
  return sex === 'female' ? female : `${male}/${female}`;
}
