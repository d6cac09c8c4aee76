import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import type { CouldNotDetermine, InquiryAnswer } from './asking.ts';
import type { Inquiry } from './inquiry.ts';
import { askedByProvider, askedByStaff, inquiryOver, insured, person, record } from './testing.ts';
import { wireTo } from './testing-wire.ts';

const people = Array.from({ length: 20 }, (_, index) => 1000000001n + BigInt(index));
const someone = 1000000001n;
const unreadable = 1000009999n;
const byProvider = { kind: 'provider', code: 'P1' } as const;

describe('on a bad day', async () => {
  const database = await freshDatabase();
  const wire = await wireTo(database);
  const failures: unknown[] = [];
  const inquiry = inquiryOver(wire.database, { onFailure: (error) => failures.push(error) });
  afterAll(async () => {
    wire.set('whole');
    await inquiry.close();
    await wire.close();
    await database.close();
  });
  for (const each of people) await record(database, each, person([insured()]));
  await record(database, unreadable, { sex: 'neither' });
  await inquiry.ask(askedByProvider(someone));
  const count = async (where = 'true'): Promise<number> =>
    (await database.pool.query<{ n: number }>(`select count(*)::int as n from inquiry where ${where}`)).rows[0]?.n ?? 0;

  it('one dossier that cannot be read fails alone', async () => {
    const asked = [...people, unreadable, ...people].map((each) => inquiry.ask(askedByProvider(each)));
    const settled = await Promise.allSettled(asked);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
    expect(settled[20]).toMatchObject({ status: 'rejected', reason: { code: 'COULD_NOT_DETERMINE' } });
    await undeterminedWritten(inquiry);
    const [seen] = await inquiry.whoAsked(unreadable);
    expect(seen).toMatchObject({ outcome: 'COULD_NOT_DETERMINE', asker: { kind: 'provider', code: 'P1' } });
    expect(await inquiry.replay(seen?.trackingCode ?? '')).toMatchObject({ result: 'undetermined' });
  });

  it('one row that cannot be written fails alone', async () => {
    const bad = { ...askedByStaff(someone), asker: { kind: 'staff', user: 'a\u0000b', role: 'auditor' } } as const;
    const asked = [
      ...people.map((each) => askedByStaff(each)),
      bad,
      ...people.map((each) => askedByProvider(each)),
    ].map((each) => inquiry.ask(each as ReturnType<typeof askedByProvider>));
    const settled = await Promise.allSettled(asked);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
    expect(settled[20]).toMatchObject({ status: 'rejected', reason: { code: 'COULD_NOT_DETERMINE' } });
    await undeterminedWritten(inquiry);
    expect(inquiry.state().undeterminedLost).toBe(1);
  });

  it.each([
    ['the connection breaks before the rows arrive', { before: 'inquiries-write' }],
    ['the connection breaks after the rows have arrived', { after: 'inquiries-write' }],
    ['the connection breaks while dossiers are read', { before: 'dossiers' }],
  ])('answers, and once, when %s', async (_, state) => {
    const before = await count();
    wire.set(state);
    const answers = await Promise.all(people.map((each) => inquiry.ask(askedByProvider(each))));
    expect(new Set(answers.map(({ trackingCode }) => trackingCode)).size).toBe(people.length);
    expect(await count()).toBe(before + people.length);
    for (const { trackingCode } of answers) {
      expect(await inquiry.verify(trackingCode, byProvider)).toMatchObject({ outcome: 'ENTITLED' });
    }
  });

  it.each([
    ['before it is written', { before: 'inquiries-write-keyed' }],
    ['after it was written', { after: 'inquiries-write-keyed' }],
    ['while request ids are looked up', { after: 'request-keys' }],
  ])('answers a request once when the connection breaks %s', async (name, state) => {
    const before = await count();
    wire.set(state);
    const requests = people.map((each) => ({ ...askedByProvider(each), requestId: name }));
    const first = await Promise.all(requests.map((each) => inquiry.ask(each)));
    expect(await count()).toBe(before + people.length);
    const again = await Promise.all(requests.map((each) => inquiry.ask(each)));
    expect(again).toEqual(first.map((answer) => ({ ...answer, replayed: true })));
    expect(first.every(({ replayed }) => !replayed)).toBe(true);
  });

  it('says that no answer can be given while the database is away, with a code, and records it afterwards', async () => {
    wire.set('cut');
    const asked = people.map((each) => inquiry.ask({ ...askedByProvider(each), requestId: 'away', channel: 'sms' }));
    const settled = await Promise.allSettled(asked);
    const codes = settled.map((each) => {
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 'COULD_NOT_DETERMINE' } });
      return each.status === 'rejected' ? (each.reason as CouldNotDetermine).trackingCode : undefined;
    });
    expect(codes.every((code) => code !== undefined)).toBe(true);
    expect(inquiry.state()).toMatchObject({ unanswered: 0, undetermined: people.length });
    wire.set('whole');
    await undeterminedWritten(inquiry);
    for (const code of codes) {
      expect(await inquiry.verify(code ?? '', byProvider)).toMatchObject({
        outcome: 'COULD_NOT_DETERMINE',
        reasons: [],
      });
    }
    const retried = await inquiry.ask({ ...askedByProvider(someone), requestId: 'away' });
    expect(retried).toMatchObject({ outcome: 'ENTITLED', replayed: false });
    expect(codes).not.toContain(retried.trackingCode);
  });

  it('loses and doubles nothing while connections are ended under load', async () => {
    const [before, undeterminedBefore] = [await count(), await count('outcome = 9')];
    const answers = new Map<string, InquiryAnswer>();
    let over = false;
    const asking = people.map(async (each, place) => {
      for (let turn = 0; !over; turn += 1) {
        const requestId = `load ${place} ${turn}`;
        const answer = await askUntilAnswered(inquiry, { ...askedByProvider(each), requestId });
        answers.set(requestId, answer);
      }
    });
    for (let turn = 0; turn < 8; turn += 1) {
      await sleep(100);
      await endConnections(database);
    }
    over = true;
    await Promise.all(asking);
    await undeterminedWritten(inquiry);
    expect(answers.size).toBeGreaterThan(people.length);
    const undetermined = (await count('outcome = 9')) - undeterminedBefore;
    expect((await count()) - before).toBe(answers.size + undetermined);
    const first = [...answers];
    const again: InquiryAnswer[] = [];
    // No more at once than the queue takes: a quick machine has given more answers than that.
    for (let done = 0; done < first.length; done += 1_000) {
      const some = first.slice(done, done + 1_000).map(([requestId]) => {
        const place = Number(requestId.split(' ')[1]);
        return inquiry.ask({ ...askedByProvider(people[place] ?? 0n), requestId });
      });
      again.push(...(await Promise.all(some)));
    }
    expect(again).toEqual(first.map(([, answer]) => ({ ...answer, replayed: true })));
  });
});

