import type { Pool } from 'pg';
import type { Clock, Ids, Keys, Log, Registry } from '../../platform/index.ts';
import type { HostPage, Limits } from '../../config.ts';
import type { Payments } from '../../contributions/index.ts';
import type { Enrolment } from '../../enrolment/index.ts';
import type { Identity } from '../../identity/index.ts';
import type { Inquiry } from '../../inquiry/index.ts';
import type { GatewayDoors } from './gateway-doors.ts';
import type { SignInLook } from './sign-in-page.ts';
import type { Pages } from './pages/pages.ts';

/** What the web channel is made with. */
export interface WebParts {
  readonly inquiry: Pick<Inquiry, 'ask' | 'hasRoom' | 'verify' | 'whoAsked'>;
  readonly pool: Pool;
  readonly ids: Pick<Ids, 'make'>;
  readonly clock: Clock;
  readonly keys: Keys;
  readonly log: Log;
  readonly metrics: Registry;
  readonly limits: Limits;
  readonly trustedProxies: readonly string[];
  /** Absent: nobody is enrolled here. */
  readonly enrolment?: Enrolment;
  /** Absent: nothing is paid here. */
  readonly payments?: Payments;
  /** Absent: nobody signs in here, and bearer tokens alone are taken. */
  readonly identity?: Identity;
  /** Absent: the pages are not built, and programs alone are served. */
  readonly pages?: Pages;
  /** Absent: plain pages where staff and clerks sign in. */
  readonly signInLook?: SignInLook;
  /** Absent: no gateway for SMS and USSD is let in. */
  readonly gateways?: GatewayDoors;
  /** Absent: all hosts are one. */
  readonly hostPages?: ReadonlyMap<string, HostPage>;
  /** Every answer of a demo says that it is one. */
  readonly isDemo: boolean;
  readonly version: string;
  /** Whether an inquiry could be answered now. */
  readonly isReady: () => Promise<boolean>;
}
