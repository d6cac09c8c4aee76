import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { systemClock } from '../platform/index.ts';
import { generatePeople } from './generate-people.ts';
import { importPeople } from './import-people.ts';
import { readDossiers } from './read-dossiers.ts';
import {
  asNumber,
  daughterId,
  importLines,
  principal,
  principalId,
  readAll,
  readRejected,
  SetClock,
  son,
  sonId,
  strangerId,
} from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const folder = mkdtempSync(join(tmpdir(), 'estehqaq-people-'));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.close();
});
beforeEach(() =>
  database.asOwner((client) => client.query('truncate dossier, dossier_version, person_mobile, mobile_owner')),
);

const counts = (read: number, created: number, changed: number, unchanged: number, rejected: number): object => ({
  read,
  created,
  changed,
  unchanged,
  rejected,
});

describe('an import of people', () => {
  it('enters them, and makes no version for the same content', async () => {
    expect(await importLines(pool, [principal, '', son])).toEqual({ counts: counts(2, 2, 0, 0, 0), rejected: [] });
    const before = await readAll(pool);
    expect((await importLines(pool, [son, principal])).counts).toEqual(counts(2, 0, 0, 2, 0));
    expect(await readAll(pool)).toEqual(before);
    const found = await readDossiers(pool, [asNumber(principalId), asNumber(sonId), asNumber(strangerId)]);
    expect([...found.values()].map(({ version }) => version)).toEqual([1n, 1n]);
    expect(found.get(asNumber(sonId))?.facts.standings[0]).toMatchObject({ relation: 'son', maintained: null });
  });

  it('takes what is written another way for the same content', async () => {
    await importLines(pool, [principal]);
    const { mobile, ...rest } = principal;
    const otherwise = { mobile: '+98 912 123 4567', diedOn: null, ...rest, nationalId: '۱۲۳۴۵۶۷۹' };
    expect((await importLines(pool, [otherwise])).counts).toEqual(counts(1, 0, 0, 1, 0));
    expect(mobile).toBe('09121234567');
  });

  it('makes a new version for other content, and keeps the earlier one', async () => {
    await importLines(pool, [principal]);
    const changed = { ...principal, diedOn: '2026-01-02', mobile: '+989350000000' };
    expect((await importLines(pool, [changed])).counts).toEqual(counts(1, 0, 1, 0, 0));
    const { rows } = await pool.query(
      'select version, facts, recorded_by, source from dossier_version order by version',
    );
    expect(rows).toMatchObject([
      { version: 1n, recorded_by: 'a clerk', source: 'insurer' },
      { version: 2n, facts: { diedOn: '2026-01-02' } },
    ]);
    expect((await pool.query('select mobile, owner from mobile_owner')).rows).toEqual([
      { mobile: 989350000000n, owner: '12345679' },
    ]);
    expect((await pool.query('select mobile from person_mobile')).rows).toEqual([{ mobile: 989350000000n }]);
  });

  it('refuses bad lines, and takes the good ones', async () => {
    const { counts: counted, rejected } = await importLines(pool, [
      '{"nationalId":',
      { ...principal, nationalId: '1234567890' },
      { ...principal, nationalId: strangerId, sex: 'neither' },
      { ...son, standings: [{ ...son.standings[0], principalNationalId: sonId }] },
      { ...principal, mobile: '021' },
      { ...principal, birthDate: '2026-11-24' },
      { ...principal, surprise: 1 },
      { ...principal, firstName: 'a\u0000' },
      '[]',
      principal,
    ]);
    expect(counted).toEqual(counts(10, 1, 0, 0, 9));
    expect(rejected.map(({ line, code, path }) => [line, code, path])).toEqual([
      [1, 'INVALID_LINE', ''],
      [2, 'INVALID_NATIONAL_ID', '/nationalId'],
      [3, 'INVALID_PERSON', '/sex'],
      [4, 'INVALID_PERSON', '/standings/0/principalNationalId'],
      [5, 'INVALID_PERSON', '/mobile'],
      [6, 'INVALID_PERSON', '/birthDate'],
      [7, 'INVALID_PERSON', '/surprise'],
      [8, 'INVALID_PERSON', '/firstName'],
      [9, 'INVALID_LINE', ''],
    ]);
  });

  it('knows principals in any order, in the register too; whoever is rejected is nobody’s principal', async () => {
    const chain = { ...son, standings: [{ ...son.standings[0], principalNationalId: strangerId }] };
    const onChain = {
      ...son,
      sex: 'female',
      nationalId: daughterId,
      standings: [principal.standings[0], { class: 'dependant', relation: 'daughter', principalNationalId: sonId }],
    };
    const { rejected, counts: counted } = await importLines(pool, [onChain, chain, principal]);
    expect(counted).toEqual(counts(3, 1, 0, 0, 2));
    expect(rejected.map(({ line, code, path }) => [line, code, path])).toEqual([
      [2, 'UNKNOWN_PRINCIPAL', '/standings/0/principalNationalId'],
      [1, 'UNKNOWN_PRINCIPAL', '/standings/1/principalNationalId'],
    ]);
    expect((await importLines(pool, [son])).counts).toEqual(counts(1, 1, 0, 0, 0));
  });

  it('counts lines that say the same once, and rejects all that differ about one person', async () => {
    const other = { ...principal, firstName: 'علی' };
    const stranger = { ...principal, nationalId: strangerId };
    const one = await importLines(pool, [principal, stranger, other, stranger]);
    expect(one.counts).toEqual(counts(4, 1, 0, 1, 2));
    expect(one.rejected.map(({ line, code }) => [line, code])).toEqual([
      [1, 'DUPLICATE_PERSON'],
      [3, 'DUPLICATE_PERSON'],
    ]);
  });

  it('replaces the facts of its own source alone', async () => {
    await importLines(pool, [principal, son]);
    const pension = { class: 'pensioner', pension: 'disability', from: '2020-01-01' };
    const told = { ...son, standings: [pension], mobile: '09351111111' };
    expect((await importLines(pool, [told], { source: 'welfare' })).counts).toEqual(counts(1, 0, 1, 0, 0));
    expect((await importLines(pool, [told], { source: 'welfare' })).counts).toEqual(counts(1, 0, 0, 1, 0));
    expect((await importLines(pool, [son])).counts).toEqual(counts(1, 0, 0, 1, 0));
    const standings = async (): Promise<unknown> =>
      (await readDossiers(pool, [asNumber(sonId)])).get(asNumber(sonId))?.facts.standings.map((each) => each.class);
    expect(await standings()).toEqual(['dependant', 'pensioner']);
    expect((await importLines(pool, [{ ...son, standings: [] }])).counts).toEqual(counts(1, 0, 1, 0, 0));
    expect(await standings()).toEqual(['pensioner']);
    const clash = await importLines(
      pool,
      [
        { ...son, sex: 'female', standings: [{ ...son.standings[0], relation: 'daughter' }] },
        { ...son, nationalId: daughterId },
      ],
      { source: 'welfare' },
    );
    expect(clash.rejected).toMatchObject([{ line: 1, code: 'CLASHES_WITH_OTHER_SOURCE' }]);
    expect(clash.counts).toEqual(counts(2, 1, 0, 0, 1));
  });

  it('keeps the source’s name for imports apart from the desk', async () => {
    await expect(importLines(pool, [principal], { source: 'desk' })).rejects.toMatchObject({ code: 'FACT_INVALID' });
    await expect(importLines(pool, [principal], { source: 'a b' })).rejects.toMatchObject({ code: 'FACT_INVALID' });
  });

  it('reads CSV, and a file, and writes what was rejected beside it', async () => {
    const file = join(folder, 'people.csv');
    const standings = JSON.stringify(principal.standings).replaceAll('"', '""');
    writeFileSync(
      file,
      [
        '\uFEFFnationalId,sex,birthDate,firstName,lastName,mobile,standings',
        `0012345679,male,1975-05-01,رضا,"نوری",09121234567,"${standings}"`,
        `0183382390,male,1975-05-01,"علی\nرضا",,,[]`,
        `1234567891,male,1975-05-01,a,b`,
        `1234567891,male,1975-05-01,a,b,,not json`,
        `1234567891,male,1975-05-01,,,,[]`,
      ].join('\r\n'),
    );
    const counted = await importPeople(pool, { file, clock: new SetClock(), recordedBy: 'a clerk' });
    expect(counted).toEqual(counts(5, 2, 0, 0, 3));
    expect(readRejected(`${file}.rejected.ndjson`).map(({ line, code }) => [line, code])).toEqual([
      [5, 'INVALID_LINE'],
      [4, 'INVALID_PERSON'],
      [6, 'INVALID_LINE'],
    ]);
    expect((await importLines(pool, [principal])).counts).toEqual(counts(1, 0, 0, 1, 0));
  });

  it('says what is wrong with a file', async () => {
    const options = { clock: systemClock, recordedBy: 'a clerk' };
    const unreadable = { code: 'IMPORT_FILE_UNREADABLE' };
    await expect(importPeople(pool, { ...options, file: join(folder, 'none.csv') })).rejects.toMatchObject(unreadable);
    await expect(importPeople(pool, { ...options, file: folder })).rejects.toMatchObject(unreadable);
    writeFileSync(join(folder, 'other.csv'), 'nationalId;sex\n1;2\n');
    await expect(importPeople(pool, { ...options, file: join(folder, 'other.csv') })).rejects.toMatchObject(unreadable);
    writeFileSync(join(folder, 'empty.ndjson'), '');
    const empty = await importPeople(pool, { ...options, file: join(folder, 'empty.ndjson') });
    expect(empty).toEqual(counts(0, 0, 0, 0, 0));
  });
});

