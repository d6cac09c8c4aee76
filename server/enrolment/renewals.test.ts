import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import type { Fault } from '../platform/index.ts';
import { findPlace, listDecisions } from './application-store.ts';
import { decide } from './law-case.ts';
import { child, createWorld, household, idOf, iso, member, person, spouse } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const world = await createWorld(database);
const { clock, covers, enrolment, families, law, payments, inquiriesOf, apply, pay, read, result } = world;
for (const year of [1399, 1400]) await law.confirm(clock, year, 'zohreh', 'letter 12');
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
const toldOf = (head: number) => enrolment.readHousehold(self(head), { person: person(head) });
const lastApplication = async (head: number) => (await toldOf(head)).applications[0]?.number ?? '';
const lastDecision = async (number: string) => (await read(number)).decisions.at(-1)?.decision;
/** A day's work as the jobs do it. */
async function work(day: string): Promise<void> {
  clock.set(day);
  const now = clock.now();
  await payments.expireBills(now);
  await enrolment.recheckApplications(now);
  await enrolment.renewCovers(now);
  await enrolment.moveOnByDay(now);
  await enrolment.drainCovers(now);
}
const isCovered = async (head: number, day: string) =>
  (
    await enrolment.checkCover({
      asker: { kind: 'staff', user: 'reza', role: 'auditor' },
      id: idOfHead(head),
      on: iso(day),
    })
  ).outcome;
const idOfHead = (head: number) => String(person(head));
const renew = (head: number, route: 'selfDeclared' | 'meansTest' = 'selfDeclared') =>
  enrolment.renew({ actor: self(head), head: person(head), route, termMonths: 12 });
const noticesOf = async (head: number) => {
  const { rows } = await pool.query<{ event: string }>(
    'select event from notice where person = $1 and step = 0 order by id',
    [person(head)],
  );
  return rows.map(({ event }) => event);
};

describe('a free cover', () => {
  it('M-63: is renewed without any action, without a gap and without a wait, by a result that holds', async () => {
    clock.set('1398/08/10');
    const number = await apply({ ...household(member(1), child(2)), route: 'meansTest' });
    await result(number, { decile: 2 });
    expect(await read(number)).toMatchObject({ state: 'active' });
    for (const day of ['1399/06/20', '1399/07/10', '1399/08/01', '1399/08/05']) await work(day);
    const told = await toldOf(1);
    expect(told.covers.map(({ coveredFrom, coveredUntil }) => [coveredFrom, coveredUntil])).toEqual([
      [iso('1399/08/10'), iso('1400/08/09')],
      [iso('1398/08/10'), iso('1399/08/09')],
    ]);
    expect(await read(number)).toMatchObject({ state: 'renewed' });
    expect(await lastDecision(await lastApplication(1))).toMatchObject({ payable: 0, regime: 'renewal', group: 1 });
    await work('1399/08/10');
    expect([await isCovered(1, '1399/08/09'), await isCovered(1, '1399/08/10')]).toEqual(['COVERED', 'COVERED']);
    expect(told.covers[0]?.members[0]?.waitingDays).toBe(0);
    expect(await noticesOf(1)).toEqual(['applicationReceived', 'coverBegins', 'meansTestResult', 'renewedFree']);
    const { rows } = await pool.query<{ facts: { otherCovers: unknown[] } }>(
      'select facts from dossier where person = $1',
      [person(2)],
    );
    expect(rows[0]?.facts.otherCovers).toHaveLength(2);
  });

  it('is tested again in time where no result holds any more', async () => {
    for (const day of ['1400/06/11', '1400/06/12']) await work(day);
    const number = await lastApplication(1);
    expect(await read(number)).toMatchObject({ kind: 'renewal', state: 'submitted', awaits: 'meansTest' });
    expect(await inquiriesOf(number)).toMatchObject([{ members: [person(1), person(2)], state: 'waiting' }, {}]);
    clock.set('1400/07/05');
    await result(number, { decile: 4 });
    expect(await lastDecision(number)).toMatchObject({ payable: 2 * 12 * 242_000, group: 2 });
    await pay(number);
    const told = await toldOf(1);
    expect(told.covers[0]).toMatchObject({ coveredFrom: iso('1400/08/10') });
    expect(told.covers[0]?.members[0]).toMatchObject({ waitingDays: 0, entitledFrom: iso('1400/08/10') });
  });
});

