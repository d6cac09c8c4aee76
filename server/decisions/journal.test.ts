import { allClauses, findDay, type Day, type Provider } from '@estehqaq/law';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { lowestIdAt } from '../platform/index.ts';
import { checksOf } from './journal-reports.ts';
import type { JournalRow } from './journal-row.ts';
import {
  findInquiries,
  findInquiry,
  findRequestKeys,
  insertInquiries,
  insertKeyedInquiries,
  insertMissingInquiries,
  listInquiries,
  type Reader,
} from './journal-store.ts';
import {
  actingClasses,
  askerKinds,
  channels,
  clauseOfNumber,
  numberOfClause,
  outcomes,
  providerKinds,
  reasons,
  settings,
  tellings,
} from './journal-words.ts';
import { LawVersions } from './law-version.ts';
import { dropPartitions, listPartitions, makePartitions } from './partitions.ts';

const now = new Date('2026-11-23T08:30:00Z');

function day(text: string): Day {
  const found = findDay(text);
  if (found === undefined) throw new RangeError(text);
  return found;
}

const owned: Provider = {
  kind: 'hospital',
  ownership: 'owned',
  contractFrom: day('2020-01-01'),
  contractUntil: day('2030-01-01'),
  suspended: true,
};

const full: JournalRow = {
  person: 1000000001n,
  id: lowestIdAt(now) + 5n,
  askedAt: now,
  askerKind: 'provider',
  asker: `a "quoted", {odd} \\ name، «کد»`,
  provider: owned,
  channel: 'ussd',
  setting: 'inpatient',
  on: '2026-11-23',
  knownAt: new Date('2026-11-01T00:00:00.123Z'),
  told: 'outcomeAndEnd',
  outcome: 'NEEDS_FACTS',
  reasons: ['SON_AGE_NO_CERT', 'DECEASED'],
  clauses: ['T-24', 'M-05'],
  actingClass: 'dependant',
  needs: ['/person/standings/0/maintained', 'a "b" \\ c, {d}'],
  entitledUntil: '2027-01-20',
  endedOn: '2025-06-21',
  lawVersion: 3,
  dossierVersion: 7n,
  principals: [
    { person: 1000000002n, version: 4n },
    { person: 123456789012n, version: 1n },
  ],
  links: { msrt: true, sabtAsnad: false },
  linksAsked: { msrt: false, sabtAsnad: true },
  otherCovers: [
    { insurer: 'ihio', fund: 'rural', from: day('2020-01-01'), until: null },
    { insurer: 'other', fund: null, from: day('2020-01-01'), until: day('2028-02-29') },
  ],
  durationUs: 1234,
};

const bare: JournalRow = {
  ...full,
  id: full.id + 1n,
  askerKind: 'self',
  asker: 'x',
  provider: null,
  knownAt: null,
  reasons: [],
  clauses: [],
  actingClass: null,
  needs: [],
  entitledUntil: null,
  endedOn: null,
  principals: [],
  links: { msrt: false, sabtAsnad: true },
  linksAsked: { msrt: true, sabtAsnad: false },
  otherCovers: null,
};

describe('the numbers of the journal', () => {
  it('stand for one word each', () => {
    for (const list of [
      actingClasses,
      askerKinds,
      channels,
      outcomes,
      providerKinds,
      reasons,
      settings,
      tellings,
    ] as const) {
      const words: readonly string[] = list.words;
      const numbers = new Set(words.map((word) => (list.numberOf as (word: string) => number)(word)));
      expect(numbers.size).toBe(words.length);
      expect(() => list.wordOf(0)).toThrow(RangeError);
    }
  });

  it('bring back every clause', () => {
    const cites = allClauses.map(({ cite }) => cite);
    expect(cites.map((cite) => clauseOfNumber(numberOfClause(cite)))).toEqual(cites);
  });
});

