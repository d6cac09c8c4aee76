import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { accountMissing, folderOfAnother } from '../faults.ts';

/** The account of the operating system that PostgreSQL runs under. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** Programs are started with this account's ids: we are root, and PostgreSQL refuses to run as root. */
  readonly isOther: boolean;
}

/** An operator who wants the files to belong to nobody else makes an account of the first name. */
const accountsForRoot = ['estehqaq', 'nobody'];

/** Our own account; or, for root, the one that owns the cluster, or the first of the list. */
export function chooseAccount(cluster: string): Account {
  const { uid, gid, username } = userInfo();
  const owner = findOwner(cluster);
  if (uid !== 0) {
    if (owner !== undefined && owner !== uid) throw folderOfAnother(cluster, findName(owner) ?? `with uid ${owner}`);
    return { name: username, uid, gid, isOther: false };
  }
  if (owner !== undefined && owner !== 0) {
    // The name may be gone on a restored machine; the files still say whose they are.
    const ownerGid = ask(['-g', String(owner)]) ?? String(statSync(cluster).gid);
    return { name: findName(owner) ?? String(owner), uid: owner, gid: Number(ownerGid), isOther: true };
  }
  for (const name of accountsForRoot) {
    const [otherUid, otherGid] = [ask(['-u', name]), ask(['-g', name])];
    if (otherUid === undefined || otherGid === undefined || otherUid === '0') continue;
    return { name, uid: Number(otherUid), gid: Number(otherGid), isOther: true };
  }
  throw accountMissing(accountsForRoot);
}

/** What `spawn` needs to start a program under the account. */
export function asAccount(account: Account): { uid?: number; gid?: number } {
  return account.isOther ? { uid: account.uid, gid: account.gid } : {};
}

/** Asks the kernel, by a process of the account, so that access lists count as well as modes. */
export function canReach(account: Account, path: string): boolean {
  const test = spawnSync('/bin/sh', ['-c', 'test -r "$1" && test -x "$1"', 'sh', path], {
    ...asAccount(account),
    cwd: '/',
    stdio: 'ignore',
  });
  return test.status === 0;
}

/** Account names that the server lets in as our roles: root, we, and whoever owns the files, unless many share it. */
export function trustedNames(account: Account): readonly string[] {
  const names = ['root', userInfo().username];
  if (account.name !== 'nobody') names.push(account.name);
  return [...new Set(names)];
}

function findOwner(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.uid;
}

function findName(uid: number): string | undefined {
  return ask(['-un', String(uid)]);
}

function ask(args: readonly string[]): string | undefined {
  try {
    return execFileSync('id', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
