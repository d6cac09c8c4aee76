import { shippedBook } from '@estehqaq/law';
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
  noon,
  person,
  record,
  today,
} from './testing.ts';

const entitledMan = 1000000001n;
const lapsedMan = 1000000002n;
const wife = 1000000003n;
const son = 1000000004n;
const adultSon = 1000000005n;
const formerWife = 1000000006n;
const newborn = 1000000007n;
const nobody = 1999999999n;
const father = String(entitledMan);

describe('asking', async () => {
  const database = await freshDatabase();
  const inquiry = inquiryOver(database);
  afterAll(async () => {
    await inquiry.close();
    await database.close();
  });
  await record(database, entitledMan, person([insured()]));
  await record(database, lapsedMan, person([insured('1404-01')]));
  await record(database, wife, person([dependant('wife', father)], { sex: 'female' }));
  await record(database, son, person([dependant('son', father)], { birthDate: '2015-01-01' }));
  await record(database, adultSon, person([dependant('son', father)], { birthDate: '2000-01-01' }));
  const left = dependant('wife', father, { endedOn: '2025-01-01' });
  await record(database, formerWife, person([left], { sex: 'female' }));

  it('tells a provider whether, and never until when', async () => {
    const answer = await inquiry.ask(askedByProvider(entitledMan));
    expect(answer).toMatchObject({
      outcome: 'ENTITLED',
      on: today,
      setting: 'outpatient',
      reasons: [],
      lawVersion: shippedBook.version,
      replayed: false,
      askedAt: noon,
    });
    expect(answer.trackingCode).toMatch(/^\d{16}$/);
    expect(answer).not.toHaveProperty('entitledUntil');
    expect(answer).not.toHaveProperty('endedOn');
    const refused = await inquiry.ask(askedByProvider(lapsedMan));
    expect(refused).toMatchObject({ outcome: 'NOT_ENTITLED', reasons: ['NOT_COVERED'] });
    expect(JSON.stringify(refused)).not.toContain('2025');
  });

  it('tells the person the last day', async () => {
    const answer = await inquiry.ask(askedByPerson(entitledMan));
    expect(answer).toMatchObject({ outcome: 'ENTITLED', entitledUntil: '2027-01-20', endedOn: null });
    expect(answer.clauses).toContain('T-24');
    const ended = await inquiry.ask(askedByPerson(lapsedMan));
    expect(ended).toMatchObject({ outcome: 'NOT_ENTITLED', reasons: ['CONTRIBUTION_ENDED'], endedOn: '2025-06-21' });
  });

  it('tells staff the reasons and no last day', async () => {
    const answer = await inquiry.ask(askedByStaff(lapsedMan));
    expect(answer).toMatchObject({ outcome: 'NOT_ENTITLED', reasons: ['CONTRIBUTION_ENDED'] });
    expect(answer).not.toHaveProperty('endedOn');
  });

  it('lets a person ask about dependants, of those of full age outcome and end alone', async () => {
    expect(await inquiry.ask(askedByPerson(son, entitledMan))).toMatchObject({
      outcome: 'ENTITLED',
      actingClass: 'dependant',
      entitledUntil: '2027-01-20',
    });
    const adult = await inquiry.ask(askedByPerson(adultSon, entitledMan));
    expect(adult).toMatchObject({ outcome: 'REFER_CURRENT_PROCEDURE', reasons: [], clauses: [] });
    expect(await inquiry.ask(askedByPerson(wife, entitledMan))).toMatchObject({
      outcome: 'ENTITLED',
      reasons: [],
      clauses: ['T-24'],
      entitledUntil: '2027-01-20',
    });
    expect(await inquiry.mayAsk({ kind: 'self', person: entitledMan }, son)).toBe('all');
    expect(await inquiry.mayAsk({ kind: 'self', person: entitledMan }, wife)).toBe('outcomeAndEnd');
  });

  it.each([
    ['a stranger', lapsedMan, entitledMan],
    ['the principal, of a dependant', entitledMan, wife],
    ['one who has left', formerWife, entitledMan],
    ['one in no register', nobody, entitledMan],
  ])('is refused about %s', async (_, about, asker) => {
    await expect(inquiry.ask(askedByPerson(about, asker))).rejects.toMatchObject({ code: 'NOT_YOURS' });
    await expect(inquiry.mayAsk({ kind: 'self', person: asker }, about)).rejects.toMatchObject({ code: 'NOT_YOURS' });
  });

  it('says that somebody is not in the register, with a code', async () => {
    const answer = await inquiry.ask(askedByProvider(nobody));
    expect(answer).toMatchObject({ outcome: 'UNKNOWN_PERSON', reasons: [], clauses: [] });
    expect(await inquiry.verify(answer.trackingCode, { kind: 'provider', code: 'P1' })).toMatchObject({
      outcome: 'UNKNOWN_PERSON',
      trackingCode: answer.trackingCode,
    });
    expect(await inquiry.ask(askedByPerson(nobody))).toMatchObject({ outcome: 'UNKNOWN_PERSON' });
  });

  it.each(['SUSPENDED', 'OVER', 'IN-NO-REGISTER'])('tells a provider without a contract nothing: %s', async (code) => {
    const asked = inquiry.ask(askedByProvider(entitledMan, code));
    await expect(asked).rejects.toMatchObject({ code: 'NOT_CONTRACTED' });
    await expect(inquiry.ask(askedByProvider(nobody, code))).rejects.toMatchObject({ code: 'NOT_CONTRACTED' });
    const [seen] = await inquiry.whoAsked(entitledMan, { limit: 1 });
    expect(seen).toMatchObject({ asker: { kind: 'provider', code }, outcome: 'NOT_CONTRACTED' });
    expect(await inquiry.verify(seen?.trackingCode ?? '', { kind: 'provider', code })).toBeUndefined();
    expect(await inquiry.replay(seen?.trackingCode ?? '')).toMatchObject({ result: 'same' });
  });

  it('answers owned centres without a contract', async () => {
    expect(await inquiry.ask(askedByProvider(entitledMan, 'OWNED'))).toMatchObject({ outcome: 'ENTITLED' });
  });

  it('takes staff to other days, before the order, too', async () => {
    expect(await inquiry.ask(askedByStaff(entitledMan, { on: day('2020-05-20') }))).toMatchObject({
      outcome: 'NOT_IN_FORCE',
      on: '2020-05-20',
    });
    expect(await inquiry.ask(askedByStaff(lapsedMan, { on: day('2025-06-21') }))).toMatchObject({
      outcome: 'ENTITLED',
    });
    expect(await inquiry.ask(askedByStaff(lapsedMan, { on: day('2025-06-22') }))).toMatchObject({
      outcome: 'NOT_ENTITLED',
    });
    expect(await inquiry.ask(askedByStaff(son, { on: day('2014-12-31') }))).toMatchObject({ outcome: 'NOT_IN_FORCE' });
    await record(database, newborn, person([dependant('son', father)], { birthDate: '2026-10-01' }));
    expect(await inquiry.ask(askedByStaff(newborn, { on: day('2026-09-30') }))).toMatchObject({
      outcome: 'UNKNOWN_PERSON',
    });
    expect(await inquiry.ask(askedByStaff(newborn, { on: day('2026-10-01') }))).toMatchObject({ outcome: 'ENTITLED' });
  });

  it('takes staff to what was known at a moment', async () => {
    const late = 1000000010n;
    const moment = (text: string): Date => new Date(`${text}T00:00:00Z`);
    await record(database, late, person([insured('1404-01')]), moment('2025-03-01'));
    await record(database, late, person([insured('1405-08')]), moment('2026-06-01'));
    const on = day('2026-05-01');
    expect(await inquiry.ask(askedByStaff(late, { on }))).toMatchObject({ outcome: 'ENTITLED' });
    const known = { on, knownAt: moment('2026-05-31') };
    const then = await inquiry.ask(askedByStaff(late, known));
    expect(then).toMatchObject({ outcome: 'NOT_ENTITLED', reasons: ['CONTRIBUTION_ENDED'] });
    expect(await inquiry.replay(then.trackingCode)).toMatchObject({ result: 'same' });
    const before = { on, knownAt: moment('2025-02-28') };
    expect(await inquiry.ask(askedByStaff(late, before))).toMatchObject({ outcome: 'UNKNOWN_PERSON' });
  });

  it('refuses other days to all but staff', async () => {
    const on = day('2026-11-22');
    for (const asked of [askedByProvider(entitledMan), askedByPerson(entitledMan)]) {
      await expect(inquiry.ask({ ...asked, on })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
      await expect(inquiry.ask({ ...asked, knownAt: noon })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    }
    const invisible = { ...askedByProvider(entitledMan), requestId: 'a\u0000b' };
    await expect(inquiry.ask(invisible)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  it('tells all at once, in batches, each its own', async () => {
    const about = [entitledMan, lapsedMan, wife, nobody];
    const outcomes = ['ENTITLED', 'NOT_ENTITLED', 'ENTITLED', 'UNKNOWN_PERSON'];
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => inquiry.ask(askedByProvider(about[index % 4] ?? nobody))),
    );
    expect(answers.map(({ outcome }) => outcome)).toEqual(answers.map((_, index) => outcomes[index % 4]));
    expect(new Set(answers.map(({ trackingCode }) => trackingCode)).size).toBe(1_000);
  });
});

describe('what was answered', async () => {
  const database = await freshDatabase();
  const inquiry = inquiryOver(database);
  afterAll(async () => {
    await inquiry.close();
    await database.close();
  });
  await record(database, entitledMan, person([insured()]));
  await record(database, wife, person([dependant('wife', father)], { sex: 'female' }));

  it('is read by the asker, the person and staff, and by nobody else', async () => {
    const { trackingCode, ...answer } = await inquiry.ask(askedByProvider(entitledMan));
    const readers = [
      { kind: 'provider', code: 'P1' },
      { kind: 'self', person: entitledMan },
      { kind: 'staff', user: 'x', role: 'auditor' },
    ] as const;
    for (const reader of readers) {
      expect(await inquiry.verify(trackingCode, reader)).toEqual({ trackingCode, ...answer, replayed: true });
    }
    const others = [
      { kind: 'provider', code: 'P2' },
      { kind: 'provider', code: String(entitledMan) },
      { kind: 'self', person: wife },
    ] as const;
    for (const reader of others) expect(await inquiry.verify(trackingCode, reader)).toBeUndefined();
    expect(await inquiry.verify('1234', { kind: 'staff', user: 'x', role: 'auditor' })).toBeUndefined();
  });

  it('never tells staff the last day that a person was told', async () => {
    const { trackingCode, entitledUntil } = await inquiry.ask(askedByPerson(wife, entitledMan));
    expect(entitledUntil).toBe('2027-01-20');
    const read = await inquiry.verify(trackingCode, { kind: 'staff', user: 'x', role: 'auditor' });
    expect(read).toMatchObject({ outcome: 'ENTITLED' });
    expect(read).not.toHaveProperty('entitledUntil');
    expect(await inquiry.verify(trackingCode, { kind: 'self', person: wife })).toMatchObject({ entitledUntil });
  });

  it('records that staff read an answer, and about whom, before it is told', async () => {
    const { trackingCode } = await inquiry.ask(askedByPerson(wife, entitledMan));
    const readings = async () => {
      const { rows } = await database.asOwner((owner) =>
        owner.query<{ reader: string; role: string }>('select reader, role from record_reading where person = $1', [
          wife,
        ]),
      );
      return rows.filter(({ reader }) => reader === 'mina');
    };
    await inquiry.verify(trackingCode, { kind: 'self', person: wife });
    expect(await readings()).toEqual([]);
    await inquiry.verify(trackingCode, { kind: 'staff', user: 'mina', role: 'auditor' });
    expect(await readings()).toEqual([{ reader: 'mina', role: 'auditor' }]);
  });

  it('tells a person who asked, page by page', async () => {
    const asked = 1000000077n;
    await record(database, asked, person([dependant('son', father)], { birthDate: '2015-01-01' }));
    await inquiry.ask(askedByProvider(asked, 'P2'));
    await inquiry.ask({ ...askedByStaff(asked), channel: 'sms' });
    await inquiry.ask(askedByPerson(asked, entitledMan));
    const all = await inquiry.whoAsked(asked);
    expect(all.map(({ asker, channel, outcome }) => ({ asker, channel, outcome }))).toEqual([
      { asker: { kind: 'principal' }, channel: 'web', outcome: 'ENTITLED' },
      { asker: { kind: 'staff' }, channel: 'sms', outcome: 'ENTITLED' },
      { asker: { kind: 'provider', code: 'P2', name: 'Provider P2' }, channel: 'web', outcome: 'ENTITLED' },
    ]);
    const [first] = await inquiry.whoAsked(asked, { limit: 1 });
    const rest = await inquiry.whoAsked(asked, { before: first?.trackingCode ?? '' });
    expect(rest).toEqual(all.slice(1));
    expect(await inquiry.whoAsked(asked, { before: '12' })).toEqual([]);
  });
});
