import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { Ids } from '../platform/index.ts';
import { createDesk, KeptTransport, pepper, SetClock } from './testing.ts';
import {
  deliveredAt,
  endReminders,
  listNotices,
  listUnreachable,
  recordPreference,
  sealSecret,
  unreachableCsv,
} from './index.ts';

const database = await freshDatabase();
const { pool } = database;
const clock = new SetClock();
const ids = new Ids(pool, clock);
afterAll(async () => {
  await ids.close();
  await database.close();
});
beforeEach(async () => {
  clock.set('2026-11-23T08:00:00Z'); // 11:30 in Tehran
  await database.asOwner((client) =>
    client.query(
      'truncate notice, notice_attempt, notice_transport, notice_receipt, notice_preference, dossier, person_mobile',
    ),
  );
  await pool.query('insert into person_mobile (person, mobile) values ($1, 989120000001)', [head]);
});

const household = 7_000_001n;
const head = 12_345_679n;
const without = 12_345_695n;
const bill = { owner: household, person: head, event: 'billIssued', key: 'b1' } as const;
const data = { bill: '9001', amount: 23_232_000n, members: 4, validUntil: '2026-12-22' };
const decile = { owner: household, person: head, event: 'decile8To10', key: 'd1' } as const;

describe('a notice', () => {
  it('is told if, and only if, the transaction of what happened is committed; the same one once', async () => {
    const { tell, send, transport, states } = createDesk(pool, ids, clock);
    const lost = tell({ ...bill, data, key: 'never', person: 2n ** 70n });
    await expect(lost).rejects.toMatchObject({ code: 'DATABASE_BAD_VALUE' });
    await tell({ ...bill, data });
    await tell({ ...bill, data });
    expect(await send()).toEqual({ claimed: 1, sent: 1, notSent: 0 });
    expect(await send()).toEqual({ claimed: 0, sent: 0, notSent: 0 });
    expect(transport.sent).toMatchObject([{ mobile: 989120000001n }]);
    expect(transport.sent[0]?.text).toBe(
      'صورت‌حساب 9001: ۲۳٬۲۳۲٬۰۰۰ ریال برای ۴ نفر. تا پایان ۱ دی ۱۴۰۵ در سامانه یا دفتر پیشخوان بپردازید.',
    );
    expect(await states(household)).toContainEqual({ event: 'billIssued', step: 0, state: 'sent', attempts: 1 });
  });

  it('is in the language that the person wants, and by short message only if it must or the person wants it', async () => {
    const { tell, send, transport, states } = createDesk(pool, ids, clock);
    await recordPreference(pool, clock, head, { language: 'en', bySms: false });
    await tell({ ...bill, data: { ...data, validUntil: '2026-11-24' } });
    await tell({ ...decile, data: { decile: 9, sex: 'female' } });
    await send();
    expect(transport.sent.map(({ text }) => text.slice(0, 20))).toEqual(['Dear insured person:']);
    expect(await states(household)).toMatchObject([{ state: 'listed' }, { state: 'sent' }]);
    const listed = await listNotices(pool, clock, head, { limit: 10 });
    expect(listed.map(({ event }) => event)).toEqual(['decile8To10', 'billIssued']);
    expect(listed[1]?.texts.en).toBe(
      'Bill 9001: 23,232,000 rials for 4 insured. Pay by the end of 2026-11-24 (3 Azar 1405), in the portal or at a counter office.',
    );
  });

  it('waits for the morning, but for one-time codes', async () => {
    const { tell, send, transport } = createDesk(pool, ids, clock);
    clock.set('2026-11-23T18:30:00Z'); // 22:00 in Tehran
    await tell({ ...bill, data });
    const secret = sealSecret({ pepper }, '482913');
    await tell({
      owner: head,
      person: head,
      event: 'oneTimeCode',
      key: 'c1',
      data: { minutes: 2, host: null },
      secret,
    });
    await send();
    expect(transport.sent.map(({ text }) => text)).toEqual([
      'کد ورود شما: 482913 تا ۲ دقیقه کار می‌کند. به هیچ‌کس نگویید.',
    ]);
    clock.set('2026-11-24T04:29:59Z'); // 07:59:59
    expect(await send()).toMatchObject({ claimed: 0 });
    clock.set('2026-11-24T04:30:00Z');
    expect(await send()).toMatchObject({ claimed: 1 });
  });

  it('goes to the registered mobile, else to one that is known elsewhere, else to none', async () => {
    const otherMobiles = (persons: readonly bigint[]) =>
      Promise.resolve(new Map(persons.filter((person) => person === without).map((person) => [person, 989350000000n])));
    const { tell, send, transport, states } = createDesk(pool, ids, clock, { otherMobiles });
    const ended = { ...bill, event: 'coverLapsed', data: { endedOn: '2026-11-22' } } as const;
    for (const person of [head, without, 12_345_717n]) await tell({ ...ended, person, key: String(person) });
    await send();
    expect(transport.sent.map(({ mobile }) => mobile).toSorted()).toEqual([989120000001n, 989350000000n]);
    expect(await states(household)).toContainEqual(expect.objectContaining({ state: 'unreachable' }));
  });

  it('keeps a secret sealed and erases it once it is sent, or useless', async () => {
    const { tell, send, transport } = createDesk(pool, ids, clock);
    const code = { owner: head, person: head, event: 'oneTimeCode', data: { minutes: 2, host: null } } as const;
    await tell({ ...code, key: 'c1', secret: sealSecret({ pepper }, '482913') });
    const kept = await pool.query<{ secret: Buffer }>('select secret from notice');
    expect(kept.rows[0]?.secret.includes('482913')).toBe(false);
    await send();
    clock.plusMinutes(1);
    await tell({ ...code, key: 'c2', secret: sealSecret({ pepper }, '1'), uselessAfter: clock.now() });
    await send();
    expect(transport.sent).toHaveLength(1);
    const { rows } = await pool.query('select key, state, secret from notice order by key');
    expect(rows).toEqual([
      { key: 'c1', state: 'sent', secret: null },
      { key: 'c2', state: 'ended', secret: null },
    ]);
    expect(await listNotices(pool, clock, head, { limit: 10 })).toEqual([]);
  });

  it('reminds 7 and 2 days before the end of a bill, until it is paid', async () => {
    const { tell, send, transport, states } = createDesk(pool, ids, clock);
    await tell({ ...bill, data });
    await send();
    clock.set('2026-12-15T05:29:59Z');
    expect(await send()).toMatchObject({ claimed: 0 });
    clock.set('2026-12-15T05:30:00Z'); // 9 in the morning, seven days before
    expect(await send()).toMatchObject({ claimed: 1 });
    expect(transport.sent.at(-1)?.text).toBe(
      'یادآوری: مهلت پرداخت صورت‌حساب 9001 (۲۳٬۲۳۲٬۰۰۰ ریال) پایان ۱ دی ۱۴۰۵ است.',
    );
    await tell({ ...bill, event: 'paymentReceived', data: { bill: '9001', amount: 23_232_000n } });
    clock.set('2026-12-21T08:00:00Z');
    await send();
    expect(await states(household)).toMatchObject([
      { event: 'billIssued', state: 'sent' },
      { event: 'billExpiring', step: 7, state: 'sent' },
      { event: 'billExpiring', step: 2, state: 'ended' },
      { event: 'paymentReceived', state: 'sent' },
    ]);
  });
});

