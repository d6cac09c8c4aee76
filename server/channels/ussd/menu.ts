import { findNationalId } from '../../platform/index.ts';
import { phoneTexts, screenTexts } from '../short-messages.ts';
import { codeInWords, sameText, wordsOf } from '../sms/grammar.ts';
import { askersOf, asProvider, asSelf, meantByPerson, type Question, type Sender } from '../sms/whose-number.ts';
import type { Asker } from '../../inquiry/index.ts';
import type { Provider } from '../../membership/index.ts';

/** What the screens say after some inputs: a pure function of what was typed and of whose number it is. */
export type Step =
  /** Shows a text and waits for an input. */
  | { readonly kind: 'prompt'; readonly text: string }
  | { readonly kind: 'end'; readonly text: string; readonly why: string }
  /** Asks, with so many of the inputs; whatever was typed after them does not count. */
  | { readonly kind: 'ask'; readonly question: Question; readonly used: number }
  /** What was answered under a code, to the first of them who may read it. */
  | { readonly kind: 'verify'; readonly code: string; readonly readers: readonly Asker[]; readonly used: number };

type State = 'menu' | 'ownId' | 'dependantsId' | 'providerCode' | 'patientsId' | 'trackingCode';

const prompts: Readonly<Record<State, string>> = {
  menu: screenTexts.menu,
  ownId: screenTexts.ownNationalId,
  dependantsId: screenTexts.dependantsNationalId,
  providerCode: screenTexts.providerCode,
  patientsId: screenTexts.patientsNationalId,
  trackingCode: screenTexts.trackingCode,
};

/** A wrong input is asked for again; after so many the dialogue ends. */
const mostWrong = 3;

/** Walks through the menu. An id at the very beginning is a provider's direct inquiry: `*…*NATIONALID#`. */
export function walk(inputs: readonly string[], sender: Sender): Step {
  let at: Place = { state: 'menu' };
  let wrong = 0;
  let fault: string | undefined;
  for (const [index, input] of inputs.entries()) {
    const taken = take(at, input, sender, index + 1);
    if ('kind' in taken) return taken;
    if ('wrong' in taken) {
      wrong += 1;
      fault = taken.wrong;
      if (wrong >= mostWrong) return { kind: 'end', text: screenTexts.tooManyTries, why: 'notUnderstood' };
    } else {
      at = taken;
      fault = undefined;
    }
  }
  return { kind: 'prompt', text: fault ?? prompts[at.state] };
}

interface Place {
  readonly state: State;
  /** Who asks, where the number is that of several. */
  readonly provider?: Provider;
  /** Whose id was dialled before it was said who asks. */
  readonly person?: bigint;
}

type Taken = Step | Place | { readonly wrong: string };

const notRegistered: Step = { kind: 'end', text: phoneTexts.notRegistered, why: 'notRegistered' };
const noProvider: Step = { kind: 'end', text: phoneTexts.noProvider, why: 'noProvider' };

function take(at: Place, input: string, sender: Sender, used: number): Taken {
  const { providers, persons } = sender;
  switch (at.state) {
    case 'menu':
      return choose(input, sender, used);
    case 'ownId':
      return withId(input, (person) =>
        persons.includes(person)
          ? { kind: 'ask', question: { person, askers: [asSelf(person)] }, used }
          : { kind: 'end', text: phoneTexts.notYours, why: 'notYours' },
      );
    case 'dependantsId':
      return withId(input, (person) => ({
        kind: 'ask',
        question: { person, askers: askersOf(person, persons) },
        used,
      }));
    case 'providerCode': {
      const code = codeInWords(input);
      const provider = providers.find((each) => codeInWords(each.code) === code);
      if (provider === undefined) return { wrong: screenTexts.wrongProviderCode };
      if (at.person === undefined) return { state: 'patientsId', provider };
      return { kind: 'ask', question: { person: at.person, askers: [asProvider(provider)] }, used };
    }
    case 'patientsId':
      return takePatient(at, input, used);
    case 'trackingCode': {
      const readers = [...providers.map(asProvider), ...persons.map(asSelf)];
      return { kind: 'verify', code: input, readers, used };
    }
  }
}

function choose(input: string, sender: Sender, used: number): Taken {
  const { providers, persons } = sender;
  const [only] = persons;
  const [provider] = providers;
  switch (sameText(input)) {
    case '1':
      if (only === undefined) return notRegistered;
      if (persons.length > 1) return { state: 'ownId' };
      return { kind: 'ask', question: { person: only, askers: [asSelf(only)] }, used };
    case '2':
      return only === undefined ? notRegistered : { state: 'dependantsId' };
    case '3':
      if (provider === undefined) return noProvider;
      if (providers.length > 1) return { state: 'providerCode' };
      return { state: 'patientsId', provider };
    case '4':
      return only === undefined && provider === undefined ? notRegistered : { state: 'trackingCode' };
    default:
      return used === 1 ? direct(input, sender, used) : wrongChoice;
  }
}

const wrongChoice = { wrong: screenTexts.wrongChoice };

/** What was dialled with the code: an id, or a provider's code before one. */
function direct(input: string, sender: Sender, used: number): Taken {
  const { providers } = sender;
  const code = codeInWords(input);
  const provider = providers.find((each) => codeInWords(each.code) === code);
  if (provider !== undefined) return { state: 'patientsId', provider };
  if (!/^\d{7,12}$/.test(code)) return wrongChoice;
  return withId(input, (person) => {
    const meant = meantByPerson(person, sender);
    if ('person' in meant) return { kind: 'ask', question: meant, used };
    return providers.length > 1 ? { state: 'providerCode', person } : notRegistered;
  });
}

/** The id alone; or, from one who types it out of habit, the provider's code before it. */
function takePatient({ provider }: Place, input: string, used: number): Taken {
  if (provider === undefined) return noProvider;
  if (codeInWords(input) === codeInWords(provider.code) && findNationalId(input) === undefined) {
    return { state: 'patientsId', provider };
  }
  return withId(input, (person) => ({ kind: 'ask', question: { person, askers: [asProvider(provider)] }, used }));
}

function withId(input: string, then: (person: bigint) => Taken): Taken {
  const person = findNationalId(wordsOf(input).join(''));
  return person === undefined ? { wrong: screenTexts.wrongNationalId } : then(person);
}

/**
 * The inputs in what was dialled: `*4*1420*1#` under the root `*4*1420#` is `1`. Under another root, an id that stands
 * last is one, and everything else belongs to the code that was dialled.
 */
export function inputsDialled(dialled: string, root: string): readonly string[] {
  const written = wordsOf(dialled);
  const code = wordsOf(root);
  if (code.length > 0 && code.every((word, index) => written[index] === word)) return written.slice(code.length);
  const last = written.at(-1) ?? '';
  return written.length > 1 && findNationalId(last) !== undefined ? [last] : [];
}

/** All inputs of the HTTP form, joined by `*`. */
export function inputsTyped(text: string): readonly string[] {
  return text === '' ? [] : text.split('*');
}
