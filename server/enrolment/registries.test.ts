import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { importPeople } from '../membership/index.ts';
import type { Fault } from '../platform/index.ts';
import type { Family } from '../registries/index.ts';
import { child, createWorld, household, idOf, iso, member, person, spouse } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const world = await createWorld(database);
const { clock, enrolment, apply, covers, families, pay, read, result } = world;
afterAll(async () => {
  await world.close();
  await database.close();
});

const self = (number: number) => ({ kind: 'self', person: person(number) }) as const;
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error as Fault).code,
  );
const registered = (number: number, birthDate = '1980-01-01', diedOn: string | null = null) => ({
  ...{ nationalId: idOf(number), sex: 'female' as const, birthDate, diedOn, firstName: 'نرگس', lastName: null },
});
const family = (head: number, more: Partial<Family> = {}): Family => ({
  ...{ person: { ...registered(head), sex: 'male' }, spouses: [], children: [], ...more },
});
const open = { from: '2018-01-01', until: null };
const lastDecision = async (number: string) => (await read(number)).decisions.at(-1)?.decision;

describe('the composition of a household', () => {
  it('M-19: refuses where somebody whom the civil registry knows was left out, and names them', async () => {
    families.set(idOf(1), family(1, { spouses: [registered(2)], children: [registered(3, '2010-01-01')] }));
    const number = await apply(household(member(1), child(3)));
    const told = await read(number);
    expect(told).toMatchObject({ state: 'refused', unchecked: false });
    expect(told.decisions.at(-1)).toMatchObject({ missing: [idOf(2)] });
    const whole = await apply(household(member(1), spouse(2), child(3)));
    expect(await read(whole)).toMatchObject({ state: 'billed' });
  });

  it('M-26: adds them in group one, at no cost, and covers them', async () => {
    families.set(idOf(5), family(5, { children: [registered(6, '2010-01-01'), registered(7, '1999-01-01')] }));
    const number = await apply({ ...household(member(5)), route: 'meansTest' });
    expect(await lastDecision(number)).toMatchObject({ notices: ['HOUSEHOLD_INCOMPLETE'] });
    await result(number, { decile: 1 });
    expect(await lastDecision(number)).toMatchObject({ notices: ['MEMBERS_ADDED'], payable: 0 });
    const told = await enrolment.readHousehold(self(5), { person: person(5) });
    // The child of full age was not in application and need not come along.
    expect(told.covers[0]?.members.map(({ id }) => id).toSorted()).toEqual([idOf(5), idOf(6)].toSorted());
    await enrolment.drainCovers(clock.now());
    const { rows } = await pool.query(
      `select sources -> 'imports' -> 'enrolment' ->> 'firstName' as name from dossier
       where person = $1`,
      [person(6)],
    );
    expect(rows).toEqual([{ name: 'نرگس' }]);
  });

  it('takes a spouse who lives apart as another household, with the reason', async () => {
    families.set(idOf(8), family(8, { spouses: [registered(9)] }));
    const apart = { ...household(member(8)), separatedSpouses: [{ id: idOf(9), reason: 'lives with her parents' }] };
    const number = await apply(apart);
    expect(await read(number)).toMatchObject({
      state: 'billed',
      document: { separatedSpouses: apart.separatedSpouses },
    });
    expect(await read(await apply(household(member(9))))).toMatchObject({ state: 'billed' });
  });

  it('does not take somebody for family whom the registry does not know as such, nor the dead', async () => {
    families.set(idOf(11), family(11, { children: [registered(13, '2012-01-01', '2019-01-01')] }));
    for (const other of [spouse(12), child(13)]) {
      const { number } = await enrolment.createDraft({ actor: self(11), document: household(member(11), other) });
      expect(await code(enrolment.submit({ actor: self(11), number }))).toBe('HOUSEHOLD_CLASHES');
      await enrolment.withdraw({ actor: self(11), number });
    }
  });

  it('goes by the birth dates of the registry', async () => {
    families.set(idOf(14), family(14, { children: [registered(15, '2015-01-01')] }));
    const number = await apply(household(member(14), child(15, { birthDate: '1999-01-01', inApplication: false })));
    expect(await read(number)).toMatchObject({ state: 'refused' });
  });
});

