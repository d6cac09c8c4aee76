import { Pool } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { phoneTexts, screenTexts } from '../short-messages.ts';
import { codeIn, dependant, insured, openPhones, provider, register, SetClock } from '../sms/testing-phones.ts';

const ids = { father: '0012345679', son: '1234567891', stranger: '0183382390', one: '0079506453', other: '0000000124' };
const phone = {
  father: '+989121111111',
  shared: '+989123333333',
  pharmacist: '+989124444444',
  two: '+989125555555',
  nobody: '+989127777777',
};

const database = await freshDatabase();
const clock = new SetClock();
await register(
  database,
  [
    insured(ids.father, phone.father),
    dependant(ids.son, ids.father, 'son'),
    insured(ids.stranger),
    insured(ids.one, phone.shared),
    insured(ids.other, phone.shared),
  ],
  [provider('100001', [phone.pharmacist, phone.two]), provider('PH-7', [phone.two])],
);
const phones = await openPhones(database, clock);
afterAll(async () => {
  await phones.close();
  await database.close();
});

let session = 0;
const http = (from: string, text: string, serviceCode = '*4*1420#', sessionId = `h${(session += 1)}`) =>
  phones.ussd.takeHttpStep({ sessionId, serviceCode, phoneNumber: from, text });
const step = (from: string, operation: 'begin' | 'answer' | 'abort', text: string, sessionId: string, by = phones) =>
  by.ussd.takeStep({ sessionId, operation, from, text });
const inquiries = async () => (await database.pool.query('select from inquiry')).rowCount;
const sessions = async () => (await database.pool.query('select from ussd_session')).rowCount;

describe('the menu over HTTP', () => {
  it('opens', async () => {
    expect(await http(phone.father, '')).toEqual({ text: screenTexts.menu, ends: false });
    expect(await http(phone.nobody, '')).toEqual({ text: screenTexts.menu, ends: false });
  });

  it('tells the own entitlement with its last day', async () => {
    const { text, ends } = await http(phone.father, '1');
    expect(text).toMatch(/^دارای استحقاق درمان تا پایان 14\d\d\/\d\d\/\d\d\nکد ملی 5679\nرهگیری [\d ]{16,19}$/);
    expect(ends).toBe(true);
  });

  it('asks whose, where a number is that of several', async () => {
    expect(await http(phone.shared, '1')).toEqual({ text: screenTexts.ownNationalId, ends: false });
    expect((await http(phone.shared, `1*${ids.other}`)).text).toContain('0124');
    expect(await http(phone.shared, `1*${ids.father}`)).toEqual({ text: phoneTexts.notYours, ends: true });
  });

  it('tells of a dependant, and of nobody else', async () => {
    expect(await http(phone.father, '2')).toEqual({ text: screenTexts.dependantsNationalId, ends: false });
    expect((await http(phone.father, `2*${ids.son}`)).text).toContain('7891');
    const before = await inquiries();
    expect(await http(phone.father, `2*${ids.stranger}`)).toEqual({ text: phoneTexts.notYours, ends: true });
    expect(await inquiries()).toBe(before);
  });

  it('tells a provider, without the last day', async () => {
    expect(await http(phone.pharmacist, '3')).toEqual({ text: screenTexts.patientsNationalId, ends: false });
    const { text } = await http(phone.pharmacist, `3*${ids.stranger}`);
    expect(text).toMatch(/^دارای استحقاق درمان\n1405\/09\/02\nکد ملی 2390\nرهگیری [\d ]{16,19}$/);
    expect((await http(phone.two, `3*PH-7*${ids.stranger}`)).text).toContain('2390');
    expect(await http(phone.two, '3*100009')).toEqual({ text: screenTexts.wrongProviderCode, ends: false });
    expect(await http(phone.father, '3')).toEqual({ text: phoneTexts.noProvider, ends: true });
  });

  it('tells what was answered under a code, to the asker and to the person', async () => {
    const code = codeIn((await http(phone.pharmacist, `3*${ids.father}`)).text);
    expect(await http(phone.pharmacist, '4')).toEqual({ text: screenTexts.trackingCode, ends: false });
    for (const from of [phone.pharmacist, phone.father]) {
      const { text, ends } = await http(from, `4*${code}`);
      expect([codeIn(text), ends]).toEqual([code, true]);
      expect(text).not.toContain('تا پایان');
    }
    expect(await http(phone.shared, `4*${code}`)).toEqual({ text: phoneTexts.noSuchCode, ends: true });
    expect(await http(phone.nobody, `4*${code}`)).toEqual({ text: phoneTexts.notRegistered, ends: true });
  });

  it('asks again for what is wrong, and ends after three', async () => {
    expect(await http(phone.father, '9')).toEqual({ text: screenTexts.wrongChoice, ends: false });
    expect((await http(phone.father, '9*1')).text).toContain('5679');
    expect(await http(phone.father, '2*0012345678')).toEqual({ text: screenTexts.wrongNationalId, ends: false });
    expect((await http(phone.father, `2*0012345678*${ids.son}`)).text).toContain('7891');
    expect(await http(phone.father, '9*9*9')).toEqual({ text: screenTexts.tooManyTries, ends: true });
  });

  it('answers the direct form at once, wherever the id stands', async () => {
    expect((await http(phone.pharmacist, ids.stranger)).text).toContain('2390');
    expect((await http(phone.pharmacist, '', `*4*1420*${ids.stranger}#`)).text).toContain('2390');
    expect((await http(phone.pharmacist, '', `*1666*${ids.stranger}#`)).text).toContain('2390');
    expect((await http(phone.pharmacist, '', `*4*1420*3*${ids.stranger}#`)).text).toContain('2390');
    expect((await http(phone.two, '', `*4*1420*100001*${ids.stranger}#`)).text).toContain('2390');
    expect(await http(phone.two, ids.stranger)).toEqual({ text: screenTexts.providerCode, ends: false });
    expect((await http(phone.two, `${ids.stranger}*PH-7`)).text).toContain('2390');
    expect((await http(phone.father, ids.father)).text).toContain('تا پایان');
    expect(await http(phone.nobody, ids.father)).toEqual({ text: phoneTexts.notRegistered, ends: true });
    expect(await http('1420', ids.father)).toEqual({ text: phoneTexts.notRegistered, ends: true });
  });

  it('answers a request that is brought again with the same code', async () => {
    const first = await http(phone.father, '1', '*4*1420#', 'same');
    expect(await http(phone.father, '1', '*4*1420#', 'same')).toEqual(first);
    expect(codeIn((await http(phone.father, '1', '*4*1420#', 'another')).text)).not.toBe(codeIn(first.text));
  });
});

