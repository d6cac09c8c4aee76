import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { generateProviders } from './generate-providers.ts';
import type { ImportCounts } from './import-people.ts';
import { importProviders } from './import-providers.ts';
import { ProviderDirectory } from './provider-directory.ts';
import { asInput, readRejected, SetClock } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const folder = mkdtempSync(join(tmpdir(), 'estehqaq-providers-'));
const directory = await ProviderDirectory.start(pool, { pollMs: 20 });
afterAll(async () => {
  await directory.stop();
  rmSync(folder, { recursive: true });
  await database.close();
});

const options = { clock: new SetClock(), recordedBy: 'a clerk', rejectedFile: join(folder, 'rejected.ndjson') };

const told = (...providers: readonly unknown[]): Promise<ImportCounts> =>
  importProviders(pool, { ...options, file: '-', standardInput: asInput(providers) });

const hospital = {
  code: '200001',
  name: 'بیمارستان مهر',
  kind: 'hospital',
  ownership: 'contracted',
  contractFrom: '2020-03-20',
  mobiles: ['+989121111111', '09122222222'],
  licence: 'T-1',
};
const clinic = { code: '200002', name: 'درمانگاه', kind: 'clinic', ownership: 'owned', mobiles: ['09122222222'] };

async function until(holds: () => boolean): Promise<number> {
  const begun = performance.now();
  while (!holds() && performance.now() - begun < 5_000) await sleep(5);
  return performance.now() - begun;
}

describe('an import of providers', () => {
  it('is seen by every directory; the same content changes nothing', async () => {
    expect(await told(hospital, clinic)).toEqual({ read: 2, created: 2, changed: 0, unchanged: 0, rejected: 0 });
    await until(() => directory.size === 2);
    expect(directory.find('200001')).toEqual({
      ...hospital,
      contractFrom: 18_341,
      contractUntil: null,
      suspended: false,
      mobiles: [989121111111n, 989122222222n],
      version: 1n,
    });
    expect(directory.findByMobile(989122222222n).map(({ code }) => code)).toEqual(['200001', '200002']);
    expect(directory.findByMobile(989123333333n)).toEqual([]);
    expect(await told(clinic, hospital, clinic)).toMatchObject({ read: 3, created: 0, changed: 0, unchanged: 3 });
    expect(directory.find('200003')).toBeUndefined();
  });

  it('makes a suspension known within a second', async () => {
    expect(await told({ ...hospital, suspended: true })).toMatchObject({ changed: 1 });
    expect(await until(() => directory.find('200001')?.suspended === true)).toBeLessThan(1_000);
    expect(directory.find('200001')?.version).toBe(2n);
    expect(directory.ageMs).toBeLessThan(1_000);
  });

  it('replaces the mobiles', async () => {
    await told({ ...hospital, mobiles: ['09124444444'] });
    await until(() => directory.findByMobile(989124444444n).length === 1);
    expect(directory.findByMobile(989121111111n)).toEqual([]);
    const { rows } = await pool.query(`select mobile, owner from mobile_owner order by mobile, owner`);
    expect(rows).toEqual([
      { mobile: 989122222222n, owner: '200002' },
      { mobile: 989124444444n, owner: '200001' },
    ]);
  });

  it('refuses bad lines, and all lines that differ about one provider', async () => {
    const other = { ...clinic, code: '200009' };
    const counted = await told(
      { ...hospital, kind: 'school' },
      { ...hospital, contractFrom: null },
      { ...hospital, code: 'a b' },
      { ...hospital, mobiles: ['1'] },
      { ...hospital, surprise: 1 },
      other,
      { ...other, name: 'x' },
      'null',
    );
    expect(counted).toEqual({ read: 8, created: 0, changed: 0, unchanged: 0, rejected: 8 });
    const rejected = readRejected(options.rejectedFile);
    expect(rejected.map(({ line, code, path }) => [line, code, path])).toEqual([
      [1, 'INVALID_PROVIDER', '/kind'],
      [2, 'INVALID_PROVIDER', '/contractFrom'],
      [3, 'INVALID_PROVIDER', '/code'],
      [4, 'INVALID_PROVIDER', '/mobiles/0'],
      [5, 'INVALID_PROVIDER', '/surprise'],
      [8, 'INVALID_LINE', ''],
      [6, 'DUPLICATE_PROVIDER', '/code'],
      [7, 'DUPLICATE_PROVIDER', '/code'],
    ]);
  });

  it('reads CSV', async () => {
    const file = join(folder, 'providers.csv');
    const header = 'code,name,kind,ownership,contractFrom,suspended,mobiles';
    writeFileSync(file, `${header}\n200011,"دی, مهر",pharmacy,contracted,2020-01-01,FALSE,09121111111;09125555555\n`);
    expect(await importProviders(pool, { ...options, file })).toMatchObject({ created: 1, rejected: 0 });
    await until(() => directory.find('200011') !== undefined);
    expect(directory.find('200011')).toMatchObject({ name: 'دی, مهر', suspended: false, mobiles: { length: 2 } });
  });

  it('takes made-up ones', async () => {
    expect(await told(...generateProviders(50, 3))).toMatchObject({ created: 50, rejected: 0 });
    expect([...generateProviders(50, 3)]).toEqual([...generateProviders(50, 3)]);
    expect((JSON.parse([...generateProviders(1, 3)][0] ?? '') as { code: string }).code).toBe('100001');
  });
});