describe('reminders', () => {
  it('of a bill end when another takes its place, or it is taken back', async () => {
    const { tell, states } = createDesk(pool, ids, clock);
    await tell({ ...bill, data });
    await tell({ ...bill, data: { ...data, bill: '9002' }, key: 'b2' });
    await endReminders(pool, clock, { owner: household, event: 'billIssued', key: 'b2' });
    const reminders = (await states(household)).filter((each) => 'step' in each && each.step !== 0);
    expect(reminders.map((each) => 'state' in each && each.state)).toEqual(['ended', 'ended', 'ended', 'ended']);
  });
});

describe('a transport that fails', () => {
  it('is asked again where surely nothing was sent, later and later, and in the end no more', async () => {
    const { tell, send, transport, states } = createDesk(pool, ids, clock);
    transport.answer = () => Promise.resolve({ sent: false, why: 'silent' });
    await tell({ ...decile, data: { decile: 8, sex: null } });
    const pauses: number[] = [];
    for (let minutes = 0; minutes < 4000 && transport.sent.length < 9; minutes += 1) {
      const before = transport.sent.length;
      await send();
      if (transport.sent.length > before) pauses.push(minutes);
      clock.plusMinutes(1);
    }
    expect(pauses.slice(0, 4)).toEqual([0, 1, 6, 21]);
    expect(pauses).toHaveLength(8);
    expect(await states(household)).toMatchObject([{ state: 'failed', attempts: 8 }]);
  });

  it('that asks for patience gets it, without an end', async () => {
    const { tell, send, transport, states } = createDesk(pool, ids, clock);
    transport.answer = () => Promise.resolve({ sent: false, why: 'throttled' });
    await tell({ ...decile, data: { decile: 8, sex: null } });
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await send();
      clock.plusMinutes(1);
    }
    expect(await states(household)).toMatchObject([{ state: 'waiting', attempts: 12 }]);
  });

  it('is not asked again where it may have sent, but by the rule of the event', async () => {
    const { tell, send, transport, states } = createDesk(pool, ids, clock);
    transport.answer = () => Promise.reject(new Error('cut off'));
    await tell({ ...bill, data: { ...data, validUntil: '2026-11-24' } });
    await tell({ ...decile, data: { decile: 8, sex: null } });
    await send();
    clock.plusMinutes(2);
    await send();
    expect(await states(household)).toMatchObject([
      { event: 'billIssued', state: 'unknown', attempts: 1 },
      { event: 'decile8To10', state: 'waiting', attempts: 2 },
    ]);
    // The same message has the same key, so that a transport that can will send it once.
    expect(new Set(transport.sent.map(({ key }) => key)).size).toBe(2);
  });

  it('and a number that it does not want is unreachable', async () => {
    const { tell, send, transport, states } = createDesk(pool, ids, clock);
    transport.answer = () => Promise.resolve({ sent: false, why: 'refused' });
    await tell({ ...decile, data: { decile: 8, sex: null } });
    await send();
    expect(await states(household)).toMatchObject([{ state: 'unreachable', attempts: 1 }]);
  });
});

