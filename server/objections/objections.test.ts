import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import type { Fault } from '../platform/index.ts';
import type { Actor } from './actor.ts';
import { drawCaseNumber } from './case-number.ts';
import type { ObjectionsParts } from './desk.ts';
import type { Move } from './move-objection.ts';
import { createObjections } from './objections.ts';
import type { OpenRequest } from './open-objection.ts';
import { actions, findNextState, openStates, stateNames, type Action } from './states.ts';

const database = await freshDatabase();
afterAll(() => database.close());
const { pool } = database;

const mother = 12_345_679n;
const child = 12_345_695n;
const stranger = 12_345_717n;

let now = new Date('2026-11-23T08:00:00Z');
let lastId = 1n;
const parts: ObjectionsParts = {
  pool,
  clock: { now: () => now },
  ids: { make: (owners) => Promise.resolve(owners.map(() => (lastId += 1n))) },
  codes: { findId: (text) => (/^\d+$/.test(text) ? BigInt(text) : undefined), codeOf: String },
  isMinorOf: (person, principal) => Promise.resolve(person === child && principal === mother),
};
const objections = createObjections(parts);

const self = (person: bigint): Actor => ({ kind: 'self', person });
const staff = (user: string): Actor => ({ kind: 'staff', user, role: 'registry-clerk' });
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error as Fault).code,
  );
const open = (more: Partial<OpenRequest> = {}) =>
  objections.open({ actor: self(mother), person: mother, text: 'من بیمه هستم', ...more });
const move = (caseNumber: string, user: string, what: Action, more: Partial<Move> = {}) =>
  objections.move({ caseNumber, actor: staff(user), what, reason: 'because', ...more });

async function record(person: bigint, standings: readonly object[], version = 1): Promise<void> {
  const facts = JSON.stringify({ sex: 'female', birthDate: '1980-05-05', diedOn: null, standings, otherCovers: null });
  const values = [person, version, facts];
  await pool.query(
    `insert into dossier (person, version, recorded_at, facts, sources) values ($1, $2, '2026-01-01', $3, '{"imports":{}}')`,
    values,
  );
  await pool.query(
    `insert into dossier_version (person, version, recorded_at, recorded_by, source, facts, sources)
     values ($1, $2, '2026-01-01', 'registrar', 'desk', $3, '{}')`,
    values,
  );
}

await record(mother, [{ class: 'insured', basis: 'compulsory', lastContributionMonth: '1405-08' }]);
await record(child, [{ class: 'dependant', relation: 'daughter', principalNationalId: '0012345679' }]);
const fact = { name: 'standings', version: 1n } as const;

describe('the states', () => {
  it('lead from the opening to an end, and from an end nowhere', () => {
    expect(openStates).toEqual(['opened', 'assigned', 'needsEvidence']);
    const names = Object.keys(actions) as Action[];
    const reached = new Set(stateNames.flatMap((state) => names.map((what) => findNextState(state, what))));
    expect(stateNames.filter((state) => state !== 'opened' && !reached.has(state))).toEqual([]);
  });
});

