import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readLaterActs } from '@estehqaq/law';
import { freshDatabase } from '../../database/testing.ts';
import { listNotices } from '../../notices/index.ts';
import { nationalIdText } from '../../platform/index.ts';
import { createMinistry, startMinistryStandIn } from '../../registries/index.ts';
import { findPlace } from '../application-store.ts';
import { findNumber } from '../numbers.ts';
import { child, household, idOf, iso, member, person, spouse } from '../testing.ts';
import { countByBatch, escalateOverdue, fetchResults, listOverdue, readMeansTests, sendInquiries } from './index.ts';
import { createTestWorld } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const world = await createTestWorld(database);
const { clock, parts, ministry, enrolment } = world;
afterAll(async () => {
  await world.close();
  await database.close();
});
beforeEach(() => {
  clock.set('1398/08/10');
  ministry.isSilent = false;
  ministry.refuses = undefined;
  ministry.asked.length = 0;
});

let next = 0;
/** Submits an application of a family of three by the means-test route. */
async function apply() {
  const number = (next += 10);
  const actor = { kind: 'self', person: person(number) } as const;
  const document = {
    ...household(member(number), spouse(number + 1), child(number + 2)),
    route: 'meansTest' as const,
  };
  const drafted = await enrolment.createDraft({ actor, document });
  await enrolment.submit({ actor, number: drafted.number });
  const place = await findPlace(pool, findNumber(drafted.number, 13) ?? 0n);
  if (place === undefined) throw new RangeError(drafted.number);
  return { ...place, head: person(number), headText: idOf(number), number: drafted.number };
}

const send = () => sendInquiries(parts, clock.now(), 1000);
const fetch = () => fetchResults(parts, clock.now(), 1000);
const state = (number: string) => enrolment.read(number, { kind: 'system' });
const inquiryOf = async (place: { household: bigint }) => {
  const { rows } = await pool.query<{ inquiry: bigint; state: string; attempts: number; due_on: string | null }>(
    'select inquiry, state, attempts, due_on from means_inquiry where household = $1',
    [place.household],
  );
  return rows[0];
};
const referenceOf = async (place: { household: bigint }) =>
  `${place.household}-${(await inquiryOf(place))?.inquiry ?? ''}`;

describe('M-05: an application by the means-test route asks the ministry without another step', () => {
  it('in the transaction of its submission, about all of the household', async () => {
    const applied = await apply();
    expect(await inquiryOf(applied)).toMatchObject({ state: 'waiting' });
    expect(await send()).toEqual({ sent: 1, refused: 0, putOff: 0 });
    expect(ministry.asked).toMatchObject([{ head: applied.headText, requestedOn: iso('1398/08/10') }]);
    expect(ministry.asked[0]?.members).toHaveLength(3);
    expect(await send()).toEqual({ sent: 0, refused: 0, putOff: 0 });
  });

  it('once, however often it is sent: the reference stays the same while the ministry is silent', async () => {
    const applied = await apply();
    ministry.isSilent = true;
    expect(await send()).toMatchObject({ sent: 0, putOff: 1 });
    expect(await send()).toMatchObject({ sent: 0, putOff: 0 });
    clock.set('1398/08/10', '08:32:00Z');
    expect(await send()).toMatchObject({ putOff: 1 });
    ministry.isSilent = false;
    clock.set('1398/08/10', '08:38:00Z');
    expect(await send()).toMatchObject({ sent: 1 });
    expect(ministry.asked.map(({ reference }) => reference)).toEqual([await referenceOf(applied)]);
  });

  it('and one that the ministry refuses is kept with its reason', async () => {
    const applied = await apply();
    ministry.refuses = 'UNKNOWN_PERSON';
    expect(await send()).toMatchObject({ refused: 1 });
    expect(await inquiryOf(applied)).toMatchObject({ state: 'refused' });
  });

  it('and one that was withdrawn before it was sent is not sent', async () => {
    const applied = await apply();
    await enrolment.withdraw({ actor: { kind: 'self', person: applied.head }, number: applied.number });
    expect(await send()).toMatchObject({ sent: 0 });
    expect(await inquiryOf(applied)).toMatchObject({ state: 'ended' });
  });
});

