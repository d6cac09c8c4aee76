import { isUncertain, partWords, verdictWords } from './short-messages.ts';
import { dayAfter, reasonTexts, refusals, solarHijri, type Answered } from './texts.ts';
import { nationalIdText } from '../platform/index.ts';

export type ShortTeller = 'provider' | 'self';

/** How much room an answer takes: each step gives up something, the least needed first. */
interface Form {
  readonly isReasonTold: boolean;
  readonly isIdNamed: boolean;
  readonly isIdTold: boolean;
  readonly isCodeInGroups: boolean;
  readonly isYearTold: boolean;
  readonly objection: string;
}

const [usualObjection, ...shorterObjections] = partWords.objections;
const roomiest: Form = {
  isReasonTold: true,
  isIdNamed: true,
  isIdTold: true,
  isCodeInGroups: true,
  isYearTold: true,
  objection: usualObjection,
};

const forms: readonly Form[] = inSteps(roomiest, [
  { isCodeInGroups: false },
  { isIdNamed: false },
  { isReasonTold: false },
  { isYearTold: false },
  ...shorterObjections.map((objection) => ({ objection })),
  // Verdict and code alone fill an SMS: "not determined" leaves no room for more. The code names the inquiry.
  { isIdTold: false },
]);

function inSteps(first: Form, steps: readonly Partial<Form>[]): readonly Form[] {
  const all = [first];
  for (const step of steps) all.push({ ...(all.at(-1) ?? first), ...step });
  return all;
}

/**
 * An answer in at most so many characters, for a telephone: verdict, day, the last four digits of the id, reasons and the
 * line 1420 where a person is refused, tracking code. Only `self` is told the last day (T-24, T-25).
 * @param person whom it is about; absent where that is not known here
 */
export function shortAnswer(
  answered: Answered,
  {
    teller,
    person,
    most,
  }: { readonly teller: ShortTeller; readonly person: bigint | undefined; readonly most: number },
): string {
  let written = '';
  for (const form of forms) {
    written = compose(answered, teller, person, form);
    if (written.length <= most) return written;
  }
  return written;
}

function compose(answered: Answered, teller: ShortTeller, person: bigint | undefined, form: Form): string {
  const { outcome, reasons, trackingCode } = answered;
  const digits = person === undefined || !form.isIdTold ? undefined : nationalIdText(person).slice(-4);
  const why = teller === 'self' && form.isReasonTold ? reasons.flatMap((reason) => reasonTexts[reason]?.fa ?? []) : [];
  const lines = [
    ...verdictLines(answered, teller, form.isYearTold ? solarHijri : monthAndDay),
    ...(digits === undefined ? [] : [form.isIdNamed ? `${partWords.nationalId} ${digits}` : digits]),
    ...(why.length === 0 ? [] : [`${partWords.reason} ${why.join('، ')}`]),
    ...(teller === 'self' && refusals.includes(outcome) ? [form.objection] : []),
    `${partWords.trackingCode} ${form.isCodeInGroups ? trackingCode.replace(/(\d{4})(?=\d)/g, '$1 ') : trackingCode}`,
  ];
  return lines.join('\n');
}

function verdictLines(answered: Answered, teller: ShortTeller, written: (day: string) => string): readonly string[] {
  const { outcome, on, entitledUntil, endedOn } = answered;
  const verdict = verdictWords[outcome];
  if (teller === 'provider') {
    return isUncertain(outcome) || outcome === 'UNKNOWN_PERSON' ? [verdict] : [verdict, written(on)];
  }
  if (outcome === 'ENTITLED') {
    if (entitledUntil === undefined) return [verdict, written(on)];
    return [
      entitledUntil === null
        ? `${verdict} ${partWords.withoutLastDay}`
        : `${verdict} ${partWords.lastDay} ${written(entitledUntil)}`,
    ];
  }
  return outcome === 'NOT_ENTITLED' && typeof endedOn === 'string'
    ? [`${verdict} ${partWords.firstDayWithout} ${written(dayAfter(endedOn))}`]
    : [verdict];
}

function monthAndDay(isoDay: string): string {
  return solarHijri(isoDay).slice('1399/'.length);
}
