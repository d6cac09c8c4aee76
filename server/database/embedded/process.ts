import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether that process is the postmaster of that cluster. A number alone proves nothing: after a crash it may be given
 * to anybody, and in a container it usually is.
 */
export function isPostmasterOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  return process.platform === 'linux' ? worksIn(pid, cluster) : isNamedPostgres(pid);
}

/** A postmaster's working directory is its cluster, under whatever name it was started. */
function worksIn(pid: number, cluster: string): boolean {
  try {
    const theirs = statSync(`/proc/${pid}/cwd`);
    const ours = statSync(cluster);
    const isSame = theirs.dev === ours.dev && theirs.ino === ours.ino;
    return isSame && readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres');
  } catch {
    return false; // gone, or of another account, which cannot be the owner of this cluster
  }
}

function isNamedPostgres(pid: number): boolean {
  try {
    return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).includes('postgres');
  } catch {
    return false;
  }
}
