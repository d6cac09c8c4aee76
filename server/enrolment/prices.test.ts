import fc from 'fast-check';
import { readLaterActs } from '@estehqaq/law';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import type { Fault } from '../platform/index.ts';
import { decide } from './law-case.ts';
import { listDecisions, findPlace } from './application-store.ts';
import { child, createWorld, household, iso, member, person, spouse } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const world = await createWorld(database);
const { clock, enrolment, law, payments, apply, pay, read } = world;
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
const sketch = (relations: readonly ('head' | 'spouse' | 'child')[]) => ({
  ...{ route: 'selfDeclared' as const, termMonths: 12 as const, meansTest: null, lostCover: null, renewal: null },
  members: relations.map((relation) => ({
    ...{ relation, birthDate: relation === 'child' ? '2012-06-01' : '1980-01-01', baseCover: null },
    ...{ hospitalisedFromBirth: false, emergency: false, inApplication: true },
  })),
});

describe('a price', () => {
  it('is the same in the quote, in the bill, and where the law is asked again', async () => {
    clock.set('1398/08/10');
    const quoted = enrolment.quote(sketch(['head', 'spouse', 'child']));
    const number = await apply(household(member(1), spouse(2), child(3)));
    const told = await read(number);
    const billed = told.decisions.at(-1)?.decision;
    expect(billed?.payable).toBe(quoted.decision.payable);
    expect(told.payUntil).toBe(quoted.validUntil);
    const { bills } = await enrolment.readHousehold(self(1), { person: person(1) });
    expect(bills.map(({ payable, stateShare }) => [payable, stateShare])).toEqual([
      [BigInt(quoted.decision.payable ?? -1), BigInt(quoted.decision.stateShare ?? -1)],
    ]);
    const place = await findPlace(pool, BigInt(number));
    const kept = place === undefined ? [] : await listDecisions(pool, place);
    expect(kept.length).toBe(2);
    for (const { caseDocument, decision, actsVersion, lawVersion } of kept) {
      expect(decide(caseDocument, law.bookAt(actsVersion))).toEqual(decision);
      expect(lawVersion).toBe(law.bookAt(actsVersion).version);
    }
  });

  it('M-30: holds for thirty days; then it is priced anew, and the day of submission stays', async () => {
    clock.set('1398/08/10');
    const number = await apply(household(member(5)));
    expect((await read(number)).payUntil).toBe(iso('1398/09/10'));
    clock.set('1398/09/11');
    expect(await payments.expireBills(clock.now())).toBe(2);
    expect(await read(number)).toMatchObject({ state: 'billed', awaits: 'newPrice', bill: null });
    expect(await enrolment.priceAnew({ actor: self(5), number })).toMatchObject({ state: 'billed', awaits: 'payment' });
    expect(await code(enrolment.priceAnew({ actor: self(5), number }))).toBe('APPLICATION_STATE');
    expect(await read(number)).toMatchObject({ requestedOn: iso('1398/08/10'), payUntil: iso('1398/10/11') });
    await pay(number);
    expect(await read(number)).toMatchObject({ state: 'waiting' });
  });

  it('M-18: holds no longer than the figures of the year, and beyond them nothing is billed until they are confirmed', async () => {
    clock.set('1398/12/20');
    const number = await apply(household(member(6)));
    expect((await read(number)).payUntil).toBe(iso('1398/12/29'));
    clock.set('1399/01/05');
    await payments.expireBills(clock.now());
    expect(await code(enrolment.priceAnew({ actor: self(6), number }))).toBe('FIGURES_NOT_CONFIRMED');
    expect(() => enrolment.quote(sketch(['head']))).toThrow(expect.objectContaining({ code: 'FIGURES_NOT_CONFIRMED' }));
    // The day of submission is kept; only the bill waits.
    const late = await apply(household(member(7)));
    expect(await read(late)).toMatchObject({ state: 'declared', awaits: 'figures', hold: 'FIGURES_NOT_CONFIRMED' });
    expect((await read(late)).decisions.at(-1)?.decision.notices).toEqual(['RATE_CARRIED_FORWARD']);
    expect(await enrolment.billAwaitingFigures(clock.now())).toBe(0);
    const { rows } = await pool.query(`select event from notice where person = $1 order by id`, [person(7)]);
    expect(rows).toContainEqual({ event: 'figuresNotConfirmed' });
    await law.confirm(clock, 1399, 'zohreh', 'letter 12');
    clock.set('1399/02/10');
    expect(await enrolment.billAwaitingFigures(clock.now())).toBe(1);
    expect(await read(late)).toMatchObject({ state: 'billed', hold: null, requestedOn: iso('1399/01/05') });
    expect((await read(late)).decisions.at(-1)?.decision).toMatchObject({ regime: 'window', payable: 5_808_000 });
  });

  it('of a bill stands, also where a later act changes it before it is paid', async () => {
    clock.set('1399/02/10');
    const number = await apply(household(member(8)));
    const acts = readLaterActs({
      parameters: {
        perCapitaMonthly: [{ from: '1399/01/01', value: 600_000, reference: 'decree', provenance: 'source' }],
      },
    });
    if ('message' in acts) throw new Error(acts.message);
    await law.add(clock, acts, 'zohreh');
    await pay(number);
    const told = await read(number);
    expect(told.events.find(({ what }) => what === 'pay')).toMatchObject({ reason: 'PRICE_CHANGED_SINCE' });
    expect(told).toMatchObject({ state: 'waiting' });
    expect((await payments.ledgerBalance(pool)).sum).toBe(0n);
    expect(enrolment.quote(sketch(['head'])).decision.payable).toBe(7_200_000);
  });

  it('M-33: of a late household is a whole year, at the rate of the day of payment', async () => {
    clock.set('1399/02/12');
    const number = await apply({ ...household(member(9)), termMonths: 1, route: 'meansTest' });
    expect((await read(number)).decisions.at(-1)?.decision).toMatchObject({
      ...{ regime: 'late', termMonths: 12, payable: 7_200_000, group: null },
    });
  });

  it('M-50: within three months of a lost base cover is that of the window', async () => {
    const lost = { endedOn: iso('1399/01/20'), cause: 'unemployed', evidence: 'letter of the employer' } as const;
    const number = await apply({ ...household(member(10)), lostCover: lost, termMonths: 1 });
    const told = await read(number);
    expect(told.decisions.at(-1)?.decision).toMatchObject({ regime: 'lostCoverWindow', payable: 600_000 });
    expect(told.document.lostCover).toEqual(lost);
  });
});

