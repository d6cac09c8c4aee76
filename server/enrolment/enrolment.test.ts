import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { child, createWorld, household, idOf, iso, member, person, spouse } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const world = await createWorld(database);
const { clock, enrolment, apply, pay, read, result, inquiriesOf } = world;
afterAll(async () => {
  await world.close();
  await database.close();
});

const states = async (number: string) => (await read(number)).events.map(({ toState }) => toState);

describe('a household that declares itself able to pay', () => {
  it('M-16: is billed for all of it, covered from the payment, and entitled after ten days', async () => {
    const number = await apply(household(member(1), spouse(2), child(3), child(4)));
    const billed = await read(number);
    expect(billed).toMatchObject({ state: 'billed', awaits: 'payment', hold: null, requestedOn: iso('1398/08/10') });
    expect(billed.decisions.at(-1)?.decision).toMatchObject({ regime: 'window', payable: 23_232_000, termMonths: 12 });
    clock.set('1398/08/15');
    expect(await pay(number)).toBe(iso('1398/08/15'));
    const waiting = await read(number);
    expect(waiting).toMatchObject({ state: 'waiting', hold: 'COVER_BEING_SET_UP' });
    expect(await states(number)).toEqual(['draft', 'submitted', 'declared', 'billed', 'paid', 'waiting']);
    expect(await enrolment.drainCovers(clock.now())).toBe(4);
    expect(await read(number)).toMatchObject({ state: 'waiting', hold: null });
    const told = await enrolment.readHousehold({ kind: 'self', person: person(1) }, { person: person(1) });
    expect(told.covers).toHaveLength(1);
    expect(told.covers[0]).toMatchObject({ coveredFrom: iso('1398/08/15'), coveredUntil: iso('1399/08/14') });
    expect(told.covers[0]?.members.map(({ entitledFrom }) => entitledFrom)).toEqual(Array(4).fill(iso('1398/08/25')));
    expect(new Set(told.covers[0]?.members.map(({ booklet }) => booklet)).size).toBe(4);
    const { rows } = await pool.query('select facts from dossier where person = $1', [person(3)]);
    expect(rows).toMatchObject([
      {
        facts: {
          sex: 'female',
          otherCovers: [{ insurer: 'ihio', fund: 'universal', from: iso('1398/08/25'), until: iso('1399/08/14') }],
        },
      },
    ]);
  });
});

describe('a household that asks for the subsidy', () => {
  it('M-05: is asked about at the ministry without another step', async () => {
    clock.set('1398/08/20');
    const document = { ...household(member(11), child(12)), route: 'meansTest' as const };
    const number = await apply(document);
    expect(await read(number)).toMatchObject({ state: 'submitted', awaits: 'meansTest', bill: null });
    expect(await inquiriesOf(number)).toMatchObject([
      { members: [person(11), person(12)], requestedOn: iso('1398/08/20'), state: 'waiting' },
    ]);
  });

  it('M-24, M-25: of group one pays nothing and is entitled from the result on', async () => {
    clock.set('1398/08/20');
    const number = await apply({ ...household(member(21)), route: 'meansTest' });
    clock.set('1398/09/10');
    await result(number, { decile: 2 });
    expect(await states(number)).toEqual(['draft', 'submitted', 'submitted', 'tested', 'active']);
    const { covers } = await enrolment.readHousehold({ kind: 'self', person: person(21) }, { person: person(21) });
    expect(covers[0]?.members[0]).toMatchObject({ waitingDays: 0, entitledFrom: iso('1398/09/10') });
  });

  it('M-28, M-29: of group two pays half, and waits from the deposit on', async () => {
    clock.set('1398/08/20');
    const number = await apply({ ...household(member(31), spouse(32)), route: 'meansTest' });
    clock.set('1398/09/10');
    await result(number, { decile: 4 });
    expect((await read(number)).decisions.at(-1)?.decision).toMatchObject({ group: 2, payable: 242_000 * 12 * 2 });
    await pay(number);
    const { covers } = await enrolment.readHousehold({ kind: 'self', person: person(31) }, { person: person(31) });
    expect(covers[0]?.members[0]).toMatchObject({ waitingDays: 10, entitledFrom: iso('1398/09/20') });
  });
});

describe('who may not enter', () => {
  it('M-19: names those whom the registry knows and who were left out', async () => {
    world.families.set(idOf(41), {
      person: { ...registered(41), sex: 'male' },
      spouses: [],
      children: [{ ...registered(42), birthDate: '2015-01-01' }],
    });
    const number = await apply(household(member(41)));
    const refused = await read(number);
    expect(refused).toMatchObject({ state: 'refused' });
    expect(refused.decisions.at(-1)).toMatchObject({
      missing: [idOf(42)],
      decision: { reasons: ['HOUSEHOLD_INCOMPLETE'] },
    });
  });
});

function registered(number: number) {
  return {
    ...{ nationalId: idOf(number), sex: 'female' as const, birthDate: '1980-01-01', diedOn: null },
    ...{ firstName: null, lastName: null },
  };
}