describe('the journal', async () => {
  const database = await freshDatabase();
  const { pool, asOwner } = database;
  afterAll(() => database.close());
  const until = await asOwner((owner) => makePartitions(owner, now));

  it('gives back what was written', async () => {
    const provided: JournalRow = {
      ...full,
      provider: { ...owned, ownership: 'contracted', suspended: false },
    };
    const contracted = { ...provided, id: full.id + 2n, otherCovers: 'unavailable' } as const;
    await insertInquiries(pool, [full, bare, contracted]);
    const found = await findInquiries(pool, [full, bare, contracted]);
    expect([...found.values()].sort((one, other) => (one.id < other.id ? -1 : 1))).toEqual([full, bare, contracted]);
    expect(await findInquiry(pool, full.id)).toEqual(full);
    expect(await findInquiry(pool, full.id + 9n)).toBeUndefined();
    expect((await listInquiries(pool, full.person, full.id + 2n, 5)).map(({ id }) => id)).toEqual([bare.id, full.id]);
  });

  it('takes no id twice, and leaves out what is there when told to', async () => {
    await expect(insertInquiries(pool, [full])).rejects.toMatchObject({ code: 'DATABASE_DUPLICATE' });
    await insertMissingInquiries(pool, [{ ...full, outcome: 'COULD_NOT_DETERMINE' }]);
    expect(await findInquiry(pool, full.id)).toMatchObject({ outcome: 'NEEDS_FACTS' });
  });

  it.each([
    'update inquiry set outcome = 1',
    'delete from inquiry',
    'truncate inquiry',
    'drop table inquiry_2026_11',
    'update inquiry_2026_11 set outcome = 1',
    'delete from inquiry_2026_11',
    'update request_key set inquiry_id = 1',
    'delete from request_key',
    'delete from id_slot',
    `update law_version set version = ''`,
    'alter table inquiry detach partition inquiry_2026_11',
  ])('is written and read by the application, and nothing else: %s', async (statement) => {
    await expect(pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('gives a request id to one inquiry', async () => {
    const key = { person: full.person, asker: 'p/1', requestId: 'r', setting: 'outpatient', askedAt: now } as const;
    const rows = [10n, 11n, 12n, 13n].map((add) => ({ ...full, id: full.id + add }));
    const [one = full, two = full, without = full, three = full] = rows;
    expect(await insertKeyedInquiries(pool, [one], [{ ...key, inquiryId: one.id }])).toEqual(new Set([one.id]));
    const keys = [
      { ...key, inquiryId: two.id },
      { ...key, requestId: 'q', inquiryId: three.id },
    ];
    expect(await insertKeyedInquiries(pool, [two, without, three], keys)).toEqual(new Set([without.id, three.id]));
    expect((await findInquiries(pool, rows)).has(two.id)).toBe(false);
    const found = await findRequestKeys(pool, [key, { ...key, requestId: 's' }]);
    expect([...found.values()]).toMatchObject([{ inquiryId: one.id, setting: 'outpatient' }]);
  });

  it('has partitions for this month and those to come, made once by however many', async () => {
    const wanted = ['2026_11', '2026_12', '2027_01', '2027_02'].map((month) => `inquiry_${month}`);
    expect(await asOwner(listPartitions)).toEqual(wanted);
    expect(until).toBe(lowestIdAt(new Date('2027-03-01T00:00:00Z')));
    const later = new Date('2026-12-31T23:59:59Z');
    await Promise.all(Array.from({ length: 3 }, () => asOwner((owner) => makePartitions(owner, later))));
    expect(await asOwner(listPartitions)).toEqual([...wanted, 'inquiry_2027_03']);
    await insertInquiries(pool, [
      { ...full, id: lowestIdAt(new Date('2026-12-01T00:00:00Z')) },
      { ...full, id: lowestIdAt(new Date('2026-12-01T00:00:00Z')) - 1n },
    ]);
    const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from inquiry where person = $1', [
      full.person,
    ]);
    expect(rows[0]?.n).toBe(8);
  });

  it('has partitions where the time of a process ran ahead', async () => {
    const ahead = lowestIdAt(new Date('2031-05-05T00:00:00Z'));
    await asOwner((owner) => owner.query('update id_slot set reserved_until = $1 where slot = 5', [ahead >> 16n]));
    await asOwner((owner) => makePartitions(owner, now));
    await insertInquiries(pool, [{ ...full, id: ahead }]);
    expect(await findInquiry(pool, ahead)).toEqual({ ...full, id: ahead });
    await asOwner((owner) => owner.query('update id_slot set reserved_until = 0 where slot = 5'));
  });

  it('drops the partitions that end before a day', async () => {
    const dropped = await asOwner((owner) => dropPartitions(owner, new Date('2027-01-31T00:00:00Z')));
    expect(dropped).toEqual(['inquiry_2026_11', 'inquiry_2026_12']);
    expect(await findInquiry(pool, full.id)).toBeUndefined();
    await expect(insertInquiries(pool, [full])).rejects.toMatchObject({ code: 'DATABASE_CONSTRAINT' });
  });
});

describe('the texts of the law', async () => {
  const database = await freshDatabase();
  afterAll(() => database.close());

  it('get one number each, from however many processes', async () => {
    const texts = ['one', 'two', 'three'];
    const numbers = await Promise.all(
      texts.flatMap((text) => [0, 1, 2].map(() => new LawVersions(database.pool).numberOf(text))),
    );
    expect(new Set(numbers).size).toBe(3);
    for (const [index, number] of numbers.entries()) {
      expect(await new LawVersions(database.pool).versionOf(number)).toBe(texts[Math.floor(index / 3)]);
    }
    await expect(new LawVersions(database.pool).versionOf(99)).rejects.toMatchObject({ code: 'DATABASE_FAULT' });
  });
});

describe('the plans of keyed reads', async () => {
  const database = await freshDatabase();
  const { pool, asOwner } = database;
  afterAll(() => database.close());
  await asOwner(async (owner) => {
    await makePartitions(owner, now);
    await owner.query(fill, [lowestIdAt(now)]);
    await owner.query(`
      insert into request_key
      select 1000000000 + n % 5000, 'p/' || n % 50, 'r' || n, n, 1, now() from generate_series(1, 20000) n`);
    // As autovacuum does: partitions without rows are left alone.
    await owner.query('analyze inquiry_2026_11, request_key');
  });
  const some = Array.from({ length: 200 }, (_, index) => ({
    person: 1000000000n + BigInt(index),
    id: lowestIdAt(now) + BigInt(index),
    asker: 'p/1',
    requestId: `r${index}`,
  }));
  const services = some.map(({ person }) => ({
    person,
    provider: 'P1',
    day: day('2026-11-23'),
    setting: 'outpatient' as const,
  }));

  it.each<[string, (reader: Reader) => Promise<unknown>]>([
    ['inquiries by key', (reader) => findInquiries(reader, some)],
    ['an inquiry by id', (reader) => findInquiry(reader, full.id)],
    ['inquiries about a person', (reader) => listInquiries(reader, full.person, full.id, 50)],
    ['request ids', (reader) => findRequestKeys(reader, some)],
    ['checks of services', (reader) => checksOf(reader, services.slice(0, 50))],
  ])('use an index: %s', async (_, read) => {
    const { text, values } = await statementOf(read);
    const plans = [
      await pool.query(`explain (format json) ${text}`, values),
      await pool.query(`explain (generic_plan, format json) ${text}`),
    ];
    for (const plan of plans) {
      const found = JSON.stringify(plan.rows);
      expect(found).toMatch(/Index Scan|Index Only Scan|Bitmap Index Scan/);
      expect(found).not.toContain('"Seq Scan"');
    }
  });
});

const fill = `
  insert into inquiry
  select
    1000000000 + n % 5000, $1::bigint + n * 100000, now(), 1, 'P' || n % 50, 1, null, null, 1, 1, '2026-11-23', null, 1,
    1, '{}', '{5,21}', 1, '{}', null, null, 1, 1, '{}', '{}', 0, null, 100
  from generate_series(1, 20000) n`;

async function statementOf(read: (reader: Reader) => Promise<unknown>): Promise<{ text: string; values: unknown[] }> {
  const seen: unknown[] = [];
  const query = (statement: string | object, values?: unknown[]): Promise<{ rows: never[] }> => {
    seen.push(typeof statement === 'string' ? { text: statement, values } : statement);
    return Promise.resolve({ rows: [] });
  };
  await read({ query } as unknown as Reader);
  return seen[0] as { text: string; values: unknown[] };
}
