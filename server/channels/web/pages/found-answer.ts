import type { InquiryAnswer } from '../../../inquiry/index.ts';
import type { AboutShown, AnswerShown } from './pages.ts';

/** An answer that somebody asks to see. */
export interface Found {
  readonly answer: InquiryAnswer;
  readonly person: bigint;
  readonly about: AboutShown;
  /** Whether the reader may be told all of it, as about oneself and one's minor children. */
  readonly isAll: boolean;
}

/** What of it stands on a page. */
export function shown({ trackingCode, outcome, on, setting, entitledUntil, endedOn }: InquiryAnswer): AnswerShown {
  return {
    ...{ trackingCode, outcome, on, setting },
    ...(entitledUntil !== undefined && { entitledUntil }),
    ...(endedOn !== undefined && { endedOn }),
  };
}
