import { layOver, readLaterActs, shippedBook } from '@estehqaq/law';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import {
  askedByPerson,
  askedByProvider,
  askedByStaff,
  dependant,
  inquiryOver,
  insured,
  person,
  record,
} from './testing.ts';

const father = 1000000001n;
const people = Array.from({ length: 40 }, (_, index) => 1000000002n + BigInt(index));

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
    const acts = readLaterActs({
      parameters: {
        sonAgeYears: [
          {
            from: '1399/03/01',
            value: 30,
            reference: { fa: 'آزمایشی', en: 'a test' },
            provenance: 'assumed',
          },
        ],
      },
    });
    const changed = 'path' in acts ? undefined : layOver(shippedBook, acts);
    expect(acts).not.toHaveProperty('path');
    const later = inquiryOver(database, changed === undefined ? {} : { book: changed });
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

  it('finds nothing under a code that never was', async () => {
    expect(await inquiry.replay('0000 0000 0000 0000')).toBeUndefined();
    expect(await inquiry.replay('nothing')).toBeUndefined();
  });
});