describe('an objection is opened', () => {
  it('by the person, with a number to say on the telephone', async () => {
    const opened = await open({ contact: '021', text: '  any reason ' });
    expect(opened).toEqual({
      caseNumber: expect.stringMatching(/^[1-9]\d{10}$/) as unknown,
      state: 'opened',
      stateSince: now,
      openedAt: now,
      replayed: false,
    });
    const read = await objections.read(opened.caseNumber, self(mother));
    expect(read).toMatchObject({ nationalId: '0012345679', openedBy: 'self', text: 'any reason', contact: '021' });
    expect(read.events).toEqual([{ at: now, what: 'open', by: 'self', state: 'opened' }]);
  });

  it('for a minor by the one on whom it depends, and by nobody else', async () => {
    const { caseNumber } = await open({ person: child });
    expect(await objections.read(caseNumber, self(mother))).toMatchObject({ openedBy: 'principal' });
    expect(await objections.read(caseNumber, self(child))).toMatchObject({ nationalId: '0012345695' });
    expect(await code(open({ actor: self(child), person: child }))).toBe('NOT_YOURS');
    expect(await code(open({ actor: self(stranger), person: mother }))).toBe('NOT_YOURS');
    expect(await code(open({ actor: self(mother), person: stranger }))).toBe('NOT_YOURS');
  });

  it('by an adult dependant', async () => {
    const adults = createObjections({ ...parts, isMinorOf: () => Promise.resolve(false) });
    expect(await adults.open({ actor: self(child), person: child, text: 'x' })).toMatchObject({ state: 'opened' });
  });

  it('by one who is in no register, and by staff for one who calls', async () => {
    expect(await open({ actor: self(stranger), person: stranger })).toMatchObject({ state: 'opened' });
    const { caseNumber } = await open({ actor: staff('reza'), person: stranger });
    expect(await objections.read(caseNumber, self(stranger))).toMatchObject({ openedBy: 'staff' });
  });

  it('against an answer about this person alone', async () => {
    await database.asOwner(async (owner) => {
      await owner.query('create table inquiry_rest partition of inquiry default');
      await owner.query(
        `insert into inquiry (person, id, asked_at, asker_kind, asker, channel, setting, on_day, told, outcome, reasons,
           clauses, needs, law_version, dossier_version, principals, principal_versions, links, duration_us)
         values ($1, 77, $2, 2, '12345679', 1, 1, '2026-11-23', 2, 2, '{}', '{}', '{}', 1, 1, '{}', '{}', 0, 1)`,
        [mother, now],
      );
    });
    const { caseNumber } = await open({ trackingCode: '77' });
    expect(await objections.read(caseNumber, self(mother))).toMatchObject({ trackingCode: '77' });
    expect(await code(open({ actor: self(stranger), person: stranger, trackingCode: '77' }))).toBe('NOT_FOUND');
    expect(await code(open({ actor: staff('reza'), person: child, trackingCode: '77' }))).toBe('NOT_FOUND');
    expect(await code(open({ trackingCode: '78' }))).toBe('NOT_FOUND');
    expect(await code(open({ trackingCode: 'x' }))).toBe('NOT_FOUND');
  });

  it('once for a request id, also by two at once', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => open({ requestId: 'r1' })));
    expect(new Set(all.map(({ caseNumber }) => caseNumber)).size).toBe(1);
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await code(open({ requestId: 'r1', text: 'another' }))).toBe('REQUEST_ID_REUSED');
    expect(await open({ actor: staff('reza'), requestId: 'r1' })).toMatchObject({ replayed: false });
  });

  it('under another number where the lot falls on one that is given', async () => {
    const given = drawCaseNumber();
    const lots = [given, given, drawCaseNumber()];
    const drawing = createObjections({ ...parts, draw: () => lots.shift() ?? 0n });
    const [one, other] = [
      await drawing.open({ actor: self(mother), person: mother, text: 'x' }),
      await drawing.open({ actor: self(mother), person: mother, text: 'x' }),
    ];
    expect(one.caseNumber).toBe(String(given));
    expect(other.caseNumber).not.toBe(one.caseNumber);
    expect(lots).toEqual([]);
  });

  it('not without a word', async () => {
    expect(await code(open({ text: ' \n ' }))).toBe('INVALID_REQUEST');
  });
});

