import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import type { Fault } from '../platform/index.ts';
import { child, createWorld, household, idOf, iso, member, person, spouse } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const world = await createWorld(database, '1399/03/10');
const { clock, enrolment, law, apply, pay, read } = world;
await law.confirm(clock, 1399, 'zohreh', 'letter 12');
afterAll(async () => {
  await world.close();
  await database.close();
});

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error as Fault).code,
  );
const self = (number: number) => ({ kind: 'self', person: person(number) }) as const;
const hospital = { kind: 'provider', code: '2001' } as const;
const staff = { kind: 'staff', user: 'reza', role: 'registry-clerk' } as const;
const certificate = { providerCode: '2001', certifiedAt: '2020-05-30T06:00:00Z' };
const certified = (kind: 'newborn' | 'emergency', patient: number) =>
  enrolment.certify({
    by: { kind: 'provider', code: '2001' },
    ...{ kind, person: person(patient), at: new Date('2020-05-30T06:00:40Z') },
  });
const coverOf = async (head: number) =>
  (await enrolment.readHousehold(self(head), { person: person(head) })).covers.at(-1)?.members ?? [];

describe('a newborn in hospital', () => {
  const newborn = (mother: number) =>
    child(0, {
      ...{ id: `${idOf(mother)}-1`, birthDate: iso('1399/03/09'), firstName: null, hospitalisedFromBirth: certificate },
    });

  it('M-38: is certified by the hospital itself: what an applicant writes alone is none', async () => {
    const actor = self(1);
    const document = household(member(1), spouse(2), newborn(2));
    const { number } = await enrolment.createDraft({ actor, document });
    expect(await code(enrolment.submit({ actor, number }))).toBe('APPLICATION_INVALID');
    // Another kind, or of another person, is another one.
    await certified('emergency', 2);
    await certified('newborn', 1);
    expect(await code(enrolment.submit({ actor, number }))).toBe('APPLICATION_INVALID');
    expect(await certified('newborn', 2)).toMatchObject({ providerCode: '2001', replayed: false });
    expect(await certified('newborn', 2)).toMatchObject({ replayed: true });
    expect(await enrolment.submit({ actor, number })).toMatchObject({ state: 'billed' });
    await enrolment.withdraw({ actor, number });
  });

  it('M-40, M-41: waits for nothing, and the others do; without an id it has the mother’s and a serial', async () => {
    const number = await apply({ ...household(member(1), spouse(2), newborn(2)), termMonths: 6 });
    expect((await read(number)).decisions.at(-1)?.decision).toMatchObject({ regime: 'newborn', termMonths: 6 });
    await pay(number);
    const waits = Object.fromEntries((await coverOf(1)).map(({ id, waitingDays }) => [id, waitingDays]));
    expect(waits).toEqual({ [idOf(1)]: 10, [idOf(2)]: 10, [`${idOf(2)}-1`]: 0 });
    const asked = { asker: hospital, id: `${idOf(2)}-1`, stay: { admittedOn: iso('1399/03/09'), dischargedOn: null } };
    expect(await enrolment.checkCover(asked)).toMatchObject({ outcome: 'COVERED' });
    await enrolment.drainCovers(clock.now());
    const { rows } = await pool.query('select count(*)::int as dossiers from dossier');
    expect(rows).toEqual([{ dossiers: 2 }]);
  });

  it('M-38: gets a national id later, and the cover moves to it with its booklet', async () => {
    const before = (await coverOf(1)).find(({ id }) => id.endsWith('-1'));
    const { applications } = await enrolment.readHousehold(self(1), { person: person(1) });
    const step = {
      actor: self(1),
      number: applications[0]?.number ?? '',
      temporaryKey: `${idOf(2)}-1`,
      requestId: 'k',
    };
    const other = await apply(household(member(3)));
    expect(other).toHaveLength(13);
    expect(await code(enrolment.replaceTemporaryKey({ ...step, nationalId: person(3), requestId: 'x' }))).toBe(
      'MEMBER_ELSEWHERE',
    );
    await enrolment.replaceTemporaryKey({ ...step, nationalId: person(4) });
    expect(await enrolment.replaceTemporaryKey({ ...step, nationalId: person(4) })).toMatchObject({ replayed: true });
    const after = (await coverOf(1)).find(({ id }) => id === idOf(4));
    expect(after).toEqual({ ...before, id: idOf(4) });
    await enrolment.drainCovers(clock.now());
    expect(await enrolment.checkCover({ asker: hospital, id: idOf(4) })).toMatchObject({ outcome: 'COVERED' });
    const { rows } = await pool.query('select count(*)::int as dossiers from dossier where person = $1', [person(4)]);
    expect(rows).toEqual([{ dossiers: 1 }]);
  });
});