describe('a dialogue', () => {
  it('goes on after a restart of ours, and leaves nothing behind', async () => {
    expect(await step(phone.father, 'begin', '*1666#', 'a')).toEqual({ text: screenTexts.menu, ends: false });
    const next = await openPhones(database, clock);
    expect(await step(phone.father, 'answer', '2', 'a', next)).toEqual({
      text: screenTexts.dependantsNationalId,
      ends: false,
    });
    clock.advance(20);
    const answer = await step(phone.father, 'answer', ids.son, 'a');
    expect(answer).toMatchObject({ text: expect.stringContaining('7891') as unknown, ends: true });
    expect(await sessions()).toBe(0);
    await next.close();
  });

  it('that waits too long ends, and costs nothing', async () => {
    const before = await inquiries();
    await step(phone.father, 'begin', '*1666#', 'b');
    clock.advance(21);
    expect(await step(phone.father, 'answer', '1', 'b')).toEqual({ text: screenTexts.timedOut, ends: true });
    expect(await step(phone.father, 'answer', '1', 'b')).toEqual({ text: screenTexts.timedOut, ends: true });
    expect([await sessions(), await inquiries()]).toEqual([0, before]);
  });

  it('that is left is forgotten', async () => {
    await step(phone.father, 'begin', '*1666#', 'c');
    expect(await sessions()).toBe(1);
    expect(await step(phone.father, 'abort', '', 'c')).toBeUndefined();
    expect(await sessions()).toBe(0);
  });

  it('begins anew when its name comes again', async () => {
    await step(phone.father, 'begin', '*1666#', 'd');
    await step(phone.father, 'answer', '2', 'd');
    await step(phone.father, 'begin', '*1666#', 'd');
    expect(await step(phone.father, 'answer', '1', 'd')).toMatchObject({ ends: true });
  });

  it('whose last step comes again after a death is one inquiry with one answer', async () => {
    const dying = await openPhones(database, clock);
    await step(phone.pharmacist, 'begin', '*1666#', 'e', dying);
    await step(phone.pharmacist, 'answer', '3', 'e', dying);
    // As if it had ended when the journal was written: the dialogue is still there.
    const inputs = (await database.pool.query<{ inputs: string[] }>('select inputs from ussd_session')).rows[0]?.inputs;
    const lost = await step(phone.pharmacist, 'answer', ids.stranger, 'e', dying);
    await database.pool.query(
      'insert into ussd_session (mobile, session, inputs, touched_at) values ($1, $2, $3::text[] || $4::text, $5)',
      [BigInt(phone.pharmacist.slice(1)), 'e', inputs, ids.stranger, clock.now()],
    );
    await dying.close();
    const before = await inquiries();
    clock.advance(5);
    expect(await step(phone.pharmacist, 'answer', ids.stranger, 'e')).toEqual(lost);
    expect(await inquiries()).toBe(before);
  });

  it('asks for a provider all the same where numbers cannot be looked up', async () => {
    const before = await inquiries();
    const lost = await openPhones(database, clock, { pool: new Pool({ host: '/nowhere' }) });
    const shown = await step(phone.pharmacist, 'begin', `*4*1420*${ids.stranger}#`, 'g', lost);
    expect(codeIn(shown?.text)).toMatch(/^\d{16}$/);
    expect(await inquiries()).toBe((before ?? 0) + 1);
    await lost.close();
  });

  it('ends where the database is gone, and says that it is no refusal', async () => {
    const lost = await openPhones(database, clock, { pool: new Pool({ host: '/nowhere' }) });
    const shown = await step(phone.father, 'begin', '*1666#', 'f', lost);
    expect(shown).toEqual({ text: phoneTexts.undetermined, ends: true });
    await lost.close();
  });
});
