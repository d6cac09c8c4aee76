import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Lane } from './lane.ts';

describe('a lane', () => {
  it('takes what came while it worked, at most 256 at a time, in order', async () => {
    const batches: number[][] = [];
    const lane = new Lane<number>(async (batch) => {
      batches.push(batch);
      await sleep(5);
    });
    for (let item = 0; item < 600; item += 1) lane.push(item);
    while (batches.flat().length < 600) await sleep(5);
    expect(batches.map(({ length }) => length)).toEqual([256, 256, 88]);
    expect(batches.flat()).toEqual(Array.from({ length: 600 }, (_, item) => item));
    expect(lane.waiting).toBe(0);
  });

  it('is behind when more than a batch waits, and has waited long', async () => {
    const { promise: freed, resolve: free } = Promise.withResolvers<undefined>();
    const lane = new Lane<number>(() => freed);
    lane.push(0);
    await sleep(20);
    for (let item = 0; item < 256; item += 1) lane.push(item);
    expect(lane.isBehind).toBe(false);
    await sleep(300);
    expect(lane.isBehind).toBe(false);
    lane.push(257);
    expect(lane.isBehind).toBe(true);
    free(undefined);
    await sleep(20);
    expect(lane.isBehind).toBe(false);
  });
});
