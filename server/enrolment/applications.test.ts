import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import type { Fault } from '../platform/index.ts';
import { findNextState, openStates, stateNames, type Action } from './states.ts';
import { child, createWorld, household, idOf, iso, member, person, spouse } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const world = await createWorld(database);
const { clock, enrolment, apply, pay, read, result } = world;
afterAll(async () => {
  await world.close();
  await database.close();
});

const self = (number: number) => ({ kind: 'self', person: person(number) }) as const;
const counter = { kind: 'staff', user: 'sara', role: 'counter-operator', office: '72001' } as const;
const clerk = { kind: 'staff', user: 'reza', role: 'registry-clerk' } as const;
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error as Fault).code,
  );
const statesOf = async (number: string) => (await read(number)).events.map(({ toState }) => toState);

describe('the states', () => {
  it('are all reached, and from an end nothing leads on', () => {
    const actions: Action[] = ['change', 'submit', 'requestMeansTest', 'payMeanwhile', 'declare', 'test', 'refuse'];
    actions.push('hold', 'bill', 'billExpired', 'pay', 'wait', 'begin', 'nearEnd', 'renew', 'lapse', 'recheck');
    actions.push('replaceKey', 'withdraw', 'correct');
    const reached = new Set(stateNames.flatMap((state) => actions.map((what) => findNextState(state, what))));
    expect(stateNames.filter((state) => state !== 'draft' && !reached.has(state))).toEqual([]);
    const ends = stateNames.filter((state) => actions.every((what) => findNextState(state, what) === undefined));
    expect(ends).toEqual(['renewed', 'withdrawn', 'corrected']);
    expect(openStates).not.toContain('active');
  });
});

describe('an application is opened', () => {
  it('by the head, with a number to say; what is in it is told to nobody else', async () => {
    const made = await enrolment.createDraft({ actor: self(1), document: household(member(1)) });
    expect(made).toMatchObject({ state: 'draft', number: expect.stringMatching(/^[1-9]\d{12}$/) as unknown });
    expect(await enrolment.read(made.number, self(1))).toMatchObject({ state: 'draft', documentVersion: 1 });
    expect(await code(enrolment.read(made.number, self(2)))).toBe('NOT_FOUND');
    expect(await code(enrolment.read('1000000000004', self(1)))).toBe('NOT_FOUND');
    expect(await code(enrolment.submit({ actor: self(2), number: made.number }))).toBe('NOT_FOUND');
    expect(await code(enrolment.createDraft({ actor: self(2), document: household(member(3)) }))).toBe('NOT_YOURS');
  });

  it('once by the same request, and with another content not at all', async () => {
    const asked = { actor: self(5), document: household(member(5)), requestId: 'r' };
    const first = await enrolment.createDraft(asked);
    expect(await enrolment.createDraft(asked)).toEqual({ ...first, replayed: true });
    const other = { ...asked, document: { ...asked.document, termMonths: 6 as const } };
    expect(await code(enrolment.createDraft(other))).toBe('REQUEST_ID_REUSED');
    expect(await code(enrolment.createDraft({ ...asked, requestId: 'other' }))).toBe('APPLICATION_OPEN');
  });

  it('once, where two ask at once', async () => {
    const asked = { actor: self(6), document: household(member(6)) };
    const done = await Promise.all([1, 2, 3, 4].map(() => code(enrolment.createDraft(asked))));
    expect(done.toSorted()).toEqual(['APPLICATION_OPEN', 'APPLICATION_OPEN', 'APPLICATION_OPEN', 'done']);
    const same = { actor: self(7), document: household(member(7)), requestId: 'r' };
    const numbers = await Promise.all([1, 2, 3].map(async () => (await enrolment.createDraft(same)).number));
    expect(new Set(numbers).size).toBe(1);
  });

  it('M-14: by a counter office, which names itself and the document by which it identified the head', async () => {
    const document = household(member(8), spouse(9));
    expect(await code(enrolment.createDraft({ actor: counter, document }))).toBe('APPLICATION_INVALID');
    const nowhere = { ...counter, office: undefined };
    const asked = { document, identityDocument: 'national card' };
    expect(await code(enrolment.createDraft({ ...asked, actor: nowhere }))).toBe('APPLICATION_INVALID');
    const { number } = await enrolment.createDraft({ ...asked, actor: counter });
    await enrolment.submit({ actor: counter, number });
    const told = await enrolment.read(number, clerk);
    expect(told).toMatchObject({ office: '72001', state: 'billed' });
    expect(told.events[0]).toMatchObject({ what: 'open', by: 'counter', office: '72001', user: 'sara' });
    // Under the same rules: the head reads the same, and no name of the operator.
    const own = await enrolment.read(number, self(8));
    expect(own.decisions).toEqual(told.decisions);
    expect(own.events.every(({ user }) => user === undefined)).toBe(true);
    const { rows } = await pool.query('select identity_document from application where number = $1', [number]);
    expect(rows).toEqual([{ identity_document: 'national card' }]);
  });

  it('never with a household that cannot be one', async () => {
    const bad = [
      household(member(11), member(12)),
      household(spouse(11)),
      household(member(11), spouse(11)),
      household(member(11), child(12, { birthDate: '1398-13-01' })),
    ];
    for (const document of bad) {
      expect(await code(enrolment.createDraft({ actor: self(11), document }))).toBe('APPLICATION_INVALID');
    }
    const unknown = household(member(11), child(12, { id: '123' }));
    expect(await code(enrolment.createDraft({ actor: self(11), document: unknown }))).toBe('INVALID_NATIONAL_ID');
    const unborn = household(member(13), child(14, { birthDate: '2030-01-01' }));
    const { number } = await enrolment.createDraft({ actor: self(13), document: unborn });
    expect(await code(enrolment.submit({ actor: self(13), number }))).toBe('APPLICATION_INVALID');
    expect(await read(number)).toMatchObject({ state: 'draft' });
  });
});

