import { describe, expect, it } from 'vitest';
import { highestId, lowestIdAt, routeOf, timeOfId } from './ids.ts';

const start = new Date('2026-11-23T10:00:00Z');

describe('the layout of an id', () => {
  it('is in the order of time, and tells the time to an eighth of a second', () => {
    const later = new Date(start.getTime() + 125);
    expect(lowestIdAt(later)).toBeGreaterThan(lowestIdAt(start));
    expect(timeOfId(lowestIdAt(start))).toEqual(start);
    expect(timeOfId(lowestIdAt(later) - 1n)).toEqual(start);
  });

  it('lasts until 2054', () => {
    expect(timeOfId(highestId).getUTCFullYear()).toBe(2054);
  });

  it('spreads owners over all routes', () => {
    const counts = new Map<number, number>();
    for (const owner of Array.from({ length: 32_000 }, (_, index) => BigInt(12_345_678 + index)))
      counts.set(routeOf(owner), (counts.get(routeOf(owner)) ?? 0) + 1);
    expect(counts.size).toBe(32);
    for (const count of counts.values()) expect(count).toBeGreaterThan(700);
  });
});
