import { readdirSync, readFileSync } from 'node:fs';

/* What Linux says of processes; elsewhere nothing. */

const ticksPerSecond = 100;

interface Stat {
  readonly parent: number;
  readonly ownSeconds: number;
  /** Of its children that have ended. */
  readonly endedSeconds: number;
}

function findStat(pid: number | string): Stat | undefined {
  try {
    // The name of the program stands in brackets and may hold blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const seconds = (from: number): number => (Number(fields[from]) + Number(fields[from + 1])) / ticksPerSecond;
    return { parent: Number(fields[1]), ownSeconds: seconds(11), endedSeconds: seconds(13) };
  } catch {
    return undefined;
  }
}

/** The process and all below it, but for those below the ones that are left out. */
function processesBelow(root: number, without: readonly number[] = []): number[] {
  const parents = new Map<number, number>();
  for (const name of findNumbered()) {
    const stat = findStat(name);
    if (stat !== undefined) parents.set(name, stat.parent);
  }
  const found = [root];
  for (const each of found) {
    for (const [pid, parent] of parents) if (parent === each && !without.includes(pid)) found.push(pid);
  }
  return found;
}

function findNumbered(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

/** Seconds of all cores that a process and those below it have used; NaN where nobody tells. */
export function cpuSecondsOf(root: number, without: readonly number[] = []): number {
  const found = processesBelow(root, without).flatMap((pid) => findStat(pid) ?? []);
  if (found.length === 0) return Number.NaN;
  return found.reduce((sum, { ownSeconds, endedSeconds }) => sum + ownSeconds + endedSeconds, 0);
}

/** Seconds that programs which this process started, and which have ended, had used; NaN where nobody tells. */
export function cpuSecondsOfEnded(): number {
  return findStat('self')?.endedSeconds ?? Number.NaN;
}

/** Megabytes that a process and those below it hold now; NaN where nobody tells. */
export function memoryOf(root: number, without: readonly number[] = []): number {
  const held = processesBelow(root, without).flatMap((pid) => {
    try {
      const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return kilobytes === undefined ? [] : [Number(kilobytes) / 1024];
    } catch {
      return [];
    }
  });
  return held.length === 0 ? Number.NaN : held.reduce((sum, each) => sum + each, 0);
}
