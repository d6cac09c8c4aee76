import type { Pool } from 'pg';
import type { Clock, Ids, Keys, Log, Registry } from '../../platform/index.ts';
import type { Limits } from '../../config.ts';
import type { Inquiry } from '../../inquiry/index.ts';

/** What the web channel is made with. */
export interface WebParts {
  readonly inquiry: Pick<Inquiry, 'ask' | 'verify' | 'whoAsked'>;
  readonly pool: Pool;
  readonly ids: Pick<Ids, 'make'>;
  readonly clock: Clock;
  readonly keys: Keys;
  readonly log: Log;
  readonly metrics: Registry;
  readonly limits: Limits;
  readonly trustedProxies: readonly string[];
  /** Every answer of a demo says that it is one. */
  readonly isDemo: boolean;
  readonly version: string;
  /** Whether an inquiry could be answered now. */
  readonly isReady: () => Promise<boolean>;
}