describe('an application is submitted', () => {
  it('M-13: on the day of the request in Tehran, to the last moment of the last day', async () => {
    const submitAt = async (number: number, day: string, time: string) => {
      clock.set('1399/01/30');
      const { number: drawn } = await enrolment.createDraft({
        actor: self(number),
        document: household(member(number)),
      });
      clock.set(day, time);
      await enrolment.submit({ actor: self(number), number: drawn });
      const { requestedOn, decisions } = await read(drawn);
      return [requestedOn, decisions[0]?.decision.regime];
    };
    expect(await submitAt(21, '1399/01/31', '19:29:59Z')).toEqual([iso('1399/01/31'), 'window']);
    // Half past seven in the evening of UTC is midnight in Tehran, in summer time.
    expect(await submitAt(22, '1399/01/31', '19:30:00Z')).toEqual([iso('1399/02/01'), 'late']);
    clock.set('1398/08/10');
  });

  it('M-02: not before registration opens', async () => {
    clock.set('1398/07/30');
    const number = await apply(household(member(23)));
    expect((await read(number)).decisions[0]?.decision.reasons).toEqual(['NOT_OPEN_YET']);
    clock.set('1398/08/10');
  });

  it('once, also where it is asked twice at once, and the same request is answered the same', async () => {
    const { number } = await enrolment.createDraft({ actor: self(24), document: household(member(24)) });
    const step = { actor: self(24), number, requestId: 's' };
    const done = await Promise.all([1, 2, 3].map(() => enrolment.submit(step)));
    expect(done.map(({ replayed }) => replayed).toSorted()).toEqual([false, true, true]);
    expect(await enrolment.submit(step)).toMatchObject({ replayed: true, state: 'billed' });
    expect(await code(enrolment.submit({ actor: self(24), number }))).toBe('APPLICATION_STATE');
    expect(await statesOf(number)).toEqual(['draft', 'submitted', 'declared', 'billed']);
    const { rows } = await pool.query(
      `select count(*)::int as bills from bill where household = (select household from application where number = $1)`,
      [number],
    );
    expect(rows).toEqual([{ bills: 1 }]);
  });

  it('not where it was changed meanwhile', async () => {
    const { number } = await enrolment.createDraft({ actor: self(25), document: household(member(25)) });
    const changed = await enrolment.changeDraft({
      actor: self(25),
      number,
      document: household(member(25), child(26)),
    });
    expect(changed).toMatchObject({ documentVersion: 2, state: 'draft' });
    expect(await code(enrolment.changeDraft({ actor: self(25), number, document: household(member(27)) }))).toBe(
      'APPLICATION_INVALID',
    );
    await enrolment.submit({ actor: self(25), number });
    const late = enrolment.changeDraft({ actor: self(25), number, document: household(member(25)) });
    expect(await code(late)).toBe('APPLICATION_STATE');
  });

  it('with nobody who is in another household’s application, whoever was first', async () => {
    const both = await Promise.all(
      [31, 32].map(async (head) => {
        const { number } = await enrolment.createDraft({
          actor: self(head),
          document: household(member(head), child(33), child(34)),
        });
        const step = { actor: self(head), number };
        return { step, done: await code(enrolment.submit(step)) };
      }),
    );
    const [lost, won] = both.toSorted((one, other) => (one.done < other.done ? -1 : 1));
    if (lost === undefined || won === undefined) throw new Error('nobody');
    expect([lost.done, won.done]).toEqual(['MEMBER_ELSEWHERE', 'done']);
    expect(await read(lost.step.number)).toMatchObject({ state: 'draft' });
    // Once the other has withdrawn, nothing is in the way.
    await enrolment.withdraw(won.step);
    await enrolment.submit(lost.step);
    expect(await read(lost.step.number)).toMatchObject({ state: 'billed' });
  });
});

