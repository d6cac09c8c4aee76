import { checkDigitOf } from '../platform/index.ts';
import type { RegisteredPerson } from './civil-registry.ts';
import { runStandIn, type StandIn } from './stand-in.ts';

/** A child whom nobody would think of naming: the id is the parent's with the first digits turned. */
function childOf(nationalId: string): RegisteredPerson {
  const nine = Number(`8${nationalId.slice(1, 9)}`);
  return {
    nationalId: `${nine}${checkDigitOf(nine)}`,
    sex: 'female',
    birthDate: '2016-05-20',
    diedOn: null,
    firstName: 'نرگس',
    lastName: 'آزمایشی',
  };
}

/** By the national id's last but one digit: with 6 it knows of a child, the others are not known to it. */
export const civilRegistryStandIn: StandIn = {
  name: 'civil-registry',
  answers: {
    '/families': (nationalId) => {
      if (nationalId.at(-2) !== '6') return { family: null };
      const person = {
        nationalId,
        sex: 'male',
        birthDate: '1985-04-10',
        diedOn: null,
        firstName: null,
        lastName: null,
      };
      return { family: { person, spouses: [], children: [childOf(nationalId)] } };
    },
  },
};

if (import.meta.main) await runStandIn(civilRegistryStandIn);
