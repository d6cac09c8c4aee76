import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { KeptInMemory } from './kept-in-memory.ts';

const database = await freshDatabase();
const { pool } = database;
afterAll(() => database.close());

/** The names of the switches that were made, and how often they were read. */
async function keep(pollMs: number) {
  const reads = { count: 0 };
  const kept = await KeptInMemory.start(
    pool,
    'link',
    async () => {
      reads.count += 1;
      const { rows } = await pool.query<{ reason: string }>('select reason from link_switch order by recorded_at');
      return rows.map(({ reason }) => reason);
    },
    { pollMs },
  );
  onTestFinished(() => kept.stop());
  return { kept, reads };
}

let moment = Date.UTC(2026, 0, 1);
async function add(reason: string): Promise<void> {
  moment += 1000;
  const values = [new Date(moment), reason];
  await pool.query(`insert into link_switch values ('msrt', '2026-01-01', $1, true, $2, 'reza')`, values);
}
const raise = () =>
  pool.query(`insert into reference_version values ('link', 1)
    on conflict (name) do update set version = reference_version.version + 1`);

describe('what is kept in memory', () => {
  it('is read at the start, and again only when its version was raised', async () => {
    const { kept, reads } = await keep(10);
    const before = kept.state.length;
    await add('not told');
    await sleep(100);
    expect([kept.state.length, reads.count]).toEqual([before, 1]);
    await raise();
    while (kept.state.length === before) await sleep(5);
    await sleep(50);
    expect(kept.state.at(-1)).toBe('not told');
    expect(reads.count).toBe(2);
    expect(kept.ageMs).toBeLessThan(1_000);
  });

  it('is looked at at once where that is asked for, and no more after it was stopped', async () => {
    const { kept } = await keep(3_600_000);
    await add('at once');
    await raise();
    await kept.refresh();
    expect(kept.state.at(-1)).toBe('at once');
    const { kept: stopped } = await keep(10);
    await stopped.stop();
    await add('too late');
    await raise();
    await sleep(50);
    expect(stopped.state.at(-1)).toBe('at once');
  });

  it('stays as it was while the database does not answer', async () => {
    let isAway = false;
    const read = () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(Date.now()));
    const kept = await KeptInMemory.start(pool, 'link', read, { pollMs: 10 });
    onTestFinished(() => kept.stop());
    const { state } = kept;
    isAway = true;
    await raise();
    await sleep(50);
    expect(kept.state).toBe(state);
    expect(kept.ageMs).toBeGreaterThan(20);
    isAway = false;
    while (kept.state === state) await sleep(5);
  });
});