describe('an application ends', () => {
  it('withdrawn, with its bill; then the household may apply again', async () => {
    const number = await apply(household(member(41)));
    const step = { actor: self(41), number, reason: 'moved', requestId: 'w' };
    expect(await enrolment.withdraw(step)).toMatchObject({ state: 'withdrawn', replayed: false });
    expect(await enrolment.withdraw(step)).toMatchObject({ replayed: true });
    const { bills } = await enrolment.readHousehold(self(41), { person: person(41) });
    expect(bills.map(({ state }) => state)).toEqual(['cancelled']);
    const again = await apply(household(member(41)));
    expect(await read(again)).toMatchObject({ state: 'billed' });
    await pay(again);
    expect(await code(enrolment.withdraw({ actor: self(41), number: again }))).toBe('APPLICATION_STATE');
  });

  it('corrected by staff: another takes its place with its day, and the old decisions stay readable', async () => {
    const number = await apply(household(member(43), child(44, { birthDate: '2001-01-01', inApplication: false })));
    const before = await read(number);
    clock.set('1399/03/01');
    const asked = { number, document: household(member(43), child(44)), reason: 'birth date', requestId: 'c' };
    expect(await code(enrolment.correct({ ...asked, actor: self(43) }))).toBe('NOT_YOURS');
    const next = await enrolment.correct({ ...asked, actor: clerk });
    expect(next.number).not.toBe(number);
    const corrected = await read(number);
    expect(corrected).toMatchObject({ state: 'corrected', awaits: null });
    expect(corrected.decisions).toEqual(before.decisions);
    const after = await read(next.number);
    expect(after).toMatchObject({ requestedOn: before.requestedOn, state: 'declared', hold: 'FIGURES_NOT_CONFIRMED' });
    expect(after.decisions.at(-1)?.decision).toMatchObject({ regime: 'window', payable: 2 * 12 * 484_000 });
    clock.set('1398/08/10');
  });
});

