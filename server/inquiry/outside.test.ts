import type { OtherCover } from '@estehqaq/law';
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
} from './testing.ts';

const someone = 1000000001n;
const covered = 1000000002n;
const son = 1000000003n;
const daughter = 1000000004n;
const employees = { insurer: 'ihio', fund: 'employees', from: '2020-01-01', until: null } as const;
const army: OtherCover = { insurer: 'armedForces', fund: null, from: day('2020-01-01'), until: null };

describe('other insurers', async () => {
  const database = await freshDatabase();
  const asked: bigint[] = [];
  let answer: () => Promise<readonly OtherCover[] | 'unavailable'> = () => Promise.resolve([]);
  const inquiry = inquiryOver(database, {
    otherInsurers: {
      ask: (about) => {
        asked.push(about);
        return answer();
      },
    },
  });
  afterAll(async () => {
    await inquiry.close();
    await database.close();
  });
  await record(database, someone, person([insured()]));
  await record(database, covered, person([insured()], { otherCovers: [employees] }));
  const inpatient = { ...askedByPerson(someone), setting: 'inpatient' } as const;

  it('are asked about inpatients alone', async () => {
    await inquiry.ask(askedByPerson(someone));
    expect(asked).toEqual([]);
    expect(await inquiry.ask(inpatient)).toMatchObject({ outcome: 'ENTITLED', setting: 'inpatient' });
    expect(asked).toEqual([someone]);
  });

  it.each([
    ['one cover more', () => Promise.resolve([army]), 'PROVISIONAL', ['ELECTION_REQUIRED']],
    ['nothing to be had', () => Promise.resolve('unavailable' as const), 'PROVISIONAL', ['OVERLAP_UNCHECKED']],
    ['a client that throws', () => Promise.reject(new Error('no')), 'PROVISIONAL', ['OVERLAP_UNCHECKED']],
  ])('%s', async (_, says, outcome, reasons) => {
    answer = says;
    const told = await inquiry.ask(inpatient);
    expect(told).toMatchObject({ outcome, reasons });
    expect(await inquiry.replay(told.trackingCode)).toMatchObject({ result: 'same' });
    answer = () => Promise.resolve([]);
  });

  it('and the covers in the register count together', async () => {
    const told = await inquiry.ask({ ...askedByProvider(covered, 'P2'), setting: 'inpatient' });
    expect(told).toMatchObject({ outcome: 'NOT_ENTITLED', reasons: ['OTHER_INSURER'] });
    expect(await inquiry.replay(told.trackingCode)).toMatchObject({ result: 'same' });
  });

  it('keep nobody else waiting', async () => {
    let free: () => void = () => undefined;
    answer = () =>
      new Promise((resolve) => {
        free = () => {
          resolve([]);
        };
      });
    const slow = inquiry.ask(inpatient);
    expect(await inquiry.ask(askedByPerson(someone))).toMatchObject({ outcome: 'ENTITLED' });
    free();
    expect(await slow).toMatchObject({ outcome: 'ENTITLED', setting: 'inpatient' });
  });
});

describe('links', async () => {
  const database = await freshDatabase();
  const asked: string[] = [];
  let on = { msrt: false, sabtAsnad: false };
  let consult: (about: bigint) => Promise<boolean> = () => Promise.resolve(false);
  const inquiry = inquiryOver(database, {
    links: {
      stateOn: () => on,
      consult: (link, about) => {
        asked.push(link);
        return consult(about);
      },
    },
  });
  afterAll(async () => {
    await inquiry.close();
    await database.close();
  });
  const father = String(someone);
  const student = (studyCertificateUntil?: string): Promise<void> =>
    record(database, son, person([dependant('son', father, { studyCertificateUntil })], { birthDate: '2000-01-01' }));
  await record(database, someone, person([insured()]));
  await student();
  const girl = { sex: 'female', birthDate: '2005-01-01' };
  await record(database, daughter, person([dependant('daughter', father)], girl));

  it('that are off send to the current procedure, and nobody is asked', async () => {
    expect(await inquiry.ask(askedByProvider(son))).toMatchObject({
      outcome: 'REFER_CURRENT_PROCEDURE',
      reasons: ['DOCUMENT_MISSING'],
    });
    expect(asked).toEqual([]);
  });

  it('that are on count as off where the registry is silent', async () => {
    on = { msrt: true, sabtAsnad: true };
    const told = await inquiry.ask(askedByPerson(son));
    expect(told).toMatchObject({ outcome: 'REFER_CURRENT_PROCEDURE' });
    expect(await inquiry.replay(told.trackingCode)).toMatchObject({ result: 'same' });
    consult = () => Promise.reject(new Error('away'));
    expect(await inquiry.ask(askedByPerson(daughter))).toMatchObject({ outcome: 'REFER_CURRENT_PROCEDURE' });
    expect(asked).toEqual(['msrt', 'sabtAsnad']);
  });

  it('decide by what the registry says and the dossier then holds', async () => {
    consult = async () => {
      await student('2026-11-01');
      return true;
    };
    const refused = await inquiry.ask({ ...askedByPerson(son), requestId: 'r1' });
    expect(refused).toMatchObject({ outcome: 'NOT_ENTITLED', reasons: ['SON_AGE_NO_CERT'] });
    consult = async () => {
      await student('2027-06-01');
      return true;
    };
    const told = await inquiry.ask({ ...askedByPerson(son), requestId: 'r2' });
    expect(told).toMatchObject({ outcome: 'ENTITLED' });
    for (const { trackingCode } of [refused, told]) {
      expect(await inquiry.replay(trackingCode)).toMatchObject({ result: 'same' });
    }
    asked.length = 0;
    expect(await inquiry.ask(askedByPerson(son))).toMatchObject({ outcome: 'ENTITLED' });
    expect(asked).toEqual([]);
  });

  it('are asked of today alone', async () => {
    await student();
    asked.length = 0;
    expect(await inquiry.ask(askedByStaff(son, { on: day('2026-11-22') }))).toMatchObject({
      outcome: 'REFER_CURRENT_PROCEDURE',
    });
    expect(asked).toEqual([]);
  });
});
