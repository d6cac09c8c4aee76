import { decideEnrolment, findHijriDay, readCase, readLaterActs, type Day, type LaterActs } from '@estehqaq/law';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { LawInForce } from './law-in-force.ts';

const database = await freshDatabase();
const { pool } = database;
const law = await LawInForce.start(pool, { pollMs: 20 });
const other = await LawInForce.start(pool, { pollMs: 20 });
afterAll(async () => {
  await law.stop();
  await other.stop();
  await database.close();
});

const clock = { now: () => new Date('2026-11-23T08:00:00Z') };

function acts(document: object): LaterActs {
  const read = readLaterActs(document);
  if ('message' in read) throw new Error(read.message);
  return read;
}

function row(from: string, value: number) {
  return { from, value, reference: 'a decree', provenance: 'source' };
}

function day(text: string): Day {
  const found = findHijriDay(text);
  if (found === undefined) throw new RangeError(text);
  return found;
}

describe('figures', () => {
  it.each([
    ['1398/12/29', true],
    ['1399/01/01', false],
    ['1400/06/01', false],
    ['1401/12/29', true],
    ['1402/01/01', false],
    ['1405/09/02', false],
  ])('of %s may be billed by before anybody has confirmed one: %s', (text, expected) => {
    expect(law.isConfirmed(day(text))).toBe(expected);
  });

  it('of a year may be billed by once they are confirmed by name, and it is kept what was confirmed', async () => {
    const made = await law.confirm(clock, 1399, 'zohreh', 'letter 12');
    expect(made).toMatchObject({ year: 1399, recordedBy: 'zohreh', perCapitaMonthly: 484_000n, actsVersion: 0n });
    expect(['1399/01/01', '1399/12/30', '1400/01/01'].map((text) => law.isConfirmed(day(text)))).toEqual([
      true,
      true,
      false,
    ]);
    await expect(law.confirm(clock, 1300, 'zohreh', 'x')).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(law.confirm(clock, 1405, 'zohreh', ' ')).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

describe('later acts', () => {
  it('hold from the moment they are recorded, in every process, and the law before them can still be asked', async () => {
    const before = law.book;
    const version = await law.add(
      clock,
      acts({ parameters: { perCapitaMonthly: [row('1405/01/01', 3_000_000)] } }),
      'zohreh',
    );
    expect([version, law.actsVersion]).toEqual([1n, 1n]);
    await expect.poll(() => other.actsVersion, { timeout: 1000 }).toBe(1n);
    expect(other.book.version).toBe(law.book.version);
    expect(law.book.version).not.toBe(before.version);
    expect(law.bookAt(0n)).toBe(before);
    expect(() => law.bookAt(2n)).toThrow('no acts have the version 2');
    // Entered by an administrator: it needs no further confirmation; the year before it does.
    expect(law.isConfirmed(day('1405/09/02'))).toBe(true);
    expect(law.isConfirmed(day('1404/09/02'))).toBe(false);
  });

  it('open a registration window, and a later row for the same day replaces an earlier one', async () => {
    const facts = readCase({
      kind: 'enrolment',
      requestedOn: '2026-11-23',
      route: 'selfDeclared',
      members: [{ id: 'a', relation: 'head', birthDate: '1980-01-01' }],
    });
    if ('error' in facts || facts.kind !== 'enrolment') throw new Error('no case');
    const regime = () => {
      const decision = decideEnrolment(facts, law.book);
      return 'error' in decision ? decision : [decision.regime, decision.perCapitaMonthly];
    };
    expect(regime()).toEqual(['late', 3_000_000]);
    await law.add(
      clock,
      acts({
        parameters: {
          registrationWindowMonths: [row('1405/08/01', 6)],
          perCapitaMonthly: [row('1405/01/01', 3_100_000)],
        },
      }),
      'zohreh',
    );
    expect(regime()).toEqual(['window', 3_100_000]);
  });

  it('are refused where they say nothing or cannot stand; then nothing is recorded', async () => {
    await expect(law.add(clock, acts({}), 'zohreh')).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    const early = acts({ parameters: { perCapitaMonthly: [row('1390/01/01', 1)] } });
    await expect(law.add(clock, early, 'zohreh')).rejects.toMatchObject({ name: 'InvalidActs' });
    expect(law.actsVersion).toBe(2n);
  });

  it('of two who add at once one has to look again', async () => {
    const make = (value: number) => acts({ parameters: { perCapitaMonthly: [row('1406/01/01', value)] } });
    const done = await Promise.allSettled([law.add(clock, make(1), 'reza'), other.add(clock, make(2), 'zohreh')]);
    const failed = done.filter(({ status }) => status === 'rejected');
    for (const each of failed) expect(each).toMatchObject({ reason: { code: 'DATABASE_CONFLICT' } });
    expect(law.acts.length + failed.length).toBeLessThanOrEqual(4);
  });

  it('cannot be changed or taken back by the application', async () => {
    for (const table of ['law_act', 'figure_confirmation']) {
      await expect(pool.query(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' });
      await expect(pool.query(`update ${table} set recorded_by = 'x'`)).rejects.toMatchObject({ code: '42501' });
    }
  });
});
