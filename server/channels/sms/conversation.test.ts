import { Pool } from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { checkDigitOf } from '../../platform/index.ts';
import { longestSms, phoneTexts } from '../short-messages.ts';
import { codeIn, dependant, insured, openPhones, provider, register, SetClock, type Phones } from './testing-phones.ts';
import { usualPhoneLimits } from './limits.ts';

const ids = {
  father: '0012345679',
  son: '1234567891',
  wife: '0079506453',
  stranger: '0183382390',
  pharmacist: '0000000124',
};

/** Well-formed ids of nobody. */
const nobodys = (number: number): string => `${number}${checkDigitOf(number)}`;

const phone = {
  father: '+989121111111',
  wife: '+989122222222',
  shared: '+989123333333',
  pharmacist: '+989124444444',
  two: '+989125555555',
  over: '+989126666666',
  nobody: '+989127777777',
};

const database = await freshDatabase();
const clock = new SetClock();
await register(
  database,
  [
    insured(ids.father, phone.father, { diedOn: null }),
    dependant(ids.son, ids.father, 'son', { mobile: phone.shared }),
    dependant(ids.wife, ids.father, 'wife', { birthDate: '1980-01-01', mobile: phone.shared }),
    insured(ids.stranger, '+989128888888'),
    insured(ids.pharmacist, phone.pharmacist, {
      standings: [{ class: 'insured', basis: 'voluntary', paidUntil: '2026-04-19', treatmentOption: true }],
    }),
  ],
  [
    provider('100001', [phone.pharmacist, phone.two]),
    provider('PH-7', [phone.two]),
    provider('100003', [phone.over], { contractUntil: '2026-01-01' }),
  ],
);
const phones = await openPhones(database, clock);
afterAll(async () => {
  await phones.close();
  await database.close();
});

const send = (from: string, text: string, more: { messageId?: string; by?: Phones } = {}) =>
  (more.by ?? phones).sms.answerText({ from, to: '1420', text, messageId: more.messageId });
const journal = async () =>
  (
    await database.pool.query<{ asker_kind: number; asker: string; channel: number }>(
      'select asker_kind, asker, channel from inquiry order by id',
    )
  ).rows;

// Nobody is within a minute, or an hour, of the test before.
beforeEach(() => {
  clock.advance(7200);
});

describe('a person', () => {
  it.each([['0'], ['۰'], [ids.father], ['۰۰۱۲۳۴۵۶۷۹']])(
    'gets the last day of the own entitlement for %s',
    async (text) => {
      const answer = await send(phone.father, text);
      expect(answer).toMatch(/^دارای استحقاق درمان تا پایان 14\d\d\/\d\d\/\d\d\n5679\nرهگیری \d{16}$/);
      expect((await journal()).at(-1)).toMatchObject({ asker_kind: 2, channel: 3 });
    },
  );

  it('gets that of a dependant', async () => {
    expect(await send(phone.father, ids.son)).toMatch(/^دارای استحقاق درمان تا پایان .*\n7891\n/);
    expect(await send(phone.father, ids.wife)).toMatch(/^دارای استحقاق درمان تا پایان .*\n6453\n/);
  });

  it('who is refused reads 1420, and from which day', async () => {
    expect(await send(phone.pharmacist, '0')).toMatch(
      /^فاقد استحقاق درمان از 0\d\/\d\d\n0124\nاعتراض: 1420\nرهگیری \d{16}$/,
    );
  });

  it('with a number of several people types the id', async () => {
    expect(await send(phone.shared, '0')).toBe(phoneTexts.helpPersons);
    expect(await send(phone.shared, ids.wife)).toContain('6453');
    expect(await send(phone.shared, ids.son)).toContain('7891');
  });

  it('learns nothing of strangers, not even whether they exist', async () => {
    const before = await journal();
    const known = await send(phone.father, ids.stranger);
    clock.advance(3601);
    const unknown = await send(phone.father, nobodys(200_000_007));
    expect([known, unknown]).toEqual([phoneTexts.helpPerson, phoneTexts.helpPerson]);
    expect(await journal()).toEqual(before);
  });
});

