import { inTehranTime, formatDay, formatDigits, formatGregorian, inGroups, maskNationalId } from '../parts/format.ts';
import { wordsOf, type View } from '../parts/view.tsx';
import type { ProofProps } from './inquiry.tsx';

/** A proof as lines of text, for whoever draws it on paper without a browser. */
export interface ProofSheet {
  readonly title: string;
  /** Absent but in a demo. */
  readonly demo: string | undefined;
  readonly verdict: string;
  readonly rows: readonly { readonly name: string; readonly value: string }[];
  readonly notes: readonly string[];
}

export function proofSheet({ answer, about, knownAt }: Omit<ProofProps, 'qr'>, view: Omit<View, 'assets'>): ProofSheet {
  const { language } = view;
  const { say } = wordsOf(view);
  const { entitledUntil } = answer;
  const digits = (text: string): string => formatDigits(text, language);
  const dayText = (day: string): string =>
    language === 'en' ? `${formatDay(day, 'en')} (${formatGregorian(day)})` : formatDay(day, 'fa');
  const { day, time } = inTehranTime(knownAt);
  return {
    title: say('proof.title'),
    demo: view.isDemo ? say('app.demo') : undefined,
    verdict: say(`outcome.${answer.outcome}`),
    rows: [
      ...(about.name === null ? [] : [{ name: say('answer.for'), value: about.name }]),
      { name: say('answer.nationalId'), value: digits(maskNationalId(about.nationalId)) },
      { name: say('answer.day'), value: dayText(answer.on) },
      ...(entitledUntil === undefined
        ? []
        : entitledUntil === null
          ? [{ name: say('answer.lasts'), value: say('answer.endless') }]
          : [{ name: say('answer.until'), value: dayText(entitledUntil) }]),
      { name: say('answer.setting'), value: say(`setting.${answer.setting}`) },
      { name: say('answer.trackingCode'), value: digits(inGroups(answer.trackingCode).join('\u00a0')) },
    ],
    notes: [
      say('proof.known', { day: formatDay(day, language), time: digits(time) }),
      say('proof.good', { day: formatDay(answer.on, language) }),
      say('proof.check'),
    ],
  };
}