describe('M-06: the ministry has one month from the sending', () => {
  it.each([
    // The month is of the Solar Hijri calendar, clamped to its length.
    ['1398/08/10', '1398/09/10'],
    ['1398/06/31', '1398/07/30'],
    ['1398/11/30', '1398/12/29'],
  ])('sent on %s it is due on %s', async (sentOn, dueOn) => {
    clock.set(sentOn < '1398/08/01' ? '1398/08/10' : sentOn);
    const applied = await apply();
    clock.set(sentOn);
    await pool.query(`update means_inquiry set try_at = $1 where state = 'waiting'`, [clock.now()]);
    await send();
    expect(await inquiryOf(applied)).toMatchObject({ due_on: iso(dueOn) });
  });

  it('the household is told the day; overdue it is listed, told once a step, and stays open', async () => {
    clock.set('1398/10/01');
    const applied = await apply();
    await send();
    clock.set('1398/11/01');
    const own = async () =>
      (await listOverdue(pool, clock, { limit: 100 })).filter((each) => each.household === applied.household);
    expect(await own()).toEqual([]);
    clock.set('1398/11/02');
    expect(await own()).toMatchObject([{ daysOverdue: 1, escalatedTo: null }]);
    await escalateOverdue(parts, 100);
    await escalateOverdue(parts, 100);
    expect(await own()).toMatchObject([{ daysOverdue: 1, escalatedTo: 'desk' }]);
    clock.set('1398/11/16');
    await escalateOverdue(parts, 100);
    expect(await own()).toMatchObject([{ daysOverdue: 15, escalatedTo: 'management' }]);
    const told = (await listNotices(pool, clock, applied.head, { limit: 20 })).map(({ event }) => event);
    expect(told.toReversed()).toEqual(['applicationReceived', 'meansTestRequested', 'meansTestOverdue']);
    expect(await state(applied.number)).toMatchObject({ state: 'submitted' });
    const tests = await readMeansTests(pool, clock, applied.head);
    expect(tests?.inquiries).toMatchObject([{ dueOn: iso('1398/11/01'), isOverdue: true }]);
  });
});

