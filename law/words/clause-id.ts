import type { Words } from './dated.ts';

/** `T-…`: treatment-entitlement inquiry, 1399. `M-…`: mandatory insurance, 1398. */
export type ClauseId = `T-${string}` | `M-${string}`;

/** Days on which a clause speaks (Solar Hijri, both inclusive; no `until`: until further notice). */
export type Period = { readonly from: string; readonly until?: string; readonly suspendedBy?: Words };

/** Since before every day that the law can be asked about. */
export const everyDay: readonly Period[] = [{ from: '1300/01/01' }];
