import { afterAll, describe, expect, it } from 'vitest';
import { forgetRequestKeys } from '../decisions/index.ts';
import { freshDatabase } from '../database/testing.ts';
import {
  askedByPerson,
  askedByProvider,
  askedByStaff,
  day,
  dependant,
  inquiryOver,
  insured,
  noon,
  person,
  record,
} from './testing.ts';

const someone = 1000000001n;
const other = 1000000002n;

describe('the same request', async () => {
  const database = await freshDatabase();
  let time = noon.getTime();
  const clock = { now: () => new Date(time) };
  // Two processes on one database.
  const [one, two] = [inquiryOver(database, { clock }), inquiryOver(database, { clock })];
  afterAll(async () => {
    await Promise.all([one.close(), two.close()]);
    await database.close();
  });
  await record(database, someone, person([insured()]));
  await record(database, other, person([insured()]));
  const count = async (): Promise<number> =>
    (await database.pool.query<{ n: number }>('select count(*)::int as n from inquiry')).rows[0]?.n ?? 0;

  it('gets the same answer, also after the facts and the day have changed', async () => {
    const request = { ...askedByPerson(someone), requestId: 'r1' };
    const first = await one.ask(request);
    expect(first.replayed).toBe(false);
    await record(database, someone, person([insured('1404-01')]));
    time += 86_400_000;
    for (const inquiry of [one, two]) expect(await inquiry.ask(request)).toEqual({ ...first, replayed: true });
    time -= 86_400_000;
    await record(database, someone, person([insured()]));
  });

  it('is another from another asker, or about another person', async () => {
    const first = await one.ask({ ...askedByProvider(someone), requestId: 'r2' });
    const others = [
      { ...askedByProvider(someone, 'P2'), requestId: 'r2' },
      { ...askedByProvider(other), requestId: 'r2' },
      { ...askedByPerson(someone), requestId: 'r2' },
      { ...askedByStaff(someone), requestId: 'r2' },
    ];
    for (const request of others) {
      const answer = await one.ask(request);
      expect(answer.replayed).toBe(false);
      expect(answer.trackingCode).not.toBe(first.trackingCode);
    }
  });

  it('is refused with another setting, or another day', async () => {
    await one.ask({ ...askedByProvider(someone), requestId: 'r3' });
    const inpatient = { ...askedByProvider(someone), setting: 'inpatient', requestId: 'r3' } as const;
    await expect(two.ask(inpatient)).rejects.toMatchObject({ code: 'REQUEST_ID_REUSED' });
    const on = day('2026-01-01');
    await one.ask({ ...askedByStaff(someone, { on }), requestId: 'r4' });
    expect(await one.ask({ ...askedByStaff(someone, { on }), requestId: 'r4' })).toMatchObject({ replayed: true });
    const otherDay = { ...askedByStaff(someone, { on: day('2026-01-02') }), requestId: 'r4' };
    await expect(one.ask(otherDay)).rejects.toMatchObject({ code: 'REQUEST_ID_REUSED' });
    const otherMoment = { ...askedByStaff(someone, { on, knownAt: noon }), requestId: 'r4' };
    await expect(one.ask(otherMoment)).rejects.toMatchObject({ code: 'REQUEST_ID_REUSED' });
  });

  it('gets its answer also when it could not be asked any more', async () => {
    const principal = 1000000003n;
    const child = 1000000004n;
    await record(database, principal, person([insured()]));
    await record(database, child, person([dependant('wife', String(principal))], { sex: 'female' }));
    const request = { ...askedByPerson(child, principal), requestId: 'r9' };
    const first = await one.ask(request);
    await record(database, child, person([insured()]));
    await expect(one.ask({ ...request, requestId: 'r10' })).rejects.toMatchObject({ code: 'NOT_YOURS' });
    expect(await one.ask(request)).toEqual({ ...first, replayed: true });
    await database.pool.query(`update dossier set facts = '{}' where person = $1`, [child]);
    await expect(two.ask({ ...request, requestId: 'r11' })).rejects.toMatchObject({ code: 'COULD_NOT_DETERMINE' });
    expect(await two.ask(request)).toEqual({ ...first, replayed: true });
  });

  it('is answered once when it comes many times at the same moment, in one process', async () => {
    const before = await count();
    const request = { ...askedByProvider(someone), requestId: 'r5' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => one.ask(request)));
    expect(new Set(answers.map(({ trackingCode }) => trackingCode)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await count()).toBe(before + 1);
    const mixed = await Promise.allSettled([
      one.ask({ ...request, requestId: 'r6' }),
      one.ask({ ...request, requestId: 'r6', setting: 'inpatient' }),
    ]);
    expect(mixed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(mixed).toContainEqual(
      expect.objectContaining({ reason: expect.objectContaining({ code: 'REQUEST_ID_REUSED' }) as object }),
    );
  });

  it('is answered once when it comes to two processes at the same moment', async () => {
    const before = await count();
    const requests = Array.from({ length: 300 }, (_, index) => ({
      ...askedByProvider(index % 2 === 0 ? someone : other),
      requestId: `both ${index}`,
    }));
    const [first, second] = await Promise.all([
      Promise.all(requests.map((request) => one.ask(request))),
      Promise.all(requests.toReversed().map((request) => two.ask(request))).then((answers) => answers.toReversed()),
    ]);
    expect(second.map(({ trackingCode }) => trackingCode)).toEqual(first.map(({ trackingCode }) => trackingCode));
    for (const [index, answer] of first.entries()) {
      expect([answer.replayed, second[index]?.replayed].toSorted()).toEqual([false, true]);
    }
    expect(await count()).toBe(before + 300);
  });

  it('keeps a provider without a contract without an answer', async () => {
    const request = { ...askedByProvider(someone, 'SUSPENDED'), requestId: 'r7' };
    const before = await count();
    await expect(one.ask(request)).rejects.toMatchObject({ code: 'NOT_CONTRACTED' });
    await expect(one.ask(request)).rejects.toMatchObject({ code: 'NOT_CONTRACTED' });
    expect(await count()).toBe(before + 1);
  });

  it('is forgotten after seven days', async () => {
    const request = { ...askedByProvider(someone), requestId: 'r8' };
    const first = await one.ask(request);
    const forget = (days: number): Promise<number> =>
      database.asOwner((owner) => forgetRequestKeys(owner, new Date(noon.getTime() + days * 86_400_000)));
    expect(await forget(7)).toBe(0);
    expect(await one.ask(request)).toMatchObject({ trackingCode: first.trackingCode });
    expect(await forget(8.1)).toBeGreaterThan(0);
    expect(await one.ask(request)).toMatchObject({ replayed: false });
  });
});
