import type { PoolClient } from 'pg';
import type { Reader } from './sql.ts';

/** How the ministry is asked, in the transaction that it is called in (M-05, M-20), and what it has answered last. */
export interface MeansTesting {
  readonly request: (
    client: PoolClient,
    asked: {
      readonly household: bigint;
      readonly application: bigint;
      /** National ids of all of the household; newborns without one cannot be asked about. */
      readonly members: readonly bigint[];
      /** ISO. */
      readonly requestedOn: string;
    },
  ) => Promise<void>;
  /** The last result of a household, for whatever it was asked; a corrected one in place of the first. */
  readonly latest: (reader: Reader, household: bigint) => Promise<LatestResult | undefined>;
}

/** `determinedOn`: ISO; the income of the whole household, rial a month. */
export type LatestResult = Pick<MeansTestResult, 'result' | 'determinedOn' | 'incomeMonthly' | 'decile'>;

/** A result of the ministry, frozen; a corrected one is another that names the first. */
export interface MeansTestResult {
  readonly household: bigint;
  readonly application: bigint | null;
  readonly result: bigint;
  /** ISO. */
  readonly determinedOn: string;
  /** Of the whole household, rial a month. */
  readonly incomeMonthly: bigint | null;
  readonly decile: number | null;
  readonly corrects: bigint | null;
}
