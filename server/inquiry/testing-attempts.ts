import { findDay } from '@estehqaq/law';
import { lowestIdAt } from '../platform/index.ts';
import type { Attempt } from './attempt-spool.ts';

/**
 * For tests: attempts of two kinds, of which every second one was given no id while the store was away.
 * @param first another one for other attempts
 */
export function attempts(count: number, first = 0): readonly (Attempt & { readonly id: bigint | undefined })[] {
  const askedAt = new Date('2026-11-23T08:30:00.123Z');
  return Array.from({ length: count }, (_, index) => ({
    person: 1000000001n + BigInt(first + index),
    askedAt,
    askerKind: index % 2 === 0 ? 'provider' : 'staff',
    asker: index % 2 === 0 ? 'P1' : 'زهره "\n\u2028',
    provider:
      index % 2 === 0
        ? {
            kind: 'hospital',
            ownership: 'contracted',
            contractFrom: findDay('2020-03-20') ?? null,
            contractUntil: null,
            suspended: false,
          }
        : null,
    channel: 'sms',
    setting: 'inpatient',
    on: '2026-11-23',
    knownAt: index % 2 === 0 ? null : askedAt,
    told: index % 2 === 0 ? 'minimum' : 'withoutDates',
    otherCovers: index % 4 === 0 ? 'unavailable' : null,
    durationUs: 5_000_000 + index,
    id: index % 2 === 0 ? lowestIdAt(askedAt) + BigInt(first + index) : undefined,
  }));
}
