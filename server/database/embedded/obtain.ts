import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { notStarted } from '../faults.ts';
import type { OnProgress } from '../progress.ts';
import type { Account } from './account.ts';
import { awaitComplaint, faultOf, markLog, refusalFault, type LogMark } from './complaint.ts';
import { chooseSocketFolder, dropSocketFolder, type Folders } from './folders.ts';
import {
  discardEmptyPidFile,
  discardPidFile,
  discardStrangersSocketLock,
  findSituation,
  readPidFile,
  type Situation,
} from './pid-file.ts';
import { startPostmaster, stopPostmaster, type Started } from './postmaster.ts';
import { isPostmasterOf } from './process.ts';
import type { Programs } from './programs.ts';
import { greet, servesFolder, type Greeting } from './speak.ts';

export interface Site {
  readonly folders: Folders;
  readonly account: Account;
  readonly programs: Programs;
  /** What our connection calls itself: who we are, for others who find the folder taken. */
  readonly name: string;
  readonly onProgress: OnProgress;
}

export interface Obtained {
  /** A superuser's connection to the database `postgres`. */
  readonly client: Client;
  readonly pid: number;
  readonly socketFolder: string;
}

interface Attempt {
  readonly started: Started;
  readonly socketFolder: string;
  readonly log: LogMark;
}

/** Recovery after a crash reads at most about 1 GB of log; what takes longer than this is stuck. */
const limitMs = 5 * 60_000;
/** A process that is there and does not even say that it is starting. */
const silenceLimitMs = 60_000;

/**
 * A connection to the postmaster of the folder: the one that lives, awaited if it is starting or shutting down,
 * or a new one. Where the system is to end meanwhile, it is given up.
 */
export async function obtainPostmaster(site: Site, isGivenUp = () => false): Promise<Obtained> {
  const { cluster, log } = site.folders;
  const begun = performance.now();
  let attempt: Attempt | undefined;
  let lastAnswer = begun;
  let reason = 'it does not answer';
  const isHopeless = (): boolean => {
    const now = performance.now();
    return now - begun > limitMs || now - lastAnswer > silenceLimitMs || isGivenUp();
  };
  while (!isHopeless()) {
    const situation = await findSituation(cluster);
    const greeting = await approach(situation, site);
    if (situation.kind === 'there' && greeting.kind === 'ready') return { ...situation, client: greeting.client };
    if (greeting.kind === 'refused') await giveUp(attempt, greeting, site);
    if (greeting.kind === 'busy') lastAnswer = performance.now();
    if (greeting.kind !== 'ready') reason = greeting.reason;
    if (attempt?.started.ended.reason !== undefined) {
      reason = await whyAgain(attempt, site);
      attempt = undefined;
    }
    if (isHopeless()) break;
    if (situation.kind === 'none') attempt ??= begin(site);
    else if (attempt === undefined) site.onProgress('waiting', reason);
    await sleep(attempt === undefined ? 200 : 25);
  }
  throw notStarted(cluster, reason, log);
}

/** Speaks to the one that is there, if it has come so far as to have a socket, and makes sure that it is the right one. */
async function approach(situation: Situation, site: Site): Promise<Greeting> {
  if (situation.kind === 'none' || situation.socketFolder === '') {
    return { kind: 'silent', reason: 'it does not answer' };
  }
  const greeting = await greet(situation.socketFolder, site.name);
  if (greeting.kind !== 'ready' || (await isOurs(situation.pid, greeting.client, site))) return greeting;
  return { kind: 'silent', reason: 'the process that its lock file names serves another folder' };
}

function begin(site: Site): Attempt {
  const { folders, account } = site;
  const socketFolder = chooseSocketFolder(folders, account);
  discardStrangersSocketLock(socketFolder, folders.cluster);
  const log = markLog(folders.log);
  site.onProgress('starting');
  return { started: startPostmaster(folders, socketFolder, account, site.programs), socketFolder, log };
}

/** Why the one that we have started has ended, where another try makes sense; otherwise this is the end. */
async function whyAgain({ started, socketFolder, log }: Attempt, { folders, programs }: Site): Promise<string> {
  const complaint = await awaitComplaint(folders.log, log);
  // Another starter was quicker; or the processes of a server that was killed have not all ended yet.
  if (/lock file .* already exists|pre-existing shared memory block/.test(complaint)) return complaint;
  // A crash, or a full disk, between the making of the file and its first line.
  if (/lock file .* is empty/.test(complaint)) {
    discardEmptyPidFile(folders.cluster);
    return complaint;
  }
  dropSocketFolder(socketFolder);
  throw faultOf(complaint === '' ? (started.ended.reason ?? '') : complaint, folders, programs.version);
}

/** What we have started for nothing is stopped again; another's server is left alone. */
async function giveUp(
  attempt: Attempt | undefined,
  { sqlstate, reason }: { sqlstate: string; reason: string },
  { folders }: Site,
): Promise<never> {
  if (attempt !== undefined) {
    await stopPostmaster(attempt.started.pid, folders.cluster);
    dropSocketFolder(attempt.socketFolder);
  }
  throw refusalFault(sqlstate, reason, folders);
}

/** A folder that was copied while its server ran names that server; it is not the one of this folder. */
async function isOurs(pid: number, client: Client, { folders, account }: Site): Promise<boolean> {
  const file = readPidFile(folders.cluster);
  if (isPostmasterOf(pid, folders.cluster) || (await servesFolder(client, folders.cluster, account))) return true;
  await client.end();
  if (file?.pid === pid) discardPidFile(folders.cluster, file);
  return false;
}
