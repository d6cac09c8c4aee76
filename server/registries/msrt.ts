import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Outside, type OutsideOptions } from './ask-outside.ts';

const answerShape = Compile(
  Type.Object({
    studentUntil: Type.Union([Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), Type.Null()]),
  }),
);

/** The last day (ISO) of the person's studies; `'notFound'` where the ministry knows of none. */
export type StudentAnswer = { readonly studentUntil: string } | 'notFound' | 'unavailable';

/** The science ministry (T-33). */
export interface Msrt {
  /** Never throws. `'notFound'` and `'unavailable'` count as: the link is off for this inquiry. */
  readonly studentUntil: (nationalId: string) => Promise<StudentAnswer>;
}

export function createMsrt(options: OutsideOptions): Msrt {
  const outside = new Outside('msrt', options);
  return {
    studentUntil: (nationalId) =>
      outside.ask('/students', { nationalId }, (answer): StudentAnswer | undefined => {
        if (!answerShape.Check(answer)) return undefined;
        const { studentUntil } = answer;
        return studentUntil === null ? 'notFound' : { studentUntil };
      }),
  };
}