describe('a cover that was paid for', () => {
  it('M-56: is offered for the price of the day, and renewed without a wait within a month of its end', async () => {
    clock.set('1398/09/01');
    const number = await apply(household(member(11)));
    await pay(number);
    await work('1398/09/11');
    expect(await read(number)).toMatchObject({ state: 'active' });
    expect(await code(renew(11))).toBe('APPLICATION_STATE');
    for (const day of ['1399/07/02', '1399/08/02', '1399/08/03']) await work(day);
    expect(await read(number)).toMatchObject({ state: 'expiring' });
    expect(await noticesOf(11)).toEqual([
      'applicationReceived',
      'billIssued',
      'paymentReceived',
      'coverBegins',
      'renewalOffer',
      'coverExpiring',
    ]);
    await work('1399/09/01');
    expect(await read(number)).toMatchObject({ state: 'lapsed' });
    expect(await isCovered(11, '1399/09/01')).toBe('NOT_COVERED_PAY_TARIFF');
    clock.set('1399/09/30');
    const { number: next } = await renew(11);
    await pay(next);
    expect(await read(number)).toMatchObject({ state: 'renewed' });
    expect((await toldOf(11)).covers[0]?.members[0]).toMatchObject({ waitingDays: 0, entitledFrom: iso('1399/09/30') });
  });

  it('M-57: is renewed with a wait after that month; who does not pay the bill comes again', async () => {
    clock.set('1398/09/01');
    await pay(await apply(household(member(21))));
    clock.set('1399/09/20');
    await work('1399/09/20');
    const { number } = await renew(21);
    expect((await lastDecision(number))?.members[0]).toMatchObject({ waitingDays: 0 });
    await work('1399/10/21');
    expect(await read(number)).toMatchObject({ state: 'withdrawn' });
    const { number: next } = await renew(21);
    await pay(next);
    expect((await toldOf(21)).covers[0]?.members[0]).toMatchObject({
      waitingDays: 10,
      entitledFrom: iso('1399/11/01'),
    });
  });

  it('M-58: of group three is renewed at the whole price, and two at once are one', async () => {
    clock.set('1398/09/01');
    await pay(await apply(household(member(31))));
    clock.set('1399/08/20');
    const done = await Promise.all([1, 2, 3].map(() => code(renew(31, 'meansTest'))));
    expect(done.toSorted()).toEqual(['APPLICATION_OPEN', 'APPLICATION_OPEN', 'done']);
    const number = await lastApplication(31);
    await result(number, { decile: 9 });
    expect(await lastDecision(number)).toMatchObject({ payable: 5_808_000, group: 3 });
  });
});

describe('a late entrant', () => {
  it('M-36: who asks for a test before the end stays covered while the ministry is late, and goes on by the result', async () => {
    clock.set('1399/02/10');
    const number = await apply(household(member(41)));
    expect(await lastDecision(number)).toMatchObject({ regime: 'late' });
    await pay(number);
    await work('1399/02/20');
    clock.set('1400/01/15');
    const { number: next } = await renew(41, 'meansTest');
    expect(await lastDecision(next)).toMatchObject({ outcome: 'AWAITING_MEANS_TEST', continues: true });
    for (const day of ['1400/02/08', '1400/02/09', '1400/02/10', '1400/02/20']) await work(day);
    expect(await isCovered(41, '1400/02/10')).toBe('COVERED');
    expect(await read(number)).toMatchObject({ state: 'expiring' });
    for (const day of ['1400/03/05', '1400/03/08', '1400/03/09', '1400/03/10', '1400/03/11']) await work(day);
    expect([await isCovered(41, '1400/03/10'), await isCovered(41, '1400/03/20')]).toEqual(['COVERED', 'COVERED']);
    await result(next, { decile: 3 });
    await work('1400/03/12');
    expect(await read(number)).toMatchObject({ state: 'renewed' });
    const told = await toldOf(41);
    expect(told.covers.find(({ members }) => members[0]?.entitledFrom === iso('1400/02/10'))).toMatchObject({
      coveredUntil: expect.any(String) as unknown,
    });
    for (const day of ['1400/02/09', '1400/02/10', '1400/03/01', '1400/03/12'])
      expect(await isCovered(41, day)).toBe('COVERED');
    expect(await isCovered(41, '1401/02/09')).toBe('COVERED');
    expect(await isCovered(41, '1401/02/10')).toBe('NOT_COVERED_PAY_TARIFF');
  });

  it('M-37: who does not ask pays the whole', async () => {
    clock.set('1399/02/10');
    await pay(await apply(household(member(51))));
    clock.set('1400/02/20');
    const { number } = await renew(51);
    const decision = await lastDecision(number);
    expect(decision).toMatchObject({ payable: 5_808_000, regime: 'renewal' });
    expect(decision?.clauses).toContain('M-37');
  });
});

