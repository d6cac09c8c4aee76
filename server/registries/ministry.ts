import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Outside, type OutsideOptions } from './ask-outside.ts';

/** One household to be tested (M-20). The same reference is the same inquiry, however often it is sent. */
export interface MinistryInquiry {
  readonly reference: string;
  /** National ids as they are sent. */
  readonly head: string;
  readonly members: readonly string[];
  /** ISO. */
  readonly requestedOn: string;
}

export interface MinistryReceipt {
  readonly reference: string;
  readonly accepted: boolean;
  /** Why not, as a code of the ministry. */
  readonly refusal: string | null;
}

/** In one of three forms: the decile, the income, or both. */
export interface MinistryResult {
  readonly reference: string;
  /** ISO. */
  readonly determinedOn: string;
  readonly decile: number | null;
  /** Of the whole household, rials a month. */
  readonly incomeMonthly: bigint | null;
  /** It takes the place of one that was given before. */
  readonly corrects: boolean;
}

/** The ministry that tests means. None of these throws; what is `'unavailable'` is asked again later, and says nothing. */
export interface Ministry {
  /** At most `inquiriesAtOnce`. One that is not in the answer was not taken. */
  readonly ask: (inquiries: readonly MinistryInquiry[]) => Promise<readonly MinistryReceipt[] | 'unavailable'>;
  /** Those results that are there by now. */
  readonly resultsOf: (references: readonly string[]) => Promise<readonly MinistryResult[] | 'unavailable'>;
}

export const inquiriesAtOnce = 100;
/** Nobody waits for it at a counter. */
const answerWithinMs = 10_000;

const reference = Type.String({ pattern: '^\\d{1,15}-\\d{1,15}$' });

const receipts = Compile(
  Type.Object({
    receipts: Type.Array(
      Type.Object({
        reference,
        accepted: Type.Boolean(),
        refusal: Type.Optional(Type.Union([Type.String({ pattern: '^[A-Z_]{1,40}$' }), Type.Null()])),
      }),
      { maxItems: inquiriesAtOnce },
    ),
  }),
);

const results = Compile(
  Type.Object({
    results: Type.Array(
      Type.Object({
        reference,
        determinedOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
        decile: Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 10 }), Type.Null()])),
        incomeMonthly: Type.Optional(
          Type.Union([Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), Type.Null()]),
        ),
        corrects: Type.Optional(Type.Boolean()),
      }),
      { maxItems: inquiriesAtOnce },
    ),
  }),
);

export function createMinistry(options: OutsideOptions): Ministry {
  const outside = new Outside('ministry', options, { answerWithinMs });
  return {
    ask: (inquiries) =>
      outside.ask('/means-test/inquiries', { inquiries }, (answer): readonly MinistryReceipt[] | undefined =>
        receipts.Check(answer)
          ? answer.receipts.map(({ refusal = null, ...receipt }) => ({ ...receipt, refusal }))
          : undefined,
      ),
    resultsOf: (references) =>
      outside.ask('/means-test/results', { references }, (answer): readonly MinistryResult[] | undefined =>
        results.Check(answer)
          ? answer.results.map(({ decile = null, incomeMonthly = null, corrects = false, ...result }) => ({
              ...result,
              decile,
              incomeMonthly: incomeMonthly === null ? null : BigInt(incomeMonthly),
              corrects,
            }))
          : undefined,
      ),
  };
}