describe('many people', () => {
  const lines = [...generatePeople(600, 5)];

  it('ends in the same state when stopped half-way and run again, in another order', async () => {
    await importLines(pool, lines);
    const whole = await readAll(pool);
    await database.asOwner((client) => client.query('truncate dossier, dossier_version, person_mobile, mobile_owner'));

    const stopped = importLines(pool, lines, {
      peopleInPiece: 50,
      onProgress: ({ written }) => {
        if (written >= 200) throw new RangeError('stopped');
      },
    });
    await expect(stopped).rejects.toThrow('stopped');
    const { rows } = await pool.query<{ n: bigint }>('select count(*) as n from dossier');
    expect(rows[0]?.n).toBeGreaterThanOrEqual(200n);
    expect(rows[0]?.n).toBeLessThan(600n);

    const again = await importLines(pool, lines.toReversed());
    expect(again.counts).toMatchObject({ read: 600, rejected: 0, changed: 0 });
    expect(await readAll(pool)).toEqual(whole);
  });

  it('can be imported twice at once', async () => {
    const both = await Promise.all([importLines(pool, lines), importLines(pool, lines)]);
    const total = (of: 'created' | 'unchanged' | 'changed'): number =>
      both.reduce((sum, each) => sum + each.counts[of], 0);
    expect([total('created'), total('unchanged'), total('changed')]).toEqual([600, 600, 0]);
    const { rows } = await pool.query<{ n: bigint }>('select count(*) as n from dossier_version');
    expect(rows[0]?.n).toBe(600n);
  });

  it('does not go on writing when the connection that holds the right to is lost', async () => {
    let ended: Promise<unknown> | undefined;
    const lost = importLines(pool, lines, {
      peopleInPiece: 5,
      onProgress: ({ step }) => {
        if (step !== 'writing') return;
        ended ??= pool.query(
          `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 7170425`,
        );
      },
    });
    await expect(lost).rejects.toMatchObject({ code: expect.stringMatching(/^DATABASE_/) as string });
    await ended;
    expect((await importLines(pool, lines)).counts).toMatchObject({ read: 600, rejected: 0 });
  });
});
