import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../platform/index.ts';
import { diskFull, folderDamaged, folderUnreachable, notStarted, otherVersion, programsDoNotRun } from '../faults.ts';
import type { Folders } from './folders.ts';

/** How long the log files are now; what is written after it is the complaint. */
export type LogMark = ReadonlyMap<string, number>;

const mostBytes = 64 * 1024;
const longestLagMs = 500;
const pauseMs = 25;

export function markLog(folder: string): LogMark {
  return new Map(listLog(folder).map((path) => [path, statSync(path).size]));
}

/** The log is written by a process of its own, which may end a little later than the one that complained. */
export async function awaitComplaint(folder: string, since: LogMark): Promise<string> {
  for (let waited = 0; waited < longestLagMs; waited += pauseMs) {
    const complaint = readComplaint(folder, since);
    if (complaint !== '') return complaint;
    await sleep(pauseMs);
  }
  return readComplaint(folder, since);
}

/** What PostgreSQL has written since the mark: its sentences of the gravest kinds. */
function readComplaint(folder: string, since: LogMark): string {
  const grave = listLog(folder)
    .flatMap((path) => readFrom(path, since.get(path) ?? 0).split('\n'))
    .flatMap(
      (line) =>
        /(?:PANIC|FATAL|ERROR|initdb: error|loading shared libraries|^postgres):\s*(.*)$/i.exec(line)?.[1] ?? [],
    );
  return [...new Set(grave)].join('; ');
}

/** The fault that a complaint means. Every text here is of lc_messages = C. */
export function faultOf(complaint: string, folders: Folders, version: string): Fault {
  const reason = complaint === '' ? 'it said nothing' : complaint;
  if (/No space left on device|Disk quota exceeded|File too large/i.test(complaint)) {
    return diskFull(folders.postgres, reason);
  }
  if (/incompatible with server|initialized by PostgreSQL version/i.test(complaint)) {
    return otherVersion(folders.cluster, reason, version);
  }
  if (/shared librar|cannot execute|Exec format error|not found \(required by/i.test(complaint)) {
    return programsDoNotRun('postgres', reason);
  }
  const isDamage =
    /checkpoint record|checksum|magic|pg_control|control file|find the database system|corrupt|invalid page|not a valid data directory|invalid data|could not (?:open|read|stat|access) (?:file|directory)|required (?:WAL )?(?:file|directory)|unexpected/i;
  if (isDamage.test(complaint)) return folderDamaged(folders.cluster, reason, folders.log);
  return notStarted(folders.cluster, reason, folders.log);
}

/** The fault of a server that runs and refuses even its superuser. */
export function refusalFault(sqlstate: string, reason: string, folders: Folders): Fault {
  return sqlstate.startsWith('28')
    ? folderUnreachable(folders.cluster, userInfo().username, reason)
    : folderDamaged(folders.cluster, reason, folders.log);
}

function listLog(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => join(folder, name));
}

function readFrom(path: string, start: number): string {
  const file = openSync(path, 'r');
  try {
    const { size } = statSync(path);
    const from = Math.max(size < start ? 0 : start, size - mostBytes); // shorter than before: it was begun anew
    const buffer = Buffer.alloc(Math.max(0, size - from));
    readSync(file, buffer, 0, buffer.length, from);
    return buffer.toString('utf8');
  } finally {
    closeSync(file);
  }
}