describe('while the ministry is asked', () => {
  it('M-06: it may be paid in full; a result that comes before the payment takes the place of that bill', async () => {
    const number = await apply({ ...household(member(51)), route: 'meansTest' });
    const step = { actor: self(51), number, requestId: 'p' };
    expect(await enrolment.payMeanwhile(step)).toMatchObject({ state: 'billed', awaits: 'payment' });
    expect((await read(number)).decisions.at(-1)?.decision.payable).toBe(5_808_000);
    expect(await enrolment.payMeanwhile(step)).toMatchObject({ replayed: true });
    await result(number, { decile: 4 });
    const rated = await read(number);
    expect(rated).toMatchObject({ state: 'billed' });
    expect(rated.decisions.at(-1)?.decision).toMatchObject({ group: 2, payable: 2_904_000 });
    const { bills } = await enrolment.readHousehold(self(51), { person: person(51) });
    expect(bills.map(({ state, payable }) => [state, payable])).toEqual([
      ['open', 2_904_000n],
      ['cancelled', 5_808_000n],
    ]);
    await pay(number);
    // After the payment a result changes nothing of the term that was paid.
    await result(number, { decile: 1 });
    expect(await read(number)).toMatchObject({ state: 'waiting' });
    expect(await code(enrolment.payMeanwhile({ actor: self(51), number }))).toBe('APPLICATION_STATE');
  });

  it('a corrected result decides anew, as long as nothing is paid', async () => {
    const number = await apply({ ...household(member(52)), route: 'meansTest' });
    await result(number, { decile: 8 });
    expect((await read(number)).decisions.at(-1)?.decision).toMatchObject({ group: 3, payable: 5_808_000 });
    await result(number, { decile: 3 });
    expect(await read(number)).toMatchObject({ state: 'active', bill: null });
  });
});

describe('what staff read', () => {
  it('is recorded, about the head, before it is told', async () => {
    const number = await apply(household(member(61)));
    await enrolment.read(number, clerk);
    await enrolment.readHousehold(clerk, { person: person(61) });
    expect(await code(enrolment.readHousehold(clerk, { person: person(62) }))).toBe('NOT_FOUND');
    const { rows } = await pool.query(
      'select person, reader, role, purpose from record_reading where person = any($1::bigint[]) order by person, id',
      [[person(61), person(62)]],
    );
    expect(rows).toEqual([
      { person: person(61), reader: 'reza', role: 'registry-clerk', purpose: `application ${number}` },
      { person: person(61), reader: 'reza', role: 'registry-clerk', purpose: 'household' },
      { person: person(62), reader: 'reza', role: 'registry-clerk', purpose: 'household' },
    ]);
    expect(await code(enrolment.readHousehold(self(61), { person: person(63) }))).toBe('NOT_FOUND');
    expect(idOf(61)).toHaveLength(10);
  });
});

describe('what a household declares', () => {
  it('is the household from then on: who is not declared any more is not of it, and nobody is described twice', async () => {
    const first = await apply(household(member(71), child(72), child(73)));
    await enrolment.withdraw({ actor: self(71), number: first });
    const mended = child(72, { birthDate: '2013-01-01' });
    const number = await apply(household(member(71), mended));
    expect((await read(number)).decisions.at(-1)?.decision.members).toHaveLength(2);
    const told = await enrolment.readHousehold(self(71), { person: person(71) });
    expect(told.members.map(({ id, birthDate }) => [id, birthDate])).toEqual([
      [idOf(71), '1980-01-01'],
      [idOf(72), '2013-01-01'],
    ]);
  });
});

describe('payment and withdrawal at once', () => {
  it('agree: either it is paid and covered, or withdrawn with its bill', async () => {
    const heads = Array.from({ length: 12 }, (_, index) => 100 + index);
    const numbers = await Promise.all(heads.map((head) => apply(household(member(head)))));
    await Promise.all(
      numbers.flatMap((number, index) => {
        const withdrawal = { actor: self(heads[index] ?? 0), number };
        return [code(pay(number)), code(enrolment.withdraw(withdrawal))];
      }),
    );
    const ends = await Promise.all(
      numbers.map(async (number, index) => {
        const head = person(heads[index] ?? 0);
        const { covers, bills } = await enrolment.readHousehold({ kind: 'self', person: head }, { person: head });
        return [(await read(number)).state, bills.map(({ state }) => state).join(), covers.length].join(' ');
      }),
    );
    expect(new Set(['waiting paid 1', 'withdrawn cancelled 0', ...ends]).size).toBe(2);
    expect((await world.payments.ledgerBalance(pool)).sum).toBe(0n);
  }, 30_000);
});
