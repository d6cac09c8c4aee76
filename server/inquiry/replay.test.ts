import { layOver, readLaterActs, shippedBook, type Book } from '@estehqaq/law';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import {
  askedByPerson,
  askedByProvider,
  askedByStaff,
  day,
  dependant,
  inquiryOver,
  insured,
  person,
  record,
  today,
} from './testing.ts';

const father = 1000000001n;
const people = Array.from({ length: 40 }, (_, index) => 1000000002n + BigInt(index));

/** The law with another figure from the beginning of the order. */
function bookOf(figures: Readonly<Record<string, number>>): Book {
  const row = { from: '1399/03/01', reference: { fa: 'آزمایشی', en: 'a test' }, provenance: 'assumed' };
  const parameters = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, [{ ...row, value }]]));
  const acts = readLaterActs({ parameters });
  if ('path' in acts) throw new RangeError(acts.message);
  return layOver(shippedBook, acts);
}

describe('replay', async () => {
  const database = await freshDatabase();
  const inquiry = inquiryOver(database);
  afterAll(async () => {
    await inquiry.close();
    await database.close();
  });
  await record(database, father, person([insured()]));
  for (const [index, each] of people.entries()) {
    const standing =
      index % 2 === 0 ? insured(index % 4 === 0 ? '1405-08' : '1404-02') : dependant('son', String(father));
    await record(database, each, person([standing], { birthDate: index % 3 === 0 ? '2015-01-01' : '1999-01-01' }));
  }
  const asked = await Promise.all(
    people.flatMap((each) => [
      inquiry.ask(askedByProvider(each, 'OWNED')),
      inquiry.ask({ ...askedByProvider(each, 'P2'), setting: 'inpatient' }),
      inquiry.ask(askedByPerson(each)),
      inquiry.ask(askedByStaff(each)),
    ]),
  );

  it('finds the same after the dossiers have changed, those of principals, too', async () => {
    await record(database, father, person([insured('1403-01')], { diedOn: '2026-11-01' }));
    for (const each of people) await record(database, each, person([]));
    for (const { trackingCode } of asked) {
      expect(await inquiry.replay(trackingCode)).toMatchObject({
        trackingCode,
        result: 'same',
        differences: [],
        lawVersion: { recorded: shippedBook.version, differs: false },
      });
    }
    expect(await inquiry.ask(askedByProvider(people[0] ?? 0n))).toMatchObject({ outcome: 'NOT_ENTITLED' });
  });

  it('says in what the law of today differs, and that it is another', async () => {
    const later = inquiryOver(database, { law: { book: bookOf({ sonAgeYears: 30 }) } });
    const reports = await Promise.all(asked.map(({ trackingCode }) => later.replay(trackingCode)));
    const different = reports.filter((report) => report?.result === 'different');
    expect(different.length).toBeGreaterThan(0);
    expect(different.length).toBeLessThan(reports.length);
    expect(reports.every((report) => report?.lawVersion.differs === true)).toBe(true);
    expect(different[0]).toMatchObject({
      recorded: { outcome: 'REFER_CURRENT_PROCEDURE' },
      computed: { outcome: 'ENTITLED' },
      differences: expect.arrayContaining(['outcome', 'reasons']) as unknown,
    });
    await later.close();
  });

  it('counts days of the journal, and names the codes that differ', async () => {
    const days = { from: day(today), until: day(today) };
    const progress: number[] = [];
    const whole = await inquiry.replayDays(days, (replayed) => progress.push(replayed));
    expect(whole).toEqual({
      replayed: asked.length + 1,
      same: asked.length + 1,
      different: 0,
      undetermined: 0,
      otherLaw: 0,
      differentCodes: [],
    });
    expect(progress.at(-1)).toBe(whole.replayed);
    for (const other of ['2026-11-22', '2026-11-24']) {
      const none = await inquiry.replayDays({ from: day(other), until: day(other) }, () => undefined);
      expect(none).toMatchObject({ replayed: 0 });
    }
    const later = inquiryOver(database, { law: { book: bookOf({ sonAgeYears: 30 }) } });
    const changed = await later.replayDays(days, () => undefined);
    expect(changed.differentCodes).toHaveLength(changed.different);
    expect(changed).toMatchObject({ replayed: whole.replayed, otherLaw: whole.replayed });
    expect(changed.same + changed.different).toBe(whole.replayed);
    for (const code of changed.differentCodes) expect(await later.replay(code)).toMatchObject({ result: 'different' });
    await later.close();
  });

  it('a later act is decided by from the next question on, and names itself', async () => {
    const son = people[1] ?? 0n;
    await record(database, son, person([dependant('son', String(father))], { birthDate: '1999-01-01' }));
    await record(database, father, person([insured()]));
    const law = { book: shippedBook };
    const informed = inquiryOver(database, { law });
    const before = await informed.ask(askedByStaff(son));
    law.book = bookOf({ sonAgeYears: 30 });
    const after = await informed.ask(askedByStaff(son));
    expect(before).toMatchObject({ outcome: 'REFER_CURRENT_PROCEDURE', lawVersion: shippedBook.version });
    expect(after).toMatchObject({ outcome: 'ENTITLED', lawVersion: law.book.version });
    await informed.close();
  });

  it('finds nothing under a code that never was', async () => {
    expect(await inquiry.replay('0000 0000 0000 0000')).toBeUndefined();
    expect(await inquiry.replay('nothing')).toBeUndefined();
  });
});
