import { createContext, use } from 'react';
import { createIntl, createIntlCache, type IntlShape } from 'react-intl';
import fa from '../messages/fa.json' with { type: 'json' };
import en from '../messages/en.json' with { type: 'json' };
import { formatDay, formatDigits, inTehranTime } from './format.ts';
import type { Language } from './language.ts';

/** Where a page's files are. */
export interface Assets {
  readonly style: string;
  readonly script: string;
  readonly font: string;
  readonly providerStyle: string;
  readonly providerScript: string;
}

/** What every page is told beside its own properties. */
export interface View {
  readonly language: Language;
  readonly isDemo: boolean;
  /** Of this page, to be asked for again in the other language. */
  readonly path: string;
  /** Only pages of somebody who is signed in have one; every form of theirs carries it. */
  readonly csrfToken: string | undefined;
  readonly assets: Assets;
}

export type MessageId = keyof typeof fa;

const messages: Readonly<Record<Language, Record<MessageId, string>>> = { fa, en };
const cache = createIntlCache();
const intls = new Map<Language, IntlShape>();

function intlOf(language: Language): IntlShape {
  const known = intls.get(language);
  if (known !== undefined) return known;
  const made = createIntl({ locale: language, messages: messages[language], onError: raise }, cache);
  intls.set(language, made);
  return made;
}

/** A text that is missing is a mistake of ours and never shown as its name. */
function raise(error: Error): void {
  throw error;
}

const ViewContext = createContext<View | undefined>(undefined);
export const ViewProvider = ViewContext;

type Speaking = Omit<View, 'assets'>;

export interface Words {
  readonly say: (id: MessageId, values?: Readonly<Record<string, string | number>>) => string;
  /** Day and time in Tehran of an instant, in words. */
  readonly when: (instant: string) => string;
  readonly day: (isoDay: string) => string;
  readonly digits: (text: string) => string;
}

/** What a component speaks with, and what its page is told. */
export function useWords(): Words & View {
  const view = use(ViewContext);
  if (view === undefined) throw new TypeError('a component stands outside of a page');
  return { ...view, ...wordsOf(view) };
}

export function wordsOf({ language }: Speaking): Words {
  const say: Words['say'] = (id, values) => intlOf(language).formatMessage({ id }, { ...values });
  const day = (isoDay: string): string => formatDay(isoDay, language);
  const digits = (text: string): string => formatDigits(text, language);
  const when = (instant: string): string => {
    const { day: isoDay, time } = inTehranTime(instant);
    return say('when', { day: day(isoDay), time: digits(time) });
  };
  return { say, when, day, digits };
}
