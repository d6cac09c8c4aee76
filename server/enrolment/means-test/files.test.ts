import { mkdtempSync, readFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { listNotices } from '../../notices/index.ts';
import { nationalIdText } from '../../platform/index.ts';
import { iso, person } from '../testing.ts';
import { findBatch, importResults, makeBatch, writeBatch, type Batch } from './index.ts';
import { createTestWorld } from './testing.ts';
import { requestMeansTest } from './request-means-test.ts';
import { transaction } from '../../database/index.ts';

const database = await freshDatabase();
const { pool } = database;
const world = await createTestWorld(database);
const { clock, parts } = world;
const folder = mkdtempSync(join(tmpdir(), 'estehqaq-means-'));
afterAll(async () => {
  await world.close();
  await database.close();
});

let next = 3000;
const insure = async (more: Parameters<typeof world.insure>[1] = {}) => {
  const number = (next += 10);
  return {
    household: await world.insure(number, more),
    head: person(number),
    headText: nationalIdText(person(number)),
  };
};

async function made(kind: Batch['kind'] = 'existing'): Promise<Batch> {
  const batch = await makeBatch(parts, { kind, madeBy: 'test' });
  if (batch === undefined) throw new RangeError('nobody to ask');
  return batch;
}

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').trim().split('\n');
const parsed = (line: string) => JSON.parse(line) as Record<string, unknown>;

let files = 0;
/** Imports these lines as NDJSON, with right totals unless others are said. */
async function take(lines: readonly object[], totals?: object) {
  const heads = lines.flatMap((line) => ('head' in line && typeof line.head === 'string' ? [BigInt(line.head)] : []));
  const right = { rows: lines.length, headSum: String(heads.reduce((sum, head) => sum + head, 0n)) };
  const text = [totals ?? right, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
  const rejectedFile = join(folder, `rejected-${(files += 1)}.ndjson`);
  const counts = await importResults(parts, {
    ...{ file: '-', rejectedFile, linesInChunk: 2 },
    standardInput: (async function* () {
      yield Promise.resolve(Buffer.from(text));
    })(),
  });
  return { counts, rejected: existsSync(rejectedFile) ? linesOf(rejectedFile).map(parsed) : [] };
}

describe('M-53: the list of all existing insured', () => {
  it('has every household that is subject to the test, with all of its members', async () => {
    clock.set('1398/09/01');
    const universal = await insure();
    const rural = await insure({ fund: 'rural' });
    const supported = await insure({ fund: 'otherStrata', supportiveBody: true });
    await insure({ fund: 'otherStrata' });
    await insure({ fund: 'employees', supportiveBody: true });
    await insure({ expiresOn: '2019-11-21' });
    const batch = await made();
    expect(batch).toMatchObject({ kind: 'existing', sentOn: iso('1398/09/01'), dueOn: iso('1398/10/01') });
    const written = await writeBatch(pool, batch, join(folder, 'existing.ndjson'), 'ndjson');
    const [head = '', ...lines] = linesOf(written.file);
    const subject = [universal, rural, supported];
    expect(lines.map(parsed)).toMatchObject(
      subject.map(({ household, headText }) => ({
        ...{ reference: `${household}-${batch.batch}`, head: headText, requestedOn: iso('1398/09/01') },
        expiresOn: '2020-10-22',
      })),
    );
    const members = lines.flatMap((line) => parsed(line)['members'] as string[]);
    const sum = members.reduce((total, id) => total + BigInt(id), 0n);
    expect(parsed(head)).toMatchObject({ inquiries: 3, persons: 6, idSum: String(sum) });
    expect(members).toHaveLength(6);
  });

  it('is written again the same, in both forms, whatever has changed since', async () => {
    const batch = await made();
    const first = await writeBatch(pool, batch, join(folder, 'first.csv'), 'csv');
    clock.set('1398/09/05');
    await pool.query(`update insured_household set fund = 'rural', expires_on = '2021-01-01'`);
    const again = await findBatch(pool, batch.batch);
    const second = await writeBatch(pool, again ?? batch, join(folder, 'second.csv'), 'csv');
    expect(second.sha256).toBe(first.sha256);
    expect(linesOf(first.file)[0]).toMatch(/^#batch=\d+;kind=existing;sentOn=.*;inquiries=\d+;persons=\d+;idSum=\d+$/);
    expect(linesOf(first.file)[1]).toBe('reference,head,members,requestedOn,fund,expiresOn');
    expect(linesOf(first.file)[2]).toMatch(/^\d+-\d+,\d{10},\d{10} \d{10},2019-11-22,universal,2020-10-22$/);
    expect(existsSync(`${first.file}.unfinished`)).toBe(false);
  });
});

describe('M-21: the inquiries of applications as a file', () => {
  it('count as sent once; what waits later goes into the next one', async () => {
    const { household, head } = await insure();
    const ask = () =>
      transaction(pool, (client) =>
        requestMeansTest(client, clock, parts.ids, {
          ...{ household, application: null, members: [head], requestedOn: '2019-11-25', purpose: 'contest' },
        }),
      );
    await ask();
    const first = await made('applications');
    expect(first).toMatchObject({ inquiries: 1n, persons: 1n, idSum: String(head) });
    expect(await makeBatch(parts, { kind: 'applications', madeBy: 'test' })).toBeUndefined();
    await ask();
    expect((await made('applications')).batch).not.toBe(first.batch);
    const told = (await listNotices(pool, clock, head, { limit: 9 })).map(({ event }) => event);
    expect(told).toEqual(['meansTestRequested', 'meansTestRequested']);
  });
});

describe('M-54: the results of the ministry as a file', () => {
  const determinedOn = iso('1398/09/05');

  it('are taken once each; a part of them leaves the rest due', async () => {
    const [one, two, three] = [await insure(), await insure(), await insure()];
    const { batch } = await made();
    const line = ({ household, headText }: typeof one, said: object) => ({
      ...{ reference: `${household}-${batch}`, head: headText, determinedOn },
      ...said,
    });
    const lines = [line(one, { decile: 2 }), line(two, { incomeMonthly: 9_000_000 })];
    expect((await take(lines)).counts).toEqual({ read: 2, taken: 2, late: 0, known: 0, rejected: 0 });
    expect((await take(lines)).counts).toMatchObject({ taken: 0, known: 2, rejected: 0 });
    const rest = await pool.query('select state from means_inquiry where inquiry = $1 and household = $2', [
      batch,
      three.household,
    ]);
    expect(rest.rows).toEqual([{ state: 'sent' }]);
    const { rows } = await pool.query(
      'select fee_group, payable, law_version, received_from from means_result where inquiry = $1 order by household',
      [batch],
    );
    expect(rows).toMatchObject([
      { fee_group: 1, payable: 0n, law_version: world.law.book.version, received_from: 'results' },
      { fee_group: 2, payable: 484_000n * 2n * 6n },
    ]);
  });

  it('with wrong control totals are not taken at all', async () => {
    const one = await insure();
    const { batch } = await made();
    const line = { reference: `${one.household}-${batch}`, head: one.headText, determinedOn, decile: 9 };
    for (const totals of [{ rows: 2, headSum: one.headText }, { rows: 1, headSum: '1' }, line]) {
      await expect(take([line], totals)).rejects.toMatchObject({ code: 'IMPORT_TOTALS_WRONG' });
    }
    const { rows } = await pool.query('select from means_result where inquiry = $1', [batch]);
    expect(rows).toEqual([]);
  });

  it('unmatched, repeated, contradictory, malformed and late lines are reported with line, code and path', async () => {
    const [one, two, three, four] = [await insure(), await insure(), await insure(), await insure()];
    const { batch } = await made();
    const line = ({ household, headText }: typeof one, said: object) => ({
      ...{ reference: `${household}-${batch}`, head: headText, determinedOn },
      ...said,
    });
    await take([line(one, { decile: 5 })]);
    const { counts, rejected } = await take([
      line(one, { decile: 6 }),
      line(two, { decile: 3 }),
      line(two, { decile: 3 }),
      line(three, { decile: 3 }),
      line(three, { decile: 4 }),
      { ...line(one, { decile: 5 }), reference: `1-${batch}` },
      { ...line(four, { decile: 5 }), head: one.headText },
      line(four, {}),
      line(four, { decile: 11 }),
      line(four, { decile: 1, name: 'x' }),
    ]);
    expect(counts).toEqual({ read: 10, taken: 1, late: 0, known: 0, rejected: 9 });
    const told = rejected.map(({ line: at, code, path }) => [at, code, path]);
    expect(told.toSorted(([one_], [other]) => Number(one_) - Number(other))).toEqual([
      [2, 'CONTRADICTORY', '/reference'],
      [4, 'DUPLICATE', '/reference'],
      [5, 'CONTRADICTORY', '/reference'],
      [6, 'CONTRADICTORY', '/reference'],
      [7, 'UNMATCHED', '/reference'],
      [8, 'UNMATCHED', '/reference'],
      [9, 'INVALID_RESULT', '/decile'],
      [10, 'INVALID_RESULT', '/decile'],
      [11, 'INVALID_RESULT', '/name'],
    ]);
    expect(JSON.stringify(rejected)).not.toMatch(/1200\d{6}/);
    expect((await take([line(one, { decile: 6, corrects: true })])).counts).toMatchObject({ taken: 1 });
    clock.set('1398/12/01');
    const late = await take([line(four, { decile: 3 })]);
    expect(late).toMatchObject({ counts: { late: 1, rejected: 0 }, rejected: [{ line: 2, code: 'LATE' }] });
  });

  it('tell those in deciles 8 to 10, in the same transaction, and nobody else (M-59)', async () => {
    clock.set('1398/09/05');
    const all = [await insure(), await insure(), await insure()];
    const { batch } = await made();
    const lines = all.map(({ household, headText }, index) => ({
      ...{ reference: `${household}-${batch}`, head: headText, determinedOn, decile: 7 + index },
    }));
    await take(lines);
    const told = await Promise.all(all.map(({ head }) => listNotices(pool, clock, head, { limit: 9 })));
    expect(told.map((notices) => notices.map(({ event }) => event))).toEqual([[], ['decile8To10'], ['decile8To10']]);
  });

  it('in CSV are read, too', async () => {
    const one = await insure();
    const { batch } = await made();
    const file = join(folder, 'results.csv');
    const text = [
      'reference,head,determinedOn,decile,incomeMonthly,corrects,rows,headSum',
      `${one.household}-${batch},${one.headText},${determinedOn},۴,,,,`,
      `,,,,,,1,${one.headText}`,
    ].join('\r\n');
    const { writeFile } = await import('node:fs/promises');
    await writeFile(file, text);
    expect(await importResults(parts, { file })).toMatchObject({ read: 1, taken: 1, rejected: 0 });
  });
});