describe('an objection is decided', () => {
  it('as upheld, after evidence was asked for and brought', async () => {
    const { caseNumber } = await open();
    expect(await code(move(caseNumber, 'reza', 'uphold'))).toBe('OBJECTION_STATE');
    await move(caseNumber, 'reza', 'assign', { assignee: 'zohreh' });
    await move(caseNumber, 'zohreh', 'requestEvidence', { reason: 'the certificate' });
    expect(await code(move(caseNumber, 'zohreh', 'uphold'))).toBe('OBJECTION_STATE');
    await objections.move({ caseNumber, actor: self(mother), what: 'bringEvidence', reason: 'here it is' });
    expect(await code(move(caseNumber, 'zohreh', 'uphold', { reason: ' ' }))).toBe('INVALID_REQUEST');
    expect(await move(caseNumber, 'zohreh', 'uphold', { reason: 'it ended' })).toMatchObject({ state: 'upheld' });
    for (const what of Object.keys(actions) as Action[]) {
      const more = what === 'proposeCorrection' ? { fact } : {};
      expect(await code(move(caseNumber, 'reza', what, more)), what).toBe('OBJECTION_STATE');
    }
    const toPerson = await objections.read(caseNumber, self(mother));
    expect(toPerson.decision).toEqual({ outcome: 'upheld', reason: 'it ended', decidedAt: now });
    expect(toPerson.events.map(({ what }) => what)).toEqual(['open', 'requestEvidence', 'bringEvidence', 'uphold']);
    expect(JSON.stringify(toPerson, (_, value: unknown) => (typeof value === 'bigint' ? '' : value))).not.toMatch(
      /reza|zohreh/,
    );
    const toStaff = await objections.read(caseNumber, staff('reza'));
    expect(toStaff).toMatchObject({ assignee: 'zohreh' });
    expect(toStaff.events.map(({ user }) => user)).toEqual([undefined, 'reza', 'zohreh', undefined, 'zohreh']);
  });

  it('as corrected, by two persons and never by one', async () => {
    const { caseNumber } = await open();
    await move(caseNumber, 'reza', 'assign');
    expect(await code(move(caseNumber, 'zohreh', 'approveCorrection'))).toBe('OBJECTION_STATE');
    await move(caseNumber, 'reza', 'proposeCorrection', { fact });
    expect(await code(move(caseNumber, 'reza', 'approveCorrection'))).toBe('FOUR_EYES');
    const otherRole: Actor = { kind: 'staff', user: 'reza', role: 'administrator' };
    expect(await code(move(caseNumber, 'reza', 'approveCorrection', { actor: otherRole }))).toBe('FOUR_EYES');
    expect(await code(move(caseNumber, 'registrar', 'approveCorrection'))).toBe('FOUR_EYES');
    await move(caseNumber, 'zohreh', 'assign');
    expect(await objections.listQueue({ state: 'assigned', limit: 200 })).toContainEqual(
      expect.objectContaining({ caseNumber, assignee: 'zohreh', proposedBy: 'reza' }),
    );
    const approved = await move(caseNumber, 'zohreh', 'approveCorrection', { reason: 'seen' });
    expect(approved).toMatchObject({ state: 'corrected' });
    const told = { outcome: 'corrected', reason: 'seen', decidedAt: now };
    expect((await objections.read(caseNumber, self(mother))).decision).toEqual(told);
    expect((await objections.read(caseNumber, staff('reza'))).decision).toEqual({
      ...told,
      proposedBy: 'reza',
      approvedBy: 'zohreh',
      fact: { nationalId: '0012345679', ...fact },
    });
  });

  it('on a proposal that still waits: evidence that is asked for ends it', async () => {
    const { caseNumber } = await open();
    await move(caseNumber, 'reza', 'assign');
    await move(caseNumber, 'reza', 'proposeCorrection', { fact });
    await move(caseNumber, 'zohreh', 'requestEvidence');
    await move(caseNumber, 'zohreh', 'assign');
    expect(await code(move(caseNumber, 'zohreh', 'approveCorrection'))).toBe('OBJECTION_STATE');
    await move(caseNumber, 'zohreh', 'proposeCorrection', { fact });
    expect(await code(move(caseNumber, 'zohreh', 'approveCorrection'))).toBe('FOUR_EYES');
    expect(await move(caseNumber, 'reza', 'approveCorrection')).toMatchObject({ state: 'corrected' });
  });

  it('by a fact that is there, of the person or of a principal', async () => {
    const { caseNumber } = await open({ person: child });
    await move(caseNumber, 'reza', 'assign');
    const propose = (other: object) =>
      code(move(caseNumber, 'reza', 'proposeCorrection', { fact: { ...fact, ...other } }));
    expect(await propose({ version: 2n })).toBe('OBJECTION_FACT_UNKNOWN');
    expect(await propose({ person: stranger })).toBe('OBJECTION_FACT_UNKNOWN');
    expect(await propose({ person: mother })).toBe('done');
    expect(await code(move(caseNumber, 'reza', 'proposeCorrection'))).toBe('INVALID_REQUEST');
    expect(await code(move(caseNumber, 'reza', 'uphold', { fact }))).toBe('INVALID_REQUEST');
  });

  it('by nobody where the person withdraws it; persons decide nothing', async () => {
    const { caseNumber } = await open();
    const asPerson = (person: bigint, what: Action) =>
      code(objections.move({ caseNumber, actor: self(person), what, reason: 'x' }));
    expect(await asPerson(mother, 'assign')).toBe('NOT_YOURS');
    expect(await asPerson(mother, 'uphold')).toBe('NOT_YOURS');
    expect(await asPerson(stranger, 'withdraw')).toBe('NOT_FOUND');
    expect(await asPerson(mother, 'withdraw')).toBe('done');
    expect(await asPerson(mother, 'withdraw')).toBe('OBJECTION_STATE');
  });

  it('once for a request id; two at once do one thing after the other', async () => {
    const { caseNumber } = await open({ requestId: 'w1' });
    expect(await move(caseNumber, 'reza', 'assign', { requestId: 'a' })).toMatchObject({ replayed: false });
    expect(await move(caseNumber, 'reza', 'assign', { requestId: 'a' })).toMatchObject({ replayed: true });
    expect(await code(move(caseNumber, 'reza', 'uphold', { requestId: 'a' }))).toBe('REQUEST_ID_REUSED');
    const both = await Promise.all([
      code(move(caseNumber, 'reza', 'uphold')),
      code(move(caseNumber, 'sara', 'uphold')),
    ]);
    expect(both.toSorted()).toEqual(['OBJECTION_STATE', 'done']);
  });
});

