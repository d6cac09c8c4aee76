import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { Ids } from '../platform/index.ts';
import type { OpenedSession } from './index.ts';
import {
  createTestIdentity,
  importTestPeople,
  known,
  mobile,
  partner,
  SetClock,
  unknown,
  withoutMobile,
} from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const clock = new SetClock();
const ids = new Ids(pool, clock);
const { identity, messages, lastCode, metrics } = createTestIdentity(database, clock, ids);

beforeAll(() => importTestPeople(pool, clock));
afterAll(async () => {
  await identity.close();
  await ids.close();
  await database.close();
});

let networks = 0;
/** Another household each time, so that the limits of one test are not those of the next. */
const elsewhere = (): string => `192.0.2.${(networks += 1)}`;
const later = (): void => {
  clock.plusSeconds(25 * 60 * 60);
};
const request = (person: bigint, network = elsewhere()) => identity.requestCode({ person, network });
const open = (person: bigint, code: string, network = elsewhere()): Promise<OpenedSession> =>
  identity.openPersonSession({ person, code, network });
const refused = expect.objectContaining({ code: 'SIGN_IN_REFUSED' }) as unknown;
const limited = expect.objectContaining({ code: 'RATE_LIMITED' }) as unknown;
/** Another code than this one. */
const wrong = (code: string, by = 1): string => String((Number(code) + by) % 1_000_000).padStart(6, '0');

describe('a one-time code', () => {
  it('is sent to the registered mobile, with the line for the browser, and opens a session', async () => {
    await request(known);
    const [text = ''] = await messages();
    const code = /\d{6}/.exec(text)?.[0] ?? '';
    expect(text.split('\n').at(-1)).toBe(`@bimeh.example.org #${code}`);
    const session = await open(known, code);
    expect(session.holder).toEqual({ kind: 'self', person: known });
    expect(session.token).toMatch(/^[\w-]{43}$/);
  });

  it('is kept nowhere in clear', async () => {
    later();
    await request(known);
    const code = await lastCode();
    const { rows } = await pool.query<{ row: string }>(
      `select row_to_json(c)::text as row from one_time_code c union all select row_to_json(n)::text from notice n`,
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { row } of rows) {
      expect(row).not.toContain(code);
      expect(row).not.toContain(Buffer.from(code).toString('hex'));
    }
  });

  it('may be written in Persian digits', async () => {
    later();
    await request(known);
    const code = await lastCode();
    await open(
      known,
      code.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit))),
    );
  });

  it('is good once, also when it comes twenty times at once', async () => {
    later();
    await request(known);
    const code = await lastCode();
    const ended = await Promise.allSettled(Array.from({ length: 20 }, () => open(known, code)));
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(open(known, code)).rejects.toEqual(refused);
  });

  it('is good for two minutes', async () => {
    later();
    await request(known);
    const code = await lastCode();
    clock.plusSeconds(119);
    await open(known, code);
    await request(known);
    const next = await lastCode();
    clock.plusSeconds(120);
    await expect(open(known, next)).rejects.toEqual(refused);
  });

  it('bears four wrong tries and not five, also at once', async () => {
    later();
    await request(known);
    const code = await lastCode();
    for (let n = 1; n <= 4; n += 1) await expect(open(known, wrong(code, n))).rejects.toEqual(refused);
    await open(known, code);
    await request(known);
    const next = await lastCode();
    const tries = Array.from({ length: 12 }, (_, n) => open(known, wrong(next, n + 1)));
    for (const each of await Promise.allSettled(tries)) expect(each.status).toBe('rejected');
    await expect(open(known, next)).rejects.toEqual(refused);
  });

  it('takes the place of the one before', async () => {
    later();
    await request(known);
    const first = await lastCode();
    await request(known);
    const second = await lastCode();
    if (first !== second) await expect(open(known, first)).rejects.toEqual(refused);
    await open(known, second);
  });

  it('is one person’s, not those with the same mobile', async () => {
    later();
    await request(known);
    const code = await lastCode();
    await request(partner);
    await expect(open(partner, code)).rejects.toEqual(refused);
  });
});

