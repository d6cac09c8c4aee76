import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asBackupFault, damaged, passphraseMissing } from './faults.ts';
import { keysFileName, readManifest, type Manifest, type TableEntry } from './manifest.ts';
import { unsealKeys, type KeyFiles } from './sealed-keys.ts';
import { readTableFile } from './table-file.ts';

/** A backup of which every file has been read and is as it was written. */
export interface CheckedBackup {
  readonly folder: string;
  readonly manifest: Manifest;
  /** `undefined`: they were left out, or no passphrase was given. */
  readonly keys: KeyFiles | undefined;
}

export interface CheckOptions {
  readonly folder: string;
  readonly passphrase: string | undefined;
  /** A restore needs the keys; a look at the backup does not. */
  readonly needsKeys: boolean;
  readonly onProgress?: (table: string, rows: number) => void;
}

/** @throws Fault BACKUP_NOT_WHOLE, BACKUP_DAMAGED, BACKUP_OTHER_RELEASE, BACKUP_PASSPHRASE_WRONG, BACKUP_UNREACHABLE */
export async function checkBackup(options: CheckOptions): Promise<CheckedBackup> {
  const { folder, onProgress } = options;
  try {
    const manifest = readManifest(folder);
    const keys = await openKeysOf(manifest, options);
    let rows = 0;
    for (const entry of manifest.tables) {
      await readEntry(folder, entry);
      rows += entry.rows;
      onProgress?.(entry.table, rows);
    }
    return { folder, manifest, keys };
  } catch (error) {
    throw asBackupFault(error, folder);
  }
}

/** Reads the file of one table, perhaps into something. @throws Fault BACKUP_DAMAGED, or what `to` throws */
export async function readEntry(
  folder: string,
  entry: TableEntry,
  to?: Parameters<typeof readTableFile>[1],
): Promise<void> {
  const { file, rows, bytes, sha256 } = entry;
  const found = await readTableFile(join(folder, file), to).catch((error: unknown) => {
    throw asDamage(error, file);
  });
  if (found.sha256 !== sha256 || found.bytes !== bytes) throw damaged(`${file} is not as it was written`);
  if (found.rows !== rows) throw damaged(`${file} has ${found.rows} rows and should have ${rows}`);
}

async function openKeysOf(
  { keys }: Manifest,
  { folder, passphrase, needsKeys }: CheckOptions,
): Promise<KeyFiles | undefined> {
  if (keys.kind === 'left out') return undefined;
  const text = await readFile(join(folder, keysFileName), 'utf8').catch((error: unknown) => {
    throw asDamage(error, keysFileName);
  });
  if (createHash('sha256').update(text).digest('hex') !== keys.sha256) {
    throw damaged(`${keysFileName} is not as it was written`);
  }
  if (passphrase !== undefined) return unsealKeys(text, passphrase);
  if (needsKeys) throw passphraseMissing();
  return undefined;
}

function asDamage(error: unknown, file: string): unknown {
  const { code = '' } = error as { code?: string };
  if (code === 'ENOENT') return damaged(`${file} is missing`, error);
  return /^Z(?:STD)?_/.test(code) ? damaged(`${file} is not as it was written`, error) : error;
}