describe('limits', async () => {
  const database = await freshDatabase();
  afterAll(() => database.close());
  await record(database, someone, person([insured()]));

  it('takes as many as it can answer, and refuses the next with the time to wait', async () => {
    const inquiry = inquiryOver(database);
    const settled = await Promise.allSettled(
      Array.from({ length: 4_196 }, () => inquiry.ask(askedByProvider(someone))),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(4_096);
    expect(settled.at(-1)).toMatchObject({ reason: { code: 'OVERLOADED', retryAfterSeconds: 1 } });
    await inquiry.close();
  });

  it('answers what it accepted when it is closed, and takes nothing more', async () => {
    const inquiry = inquiryOver(database);
    const asked = Array.from({ length: 600 }, () => inquiry.ask(askedByProvider(someone)));
    const closed = inquiry.close();
    await expect(inquiry.ask(askedByProvider(someone))).rejects.toMatchObject({ code: 'OVERLOADED' });
    await closed;
    expect(inquiry.state().unanswered).toBe(0);
    expect(await Promise.all(asked)).toHaveLength(600);
  });

  it('does not keep anybody waiting for a database that stands still', async () => {
    const inquiry = inquiryOver(database, { limits: { answeredWithinMs: 300 } });
    await inquiry.ask(askedByProvider(someone));
    const late = await database.asOwner(async (owner) => {
      await owner.query('begin');
      await owner.query('lock table inquiry in access exclusive mode');
      const asked = [0, 1].map(() => inquiry.ask({ ...askedByProvider(someone), requestId: 'late' }));
      const settled = await Promise.allSettled(asked);
      await owner.query('rollback');
      return settled;
    });
    expect(late).toMatchObject([0, 1].map(() => ({ reason: { code: 'COULD_NOT_DETERMINE' } })));
    // It was written in the end; who asks again gets that answer, under the code that was told.
    const [first] = late;
    const code = first?.status === 'rejected' ? (first.reason as CouldNotDetermine).trackingCode : '';
    await sleep(100);
    expect(await inquiry.ask({ ...askedByProvider(someone), requestId: 'late' })).toMatchObject({
      replayed: true,
      trackingCode: code,
    });
    await inquiry.close();
  });

  it('records under the code that was told what came to nothing after it was told', async () => {
    const two = [0, 1].map(() => inquiryOver(database, { limits: { answeredWithinMs: 300 } }));
    for (const each of two) await each.ask(askedByProvider(someone));
    const request = { ...askedByProvider(someone), requestId: 'late, twice' };
    const late = await database.asOwner(async (owner) => {
      await owner.query('begin');
      await owner.query('lock table inquiry in access exclusive mode');
      const settled = await Promise.allSettled(two.map((each) => each.ask(request)));
      await owner.query('rollback');
      return settled;
    });
    const codes = late.map((each) =>
      each.status === 'rejected' ? ((each.reason as CouldNotDetermine).trackingCode ?? '') : '',
    );
    // Both wrote it, and one was first: the code of the other is no code that never was.
    const shown = async (): Promise<unknown[]> =>
      (await Array.fromAsync(codes, (code) => two[0]?.verify(code, request.asker))).map((each) => each?.outcome).sort();
    await expect.poll(shown, { timeout: 5_000 }).toEqual(['COULD_NOT_DETERMINE', 'ENTITLED']);
    await Promise.all(two.map((each) => each.close()));
  });
});

async function undeterminedWritten(inquiry: Inquiry): Promise<void> {
  for (let turn = 0; turn < 300 && inquiry.state().undetermined > 0; turn += 1) await sleep(10);
  expect(inquiry.state().undetermined).toBe(0);
}

async function askUntilAnswered(inquiry: Inquiry, request: Parameters<Inquiry['ask']>[0]): Promise<InquiryAnswer> {
  for (;;) {
    try {
      return await inquiry.ask(request);
    } catch (error) {
      expect(error).toMatchObject({ code: 'COULD_NOT_DETERMINE' });
    }
  }
}

async function endConnections({ pool }: Awaited<ReturnType<typeof freshDatabase>>): Promise<void> {
  await pool.query(`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and usename = current_user`);
}
