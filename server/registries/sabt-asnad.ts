import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Outside, type OutsideOptions } from './ask-outside.ts';

const answerShape = Compile(
  Type.Object({
    marriage: Type.Union([Type.Literal('married'), Type.Literal('unmarried'), Type.Null()]),
  }),
);

export type MaritalAnswer = 'married' | 'unmarried' | 'notFound' | 'unavailable';

/** The deeds registry (T-34): is a marriage registered? */
export interface SabtAsnad {
  /** Never throws. `'notFound'` and `'unavailable'` count as: the link is off for this inquiry. */
  readonly marriageOf: (nationalId: string) => Promise<MaritalAnswer>;
}

export function createSabtAsnad(options: OutsideOptions): SabtAsnad {
  const outside = new Outside('sabtAsnad', options);
  return {
    marriageOf: (nationalId) =>
      outside.ask('/marriages', { nationalId }, (answer): MaritalAnswer | undefined =>
        answerShape.Check(answer) ? (answer.marriage ?? 'notFound') : undefined,
      ),
  };
}
