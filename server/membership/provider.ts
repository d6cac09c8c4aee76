import type { Provider as ProviderOfLaw } from '@estehqaq/law';

/** A provider and its contract; the law reads kind, ownership, contract and suspension. */
export interface Provider extends ProviderOfLaw {
  readonly code: string;
  readonly name: string;
  readonly licence: string | null;
  /** International numbers: 989121234567n. */
  readonly mobiles: readonly bigint[];
  readonly version: bigint;
}
