import type { Pool } from 'pg';
import type { Clock } from '../platform/index.ts';
import type { DrawCaseNumber } from './case-number.ts';
import type { IsMinorOf } from './speak-for.ts';

/** What it takes to work on objections. */
export interface ObjectionsParts {
  readonly pool: Pool;
  readonly clock: Clock;
  /** For the recorded readings of staff. */
  readonly ids: { readonly make: (owners: readonly bigint[]) => Promise<readonly bigint[]> };
  /** The tracking codes of inquiries. */
  readonly codes: {
    readonly findId: (text: string) => bigint | undefined;
    readonly codeOf: (id: bigint) => string;
  };
  readonly isMinorOf: IsMinorOf;
  /** By lot, where it is not handed in. */
  readonly draw?: DrawCaseNumber;
}
