import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { Ids } from '../platform/index.ts';
import { AttemptSpool } from './attempt-spool.ts';
import { createRoom } from './make-room.ts';
import { attempts } from './testing-attempts.ts';
import { askedByProvider, inquiryOver, insured, noon, person, record } from './testing.ts';
import { wireTo } from './testing-wire.ts';
import { Undetermined } from './undetermined.ts';

const root = mkdtempSync(join(tmpdir(), 'estehqaq-spool-'));
const database = await freshDatabase();
const { pool } = database;
afterAll(async () => {
  await database.close();
  rmSync(root, { recursive: true, force: true });
});

let folder = '';
let count = 0;
beforeEach(() => {
  count += 1;
  folder = join(root, String(count));
});

const files = (): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);
const rows = async (): Promise<number> =>
  (await pool.query<{ n: number }>('select count(*)::int as n from inquiry')).rows[0]?.n ?? 0;
const fail = (error: unknown): void => {
  throw error;
};

async function killedAfterKeeping(many: number, first = 0): Promise<void> {
  const program = join(import.meta.dirname, 'testing-keep-attempts.ts');
  const child = spawn(process.execPath, [program, folder, String(many), String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function recorded(inquiry: { readonly state: () => { readonly undetermined: number } }): Promise<void> {
  while (inquiry.state().undetermined > 0) await sleep(10);
}

describe('the spool', () => {
  it('keeps attempts as they were, for its owner alone, under names of their own', () => {
    new AttemptSpool(folder, fail).keep(attempts(5));
    expect(files()).toHaveLength(1);
    expect(statSync(join(folder, files()[0] ?? '')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const found = new AttemptSpool(folder, fail).takeOver();
    expect(found.map(({ attempt, id }) => ({ ...attempt, id }))).toEqual(attempts(5));
    expect(new Set(found.map(({ key }) => key)).size).toBe(5);
  });

  it('has nothing where nothing was kept, and makes no folder for it', () => {
    const spool = new AttemptSpool(folder, fail);
    expect(spool.takeOver()).toEqual([]);
    spool.clear();
    expect(existsSync(folder)).toBe(false);
  });

  it('reads past a line that was torn off, and adds no line to it', () => {
    new AttemptSpool(folder, fail).keep(attempts(3));
    const path = join(folder, files()[0] ?? '');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.slice(0, text.lastIndexOf('"durationUs"')));
    expect(new AttemptSpool(folder, fail).takeOver()).toHaveLength(2);
    appendFileSync(path, text.slice(text.indexOf('{')));
    expect(new AttemptSpool(folder, fail).takeOver().length).toBeGreaterThanOrEqual(2);
    appendFileSync(path, `\n${text}`);
    expect(new AttemptSpool(folder, fail).takeOver()).toHaveLength(3);
  });

  it('leaves the file of a process that lives alone', () => {
    new AttemptSpool(folder, fail).keep(attempts(1));
    const path = join(folder, files()[0] ?? '');
    cpSync(path, path.replace(String(process.pid), String(process.ppid)));
    rmSync(path);
    const spool = new AttemptSpool(folder, fail);
    expect(spool.takeOver()).toEqual([]);
    spool.clear();
    expect(files()).toHaveLength(1);
  });

  it('removes everything once it is cleared, and begins anew', async () => {
    new AttemptSpool(folder, fail).keep(attempts(2));
    const spool = new AttemptSpool(folder, fail);
    spool.takeOver();
    spool.keep(attempts(2));
    expect(files()).toHaveLength(2);
    spool.clear();
    expect(files()).toEqual([]);
    spool.keep(attempts(1));
    expect(files()).toHaveLength(1);
    await spool.close();
    expect(new AttemptSpool(folder, fail).takeOver()).toHaveLength(1);
  });

  it('reports a disk that takes nothing once, and again after it took something', () => {
    writeFileSync(folder, 'no folder');
    const reported: unknown[] = [];
    const spool = new AttemptSpool(folder, (error) => reported.push(error));
    expect(spool.keep(attempts(2))).toHaveLength(2);
    spool.keep(attempts(2));
    expect(reported).toMatchObject([{ code: 'EEXIST' }]);
    rmSync(folder);
    spool.keep(attempts(2));
    expect(files()).toHaveLength(1);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'no folder');
    spool.clear();
    spool.keep(attempts(2));
    expect(reported.length).toBeGreaterThan(1);
  });

  it('does not grow beyond its bound', () => {
    const reported: unknown[] = [];
    const spool = new AttemptSpool(folder, (error) => reported.push(error));
    const many = attempts(4_096);
    for (let turn = 0; turn < 60; turn += 1) spool.keep(many);
    expect(reported).toMatchObject([{ code: 'SPOOL_FULL' }]);
    expect(statSync(join(folder, files()[0] ?? '')).size).toBeLessThanOrEqual(64 * 2 ** 20);
  });

  it('takes a whole queue in the time of a blink', () => {
    const spool = new AttemptSpool(folder, fail);
    const many = attempts(4_096);
    spool.keep(many.slice(0, 256));
    const begun = performance.now();
    spool.keep(many);
    expect(performance.now() - begun).toBeLessThan(250);
  });
});

describe('an attempt that could not be determined', () => {
  it('is in the journal after the process was killed, once, however often it is written again', async () => {
    await killedAfterKeeping(600);
    const [file = ''] = files();
    appendFileSync(join(folder, file), '\n{"key":"torn');
    const copy = `${folder}-copy`;
    cpSync(folder, copy, { recursive: true });
    const before = await rows();
    const inquiry = inquiryOver(database, { spoolFolder: folder });
    expect(inquiry.state().undetermined).toBe(600);
    await recorded(inquiry);
    expect(await rows()).toBe(before + 600);
    expect(files()).toEqual([]);
    const [seen] = await inquiry.whoAsked(1000000001n);
    expect(seen).toMatchObject({ outcome: 'COULD_NOT_DETERMINE', channel: 'sms', setting: 'inpatient' });
    await inquiry.close();
    expect(inquiry.state().undeterminedLost).toBe(0);
  });

  it.each([
    ['before it was written', 1_000],
    ['after it was written', 2_000],
  ])('is there once when the process dies %s', async (when, first) => {
    await killedAfterKeeping(300, first);
    const ids = new Ids(pool, { now: () => noon });
    const makeRoom = createRoom(database, { now: () => noon });
    const parts = { pool, ids, lawVersion: () => Promise.resolve(1), onFailure: fail };
    const before = await rows();
    const inWhatItLeft = `${folder}-left`;
    const dying = new Undetermined({
      ...parts,
      spool: new AttemptSpool(folder, fail),
      makeRoom: async (made) => {
        await makeRoom(made);
        // The ids are given, and nothing is written yet: this is what stands on the disk when it dies.
        cpSync(folder, inWhatItLeft, { recursive: true });
        if (when.startsWith('before')) throw Object.assign(new Error(), { code: 'ECONNREFUSED' });
      },
    });
    await dying.flush();
    expect(await rows()).toBe(before + (when.startsWith('before') ? 0 : 300));

    const next = new Undetermined({ ...parts, spool: new AttemptSpool(inWhatItLeft, fail), makeRoom });
    expect(next.waiting).toBe(300);
    await next.flush();
    await next.close();
    expect(next.waiting).toBe(0);
    expect(readdirSync(inWhatItLeft)).toEqual([]);
    expect(await rows()).toBe(before + 300);
    await ids.close();
  });

  it('waits on the disk while the database is away, and is written by the next process', async () => {
    const wire = await wireTo(database);
    const someone = 1000000001n;
    await record(database, someone, person([insured()]));
    const first = inquiryOver(wire.database, { spoolFolder: folder });
    await first.ask(askedByProvider(someone));
    const before = await rows();
    wire.set('cut');
    await expect(first.ask(askedByProvider(someone))).rejects.toMatchObject({ code: 'COULD_NOT_DETERMINE' });
    expect(files()).toHaveLength(1);
    await first.close();
    expect(files()).toHaveLength(1);
    await wire.close();

    const second = inquiryOver(database, { spoolFolder: folder });
    await recorded(second);
    expect(await rows()).toBe(before + 1);
    expect(files()).toEqual([]);
    await second.close();
  });

  it('is kept also while a batch still has it in hand, and is none when that writes its answer', async () => {
    const someone = 1000000001n;
    await record(database, someone, person([insured()]));
    const first = inquiryOver(database, { spoolFolder: folder, limits: { answeredWithinMs: 300 } });
    await first.ask(askedByProvider(someone));
    const before = await rows();
    const left = `${folder}-left`;
    await database.asOwner(async (owner) => {
      await owner.query('begin');
      await owner.query('lock table inquiry in access exclusive mode');
      await expect(first.ask(askedByProvider(someone))).rejects.toMatchObject({ code: 'COULD_NOT_DETERMINE' });
      cpSync(folder, left, { recursive: true });
      await owner.query('rollback');
    });
    while ((await rows()) === before) await sleep(10);
    await first.close();
    expect(files()).toEqual([]);

    // As if it had died with the file: the answer stands.
    const second = inquiryOver(database, { spoolFolder: left });
    expect(second.state().undetermined).toBe(1);
    await recorded(second);
    expect(await rows()).toBe(before + 1);
    const [seen] = await second.whoAsked(someone);
    expect(seen).toMatchObject({ outcome: 'ENTITLED' });
    await second.close();
  });

  it('stays on the disk while a batch has it in hand, whatever else is written meanwhile', async () => {
    const ids = new Ids(pool, { now: () => noon });
    const undetermined = new Undetermined({
      pool,
      ids,
      spool: new AttemptSpool(folder, fail),
      lawVersion: () => Promise.resolve(1),
      makeRoom: createRoom(database, { now: () => noon }),
      onFailure: fail,
    });
    const inHand = attempts(3, 3_000).flatMap(({ id, ...attempt }) => (id === undefined ? [] : [{ ...attempt, id }]));
    undetermined.note(inHand);
    undetermined.add(attempts(2, 4_000));
    await undetermined.flush();
    expect(undetermined.waiting).toBe(0);
    const found = new AttemptSpool(folder, fail).takeOver();
    expect(inHand.every(({ id }) => found.some((each) => each.id === id))).toBe(true);
    undetermined.forget(inHand.slice(1).map(({ id }) => id));
    expect(files()).toHaveLength(1);
    undetermined.forget(inHand.map(({ id }) => id));
    expect(files()).toEqual([]);
    await ids.close();
  });

  it('is answered and recorded also where the disk takes nothing', async () => {
    writeFileSync(folder, 'no folder');
    const wire = await wireTo(database);
    const failures: unknown[] = [];
    const inquiry = inquiryOver(wire.database, { spoolFolder: folder, onFailure: (error) => failures.push(error) });
    await inquiry.ask(askedByProvider(1000000001n));
    const before = await rows();
    wire.set('cut');
    await expect(inquiry.ask(askedByProvider(1000000001n))).rejects.toMatchObject({ code: 'COULD_NOT_DETERMINE' });
    wire.set('whole');
    await recorded(inquiry);
    expect(await rows()).toBe(before + 1);
    expect(failures).toContainEqual(expect.objectContaining({ code: 'ENOTDIR' }));
    await inquiry.close();
    await wire.close();
  });
});
