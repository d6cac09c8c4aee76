import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseDescription } from '../../database/index.ts';

/** What a running system says of itself in `$ESTEHQAQ_DATA/run.json`, mode 0600. */
export interface RunFile {
  readonly pid: number;
  readonly url: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly isDemo: boolean;
  readonly startedAt: string;
  readonly database: DatabaseDescription;
}

const pathIn = (dataFolder: string): string => join(dataFolder, 'run.json');

/** At once or not at all: nobody reads half of it. */
export function writeRunFile(dataFolder: string, run: RunFile): void {
  const path = pathIn(dataFolder);
  const unfinished = `${path}.${run.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, path);
}

/** Takes it away, unless it is another's by now. */
export function removeRunFile(dataFolder: string, pid: number): void {
  if (findRunFile(dataFolder)?.pid === pid) rmSync(pathIn(dataFolder), { force: true });
}

/** What the last system that was started here said; it may have been killed since. */
export function findRunFile(dataFolder: string): RunFile | undefined {
  try {
    return JSON.parse(readFileSync(pathIn(dataFolder), 'utf8')) as RunFile;
  } catch {
    return undefined;
  }
}
