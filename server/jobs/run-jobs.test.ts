import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { createLog, createMetrics, type Clock } from '../platform/index.ts';
import type { Job } from './job.ts';
import { runJobs, type JobsParts, type RunningJobs } from './run-jobs.ts';

const database = await freshDatabase();
const { pool } = database;
afterAll(() => database.close());

const clock: Clock = { now: () => new Date() };
const farAhead = new Date('2126-01-01T00:00:00Z');

function start(jobs: readonly Job[], more: Partial<JobsParts> = {}): RunningJobs & { readonly logged: string[] } {
  const logged: string[] = [];
  const log = createLog('debug', { write: (line) => logged.push(line) });
  const running = runJobs({ pool, clock, log, metrics: createMetrics(), jobs, ...more });
  onTestFinished(() => running.stop());
  return { ...running, logged };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(10);
}

interface Row {
  readonly due_at: Date;
  readonly holder: string | null;
  readonly held_until: Date | null;
  readonly failures: number;
}

async function rowOf(name: string): Promise<Row | undefined> {
  return (await pool.query<Row>('select * from job_run where name = $1', [name])).rows[0];
}

const isFree = async (name: string): Promise<boolean> => (await rowOf(name))?.holder === null;

describe('a job', () => {
  it('runs at once when it is new, and again after its period', async () => {
    const moments: Date[] = [];
    const job: Job = { name: 'each-second', everySeconds: 1, run: (now) => Promise.resolve(void moments.push(now)) };
    start([job]);
    await until(() => moments.length === 3);
    const [first, , third] = moments.map((moment) => moment.getTime());
    expect((third ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(2_000);
    expect((third ?? 0) - (first ?? 0)).toBeLessThan(5_000);
  });

  it('runs in one process at a time, whichever that is', { timeout: 20_000 }, async () => {
    let [atOnce, mostAtOnce] = [0, 0];
    const runs: number[] = [];
    const jobOf = (process: number): Job => ({
      name: 'in-one-process',
      everySeconds: 0.05,
      run: async () => {
        runs.push(process);
        atOnce += 1;
        mostAtOnce = Math.max(mostAtOnce, atOnce);
        await sleep(20);
        atOnce -= 1;
      },
    });
    const processes = [0, 1, 2].map((process) => start([jobOf(process)]));
    await until(() => runs.length >= 10);
    // Whoever had it goes: another goes on.
    await processes[runs.at(-1) ?? 0]?.stop();
    const before = runs.length;
    await until(() => runs.length >= before + 3);
    expect(mostAtOnce).toBe(1);
  });

  it('is held while it runs longer than it is held for', async () => {
    let runs = 0;
    const job: Job = {
      name: 'long',
      everySeconds: 60,
      run: async () => {
        runs += 1;
        await sleep(700);
      },
    };
    start([job], { heldMs: 150 });
    await until(() => runs === 1);
    start([job], { heldMs: 150 });
    await sleep(500);
    expect(runs).toBe(1);
    await until(() => isFree('long'));
    expect(runs).toBe(1);
  });

  it('of a process that was killed is done by another, after the time for which it was held', async () => {
    let runs = 0;
    const job: Job = { name: 'of-the-dead', everySeconds: 3600, run: () => Promise.resolve(void (runs += 1)) };
    const heldUntil = new Date(Date.now() + 400);
    await pool.query(`insert into job_run values ($1, $2, 'a dead one', $3, 0)`, [job.name, new Date(0), heldUntil]);
    start([job]);
    await sleep(200);
    expect(runs).toBe(0);
    await until(() => runs === 1);
    expect(Date.now()).toBeGreaterThanOrEqual(heldUntil.getTime());
  });

  it('learns that another has taken it over', async () => {
    const reasons: boolean[] = [];
    const job: Job = {
      name: 'taken-over',
      everySeconds: 3600,
      run: async (_now, signal) => {
        await until(() => signal.aborted);
        reasons.push(signal.aborted);
      },
    };
    start([job], { heldMs: 90 });
    await until(async () => (await rowOf(job.name))?.holder !== undefined && !(await isFree(job.name)));
    await pool.query(`update job_run set holder = 'another', held_until = $2 where name = $1`, [job.name, farAhead]);
    await until(() => reasons.length === 1);
    await sleep(50);
    expect(await rowOf(job.name)).toMatchObject({ holder: 'another' });
  });

  it(
    'that fails is logged without its words, and tried again sooner than its period',
    { timeout: 20_000 },
    async () => {
      let runs = 0;
      const job: Job = {
        name: 'failing',
        everySeconds: 3600,
        run: () => {
          runs += 1;
          return runs === 1 ? Promise.reject(new Error('about 0012345679')) : Promise.resolve();
        },
      };
      const metrics = createMetrics();
      const { logged } = start([job], { metrics });
      await until(() => runs === 2);
      await until(() => isFree('failing'));
      expect(await rowOf('failing')).toMatchObject({ failures: 0 });
      expect(logged.join('')).toContain('"job":"failing"');
      expect(logged.join('')).not.toContain('0012345679');
      const page = await metrics.metrics();
      expect(page).toContain('estehqaq_job_runs_total{job="failing",result="failed"} 1');
      expect(page).toContain('estehqaq_job_runs_total{job="failing",result="done"} 1');
    },
  );

  it('does not wait for a time that a clock which ran ahead has written', async () => {
    let runs = 0;
    const job: Job = { name: 'of-the-future', everySeconds: 3600, run: () => Promise.resolve(void (runs += 1)) };
    await pool.query(`insert into job_run values ($1, $2, 'a dead one', $2, 0)`, [job.name, farAhead]);
    start([job]);
    await until(() => runs === 1);
  });
});

describe('the end', () => {
  it('waits for what runs, tells it so, and leaves what was not finished to another at once', async () => {
    let seen: AbortSignal | undefined;
    const job: Job = {
      name: 'unfinished',
      everySeconds: 3600,
      run: async (_now, signal) => {
        seen = signal;
        await until(() => signal.aborted);
        await sleep(50);
        signal.throwIfAborted();
      },
    };
    const { stop, logged } = start([job]);
    await until(() => seen !== undefined);
    await stop();
    expect(await rowOf(job.name)).toMatchObject({ holder: null, failures: 0 });
    expect((await rowOf(job.name))?.due_at.getTime()).toBeLessThanOrEqual(Date.now());
    expect(logged).toEqual([]);
  });

  it('comes at once when nothing runs', async () => {
    const { stop } = start([{ name: 'idle', everySeconds: 3600, run: () => Promise.resolve() }]);
    await until(() => isFree('idle').catch(() => false));
    const begun = performance.now();
    await stop();
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