describe('a provider', () => {
  it('is told the day asked about, and no end', async () => {
    expect(await send(phone.pharmacist, ids.stranger)).toMatch(
      /^دارای استحقاق درمان\n1405\/09\/0\d\nکد ملی 2390\nرهگیری \d{4} \d{4} \d{4} \d{4}$/,
    );
    expect((await journal()).at(-1)).toEqual({ asker_kind: 1, asker: '100001', channel: 3 });
  });

  it('is told of an id that is in no register, with a code', async () => {
    expect(await send(phone.pharmacist, nobodys(200_000_007))).toMatch(
      /^کد ملی در فهرست بیمه‌شدگان نیست\n.*007\d\nرهگیری [\d ]+$/,
    );
  });

  it('whose number is that of its owner gets the own answer for the own id, the provider’s for any other', async () => {
    expect(await send(phone.pharmacist, ids.pharmacist)).toContain('1420');
    expect((await journal()).at(-1)).toMatchObject({ asker_kind: 2 });
  });

  it('with a number of several names the provider', async () => {
    expect(await send(phone.two, ids.stranger)).toBe(phoneTexts.helpProviders);
    expect(await send(phone.two, `PH-7*${ids.stranger}`)).toContain('2390');
    expect((await journal()).at(-1)).toMatchObject({ asker: 'PH-7' });
    expect(await send(phone.two, `۱۰۰۰۰۱ ${ids.stranger}`)).toContain('2390');
    expect((await journal()).at(-1)).toMatchObject({ asker: '100001' });
    clock.advance(3601);
    expect(await send(phone.two, `100003*${ids.stranger}`)).toBe(phoneTexts.helpProviders);
  });

  it('without a contract in force is told so; the attempt is recorded', async () => {
    expect(await send(phone.over, ids.stranger)).toBe(phoneTexts.notContracted);
    expect((await journal()).at(-1)).toEqual({ asker_kind: 1, asker: '100003', channel: 3 });
  });
});

describe('help', () => {
  it('is told once an hour', async () => {
    expect(await send(phone.father, 'سلام')).toBe(phoneTexts.helpPerson);
    expect(await send(phone.father, 'help')).toBeUndefined();
    clock.advance(3599);
    expect(await send(phone.father, '0012345678')).toBeUndefined();
    clock.advance(1);
    expect(await send(phone.father, '0012345678')).toBe(phoneTexts.wrongNationalId);
  });

  it('is told once by two processes that are asked at once', async () => {
    const other = await openPhones(database, clock);
    const told = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        send(phone.father, `سلام ${index}`, { by: index % 2 === 0 ? phones : other }),
      ),
    );
    expect(told.filter((each) => each !== undefined)).toEqual([phoneTexts.helpPerson]);
    await other.close();
  });

  it('is all that a number that is not registered gets', async () => {
    const before = await journal();
    for (const text of ['0', ids.father, `100001*${ids.father}`, 'x']) {
      expect(await send(phone.nobody, text)).toBe(phoneTexts.notRegistered);
      clock.advance(3600);
    }
    expect(await journal()).toEqual(before);
  });

  it('is never sent to what is no mobile', async () => {
    for (const from of ['1420', 'TAMIN', '', '+4915112345678', '02188888888'])
      expect(await send(from, 'x')).toBeUndefined();
  });
});

describe('a repeated message', () => {
  it('within a minute gets the same code, however it is written; later another', async () => {
    const first = codeIn(await send(phone.father, ids.father));
    clock.advance(59);
    expect(codeIn(await send(phone.father, ` *${ids.father}#`))).toBe(first);
    clock.advance(1);
    expect(codeIn(await send(phone.father, ids.father))).not.toBe(first);
  });

  it('that its transport names gets the same code for ever', async () => {
    const first = codeIn(await send(phone.father, '0', { messageId: 'm1' }));
    clock.advance(86_400);
    expect(codeIn(await send(phone.father, '0', { messageId: 'm1' }))).toBe(first);
    expect(codeIn(await send(phone.father, '0', { messageId: 'm2' }))).not.toBe(first);
  });

  it('whose answer was handed over is not answered again', async () => {
    const received = { from: phone.father, to: '1420', text: '0', messageId: 'm3' };
    expect(await phones.sms.answerText(received)).toBeDefined();
    await phones.sms.markAnswered(received);
    expect(await phones.sms.answerText(received)).toBeUndefined();
  });

  it('at two processes at once is one inquiry', async () => {
    const other = await openPhones(database, clock);
    const before = (await journal()).length;
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        send(phone.father, '0', { by: index % 2 === 0 ? phones : other, messageId: `again-${index % 4}` }),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect((await journal()).length).toBe(before + 1);
    await other.close();
  });

  it('after a death between journal and answer is one inquiry', async () => {
    const dying = await openPhones(database, clock);
    // Whatever it answers never leaves it: the process ended when the journal was written.
    const lost = codeIn(await send(phone.pharmacist, ids.stranger, { by: dying }));
    await dying.close();
    const before = (await journal()).length;
    clock.advance(30);
    const next = await openPhones(database, clock);
    expect(codeIn(await send(phone.pharmacist, ids.stranger, { by: next }))).toBe(lost);
    expect((await journal()).length).toBe(before);
    await next.close();
  });
});

