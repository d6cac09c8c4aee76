import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { listNotices } from '../../notices/index.ts';
import { iso, person } from '../testing.ts';
import { contestDecile, followDeciles, readMeansTests, sendInquiries, type OnUnpaid } from './index.ts';
import { recordResult } from './record-result.ts';
import { createTestWorld } from './testing.ts';
import { makeBatch } from './make-batch.ts';

const database = await freshDatabase();
const { pool } = database;
const world = await createTestWorld(database);
const { clock, parts, sender, sent } = world;
afterAll(async () => {
  await world.close();
  await database.close();
});

let next = 1000;

/** An insured household that the ministry finds in this decile on 1398/11/10; expires on 1399/08/01. */
async function insuredIn(decile: number, more: Parameters<typeof world.insure>[1] = {}) {
  clock.set('1398/11/01');
  const number = (next += 10);
  const household = await world.insure(number, more);
  const batch = await makeBatch(parts, { kind: 'existing', madeBy: 'test' });
  if (batch === undefined) throw new RangeError('nobody to ask');
  clock.set('1398/11/10');
  const said = { household, inquiry: batch.batch, head: null, corrects: false, receivedFrom: 'test' } as const;
  await recordResult(parts, { ...said, determinedOn: iso('1398/11/10'), incomeMonthly: null, decile });
  return { household, head: person(number) };
}

const follow = (onUnpaid: OnUnpaid) => followDeciles({ ...parts, onUnpaid }, clock.now(), 1000);
const caseOf = async (head: bigint) => (await readMeansTests(pool, clock, head))?.notices[0];
const coveredUntil = async (household: bigint): Promise<unknown> =>
  (
    await pool.query<{ covered_until: string }>('select covered_until from cover_member where household = $1', [
      household,
    ])
  ).rows[0]?.covered_until;

/** The notice is sent, and where it is said so confirmed as delivered, both on this day. */
async function sendOn(day: string, household: bigint, isDelivered: boolean): Promise<void> {
  clock.set(day);
  await sender.sendDue(clock.now(), 1000);
  const { rows } = await pool.query<{ id: bigint }>(
    `select id from notice where owner = $1 and event = 'decile8To10'`,
    [household],
  );
  for (const { id } of isDelivered ? rows : []) {
    await sender.receiptArrived({ transportIds: [`t-${id}`], state: 'delivered', at: clock.now() });
  }
}

describe('M-59: deciles 8 to 10, from the determination on', () => {
  it.each([
    [7, 0],
    [8, 1],
    [10, 1],
  ])('decile %i: %i notices', async (decile, notices) => {
    const { head } = await insuredIn(decile);
    expect((await listNotices(pool, clock, head, { limit: 10 })).map(({ event }) => event)).toEqual(
      Array.from({ length: notices }, () => 'decile8To10'),
    );
  });

  it('nothing is shortened while it is not chosen what follows, nor where the cover may run to its end', async () => {
    for (const onUnpaid of [undefined, 'runToExpiry'] as const) {
      const { household, head } = await insuredIn(9);
      await sendOn('1398/11/11', household, true);
      clock.set('1399/02/01');
      await follow(onUnpaid);
      expect(await caseOf(head)).toMatchObject({ state: onUnpaid ?? 'running', deadlineOn: iso('1398/12/11') });
      expect(await coveredUntil(household)).toBe('2020-10-22');
    }
  });

  it('nor before a notice is known to be delivered, whatever was chosen', async () => {
    const { household, head } = await insuredIn(9);
    clock.set('1398/12/29');
    await follow('endAtDeadline');
    expect(await caseOf(head)).toMatchObject({ state: 'noticed', deadlineOn: null });
    await sendOn('1399/01/05', household, false);
    clock.set('1399/03/30');
    await follow('endAtDeadline');
    expect(await caseOf(head)).toMatchObject({ state: 'running', deadlineOn: iso('1399/02/05') });
    expect(await coveredUntil(household)).toBe('2020-10-22');
    // The database keeps it, too.
    const forced = pool.query(`update decile_case set state = 'ended' where household = $1`, [household]);
    await expect(forced).rejects.toMatchObject({ code: '23514' });
  });

  it('free cover ends after the deadline where that was chosen, and never on a day that was before', async () => {
    const { household, head } = await insuredIn(9);
    await sendOn('1398/11/11', household, true);
    await follow('endAtDeadline');
    clock.set('1398/12/11');
    await follow('endAtDeadline');
    expect(await caseOf(head)).toMatchObject({ state: 'running' });
    expect(await coveredUntil(household)).toBe('2020-10-22');
    clock.set('1398/12/12');
    await follow('endAtDeadline');
    expect(await caseOf(head)).toMatchObject({ state: 'ended' });
    expect(await coveredUntil(household)).toBe(iso('1398/12/12'));
    const tasks = await pool.query('select person from cover_task where household = $1', [household]);
    expect(tasks.rows).toEqual([{ person: head }]);
    clock.set('1399/02/01');
    await follow('endAtDeadline');
    expect(await coveredUntil(household)).toBe(iso('1398/12/12'));
  });

  it('paid cover is not shortened, and who takes part in the premium is done', async () => {
    const paidBefore = await insuredIn(9, { free: false });
    const paysNow = await insuredIn(9);
    for (const { household } of [paidBefore, paysNow]) await sendOn('1398/11/11', household, true);
    await pool.query(
      `insert into cover (household, cover, origin, fund, covered_from, covered_until, late_entrant, free, written_at)
       values ($1, 2, 'application', 'universal', '2020-10-23', '2021-10-22', false, false, $2)`,
      [paysNow.household, clock.now()],
    );
    clock.set('1398/12/20');
    await follow('endAtDeadline');
    expect(await coveredUntil(paidBefore.household)).toBe('2020-10-22');
    expect(await coveredUntil(paysNow.household)).toBe('2020-10-22');
    expect(await caseOf(paysNow.head)).toMatchObject({ state: 'paid' });
  });
});