describe('a renewal', () => {
  it('covers the household as it is: a child born meanwhile comes along, one of full age does not', async () => {
    clock.set('1398/09/01');
    const number = await apply({ ...household(member(61)), route: 'meansTest' });
    await result(number, { decile: 1 });
    world.families.set(idOf(61), {
      person: { ...registered(61), sex: 'male' },
      spouses: [],
      children: [
        { ...registered(62), birthDate: iso('1399/02/01') },
        { ...registered(63), birthDate: '1995-01-01' },
      ],
    });
    for (const day of ['1399/07/01', '1399/08/25', '1399/08/29']) await work(day);
    const told = await toldOf(61);
    expect(told.covers[0]?.members.map(({ id }) => id).toSorted()).toEqual([idOf(61), idOf(62)].toSorted());
    expect(told.covers[0]?.coveredFrom).toBe(iso('1399/09/01'));
    const { rows } = await pool.query('select person from dossier where person = any($1::bigint[])', [
      [person(62), person(63)],
    ]);
    expect(rows).toEqual([{ person: person(62) }]);
    expect((await read(told.applications[0]?.number ?? '')).events.at(-1)).toMatchObject({ reason: 'CHECKED' });
  });
});

function registered(number: number) {
  return {
    ...{ nationalId: idOf(number), sex: 'female' as const, birthDate: '1980-01-01', diedOn: null },
    ...{ firstName: null, lastName: null },
  };
}