describe('without the store', () => {
  const gone = (): Promise<Phones> => openPhones(database, clock, { pool: new Pool({ host: '/nowhere' }) });

  it('a person is not answered, and the message is brought again', async () => {
    const lost = await gone();
    await expect(send(phone.father, '0', { by: lost })).rejects.toMatchObject({ code: 'COULD_NOT_DETERMINE' });
    await lost.close();
    expect(codeIn(await send(phone.father, '0'))).toMatch(/^\d{16}$/);
  });

  it('a provider is known and asks all the same', async () => {
    const lost = await gone();
    expect(codeIn(await send(phone.pharmacist, ids.stranger, { by: lost }))).toMatch(/^\d{16}$/);
    await lost.close();
  });
});

describe('limits', () => {
  const few = {
    ...usualPhoneLimits,
    person: { messages: 30, questions: 5, persons: 20 },
    provider: { messages: 1000, questions: 1000, persons: 3 },
  };

  it('hold over two processes, by number', async () => {
    clock.advance(3 * 86_400);
    const [one, two] = [
      await openPhones(database, clock, { limits: few }),
      await openPhones(database, clock, { limits: few }),
    ];
    const texts = Array.from({ length: 20 }, (_, index) => `${'*'.repeat(index)}${index % 2 === 0 ? '0' : ids.father}`);
    const answers: (string | undefined)[] = [];
    for (const [index, text] of texts.entries()) {
      clock.advance(61);
      answers.push(await send(phone.father, text, { by: index % 2 === 0 ? one : two }));
    }
    expect(answers.filter((answer) => answer?.startsWith('دارای') === true)).toHaveLength(5);
    expect(answers.filter((answer) => answer === phoneTexts.tooMany)).toHaveLength(1);
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(14);
    await one.close();
    await two.close();
  });

  it('slow a number that asks about many persons, and say so without its number', async () => {
    clock.advance(3 * 86_400);
    const slow = await openPhones(database, clock, { limits: few });
    const asked = [ids.father, ids.son, ids.wife, ids.stranger, nobodys(200_000_007), nobodys(200_000_008)];
    const answers = [];
    for (const id of asked) answers.push(await send(phone.pharmacist, id, { by: slow }));
    expect(answers.map((answer) => answer === undefined || answer === phoneTexts.tooMany)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
    clock.advance(11);
    expect(codeIn(await send(phone.pharmacist, nobodys(200_000_010), { by: slow }))).toMatch(/^\d{16}$/);
    expect(slow.logged).toEqual([{ asker: 'provider:100001' }]);
    await slow.close();
  });

  it('hold for a person asked about', async () => {
    clock.advance(3 * 86_400);
    const one = await openPhones(database, clock, { limits: { ...usualPhoneLimits, aboutPerson: 2 } });
    expect(await send(phone.pharmacist, ids.stranger, { by: one })).toContain('2390');
    expect(await send(phone.over, ids.stranger, { by: one })).toBe(phoneTexts.notContracted);
    expect(await send(phone.two, `PH-7*${ids.stranger}`, { by: one })).toBe(phoneTexts.tooMany);
    await one.close();
  });
});

describe('a number that is another’s by now', () => {
  it('gets nothing; where nobody says so, our register counts', async () => {
    const belongsTo = (_mobile: bigint, person: bigint) =>
      Promise.resolve(person === BigInt(ids.father) ? ('noMatch' as const) : ('match' as const));
    const other = await openPhones(database, clock, { owners: { belongsTo } });
    const before = await journal();
    expect(await send(phone.father, '0', { by: other })).toBe(phoneTexts.notRegistered);
    expect(await send(phone.father, ids.son, { by: other })).toBeUndefined();
    expect(await journal()).toEqual(before);
    expect(await send(phone.shared, ids.son, { by: other })).toContain('7891');
    await other.close();
  });
});

it('keeps no text and no id of what was asked', async () => {
  const { rows } = await database.pool.query(
    'select * from phone_question union all select mobile, message, received_at from phone_message',
  );
  expect(rows.length).toBeGreaterThan(10);
  const kept = JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? '' : value));
  for (const id of Object.values(ids)) expect(kept).not.toContain(id);
  expect(longestSms).toBe(70);
});
