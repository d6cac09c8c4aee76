import type { StaffRole } from './holder.ts';

/** A member of staff, or a clerk of a provider. The user name is the person, for ever. */
export interface Account {
  readonly user: string;
  readonly kind: 'staff' | 'clerk';
  readonly displayName: string;
  /** Of staff, at least one; a session acts in one of them. */
  readonly roles: readonly StaffRole[];
  /** Of a clerk. */
  readonly provider: string | null;
  readonly state: 'active' | 'disabled';
  /** Has to be replaced at the next sign-in. */
  readonly passwordIsOneTime: boolean;
  readonly passwordSetAt: Date | null;
  /** Whether a device for the second factor is set up. */
  readonly totpConfirmed: boolean;
  /** Signs in at this issuer, not here. */
  readonly issuer: string | null;
  readonly createdAt: Date;
}

export interface AccountSecrets {
  readonly passwordHash: string | null;
  /** Sealed. */
  readonly totpSecret: Buffer | null;
}
