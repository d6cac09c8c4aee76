import type { Pool } from 'pg';
import type { Clock, Keys, Log, Registry } from '../platform/index.ts';
import type { CountSignIn } from './count-sign-ins.ts';

/** What it takes to know who somebody is. */
export interface IdentityOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly ids: { readonly make: (owners: readonly bigint[]) => Promise<readonly bigint[]> };
  readonly keys: Pick<Keys, 'pepper'>;
  readonly log: Pick<Log, 'error' | 'warn' | 'info'>;
  readonly metrics: Registry;
  /**
   * Under which browsers reach us, without a path: https://estehqaq.example.org. Asked for when it is needed: where the
   * port is a free one it is known only then.
   */
  readonly origin: () => string;
  /** Not set: the embedded issuer. */
  readonly outsideIssuer?: OutsideIssuer | undefined;
}

/** An issuer of OpenID Connect that somebody else runs, and what its claims mean here. */
export interface OutsideIssuer {
  readonly address: string;
  readonly clientId: string;
  /** Not set: a public client, by PKCE alone. */
  readonly clientSecret: string | undefined;
  /** The claim that names roles; a text or a list. */
  readonly roleClaim: string;
  /** Its values, and our roles for them. */
  readonly roles: ReadonlyMap<string, string>;
  /** The claim that holds the code of a clerk's provider. */
  readonly providerClaim: string;
}

export interface IdentityParts extends IdentityOptions {
  readonly count: CountSignIn;
}