describe('a sender that is killed', () => {
  it('before it writes down what became of a message leaves it unknown, and it is not sent twice', async () => {
    const first = createDesk(pool, ids, clock);
    // It never comes back, as if the process had ended between the sending and the note of it.
    first.transport.answer = () => new Promise(() => undefined);
    await first.tell({ ...bill, data: { ...data, validUntil: '2026-11-24' } });
    void first.send();
    await expect.poll(() => first.transport.sent.length).toBe(1);
    const second = createDesk(pool, ids, clock);
    clock.plusMinutes(9);
    expect(await second.send()).toMatchObject({ claimed: 0 });
    clock.plusMinutes(2);
    expect(await second.send()).toMatchObject({ claimed: 0 });
    expect(await second.states(household)).toMatchObject([{ state: 'unknown', attempts: 1 }]);
    expect(second.transport.sent).toEqual([]);
    const { rows } = await pool.query('select outcome from notice_attempt');
    expect(rows).toEqual([{ outcome: 'unknown' }]);
  });

  it('and several at work send each message once', async () => {
    const shared = new KeptTransport();
    const desks = [1, 2, 3].map(() => createDesk(pool, ids, clock, { transport: shared }));
    for (let index = 0; index < 40; index += 1) {
      await desks[0]?.tell({ ...decile, key: `d${index}`, data: { decile: 8, sex: null } });
    }
    const counts = await Promise.all(desks.map(({ sender }) => sender.sendDue(clock.now(), 20)));
    for (const { sender } of desks) counts.push(await sender.sendDue(clock.now(), 20));
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(40);
    expect(new Set(shared.sent.map(({ key }) => key)).size).toBe(40);
  });
});

