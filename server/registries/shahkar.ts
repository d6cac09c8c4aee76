import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Outside, type OutsideOptions } from './ask-outside.ts';

const answerShape = Compile(
  Type.Object({
    isMatched: Type.Boolean(),
    responseContext: Type.Optional(
      Type.Object({ status: Type.Object({ code: Type.Number(), message: Type.Optional(Type.String()) }) }),
    ),
  }),
);

/** `unavailable`: it said nothing; our own register counts then, as it does where there is no Shahkar at all. */
export type OwnerAnswer = 'match' | 'noMatch' | 'unavailable';

/** Shahkar: does a telephone number belong to a national id? It decides whether that number may be told an end date (T-23). */
export interface Shahkar {
  /** Never throws. @param mobile 989121234567n */
  readonly ownerOf: (nationalId: string, mobile: bigint) => Promise<OwnerAnswer>;
}

const countryDigits = 2;

export function createShahkar(options: OutsideOptions): Shahkar {
  const outside = new Outside('shahkar', options);
  return {
    ownerOf: (nationalId, mobile) => {
      const mobileNumber = `0${String(mobile).slice(countryDigits)}`;
      return outside.ask('/inquiry/mobile/owner/v2', { nationalId, mobileNumber }, (answer): OwnerAnswer | undefined =>
        answerShape.Check(answer) ? (answer.isMatched ? 'match' : 'noMatch') : undefined,
      );
    },
  };
}
