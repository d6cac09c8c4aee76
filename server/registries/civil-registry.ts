import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { Outside, type OutsideOptions } from './ask-outside.ts';

const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

const registered = Type.Object({
  nationalId: Type.String({ pattern: '^\\d{10}$' }),
  sex: Type.Union([Type.Literal('male'), Type.Literal('female')]),
  birthDate: day,
  diedOn: Type.Union([day, Type.Null()]),
  firstName: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
  lastName: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
});

const family = Type.Object({
  person: registered,
  spouses: Type.Array(registered, { maxItems: 10 }),
  children: Type.Array(registered, { maxItems: 50 }),
});

const answerShape = Compile(Type.Object({ family: Type.Union([family, Type.Null()]) }));

/** Days are ISO; ids are those of citizens. */
export type RegisteredPerson = Static<typeof registered>;
/** A person with the present spouses and all children, the dead with the day of their death. */
export type Family = Static<typeof family>;

/** The civil registry: who belongs to a household (M-19). */
export interface CivilRegistry {
  /** Never throws. `'notFound'`: the registry does not know the person; `'unavailable'`: it was silent. */
  readonly familyOf: (nationalId: string) => Promise<Family | 'notFound' | 'unavailable'>;
}

export function createCivilRegistry(options: OutsideOptions): CivilRegistry {
  const outside = new Outside('civilRegistry', options);
  return {
    familyOf: (nationalId) =>
      outside.ask('/families', { nationalId }, (answer): Family | 'notFound' | undefined =>
        answerShape.Check(answer) ? (answer.family ?? 'notFound') : undefined,
      ),
  };
}