describe('a household that changes', () => {
  it('M-31: a member who comes later joins the others’ cover for the days that are left, and is renewed with them', async () => {
    clock.set('1398/09/01');
    await pay(await apply(household(member(71))));
    // Also while the first cover is still waited for.
    clock.set('1398/09/05');
    const number = await apply(household(member(71), child(72, { birthDate: iso('1398/09/04') })));
    expect(await read(number)).toMatchObject({ kind: 'addition', state: 'billed' });
    const decision = await lastDecision(number);
    // The cover runs from 1398/09/01 to 1399/08/30, 365 days; four of them are gone.
    expect(decision).toMatchObject({
      ...{ payable: Math.floor((5_808_000 * 361) / 365), notices: ['MEMBER_ALREADY_COVERED'] },
    });
    // Paid later while the bill is good, it costs the same.
    clock.set('1398/09/20');
    await pay(number);
    const day = (hijri: string) => iso(hijri);
    expect((await lastDecision(number))?.members).toEqual([
      {
        ...{ id: idOf(72), waitingDays: 0, coverFrom: day('1398/09/20'), entitledFrom: day('1398/09/20') },
        coverUntil: day('1399/08/30'),
      },
    ]);
    const second = await apply(household(member(71), spouse(73), child(72)));
    expect((await lastDecision(second))?.members).toMatchObject([{ id: idOf(73), waitingDays: 10 }]);
    await pay(second);
    const place = (await findPlace(pool, BigInt(second))) ?? { household: 0n, application: 0n };
    for (const { caseDocument, decision: kept, actsVersion } of await listDecisions(pool, place)) {
      expect(decide(caseDocument, law.bookAt(actsVersion))).toEqual(kept);
    }
    expect((await payments.ledgerBalance(pool)).sum).toBe(0n);
    expect((await lastDecision(await apply(household(member(71), child(72)))))?.reasons).toEqual(['ALREADY_COVERED']);
    // They end together: one renewal, and one bill.
    clock.set('1399/08/20');
    const { number: next } = await renew(71);
    const renewed = await lastDecision(next);
    expect(renewed?.members.map(({ id }) => id).toSorted()).toEqual([idOf(71), idOf(72), idOf(73)].toSorted());
    await pay(next);
    await work('1399/10/01');
    expect((await toldOf(71)).applications.map(({ kind, state }) => `${kind} ${state}`).toSorted()).toEqual([
      ...['addition refused', 'addition renewed', 'addition renewed', 'new renewed', 'renewal active'],
    ]);
  });

  it('M-31: a member who joins a household that pays nothing pays nothing, waits for nothing, and is renewed with it', async () => {
    clock.set('1398/09/01');
    await result(await apply({ ...household(member(75)), route: 'meansTest' }), { decile: 2 });
    clock.set('1398/12/10');
    const number = await apply({ ...household(member(75), spouse(76)), route: 'meansTest' });
    expect(await read(number)).toMatchObject({ kind: 'addition', state: 'active' });
    expect(await lastDecision(number)).toMatchObject({
      ...{ group: 1, payable: 0, clauses: ['M-03', 'M-24', 'M-28', 'M-30', 'M-31'] },
      members: [{ id: idOf(76), waitingDays: 0, coverUntil: iso('1399/08/30') }],
    });
    await work('1399/08/25');
    expect((await toldOf(75)).covers[0]?.members.map(({ id }) => id).toSorted()).toEqual(
      [idOf(75), idOf(76)].toSorted(),
    );
    expect((await payments.ledgerBalance(pool)).sum).toBe(0n);
  });

  it('lets a member go with the cause: out of the next renewal, and free for another household', async () => {
    clock.set('1398/09/01');
    const number = await apply(household(member(81), child(82), child(83)));
    await pay(number);
    await work('1398/09/11');
    const step = { actor: self(81), number, cause: 'marriage', on: iso('1398/09/10') } as const;
    await enrolment.removeMember({ ...step, id: idOf(82), requestId: 'm' });
    expect(await enrolment.removeMember({ ...step, id: idOf(82), requestId: 'm' })).toMatchObject({ replayed: true });
    expect(await code(enrolment.removeMember({ ...step, id: idOf(82) }))).toBe('NOT_FOUND');
    expect(await code(enrolment.removeMember({ ...step, id: idOf(81) }))).toBe('APPLICATION_INVALID');
    expect(await code(enrolment.removeMember({ ...step, id: idOf(83), on: '2030-01-01' }))).toBe('APPLICATION_INVALID');
    expect((await toldOf(81)).members.map(({ id }) => id)).toEqual([idOf(81), idOf(83)]);
    // What was paid for runs to its end.
    expect(await isCovered(82, '1398/10/01')).toBe('COVERED');
    expect(await noticesOf(81)).toContain('memberLeft');
    expect(await read(await apply(household(member(84), child(82))))).toMatchObject({ state: 'billed' });
    clock.set('1399/08/20');
    const { number: next } = await renew(81);
    expect((await lastDecision(next))?.members.map(({ id }) => id)).toEqual([idOf(81), idOf(83)]);
  });
});

