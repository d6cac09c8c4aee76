import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { Ids } from '../../platform/index.ts';
import { idOf, person, SetClock } from '../testing.ts';
import { generateHouseholds } from './generate-households.ts';
import { importHouseholds } from './import-households.ts';

const database = await freshDatabase();
const { pool } = database;
const clock = new SetClock();
clock.set('1398/09/01');
const ids = new Ids(pool, clock);
afterAll(async () => {
  await ids.close();
  await database.close();
});
const folder = mkdtempSync(join(tmpdir(), 'estehqaq-households-'));

let files = 0;
async function take(lines: readonly (object | string)[], draw?: () => bigint) {
  const rejectedFile = join(folder, `rejected-${(files += 1)}.ndjson`);
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  const counts = await importHouseholds(
    { pool, clock, ids, ...(draw !== undefined && { draw }) },
    {
      ...{ file: '-', rejectedFile, linesInPiece: 3 },
      standardInput: (async function* () {
        yield Promise.resolve(Buffer.from(text));
      })(),
    },
  );
  const rejected = existsSync(rejectedFile)
    ? readFileSync(rejectedFile, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    : [];
  return { counts, rejected };
}

const one = (number: number) => ({ nationalId: idOf(number), sex: 'female', birthDate: '1980-01-01' });
const line = (number: number, more: object = {}) => ({
  head: { ...one(number), mobile: '09120000001' },
  members: [{ ...one(number + 1), relation: 'spouse' }],
  fund: 'universal',
  expiresOn: '2020-05-01',
  free: true,
  ...more,
});
const count = async (table: string): Promise<unknown> =>
  (await pool.query<{ count: bigint }>(`select count(*) from ${table}`)).rows[0]?.count;

describe('M-53: the households that are insured already', () => {
  it('are imported once, those of the universal fund with a cover that goes on', async () => {
    const lines = [
      line(1),
      line(3, { fund: 'rural' }),
      line(5, { fund: 'otherStrata', supportiveBody: true }),
      line(7),
    ];
    expect((await take(lines)).counts).toEqual({ read: 4, created: 4, changed: 0, unchanged: 0, rejected: 0 });
    expect((await take(lines)).counts).toMatchObject({ created: 0, unchanged: 4 });
    const changed = [{ ...line(1), expiresOn: '2021-05-01' }, ...lines.slice(1)];
    expect((await take(changed)).counts).toMatchObject({ created: 0, changed: 1, unchanged: 3 });
    const { rows } = await pool.query(
      `select cover.origin, cover.free, cover.renewal_due_on, count(booklet)::int as booklets
       from cover join cover_member using (household, cover) group by 1, 2, 3`,
    );
    expect(rows).toEqual([{ origin: 'import', free: true, renewal_due_on: '2020-03-02', booklets: 4 }]);
    expect(await count('household_member')).toBe(8n);
    expect(await count('insured_household')).toBe(4n);
  });

  it('are rejected, with the place, where a line is wrong or somebody is named twice or belongs elsewhere', async () => {
    const { counts, rejected } = await take([
      line(101, { fund: 'army' }),
      line(103, { expiresOn: '2020-13-01' }),
      { ...line(105), head: { ...one(105), nationalId: '0012345678' } },
      line(107, { members: [{ ...one(107), relation: 'spouse' }] }),
      line(109),
      { ...line(111), members: [{ ...one(110), relation: 'spouse' }] },
      { ...line(113), members: [{ ...one(2), relation: 'spouse' }] },
      line(115, { name: 'x' }),
      'no JSON',
      line(117),
    ]);
    expect(counts).toMatchObject({ read: 10, created: 1, rejected: 9 });
    expect(rejected.map(({ line: at, code, path }) => [at, code, path]).toSorted()).toEqual([
      [1, 'INVALID_HOUSEHOLD', '/fund'],
      [2, 'INVALID_HOUSEHOLD', '/expiresOn'],
      [3, 'INVALID_HOUSEHOLD', '/head/nationalId'],
      [4, 'INVALID_HOUSEHOLD', '/members'],
      [5, 'MEMBER_REPEATED', '/members'],
      [6, 'MEMBER_REPEATED', '/members'],
      [7, 'MEMBER_ELSEWHERE', '/members'],
      [8, 'INVALID_HOUSEHOLD', '/name'],
      [9, 'INVALID_LINE', ''],
    ]);
    expect(JSON.stringify(rejected)).not.toContain(String(person(110)));
  });

  it('get booklets whose numbers are given once, also where one was drawn twice', async () => {
    let drawn = 0;
    const draw = (): bigint => 97n * BigInt(10 ** 12 + Math.floor((drawn += 1) / 3));
    expect((await take([line(201), line(203), line(205)], draw)).counts).toMatchObject({ created: 3 });
    const { rows } = await pool.query(
      'select booklet from cover_member group by booklet having count(distinct household) > 1',
    );
    expect(rows).toEqual([]);
  });

  it('that are generated can be imported', async () => {
    const lines = [...generateHouseholds(50, 7)];
    expect((await take(lines)).counts).toMatchObject({ read: 50, created: 50, rejected: 0 });
    expect([...generateHouseholds(50, 7)]).toEqual(lines);
  });
});
