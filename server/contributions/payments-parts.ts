import type { Pool, PoolClient } from 'pg';
import type { Clock, Ids, Log } from '../platform/index.ts';
import type { PaymentGateway } from '../registries/index.ts';
import type { PaymentState } from './payment-states.ts';

/**
 * Handed in; runs in the transaction that marks the bill paid, after the household and the bill were locked. What it throws undoes the
 * marking, and it is tried again.
 */
export type OnPaid = (
  client: PoolClient,
  paid: {
    readonly household: bigint;
    readonly application: bigint;
    readonly bill: bigint;
    /** ISO, in Tehran: the day on which the verification began that found the money; at a counter, of the receipt. */
    readonly paidOn: string;
  },
) => Promise<void>;

/** Handed in; runs in the transaction that marks the bill expired. */
export type OnExpired = (
  client: PoolClient,
  expired: { readonly household: bigint; readonly application: bigint; readonly bill: bigint },
) => Promise<void>;

/**
 * Handed in; runs in the transaction that notes that money went back to the payer, or is to be given back by staff.
 */
export type OnReturned = (
  client: PoolClient,
  returned: {
    readonly household: bigint;
    /** National id. */
    readonly payer: bigint;
    readonly bill: bigint;
    readonly payment: bigint;
    /** Whole rials. */
    readonly amount: bigint;
  },
) => Promise<void>;

/** What is counted; nothing about anybody. */
export interface PaymentMetrics {
  readonly moved: (via: 'gateway' | 'counter', state: PaymentState) => void;
  /** A browser came back: with which result, or with an authority that is none of ours. */
  readonly returned: (result: string) => void;
}

/**
 * Handed in; takes hold of a household for the rest of the transaction. Whoever works on a household's applications takes
 * hold of it before any of its bills, so what is told to them must do the same: in one order nobody waits in a circle.
 */
export type LockHousehold = (client: PoolClient, household: bigint) => Promise<unknown>;

export interface PaymentsParts {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'make'>;
  readonly gateway: PaymentGateway;
  /** Where the gateway sends browsers back to: the return route, as it is reached from outside. */
  readonly callbackUrl: () => string;
  readonly lockHousehold: LockHousehold;
  readonly onPaid: OnPaid;
  readonly onExpired?: OnExpired;
  readonly onReturned?: OnReturned;
  readonly log: Pick<Log, 'warn' | 'error'>;
  readonly metrics?: PaymentMetrics;
}
