import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { Counter, Gauge, type Clock, type Log, type Registry } from '../platform/index.ts';
import { addJob, findJobState, giveJobBack, holdJob, takeJob, type JobState } from './job-store.ts';
import type { Job } from './job.ts';

export interface RunningJobs {
  /** Begins nothing more, tells what runs to end, and waits for it a while. */
  readonly stop: () => Promise<void>;
}

export interface JobsParts {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Registry;
  readonly jobs: readonly Job[];
  /** A process that dies leaves its jobs to the others after this time. */
  readonly heldMs?: number;
}

const usualHeldMs = 30_000;
/** The longest time from one look whether a job is due to the next; for those that run more often, their period. */
const longestLookMs = 15_000;
/** After a failure it is tried again after 2, 4, 8 … seconds, and in the end after this time or that of the job, if that is longer. */
const longestPauseMs = 60_000;
/** What does not end when it is told to is not waited for any longer; another process does it again. */
const patienceMs = 10_000;

/**
 * Runs the jobs, each in one process at a time, however many processes of ours work on the database: whoever finds a job
 * due takes it in hand for a while, and goes on saying so while it runs. Of a process that was killed the job is free again
 * after that while.
 */
export function runJobs({ heldMs = usualHeldMs, ...parts }: JobsParts): RunningJobs {
  const stopping = new AbortController();
  const ledger = countRuns(parts.metrics);
  const loops = parts.jobs.map((job) => new Loop(job, { ...parts, heldMs }, ledger).go(stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.race([Promise.all(loops), sleep(patienceMs, undefined, { ref: false })]);
    },
  };
}

interface Ledger {
  readonly done: (job: string, at: Date) => void;
  readonly failed: (job: string) => void;
}

class Loop {
  readonly #job: Job;
  readonly #parts: Required<JobsParts>;
  readonly #ledger: Ledger;
  readonly #holder = randomUUID();
  readonly #periodMs: number;
  readonly #lookMs: number;
  readonly #longestPauseMs: number;

  constructor(job: Job, parts: Required<JobsParts>, ledger: Ledger) {
    this.#job = job;
    this.#parts = parts;
    this.#ledger = ledger;
    this.#periodMs = job.everySeconds * 1000;
    this.#lookMs = Math.min(longestLookMs, this.#periodMs);
    this.#longestPauseMs = Math.max(this.#periodMs, longestPauseMs);
  }

  /** Ends when the signal says so and what runs has ended; never throws. */
  async go(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      // Without a database nothing is due; whoever asks it something reports that.
      const waitMs = await this.#look(stopping).catch(() => this.#lookMs);
      // Not all processes in step.
      const jittered = waitMs * (1 + Math.random() / 10);
      await sleep(jittered, undefined, { signal: stopping, ref: false }).catch(() => undefined);
    }
  }

  /** @returns after how many milliseconds to look again */
  async #look(stopping: AbortSignal): Promise<number> {
    const { pool, clock, heldMs } = this.#parts;
    const { name } = this.#job;
    const begun = clock.now();
    const state = await findJobState(pool, name);
    if (state === undefined) {
      await addJob(pool, name, begun);
      return 0;
    }
    const waitMs = this.#waitOf(state, begun);
    if (waitMs > 0) return Math.min(waitMs, this.#lookMs);
    const heldUntil = new Date(begun.getTime() + heldMs);
    if (!(await takeJob(pool, name, state, { holder: this.#holder, heldUntil }))) return 0;
    const ended = await this.#run(begun, stopping);
    const failures = ended === 'failed' ? state.failures + 1 : 0;
    const pauseMs = { done: this.#periodMs, failed: this.#pauseAfter(failures), stopped: 0 }[ended];
    // What took longer than its period follows at once.
    const dueAt = new Date(Math.max(begun.getTime() + pauseMs, clock.now().getTime()));
    await giveJobBack(pool, name, this.#holder, { dueAt, failures });
    return Math.max(0, Math.min(dueAt.getTime() - clock.now().getTime(), this.#lookMs));
  }

  #pauseAfter(failures: number): number {
    return Math.min(2 ** failures * 1000, this.#longestPauseMs);
  }

  /** An instant that lies further ahead than any can was written by a clock that ran ahead: it is not waited for. */
  #waitOf({ dueAt, heldUntil }: JobState, now: Date): number {
    const ahead = (moment: Date | null, most: number): number => {
      const distance = (moment?.getTime() ?? 0) - now.getTime();
      return distance > most ? 0 : distance;
    };
    return Math.max(ahead(dueAt, this.#longestPauseMs * 2), ahead(heldUntil, this.#parts.heldMs * 2));
  }

  async #run(begun: Date, stopping: AbortSignal): Promise<'done' | 'failed' | 'stopped'> {
    const { log, clock } = this.#parts;
    const { name, run } = this.#job;
    const lost = new AbortController();
    const holding = setInterval(() => {
      this.#hold().then(
        (isHeld) => {
          if (!isHeld) lost.abort();
        },
        () => undefined, // the database is away for a moment; what is held is held until its time
      );
    }, this.#parts.heldMs / 3);
    try {
      await run(begun, AbortSignal.any([stopping, lost.signal]));
      this.#ledger.done(name, clock.now());
      return 'done';
    } catch (error) {
      if (stopping.aborted) return 'stopped';
      log.error({ err: error, job: name }, 'job');
      this.#ledger.failed(name);
      return 'failed';
    } finally {
      clearInterval(holding);
    }
  }

  #hold(): Promise<boolean> {
    const { pool, clock, heldMs } = this.#parts;
    return holdJob(pool, this.#job.name, this.#holder, new Date(clock.now().getTime() + heldMs));
  }
}

/** Of this process: of several, the newest success of all of them counts. */
function countRuns(registry: Registry): Ledger {
  const registers = [registry];
  const runs = new Counter({
    name: 'estehqaq_job_runs_total',
    help: 'Runs of jobs in this process, by job and how they ended',
    labelNames: ['job', 'result'],
    registers,
  });
  const last = new Gauge({
    name: 'estehqaq_job_last_success_timestamp_seconds',
    help: 'When the job last went well in this process',
    labelNames: ['job'],
    registers,
  });
  return {
    done: (job, at) => {
      runs.inc({ job, result: 'done' });
      last.set({ job }, at.getTime() / 1000);
    },
    failed: (job) => {
      runs.inc({ job, result: 'failed' });
    },
  };
}
