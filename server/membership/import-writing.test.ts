import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { PoolClient, QueryResult } from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { transaction } from '../database/index.ts';
import { freshDatabase } from '../database/testing.ts';
import { applyPiece } from './apply-staged.ts';
import { generatePeople } from './generate-people.ts';
import { findPiece } from './import-staging.ts';
import { asInput, importLines, readAll } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const folder = mkdtempSync(join(tmpdir(), 'estehqaq-writing-'));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.close();
});

const emptyRegister = (): Promise<unknown> =>
  database.asOwner((client) => client.query('truncate dossier, dossier_version, person_mobile, mobile_owner'));
beforeEach(emptyRegister);

const people = [...generatePeople(2000, 7)];

const countPeople = async (): Promise<number> => {
  const { rows } = await pool.query<{ n: number }>('select count(*)::integer as n from dossier');
  return rows[0]?.n ?? 0;
};

describe('an import whose process is killed', () => {
  const program = `
    import pg from 'pg';
    import { importPeople } from '${new URL('./import-people.ts', import.meta.url).href}';
    const { file, killAt, ...connection } = JSON.parse(process.argv[1]);
    pg.types.setTypeParser(20, BigInt);
    const onProgress = ({ step, written, read }) => {
      if (step === killAt && (step === 'writing' ? written : read) > 0) process.kill(process.pid, 'SIGKILL');
    };
    const options = { clock: { now: () => new Date() }, recordedBy: 'a clerk', peopleInPiece: 100, onProgress };
    await importPeople(new pg.Pool(connection), { ...options, file });`;

  it.each(['reading', 'checking', 'writing'])(
    'while %s ends in the same state when it is run again',
    async (killAt) => {
      await importLines(pool, people);
      const whole = await readAll(pool);
      await emptyRegister();

      const description = database.describe();
      if (description.kind !== 'embedded') throw new Error('tests run on the embedded server');
      const { socketFolder: host, database: name } = description;
      const file = join(folder, 'people.ndjson');
      writeFileSync(file, people.join('\n'));
      const told = JSON.stringify({ file, killAt, host, port: 5432, user: 'estehqaq_app', database: name });
      const child = spawn(process.execPath, ['--input-type=module', '-e', program, told], {
        cwd: import.meta.dirname,
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      expect((await once(child, 'close'))[1]).toBe('SIGKILL');

      const entered = await countPeople();
      if (killAt === 'writing') expect(entered).toBeGreaterThan(0);
      expect(entered).toBeLessThan(people.length);
      const again = await importLines(pool, people.toReversed());
      expect(again.counts).toMatchObject({ read: people.length, changed: 0, rejected: 0 });
      expect(again.counts.created + again.counts.unchanged).toBe(people.length);
      expect(await readAll(pool)).toEqual(whole);
    },
  );
});

/** Gives the lines only when nobody can copy any more. */
async function* afterLock(lock: () => Promise<unknown>, lines: Iterable<string>): AsyncGenerator<Uint8Array> {
  await lock();
  yield* asInput(lines);
}

/** The number is more than nothing, and this program has nothing left to do that changes it. */
async function hasSettled(read: () => number): Promise<void> {
  let before = 0;
  for (let turns = 0; turns < 200; turns += 1) {
    await setImmediate();
    if (before > 0 && read() === before) continue;
    before = read();
    turns = 0;
  }
}

describe('an import', () => {
  it('reads no further ahead of a database that stands still than two sets of rows', async () => {
    const most = 60_000;
    let given = 0;
    const lines = (function* () {
      for (const line of generatePeople(most, 3)) {
        given += 1;
        yield line;
      }
    })();
    await database.asOwner(async (owner) => {
      const lock = (): Promise<unknown> => owner.query('begin; lock import_line in share mode');
      const imported = importLines(pool, [], { standardInput: afterLock(lock, lines) });
      await hasSettled(() => given);
      expect(given).toBeGreaterThan(1000);
      // Each holds about 15,000 of these people.
      expect(given).toBeLessThan(40_000);
      await owner.query('commit');
      expect((await imported).counts).toMatchObject({ read: most, created: most, rejected: 0 });
    });
  });

  it('finds what it writes by keys, and never reads through a table', async () => {
    await importLines(pool, people);
    const told = people.map((line, index) =>
      index % 2 === 0 ? line : line.replace('"firstName":"', '"firstName":"ا'),
    );
    for (const lines of [told, [...generatePeople(2000, 8)]]) {
      const stopped = importLines(pool, lines, {
        onProgress: ({ step }) => {
          if (step === 'checking') throw new RangeError('staged');
        },
      });
      await expect(stopped).rejects.toThrow('staged');
      const plans = await transaction(pool, async (client) => {
        const piece = await findPiece(client, 0n, 500);
        if (piece === undefined) throw new Error('nothing is staged');
        const { explained, plans: seen } = explaining(client);
        await applyPiece(explained, piece, { source: 'insurer', recordedBy: 'a clerk', recordedAt: new Date() });
        return seen;
      });
      expect(plans.length).toBeGreaterThan(0);
      expect(plans.filter((plan) => plan.includes('Seq Scan on'))).toEqual([]);
    }
  });
});

/** The same connection, which also notes how each statement would be run. */
function explaining(client: PoolClient): { explained: PoolClient; plans: string[] } {
  const plans: string[] = [];
  const query = async (text: string, values?: unknown[]): Promise<QueryResult> => {
    if (values !== undefined) {
      const { rows } = await client.query<Record<string, string>>(`explain ${text}`, values);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    }
    return client.query(text, values);
  };
  return { explained: { query } as unknown as PoolClient, plans };
}