describe('an emergency', () => {
  it('M-43, M-44: lets the patient wait for nothing, and the others wait', async () => {
    await certified('emergency', 11);
    const number = await apply({ ...household(member(11, { emergency: certificate }), spouse(12)), termMonths: 6 });
    await pay(number);
    const waits = Object.fromEntries((await coverOf(11)).map(({ id, waitingDays }) => [id, waitingDays]));
    expect(waits).toEqual({ [idOf(11)]: 0, [idOf(12)]: 10 });
  });

  it('M-42: is certified by a centre that we know', async () => {
    const document = household(member(13, { emergency: { ...certificate, providerCode: '9' } }));
    const { number } = await enrolment.createDraft({ actor: self(13), document });
    expect(await code(enrolment.submit({ actor: self(13), number }))).toBe('APPLICATION_INVALID');
    const at = new Date(certificate.certifiedAt);
    const emergency = { kind: 'emergency', person: person(13), at } as const;
    expect(await code(enrolment.certify({ by: { kind: 'provider', code: '9' }, ...emergency }))).toBe('NOT_CONTRACTED');
    const future = new Date(clock.now().getTime() + 1000);
    expect(await code(enrolment.certify({ by: hospital, ...emergency, at: future }))).toBe('APPLICATION_INVALID');
  });

  it('M-42: may be recorded at a counter that has sighted the document of the centre, with office and document', async () => {
    const document = household(member(14, { emergency: certificate }));
    const { number } = await enrolment.createDraft({ actor: self(14), document });
    const by = {
      ...({ kind: 'staff', user: 'sara', role: 'counter-operator', office: '72001' } as const),
      ...{ providerCode: '2001', document: 'letter of the ward' },
    };
    const emergency = { kind: 'emergency', person: person(14), at: new Date(certificate.certifiedAt) } as const;
    expect(await code(enrolment.certify({ by: { ...by, document: ' ' }, ...emergency }))).toBe('APPLICATION_INVALID');
    await enrolment.certify({ by, ...emergency });
    expect(await enrolment.submit({ actor: self(14), number })).toMatchObject({ state: 'billed' });
    const { rows } = await pool.query('select recorded_by, office, document from certificate where person = $1', [
      person(14),
    ]);
    expect(rows).toEqual([{ recorded_by: 'staff:sara', office: '72001', document: 'letter of the ward' }]);
  });
});