describe('M-60: one notice with a deadline, and the decile may be contested within it', () => {
  it.each([
    // One Solar Hijri month from the delivery, clamped.
    ['1398/11/30', '1398/12/29'],
    ['1399/01/31', '1399/02/31'],
    ['1399/06/31', '1399/07/30'],
  ])('delivered on %s it ends with %s', async (deliveredOn, deadlineOn) => {
    const { household, head } = await insuredIn(8);
    await sendOn(deliveredOn, household, true);
    await follow(undefined);
    expect(await caseOf(head)).toMatchObject({ state: 'running', deadlineOn: iso(deadlineOn) });
  });

  it('begins with the sending where nothing is known of a delivery, and anew when that is known', async () => {
    const { household, head } = await insuredIn(8);
    await sendOn('1398/11/11', household, false);
    await follow('endAtDeadline');
    expect(await caseOf(head)).toMatchObject({ deadlineOn: iso('1398/12/11') });
    await sendOn('1398/11/20', household, true);
    await follow('endAtDeadline');
    expect(await caseOf(head)).toMatchObject({ deadlineOn: iso('1398/12/20') });
  });

  it('goes to the head alone, once, in the words of the law', async () => {
    const { household } = await insuredIn(10, { mobile: 989129999999n });
    await sendOn('1398/11/11', household, true);
    const own = sent.filter(({ mobile }) => mobile === 989129999999n);
    expect(own).toHaveLength(1);
    expect(own[0]?.text).toContain('سرکار عالی در دهک درآمدی ۱۰ قرار دارید');
  });

  it('a contest is recorded and the ministry asked again; nothing is shortened until it has answered', async () => {
    const { household, head } = await insuredIn(9);
    await sendOn('1398/11/11', household, true);
    await follow('endAtDeadline');
    const { inquiry } = await contestDecile(parts, { household, by: 'person:1', text: 'درآمد ما کم است' });
    const again = contestDecile(parts, { household, by: 'person:1', text: 'باز' });
    await expect(again).rejects.toMatchObject({ code: 'APPLICATION_STATE' });
    clock.set('1399/02/01');
    await follow('endAtDeadline');
    expect(await caseOf(head)).toMatchObject({ state: 'contested' });
    expect(await coveredUntil(household)).toBe('2020-10-22');
    await sendInquiries(parts, clock.now(), 100);
    const said = { household, inquiry, head: null, corrects: false, receivedFrom: 'api' } as const;
    await recordResult(parts, { ...said, determinedOn: iso('1399/02/01'), incomeMonthly: null, decile: 5 });
    expect(await caseOf(head)).toMatchObject({ state: 'superseded' });
    await expect(contestDecile(parts, { household, by: 'x', text: 'y' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
