import type { Asker } from '../../inquiry/index.ts';
import type { Provider } from '../../membership/index.ts';
import { phoneTexts } from '../short-messages.ts';
import { codeInWords, type Said } from './grammar.ts';

/** Whose a number is: of providers, of people, of both, of nobody. */
export interface Sender {
  readonly mobile: bigint;
  readonly providers: readonly Provider[];
  readonly persons: readonly bigint[];
}

/** As whom a question is asked, the likeliest first; who may not ask is passed over for the next. */
export interface Question {
  readonly person: bigint;
  readonly askers: readonly Asker[];
}

/** What a text from a number asks, or how to ask. */
export type Meant = Question | { readonly help: string };

export function meantBy(said: Said, sender: Sender): Meant {
  const { persons } = sender;
  switch (said.kind) {
    case 'own': {
      const [only] = persons;
      if (only !== undefined && persons.length === 1) return { person: only, askers: [asSelf(only)] };
      return { help: persons.length > 1 ? phoneTexts.helpPersons : helpFor(sender) };
    }
    case 'person':
      return meantByPerson(said.person, sender);
    case 'byProvider': {
      const { code, person } = said;
      const provider = sender.providers.find((each) => codeInWords(each.code) === code);
      return provider === undefined ? { help: helpFor(sender) } : { person, askers: [asProvider(provider)] };
    }
    case 'wrongId':
      return { help: isRegistered(sender) ? phoneTexts.wrongNationalId : phoneTexts.notRegistered };
    case 'other':
      return { help: helpFor(sender) };
  }
}

/** One's own id is asked as oneself, also from a provider's number; any other by the provider; by others, as a dependant's. */
export function meantByPerson(person: bigint, sender: Sender): Meant {
  const { providers, persons } = sender;
  const asPersons = askersOf(person, persons);
  const [provider] = providers;
  if (persons.includes(person)) {
    const asOnlyProvider = provider !== undefined && providers.length === 1 ? [asProvider(provider)] : [];
    return { person, askers: [...asPersons, ...asOnlyProvider] };
  }
  if (providers.length > 1) return { help: phoneTexts.helpProviders };
  if (provider !== undefined) return { person, askers: [asProvider(provider)] };
  return persons.length === 0 ? { help: phoneTexts.notRegistered } : { person, askers: asPersons };
}

/** The person first, if it is one of them; then each as somebody's principal. */
export function askersOf(person: bigint, persons: readonly bigint[]): readonly Asker[] {
  const others = persons.filter((each) => each !== person);
  return [...(persons.includes(person) ? [person] : []), ...others].map(asSelf);
}

export function helpFor(sender: Sender): string {
  const { providers, persons } = sender;
  if (providers.length > 1) return phoneTexts.helpProviders;
  if (providers.length === 1) return persons.length === 0 ? phoneTexts.helpProvider : phoneTexts.helpBoth;
  if (persons.length === 0) return phoneTexts.notRegistered;
  return persons.length === 1 ? phoneTexts.helpPerson : phoneTexts.helpPersons;
}

const isRegistered = ({ providers, persons }: Sender): boolean => providers.length > 0 || persons.length > 0;

export const asSelf = (person: bigint): Asker => ({ kind: 'self', person });
export const asProvider = ({ code }: Pick<Provider, 'code'>): Asker => ({ kind: 'provider', code });
