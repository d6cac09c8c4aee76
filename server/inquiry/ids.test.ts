import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { highestId, Ids, timeOfId } from '../platform/index.ts';

const start = new Date('2026-11-23T10:00:00Z');

function clockAt(begin: Date): { now: () => Date; move: (milliseconds: number) => void } {
  let time = begin.getTime();
  return { now: () => new Date(time), move: (milliseconds) => (time += milliseconds) };
}

function owners(count: number, first = 0): bigint[] {
  return Array.from({ length: count }, (_, index) => BigInt(first + index));
}

describe('ids', async () => {
  const database = await freshDatabase();
  const made: Ids[] = [];
  const idsAt = (clock: { now: () => Date }): Ids => {
    const ids = new Ids(database.pool, clock);
    made.push(ids);
    return ids;
  };
  afterAll(async () => {
    await Promise.all(made.map((ids) => ids.close()));
    await database.close();
  });

  it('are never made twice, of one tick and of all owners', async () => {
    const ids = idsAt(clockAt(start));
    const all = [...(await ids.make(owners(5_000))), ...(await ids.make(owners(5_000)))];
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((id) => id <= highestId)).toBe(true);
    await ids.close();
  });

  it('run ahead of the clock when the count of a tick is used up', async () => {
    const ids = idsAt(clockAt(new Date('2026-11-24T10:00:00Z')));
    const all = await ids.make(new Array<bigint>(1_000).fill(7n));
    expect(new Set(all).size).toBe(1_000);
    expect(all).toEqual([...all].sort((one, other) => (one < other ? -1 : 1)));
    expect(timeOfId(all.at(-1) ?? 0n)).toEqual(new Date('2026-11-24T10:00:00.375Z'));
    await ids.close();
  });

  it('go on after the last one when the clock is set back, in this process and in its successor', async () => {
    const clock = clockAt(new Date('2026-11-25T10:00:00Z'));
    const ids = idsAt(clock);
    const [before = 0n] = await ids.make([7n]);
    clock.move(-3_600_000);
    const [after = 0n] = await ids.make([7n]);
    expect(after).toBeGreaterThan(before);
    await ids.close();
    // Its successor in the same slot, the only one that is free.
    const others = Array.from({ length: 8 }, () => idsAt(clock));
    const next = (await Promise.all(others.map((each) => each.make([7n])))).flat();
    expect(next.find((id) => slotOf(id) === slotOf(after))).toBeGreaterThan(after);
    await Promise.all(others.map((each) => each.close()));
  });

  it('go on when the clock is set forward by years and back again', async () => {
    const clock = clockAt(new Date('2026-11-26T10:00:00Z'));
    const ids = idsAt(clock);
    await ids.make([7n]);
    clock.move(3 * 365 * 86_400_000);
    const [ahead = 0n] = await ids.make([7n]);
    expect(timeOfId(ahead).getUTCFullYear()).toBe(2029);
    clock.move(-3 * 365 * 86_400_000);
    expect((await ids.make([7n]))[0]).toBeGreaterThan(ahead);
    await ids.close();
  });

  it('are of one slot for each process, and there are eight', async () => {
    const clock = clockAt(new Date('2026-12-01T10:00:00Z'));
    const eight = Array.from({ length: 8 }, () => idsAt(clock));
    const slots = await Promise.all(eight.map(async (ids) => slotOf((await ids.make([7n]))[0] ?? 0n)));
    expect(new Set(slots).size).toBe(8);
    await expect(idsAt(clock).make([7n])).rejects.toMatchObject({ code: 'ID_SLOTS_TAKEN' });
    await eight[3]?.close();
    expect(slotOf((await idsAt(clock).make([7n]))[0] ?? 0n)).toBe(slots[3]);
    await Promise.all(made.map((ids) => ids.close()));
  });

  it('are made on the reserved ticks while the connection is lost, and never on those of another', async () => {
    const clock = clockAt(new Date('2027-01-01T10:00:00Z'));
    const ids = idsAt(clock);
    const first = await ids.make(owners(100));
    await endHolders(database);
    const second = await ids.make(owners(100));
    const other = idsAt(clock);
    const third = await other.make(owners(100));
    await endHolders(database);
    clock.move(70_000);
    const [fourth, fifth] = await Promise.all([ids.make(owners(100)), other.make(owners(100))]);
    const all = [first, second, third, fourth, fifth].flat();
    expect(new Set(all).size).toBe(500);
    await Promise.all([ids.close(), other.close()]);
  });

  it('of one who lost the slot without knowing are not those of the next in it', async () => {
    const clock = clockAt(new Date('2027-02-01T10:00:00Z'));
    const ids = idsAt(clock);
    const [before = 0n] = await ids.make([7n]);
    // Another has taken the slot and reserved in it.
    await database.asOwner((owner) =>
      owner.query('update id_slot set reserved_until = reserved_until + 4800 where slot = $1', [slotOf(before)]),
    );
    clock.move(61_000);
    const [after = 0n] = await ids.make([7n]);
    expect(slotOf(after) === slotOf(before) ? timeOfId(after).getTime() : Number.POSITIVE_INFINITY).toBeGreaterThan(
      clock.now().getTime() + 500_000,
    );
    await ids.close();
  });

  it('leave the reserved ticks that were not used to the next', async () => {
    const clock = clockAt(new Date('2027-03-01T10:00:00Z'));
    const ids = idsAt(clock);
    const [id = 0n] = await ids.make([7n]);
    await ids.close();
    const { rows } = await database.pool.query<{ reserved_until: bigint }>(
      'select reserved_until from id_slot where slot = $1',
      [slotOf(id)],
    );
    expect(rows[0]?.reserved_until).toBe((id >> 16n) + 1n);
  });
});

function slotOf(id: bigint): number {
  return Number((id >> 8n) & 7n);
}

async function endHolders({ pool }: Awaited<ReturnType<typeof freshDatabase>>): Promise<void> {
  await pool.query(`
    select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and classid = 7170424
      and database = (select oid from pg_database where datname = current_database())`);
  await new Promise((resolve) => setTimeout(resolve, 30));
}
