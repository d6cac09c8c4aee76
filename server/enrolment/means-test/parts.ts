import type { Pool, PoolClient } from 'pg';
import type { Book } from '@estehqaq/law';
import type { Clock, Log } from '../../platform/index.ts';
import type { Ministry } from '../../registries/index.ts';
import type { MeansTestResult } from '../means-testing.ts';

/** What it takes to have means tested. */
export interface MeansTestParts {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly ids: { readonly make: (owners: readonly bigint[]) => Promise<bigint[]> };
  readonly law: { readonly book: Book; readonly actsVersion: bigint };
  /** Absent: inquiries wait until they are written into files. */
  readonly ministry: Ministry | undefined;
  /** Runs in the transaction that holds the household and writes the result. */
  readonly onResult: (client: PoolClient, result: MeansTestResult) => Promise<void>;
  readonly log: Pick<Log, 'warn' | 'error'>;
}

/** What goes without a ministry and without applications. */
export type FileParts = Omit<MeansTestParts, 'ministry'>;
