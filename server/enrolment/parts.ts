import type { Pool } from 'pg';
import type { LawInForce } from '../decisions/index.ts';
import type { Provider } from '../membership/index.ts';
import type { Clock, Log } from '../platform/index.ts';
import type { CivilRegistry, OtherInsurers } from '../registries/index.ts';
import type { DrawNumber } from './numbers.ts';
import type { MeansTesting } from './means-testing.ts';

/** What it takes to work on applications and covers. */
export interface EnrolmentParts {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly ids: { readonly make: (owners: readonly bigint[]) => Promise<bigint[]> };
  readonly law: Pick<LawInForce, 'book' | 'bookAt' | 'actsVersion' | 'isConfirmed'>;
  readonly civilRegistry: CivilRegistry;
  readonly otherInsurers: OtherInsurers;
  readonly directory: { readonly find: (code: string) => Provider | undefined };
  readonly meansTesting: MeansTesting;
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** By lot, where it is not handed in. */
  readonly draw?: DrawNumber;
}