describe('M-60: the delivery of the notice to deciles 8 to 10', () => {
  it('is known when every part of it arrived, and not before', async () => {
    const { tell, send, sender, transport } = createDesk(pool, ids, clock);
    transport.answer = () => Promise.resolve({ sent: true, transportIds: ['p1', 'p2'] });
    await tell({ ...decile, data: { decile: 10, sex: 'male' } });
    await send();
    const of = { owner: household, event: 'decile8To10', key: 'd1' } as const;
    await sender.receiptArrived({ transportIds: ['p1'], state: 'delivered', at: new Date('2026-11-23T08:00:05Z') });
    expect(await deliveredAt(pool, of)).toBeUndefined();
    const last = new Date('2026-11-23T08:00:09Z');
    await sender.receiptArrived({ transportIds: ['0p2', 'p2'], state: 'delivered', at: last });
    await sender.receiptArrived({ transportIds: ['p2'], state: 'delivered', at: last });
    expect(await deliveredAt(pool, of)).toEqual(last);
  });

  it('is known also when the receipt overtakes the note of the sending', async () => {
    const { tell, send, sender, transport } = createDesk(pool, ids, clock);
    transport.answer = async () => {
      await sender.receiptArrived({ transportIds: ['early'], state: 'delivered', at: clock.now() });
      return { sent: true, transportIds: ['early'] };
    };
    await tell({ ...decile, data: { decile: 10, sex: 'male' } });
    await send();
    expect(await deliveredAt(pool, { owner: household, event: 'decile8To10', key: 'd1' })).toEqual(clock.now());
  });

  it('is tried again when the network could not deliver it; late good news holds', async () => {
    const { tell, send, sender, transport, states } = createDesk(pool, ids, clock);
    transport.answer = () => Promise.resolve({ sent: true, transportIds: [`t${transport.sent.length}`] });
    await tell({ ...decile, data: { decile: 10, sex: 'male' } });
    await send();
    await sender.receiptArrived({ transportIds: ['t1'], state: 'failed', at: clock.now() });
    expect(await states(household)).toMatchObject([{ state: 'waiting' }]);
    clock.plusMinutes(1);
    await send();
    expect(await states(household)).toMatchObject([{ state: 'sent', attempts: 2 }]);
    await sender.receiptArrived({ transportIds: ['t1'], state: 'failed', at: clock.now() });
    expect(await states(household)).toMatchObject([{ state: 'sent' }]);
    await sender.receiptArrived({ transportIds: ['t1'], state: 'delivered', at: clock.now() });
    expect(await states(household)).toMatchObject([{ state: 'delivered' }]);
  });
});

describe('M-62: the list of those whom no message reached, for health centres', () => {
  it('has the least by which a person is found, and neither mobile nor message', async () => {
    const { tell, send } = createDesk(pool, ids, clock);
    const sources = { imports: { registry: { firstName: 'زهرا', lastName: '=کریمی' } } };
    await pool.query(
      `insert into dossier (person, version, recorded_at, facts, sources) values ($1, 1, $2, '{}', $3)`,
      [without, clock.now(), JSON.stringify(sources)],
    );
    await tell({ ...decile, key: 'd2', person: without, data: { decile: 10, sex: 'female' } });
    await tell({ ...decile, data: { decile: 10, sex: 'male' } });
    await send();
    const found = await listUnreachable(pool, { event: 'decile8To10', limit: 10 });
    expect(found).toMatchObject([{ name: 'زهرا =…', nationalId: '001*****95', district: null, centre: null }]);
    expect(Object.keys(found[0] ?? {})).toEqual(['reference', 'name', 'nationalId', 'district', 'centre']);
    const placesOf = () => Promise.resolve(new Map([[without, { district: 'ورامین', centre: 'مرکز "یک"' }]]));
    const placed = await listUnreachable(pool, { event: 'decile8To10', limit: 10, placesOf });
    const reference = found[0]?.reference ?? '';
    expect(unreachableCsv(placed)).toBe(
      `\ufeffreference,name,nationalId,district,centre\r\n${reference},زهرا =…,001*****95,ورامین,"مرکز ""یک"""\r\n`,
    );
    const after = BigInt(reference);
    expect(await listUnreachable(pool, { event: 'decile8To10', after, limit: 10 })).toEqual([]);
  });
});