describe('a silent registry', () => {
  it('keeps nobody waiting: it goes on by what was declared, is marked, and is looked at again', async () => {
    families.set(idOf(21), 'unavailable');
    covers.set(idOf(22), 'unavailable');
    const declaredCover = { insurer: 'armedForces', fund: null, supportiveBody: false } as const;
    const number = await apply(household(member(21), spouse(22, { declaredCover })));
    expect(await read(number)).toMatchObject({ state: 'billed', unchecked: true });
    expect(await lastDecision(number)).toMatchObject({
      members: [{ id: idOf(21) }],
      notices: ['MEMBER_ALREADY_COVERED'],
    });
    await enrolment.recheckApplications(clock.now());
    expect(await read(number)).toMatchObject({ unchecked: true });
    // The registry speaks again: nobody covers her. The case is decided anew, with another bill.
    families.set(idOf(21), family(21, { spouses: [registered(22)] }));
    covers.set(idOf(22), []);
    clock.set('1398/08/11');
    expect(await enrolment.recheckApplications(clock.now())).toBeGreaterThan(0);
    const again = await read(number);
    expect(again).toMatchObject({ state: 'billed', unchecked: false });
    expect(await lastDecision(number)).toMatchObject({ payable: 2 * 5_808_000 });
    const { bills } = await enrolment.readHousehold(self(21), { person: person(21) });
    expect(bills.map(({ state }) => state)).toEqual(['open', 'cancelled']);
    expect(await enrolment.recheckApplications(clock.now())).toBe(0);
  });
});

describe('base cover', () => {
  it('M-03: keeps its holder out, and the others are covered', async () => {
    clock.set('1398/08/10');
    covers.set(idOf(32), [{ insurer: 'armedForces', fund: null, ...open }]);
    const number = await apply(household(member(31), spouse(32)));
    expect(await lastDecision(number)).toMatchObject({ payable: 5_808_000, notices: ['MEMBER_ALREADY_COVERED'] });
    covers.set(idOf(33), [{ insurer: 'other', fund: null, from: '2018-01-01', until: iso('1398/08/10') }]);
    expect(await lastDecision(await apply(household(member(33))))).toMatchObject({ reasons: ['ALREADY_COVERED'] });
  });

  it('M-11: of the funds of employees and other strata exempts', async () => {
    covers.set(idOf(34), [{ insurer: 'ihio', fund: 'otherStrata', ...open }]);
    expect(await lastDecision(await apply(household(member(34))))).toMatchObject({
      reasons: ['ALREADY_COVERED_EXEMPT'],
    });
  });

  it('M-12: under a supportive body exempts nobody', async () => {
    covers.set(idOf(35), [{ insurer: 'ihio', fund: 'otherStrata', supportiveBody: true, ...open }]);
    expect(await lastDecision(await apply(household(member(35))))).toMatchObject({ outcome: 'TERMS' });
  });

  it('M-03: is the treatment entitlement of the day, too, and the own cover of this insurance', async () => {
    const line = (nationalId: string, month: string) => ({
      ...{ nationalId, sex: 'male', birthDate: '1980-01-01' },
      standings: [{ class: 'insured', basis: 'compulsory', lastContributionMonth: month }],
    });
    const lines = [line(idOf(41), '1399-09'), line(idOf(42), '1399-01')].map((each) => JSON.stringify(each));
    await importPeople(pool, {
      ...{ file: '-', clock, recordedBy: 'test', format: 'ndjson', rejectedFile: '/tmp/estehqaq-none.ndjson' },
      standardInput: Readable.from(lines.map((each) => Buffer.from(`${each}\n`))),
    });
    clock.set('1399/09/10');
    expect(await lastDecision(await apply(household(member(41))))).toMatchObject({ reasons: ['ALREADY_COVERED'] });
    expect(await lastDecision(await apply(household(member(42))))).toMatchObject({ regime: 'late' });
    clock.set('1398/08/10');
    const number = await apply(household(member(43)));
    await pay(number);
    await enrolment.drainCovers(clock.now());
    clock.set('1398/09/01');
    expect(await lastDecision(await apply(household(member(43))))).toMatchObject({ reasons: ['ALREADY_COVERED'] });
    clock.set('1398/08/10');
  });

  it('M-03: is looked at again at the start of the cover; what has changed is for the desk', async () => {
    const number = await apply(household(member(45)));
    await pay(number);
    covers.set(idOf(45), [{ insurer: 'armedForces', fund: null, ...open }]);
    await enrolment.recheckApplications(clock.now());
    expect((await read(number)).events.at(-1)).toMatchObject({ what: 'recheck', reason: 'CHANGED_SINCE' });
    expect(await read(number)).toMatchObject({ state: 'waiting', unchecked: false });
  });
});