describe('a question about a stay', () => {
  it('M-45: is answered with the approved tariff until the wait is over', async () => {
    clock.set('1399/04/01');
    const number = await apply(household(member(21)));
    expect(await enrolment.checkCover({ asker: hospital, id: idOf(21) })).toMatchObject({
      ...{ outcome: 'NOT_COVERED_PAY_TARIFF', clauses: ['M-45'] },
    });
    await pay(number);
    clock.set('1399/04/10');
    expect(await enrolment.checkCover({ asker: hospital, id: idOf(21) })).toMatchObject({
      outcome: 'NOT_COVERED_PAY_TARIFF',
      days: [{ from: iso('1399/04/10'), until: iso('1399/04/10'), payer: 'patient', reason: 'NOT_COVERED_PAY_TARIFF' }],
    });
    clock.set('1399/04/11');
    expect(await enrolment.checkCover({ asker: hospital, id: idOf(21) })).toMatchObject({ outcome: 'COVERED' });
    const emergency = { asker: hospital, id: idOf(22), emergency: true };
    expect(await enrolment.checkCover(emergency)).toMatchObject({
      outcome: 'NOT_COVERED_MAY_ENROL',
      clauses: ['M-42', 'M-43'],
    });
  });

  it('M-46, M-47: is split by day: what lies before entitlement is the patient’s', async () => {
    clock.set('1399/04/20');
    const stay = { admittedOn: iso('1399/04/05'), dischargedOn: iso('1399/04/15') };
    const answer = await enrolment.checkCover({ asker: hospital, id: idOf(21), stay });
    expect(answer).toMatchObject({
      days: [
        { from: iso('1399/04/05'), until: iso('1399/04/10'), payer: 'patient' },
        { from: iso('1399/04/11'), until: iso('1399/04/15'), payer: 'insurer', reason: null },
      ],
      clauses: ['M-45', 'M-46', 'M-47'],
    });
  });

  it('M-46: ends with the cover', async () => {
    clock.set('1400/04/05');
    const stay = { admittedOn: iso('1400/03/30'), dischargedOn: null };
    const answer = await enrolment.checkCover({ asker: staff, id: idOf(21), stay });
    expect(answer.days).toEqual([
      { from: iso('1400/03/30'), until: iso('1400/03/31'), payer: 'insurer', reason: null },
      { from: iso('1400/04/01'), until: iso('1400/04/05'), payer: 'patient', reason: 'NOT_COVERED_PAY_TARIFF' },
    ]);
    clock.set('1399/04/20');
  });

  it('M-64: tells the booklet and the end to the person and to staff, and to a provider neither', async () => {
    const ask = (asker: Parameters<typeof enrolment.checkCover>[0]['asker']) =>
      enrolment.checkCover({ asker, id: idOf(21) });
    expect(await ask(self(21))).toMatchObject({
      ...{ booklet: expect.stringMatching(/^\d{14}$/) as unknown, coveredUntil: iso('1400/03/31') },
    });
    const told = await ask(hospital);
    expect(Object.keys(told)).toEqual(['id', 'on', 'outcome', 'days', 'clauses']);
    expect(JSON.stringify(told)).not.toContain('1400');
  });

  it('is nobody else’s to ask, nor about days to come; each one is recorded with its answer', async () => {
    expect(await code(enrolment.checkCover({ asker: self(1), id: idOf(21) }))).toBe('NOT_YOURS');
    const stranger = { kind: 'provider', code: 'nobody' } as const;
    expect(await code(enrolment.checkCover({ asker: stranger, id: idOf(21) }))).toBe('NOT_CONTRACTED');
    expect(await code(enrolment.checkCover({ asker: hospital, id: 'x' }))).toBe('INVALID_NATIONAL_ID');
    const future = { admittedOn: iso('1399/04/01'), dischargedOn: iso('1399/05/01') };
    expect(await code(enrolment.checkCover({ asker: hospital, id: idOf(21), stay: future }))).toBe(
      'APPLICATION_INVALID',
    );
    const other = { asker: hospital, id: idOf(21), on: iso('1399/04/01') };
    expect(await code(enrolment.checkCover(other))).toBe('APPLICATION_INVALID');
    const asked = { asker: staff, id: idOf(21), on: iso('1399/04/02') };
    expect(await enrolment.checkCover(asked)).toMatchObject({ outcome: 'NOT_COVERED_PAY_TARIFF' });
    const { rows } = await pool.query<{ asker: string }>('select asker from cover_check where person = $1', [
      person(21),
    ]);
    expect(rows.length).toBe(8);
    await expect(pool.query('delete from cover_check')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the way of a cover into the dossiers', () => {
  const versions = async (number: number) => {
    const { rows } = await pool.query<{ source: string }>('select source from dossier_version where person = $1', [
      person(number),
    ]);
    return rows.map(({ source }) => source);
  };

  it('is gone once, however often and by however many it is done', async () => {
    const number = await apply(household(member(31), spouse(32)));
    await pay(number);
    await Promise.all([1, 2, 3].map(() => enrolment.drainCovers(clock.now())));
    expect(await versions(31)).toEqual(['enrolment']);
    // A worker that died between the dossier and the mark: the task is there again.
    await pool.query('update cover_task set done_at = null where person = $1', [person(31)]);
    expect(await read(number)).toMatchObject({ hold: 'COVER_BEING_SET_UP' });
    clock.set('1399/04/21');
    await enrolment.drainCovers(clock.now());
    expect(await versions(31)).toEqual(['enrolment']);
    expect(await read(number)).toMatchObject({ hold: null });
  });

  it('is tried again where something is in the way, and others go on meanwhile', async () => {
    const number = await apply(household(member(33), spouse(34)));
    await pay(number);
    // Something that no cover can stand beside.
    const facts = JSON.stringify({ sex: 'male', birthDate: '1980-01-01', standings: [{ class: 'none' }] });
    await pool.query(
      `insert into dossier (person, version, recorded_at, facts, sources)
       values ($1, 1, $2, $3, '{"imports":{"insurer":{}}}')`,
      [person(33), clock.now(), facts],
    );
    await enrolment.drainCovers(clock.now());
    expect(await read(number)).toMatchObject({ hold: 'COVER_BEING_SET_UP' });
    expect(await versions(34)).toEqual(['enrolment']);
    await pool.query('delete from dossier where person = $1', [person(33)]).catch(() => undefined);
    const { rows } = await pool.query('select fault, attempts from cover_task where person = $1', [person(33)]);
    expect(rows).toEqual([{ fault: 'FACT_CLASHES', attempts: 1 }]);
  });
});