describe('what a rehearsal of two years has found', () => {
  it('M-63: who asks to pay for a free cover, and does not, is renewed for nothing all the same', async () => {
    clock.set('1398/08/10');
    await result(await apply({ ...household(member(101)), route: 'meansTest' }), { decile: 2 });
    clock.set('1399/07/25');
    const { number } = await renew(101);
    expect(await read(number)).toMatchObject({ state: 'billed' });
    await work('1399/08/05');
    expect((await read(number)).events.at(-1)).toMatchObject({ what: 'withdraw', reason: 'RENEWED_FREE' });
    const { covers } = await toldOf(101);
    expect(covers.map(({ coveredFrom }) => coveredFrom)).toEqual([iso('1399/08/10'), iso('1398/08/10')]);
    expect((await payments.ledgerBalance(pool)).sum).toBe(0n);
  });

  it('M-63: a member who has died keeps the others from nothing: the free renewal goes on without', async () => {
    clock.set('1398/08/10');
    await result(await apply({ ...household(member(104), child(105)), route: 'meansTest' }), { decile: 2 });
    const people = { person: registered(104), spouses: [], children: [{ ...registered(105), diedOn: '2020-05-01' }] };
    families.set(idOf(104), people);
    await work('1399/08/05');
    families.delete(idOf(104));
    expect((await toldOf(104)).covers[0]).toMatchObject({
      ...{ coveredFrom: iso('1399/08/10'), members: [{ id: idOf(104) }] },
    });
  });

  it('M-08: nobody is billed twice: a renewal and a new application are not under way together', async () => {
    clock.set('1398/09/01');
    await pay(await apply(household(member(107))));
    clock.set('1399/10/15');
    const asNew = await enrolment.createDraft({ actor: self(107), document: household(member(107)) });
    const { number } = await renew(107);
    expect(await code(enrolment.submit({ actor: self(107), number: asNew.number }))).toBe('APPLICATION_OPEN');
    await enrolment.withdraw({ actor: self(107), number });
    await enrolment.submit({ actor: self(107), number: asNew.number });
    expect(await code(renew(107))).toBe('APPLICATION_OPEN');
  });

  it('M-03: what registries could not be asked before a cover was over is not asked any more', async () => {
    clock.set('1398/09/01');
    const number = await apply(household(member(109)));
    await pay(number);
    covers.set(idOf(109), 'unavailable');
    for (const day of ['1398/09/11', '1399/08/01', '1399/09/02']) await work(day);
    covers.delete(idOf(109));
    expect(await read(number)).toMatchObject({ state: 'lapsed' });
    const { rows } = await pool.query('select from application where number = $1 and recheck_due_at is not null', [
      number,
    ]);
    expect(rows).toHaveLength(1);
    await work('1399/09/10');
    expect(await enrolment.recheckApplications(clock.now())).toBe(0);
  });

  it('M-31: who is in an addition that is not paid yet is not in a renewal as well', async () => {
    clock.set('1398/09/01');
    await pay(await apply(household(member(114))));
    await work('1398/09/11');
    clock.set('1399/08/10');
    const joining = await apply(household(member(114), spouse(115)));
    const { number } = await renew(114);
    expect((await lastDecision(number))?.members.map(({ id }) => id)).toEqual([idOf(114)]);
    await pay(joining);
    await pay(number);
    expect((await toldOf(114)).members.map(({ id }) => id)).toEqual([idOf(114), idOf(115)]);
  });

  it('M-31: who joins after the renewal was paid for is not taken for renewed', async () => {
    clock.set('1398/09/01');
    await pay(await apply(household(member(111))));
    await work('1398/09/11');
    clock.set('1399/08/10');
    const { number } = await renew(111);
    const joining = await apply(household(member(111), spouse(112)));
    await pay(joining);
    await pay(number);
    await work('1399/09/02');
    expect(await read(joining)).toMatchObject({ state: 'lapsed' });
    expect(await noticesOf(111)).toContain('coverLapsed');
  });
});

describe('several workers at once', () => {
  it('M-63: renew each free cover once, also where the household has forgotten a draft', async () => {
    clock.set('1398/10/01');
    const heads = [91, 92, 93, 94];
    for (const head of heads) {
      await result(await apply({ ...household(member(head)), route: 'meansTest' }), { decile: 1 });
    }
    clock.set('1399/09/25');
    await enrolment.createDraft({ actor: self(91), document: household(member(91), child(95)) });
    const now = clock.now();
    await Promise.all([1, 2, 3].map(() => enrolment.renewCovers(now)));
    for (const head of heads) {
      const { covers, applications } = await toldOf(head);
      expect(covers.map(({ coveredFrom }) => coveredFrom)).toEqual([iso('1399/10/01'), iso('1398/10/01')]);
      expect(applications.filter(({ kind }) => kind === 'renewal')).toHaveLength(1);
    }
    expect(await enrolment.renewCovers(now)).toBe(0);
    expect((await payments.ledgerBalance(pool)).sum).toBe(0n);
  });
});