describe('limits', () => {
  it('five codes in a quarter of an hour for a person, in two processes together', async () => {
    later();
    const other = createTestIdentity(database, clock, ids, { keys: identity.parts.keys }).identity;
    const ended = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) =>
        (n % 2 === 0 ? identity : other).requestCode({ person: unknown, network: elsewhere() }),
      ),
    );
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    await expect(request(unknown)).rejects.toEqual(limited);
    clock.plusSeconds(15 * 60);
    await request(unknown);
    await other.close();
  });

  it('fifteen in a day', async () => {
    later();
    for (let quarter = 0; quarter < 3; quarter += 1) {
      for (let n = 0; n < 5; n += 1) await request(known);
      clock.plusSeconds(15 * 60);
    }
    await expect(request(known)).rejects.toEqual(limited);
  });

  it('forty from a network, whoever is named', async () => {
    later();
    const network = elsewhere();
    for (let n = 0; n < 40; n += 1) await request(BigInt(1_000_000_000 + n), network);
    await expect(request(known, network)).rejects.toEqual(limited);
    await request(known);
  });

  it('eight to a number, and nobody is told of it', async () => {
    later();
    const before = (await messages()).length;
    for (let n = 0; n < 5; n += 1) await request(known);
    for (let n = 0; n < 5; n += 1) {
      await identity.close();
      await request(partner);
    }
    // One code of each person lives; what was replaced before it was sent is never sent.
    const sent = (await messages()).length - before;
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThanOrEqual(8);
  });

  it('a hundred tries from a network', async () => {
    later();
    const network = elsewhere();
    for (let n = 0; n < 100; n += 1) await expect(open(unknown, '123456', network)).rejects.toEqual(refused);
    await expect(open(unknown, '123456', network)).rejects.toEqual(limited);
  });
});

describe('nobody learns who is known', () => {
  it('somebody without a mobile and somebody unknown are answered alike, sent nothing and let in by no code', async () => {
    later();
    for (const person of [withoutMobile, unknown]) {
      await expect(request(person)).resolves.toBeUndefined();
      await identity.close();
      const { rows } = await pool.query('select from notice where person = $1', [person]);
      expect(rows).toHaveLength(0);
      await expect(open(person, '123456')).rejects.toEqual(refused);
    }
  });

  it('not even by the right code that was never sent', async () => {
    later();
    // As if it had been guessed: the mobile is taken out of the register meanwhile.
    await request(known);
    const code = await lastCode();
    await pool.query('delete from person_mobile where person = $1', [known]);
    await expect(open(known, code)).rejects.toEqual(refused);
    await pool.query('insert into person_mobile (person, mobile) values ($1, $2)', [known, mobile]);
  });

  it('the same statements run, and about the same time goes by', async () => {
    const asked: string[] = [];
    const counted = { ...identity.parts, pool: watched(asked) };
    const { requestCode } = await import('./one-time-code.ts');
    const statements = async (person: bigint): Promise<readonly string[]> => {
      asked.length = 0;
      await requestCode(counted, { person, network: elsewhere() });
      return [...asked];
    };
    later();
    expect(await statements(unknown)).toEqual(await statements(known));
    const times = new Map<bigint, number[]>([known, unknown].map((person) => [person, []]));
    for (let n = 0; n < 60; n += 1) {
      later();
      for (const [person, taken] of times) {
        const begun = performance.now();
        await requestCode(counted, { person, network: elsewhere() });
        taken.push(performance.now() - begun);
      }
    }
    const median = (taken: readonly number[]): number => taken.toSorted((a, b) => a - b)[taken.length / 2] ?? 0;
    const [one = 0, other = 0] = [...times.values()].map(median);
    // Far below what a network lets anybody see; a register that was asked for one of them alone would show.
    expect(Math.abs(one - other)).toBeLessThan(Math.max(one, other) * 0.5 + 0.5);
  });
});

/** The pool, and what it is asked. */
function watched(asked: string[]): typeof pool {
  return new Proxy(pool, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        if (name === 'query') asked.push(JSON.stringify(textOf(given[0])));
        return Reflect.apply(value, target, given);
      };
    },
  });
}

function textOf(query: unknown): unknown {
  return typeof query === 'object' && query !== null ? Reflect.get(query, 'text') : query;
}

it('counts successes and refusals, and never who', async () => {
  const page = await metrics.metrics();
  expect(page).toMatch(/estehqaq_sign_ins_total\{step="code",result="wrong"\} \d/);
  expect(page).toMatch(/estehqaq_sign_ins_total\{step="code-request",result="limited"\} \d/);
  expect(page).not.toMatch(/12345679|9121234567/);
});

it('stands fifty requests at once for one person, while codes are handed on', async () => {
  later();
  const ended = await Promise.allSettled(Array.from({ length: 50 }, () => request(known)));
  await identity.close();
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  for (const each of ended) if (each.status === 'rejected') expect(each.reason).toEqual(limited);
});