describe('the history', () => {
  it('never goes back where the clock is set back', async () => {
    const { caseNumber, openedAt } = await open();
    const before = now;
    now = new Date('2026-11-22T00:00:00Z');
    expect(await move(caseNumber, 'reza', 'assign')).toMatchObject({ stateSince: openedAt });
    now = before;
  });

  it('cannot be changed by the application, and one person cannot approve even there', async () => {
    const { caseNumber } = await open();
    for (const sql of [
      `update objection_event set reason = 'x'`,
      'delete from objection_event',
      'delete from objection',
      'delete from objection_case',
      `update objection set text = 'x'`,
    ]) {
      expect(await code(pool.query(sql)), sql).toBe('42501');
    }
    const alone = pool.query(
      `insert into objection_event (person, case_number, number, at, actor, what, state, proposed_by, fact_version)
       values ($1, $2, 2, now(), 'staff:reza', 'approveCorrection', 'corrected', 'staff:reza', 1)`,
      [mother, caseNumber],
    );
    await expect(alone).rejects.toMatchObject({ constraint: 'objection_event_four_eyes' });
  });
});

describe('an objection is read', () => {
  it('by others as one that never was', async () => {
    const { caseNumber } = await open();
    expect(await code(objections.read(caseNumber, self(stranger)))).toBe('NOT_FOUND');
    expect(await code(objections.read(String(drawCaseNumber()), self(mother)))).toBe('NOT_FOUND');
    expect(await code(objections.read('x', staff('reza')))).toBe('NOT_FOUND');
  });

  it('by staff with a record of it', async () => {
    const { caseNumber } = await open();
    await objections.read(caseNumber, staff('laleh'));
    const { rows } = await pool.query('select person, role, purpose from record_reading where reader = $1', ['laleh']);
    expect(rows).toEqual([{ person: mother, role: 'registry-clerk', purpose: `objection ${caseNumber}` }]);
  });

  it('in lists: the own, and the queue by state and age', async () => {
    const person = 12_345_725n;
    now = new Date('2026-01-01T08:00:00Z');
    const old = await open({ actor: self(person), person });
    now = new Date('2026-01-03T08:00:00Z');
    const younger = await open({ actor: self(person), person });
    now = new Date('2026-11-23T08:00:00Z');
    const own = await objections.listOfPerson(person, self(person));
    expect(await objections.listOfPerson(person, staff('maryam'))).toEqual(own);
    const { rows } = await pool.query('select purpose from record_reading where reader = $1', ['maryam']);
    expect(rows).toEqual([{ purpose: 'list of objections' }]);
    expect(await code(objections.listOfPerson(person, self(stranger)))).toBe('NOT_YOURS');
    expect(own.map(({ caseNumber }) => caseNumber)).toEqual([younger.caseNumber, old.caseNumber]);
    const numbers = async (page: object) =>
      (await objections.listQueue({ state: 'opened', olderThanDays: 300, ...page })).map((each) => each.caseNumber);
    expect(await numbers({})).toEqual([old.caseNumber, younger.caseNumber]);
    expect(await numbers({ limit: 1 })).toEqual([old.caseNumber]);
    expect(await numbers({ limit: 1, after: old.caseNumber })).toEqual([younger.caseNumber]);
    expect(await numbers({ after: 'x' })).toEqual([]);
    expect(await numbers({ olderThanDays: 325 })).toEqual([old.caseNumber]);
    const [first] = await objections.listQueue({ limit: 1 });
    expect(first).toEqual({
      caseNumber: old.caseNumber,
      state: 'opened',
      stateSince: old.openedAt,
      openedAt: old.openedAt,
      ageDays: 326,
    });
  });
});
