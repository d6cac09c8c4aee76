import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropSocketFolder, foldersOf } from '../embedded/folders.ts';
import { readPidFile } from '../embedded/pid-file.ts';
import { stopPostmaster } from '../embedded/postmaster.ts';
import { isAlive } from '../embedded/process.ts';

/** Named in the configuration of vitest as its global setup. No server is started before a test asks for a database. */

const prefix = 'estehqaq-test-';
export const folderVariable = 'ESTEHQAQ_TEST_FOLDER';

let folder: string | undefined;

export async function setup(): Promise<void> {
  await sweep();
  folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  chmodSync(folder, 0o711); // root's server runs under another account
  process.env[folderVariable] = folder;
}

export async function teardown(): Promise<void> {
  if (folder !== undefined) await remove(folder);
}

/** A run that was killed could not tidy up; the next one does it. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^estehqaq-test-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await remove(join(tmpdir(), name)).catch(() => undefined);
  }
}

async function remove(path: string): Promise<void> {
  const { cluster } = foldersOf(path);
  const file = readPidFile(cluster);
  if (file !== undefined) {
    await stopPostmaster(file.pid, cluster);
    dropSocketFolder(file.socketFolder);
  }
  rmSync(path, { recursive: true, force: true });
}