describe('of random households', () => {
  it('quote, bill and law agree to the rial', async () => {
    clock.set('1398/08/20');
    let next = 1000;
    const some = fc.sample(
      fc.record({
        spouses: fc.integer({ min: 0, max: 2 }),
        children: fc.integer({ min: 0, max: 5 }),
        termMonths: fc.constantFrom(1 as const, 6 as const, 12 as const),
        day: fc.constantFrom('1398/08/20', '1398/12/29', '1399/01/31', '1399/02/01', '1399/05/01'),
      }),
      { numRuns: 60, seed: 1398 },
    );
    for (const { spouses, children, termMonths, day } of some) {
      clock.set(day);
      const relations = [
        'head' as const,
        ...Array<'spouse'>(spouses).fill('spouse'),
        ...Array<'child'>(children).fill('child'),
      ];
      const quoted = enrolment.quote({ ...sketch(relations), termMonths });
      const made = { head: member, spouse, child };
      const members = relations.map((relation) => made[relation]((next += 1)));
      const number = await apply({ ...household(...members), termMonths });
      const told = await read(number);
      const { bills } = await enrolment.readHousehold(self(next - members.length + 1), {
        person: person(next - members.length + 1),
      });
      const { payable, stateShare } = quoted.decision;
      expect(bills.map((bill) => [Number(bill.payable), Number(bill.stateShare), bill.validUntil])).toEqual([
        [payable, stateShare, quoted.validUntil],
      ]);
      expect(told.decisions.at(-1)?.decision).toMatchObject({ payable, stateShare });
    }
    expect((await payments.ledgerBalance(pool)).sum).toBe(0n);
  }, 30_000);
});
