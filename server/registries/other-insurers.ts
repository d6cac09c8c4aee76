import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { Outside, type OutsideOptions } from './ask-outside.ts';

const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

const cover = Type.Object({
  insurer: Type.Union([Type.Literal('ihio'), Type.Literal('armedForces'), Type.Literal('other')]),
  fund: Type.Union([
    Type.Literal('employees'),
    Type.Literal('otherStrata'),
    Type.Literal('universal'),
    Type.Literal('rural'),
    Type.Null(),
  ]),
  from: day,
  until: Type.Union([day, Type.Null()]),
  supportiveBody: Type.Optional(Type.Boolean({ description: 'The holder is under a supportive body (M-12)' })),
});

const answerShape = Compile(Type.Object({ covers: Type.Array(cover, { maxItems: 100 }) }));

/** A cover of another base insurer; days are ISO, `until: null` is open-ended. */
export type CoverAnswer = Static<typeof cover>;

export interface OtherInsurers {
  /** The covers that the other base insurers know of (T-19), or `'unavailable'`; never throws. */
  readonly coversOf: (nationalId: string) => Promise<readonly CoverAnswer[] | 'unavailable'>;
}

export function createOtherInsurers(options: OutsideOptions): OtherInsurers {
  const outside = new Outside('otherInsurers', options);
  return {
    coversOf: (nationalId) =>
      outside.ask('/covers', { nationalId }, (answer) => (answerShape.Check(answer) ? answer.covers : undefined)),
  };
}
