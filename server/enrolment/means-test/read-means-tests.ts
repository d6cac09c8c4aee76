import type { Pool } from 'pg';
import { isoDay } from '@estehqaq/law';
import { todayInTehran, type Clock } from '../../platform/index.ts';
import { findHouseholdOfHead } from '../household-store.ts';
import { listCases, type DecileState } from './decile-store.ts';
import { listInquiries, type InquiryState, type Purpose } from './inquiry-store.ts';
import { listResults } from './result-store.ts';

/** What a head is told of the household's means tests (M-06, M-32); days are ISO. */
export interface ToldMeansTests {
  readonly inquiries: readonly {
    readonly purpose: Purpose;
    readonly state: InquiryState;
    readonly requestedOn: string;
    readonly sentOn: string | null;
    readonly dueOn: string | null;
    readonly isOverdue: boolean;
    readonly results: readonly {
      readonly determinedOn: string;
      readonly decile: number | null;
      readonly incomeMonthly: bigint | null;
      readonly isLate: boolean;
      readonly corrects: boolean;
      readonly feeGroup: number | null;
    }[];
  }[];
  /** The notices to deciles 8 to 10, the newest first. */
  readonly notices: readonly {
    readonly decile: number;
    readonly state: DecileState;
    readonly deadlineOn: string | null;
  }[];
}

/** @returns undefined for who is the head of no household */
export async function readMeansTests(
  pool: Pool,
  clock: Clock,
  head: bigint,
): Promise<(ToldMeansTests & { readonly household: bigint }) | undefined> {
  const found = await findHouseholdOfHead(pool, head);
  if (found === undefined) return undefined;
  const { household } = found;
  const results = Map.groupBy(await listResults(pool, household), ({ inquiry }) => inquiry);
  const today = isoDay(todayInTehran(clock));
  const inquiries = await listInquiries(pool, household);
  return {
    household,
    inquiries: inquiries.map(({ inquiry, purpose, state, requestedOn, sentOn, dueOn }) => ({
      ...{ purpose, state, requestedOn, sentOn, dueOn },
      isOverdue: state === 'sent' && dueOn !== null && dueOn < today,
      results: (results.get(inquiry) ?? []).map(({ corrects, ...each }) => ({
        determinedOn: each.determinedOn,
        decile: each.decile,
        incomeMonthly: each.incomeMonthly,
        isLate: each.isLate,
        corrects: corrects !== null,
        feeGroup: each.feeGroup,
      })),
    })),
    notices: (await listCases(pool, household)).map(({ decile, state, deadlineOn }) => ({ decile, state, deadlineOn })),
  };
}
