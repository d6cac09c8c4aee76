import type { OnProgress, ProgressStep } from '../../database/index.ts';

const words: Readonly<Record<ProgressStep, string>> = {
  'copying-programs': 'copying the programs of PostgreSQL',
  'creating-cluster': 'creating the database',
  starting: 'starting PostgreSQL',
  waiting: 'waiting for PostgreSQL',
  migrating: 'migrating',
  restarting: 'PostgreSQL has ended and is being started again',
  'restart-failed': 'PostgreSQL could not be started again',
};

/** What opening the database is busy with, on standard error; only where somebody watches. */
export function showProgress(isWatched = process.stderr.isTTY): OnProgress {
  let last = '';
  return (step, detail) => {
    const line = detail === undefined ? words[step] : `${words[step]}: ${detail}`;
    if (isWatched && line !== last) process.stderr.write(`… ${line}\n`);
    last = line;
  };
}

const reportEveryMs = 500;

/** A line on the terminal that counts along; nothing where standard error is no terminal. */
export function countAlong(words: () => string): { readonly report: () => void; readonly end: () => void } {
  let reportedAt = 0;
  return {
    report: () => {
      if (!process.stderr.isTTY || performance.now() - reportedAt < reportEveryMs) return;
      reportedAt = performance.now();
      process.stderr.write(`\r${words()}`);
    },
    end: () => {
      if (process.stderr.isTTY && reportedAt > 0) process.stderr.write(`\r${words()}\n`);
    },
  };
}