describe('M-20: the ministry assesses; it answers in one of three forms', () => {
  it.each([
    [{ decile: 2, incomeMonthly: null }, 1],
    [{ decile: null, incomeMonthly: 10_000_000n }, 2],
    [{ decile: 6, incomeMonthly: 20_000_000n }, 3],
  ])('%o is group %i', async (said, group) => {
    const applied = await apply();
    await send();
    const result = { determinedOn: iso('1398/08/12'), corrects: false, ...said };
    ministry.results.set(await referenceOf(applied), result);
    clock.set('1398/08/13');
    expect(await fetch()).toMatchObject({ taken: 1 });
    expect(await inquiryOf(applied)).toMatchObject({ state: 'answered' });
    const told = await state(applied.number);
    expect(told.decisions.at(-1)?.decision).toMatchObject({ group });
    const { rows } = await pool.query('select * from means_result where household = $1', [applied.household]);
    expect(rows).toMatchObject([{ law_version: world.law.book.version, acts_version: 0n, received_from: 'api' }]);
  });

  it('a result is taken once; another is contradictory, unless it corrects: then it is a new one', async () => {
    const applied = await apply();
    await send();
    const reference = await referenceOf(applied);
    const again = async () => {
      clock.set('1398/08/14');
      await pool.query(`update means_inquiry set state = 'sent', try_at = $1 where household = $2`, [
        clock.now(),
        applied.household,
      ]);
      return fetch();
    };
    const result = { determinedOn: iso('1398/08/12'), decile: 4, incomeMonthly: null, corrects: false };
    ministry.results.set(reference, result);
    expect(await again()).toMatchObject({ taken: 1 });
    expect(await again()).toMatchObject({ taken: 0, known: 1 });
    ministry.results.set(reference, { ...result, decile: 1 });
    expect(await again()).toMatchObject({ taken: 0, contradictory: 1 });
    ministry.results.set(reference, { ...result, decile: 1, corrects: true });
    expect(await again()).toMatchObject({ taken: 1 });
    const { rows } = await pool.query<{ result: bigint; corrects: bigint | null; decile: number }>(
      'select result, corrects, decile from means_result where household = $1 order by result',
      [applied.household],
    );
    expect(rows).toMatchObject([
      { corrects: null, decile: 4 },
      { corrects: rows[0]?.result, decile: 1 },
    ]);
    await expect(pool.query('update means_result set decile = 2')).rejects.toMatchObject({ code: '42501' });
  });

  it('a day to come is no day of determination, and a late result counts all the same', async () => {
    const applied = await apply();
    await send();
    const reference = await referenceOf(applied);
    const result = { determinedOn: iso('1398/10/20'), decile: 4, incomeMonthly: null, corrects: false };
    ministry.results.set(reference, result);
    clock.set('1398/10/19');
    expect(await fetch()).toMatchObject({ future: 1 });
    clock.set('1398/10/21');
    expect(await fetch()).toMatchObject({ late: 1 });
    expect((await state(applied.number)).decisions.at(-1)?.decision).toMatchObject({ group: 2 });
  });

  it('while the test is suspended by an act, nothing is sent', async () => {
    const acts = readLaterActs({
      suspensions: [
        { clause: 'M-20', from: '1398/12/01', until: '1398/12/10', reference: 'notice', provenance: 'source' },
      ],
    });
    if ('message' in acts) throw new Error(acts.message);
    clock.set('1398/11/30');
    const applied = await apply();
    await world.law.add(clock, acts, 'zohreh');
    clock.set('1398/12/01');
    expect(await send()).toMatchObject({ sent: 0 });
    expect(await inquiryOf(applied)).toMatchObject({ state: 'waiting' });
    clock.set('1398/12/11');
    expect(await send()).toMatchObject({ sent: 1 });
  });
});

describe('M-21: between the organisations', () => {
  it('what was sent, answered and is overdue is counted', async () => {
    clock.set('1399/01/10');
    const before = await countByBatch(pool, clock);
    await apply();
    await send();
    clock.set('1399/02/11');
    const after = await countByBatch(pool, clock);
    const single = (counts: typeof before) => counts.find(({ batch }) => batch === null) ?? { sent: 0, overdue: 0 };
    expect(single(after).sent).toBe(single(before).sent + 1);
    expect(single(after).overdue).toBeGreaterThan(0);
  });

  it('the ministry is spoken to as its protocol has it: three forms, delays and errors', async () => {
    const standIn = await startMinistryStandIn({ delayMs: 0, failEvery: 2 });
    const ask = createMinistry({ address: standIn.address, allowStandIn: true });
    const heads = [1_200_000_049n, 1_200_000_157n, 1_200_000_265n].map(nationalIdText);
    const inquiries = heads.map((head, index) => ({
      reference: `7-${index}`,
      head,
      members: [head],
      requestedOn: '2019-11-01',
    }));
    const references = inquiries.map(({ reference }) => reference);
    expect(await ask.ask(inquiries)).toHaveLength(3);
    expect(await ask.resultsOf(references)).toBe('unavailable');
    const results = await ask.resultsOf(references);
    expect(results).toMatchObject([
      { decile: 4, incomeMonthly: null, determinedOn: '2019-11-01' },
      { decile: null, incomeMonthly: 150_000_000n },
      { decile: 6, incomeMonthly: 180_000_000n },
    ]);
    await standIn.close();
    expect(await ask.ask(inquiries)).toBe('unavailable');
    const real = createMinistry({ address: standIn.address, allowStandIn: false });
    expect(await real.ask(inquiries)).toBe('unavailable');
  });
});
