import { DatabaseError } from 'pg';
import { Fault } from '../../platform/index.ts';
import { asFault } from '../sqlstate.ts';

/** What the operator is told, and what to do, when a backup cannot be made, checked or restored. */

export const folderNotEmpty = (folder: string): Fault =>
  new Fault(
    'BACKUP_FOLDER_NOT_EMPTY',
    `The folder ${folder} is not empty. A backup gets a folder of its own: name a new one.`,
  );

export const folderUnreachable = (folder: string, reason: string, cause: unknown): Fault =>
  new Fault('BACKUP_UNREACHABLE', `The folder ${folder} cannot be read or written: ${reason}.`, cause);

export const noSpace = (folder: string, cause: unknown): Fault =>
  new Fault(
    'BACKUP_DISK_FULL',
    `No space is left for the backup in ${folder}. What was written of it is taken away again; the system is untouched.`,
    cause,
  );

export const nothingThere = (): Fault =>
  new Fault(
    'BACKUP_NOTHING_THERE',
    'Nothing has ever been started here: there is nothing to back up. Name the right data folder in ESTEHQAQ_DATA, ' +
      'or the right server in DATABASE_URL.',
  );

export const notWhole = (folder: string): Fault =>
  new Fault(
    'BACKUP_NOT_WHOLE',
    `In ${folder} there is no whole backup: its last file, manifest.json, is missing. It was never finished; take another.`,
  );

export const otherFormat = (found: unknown, known: number): Fault =>
  new Fault(
    'BACKUP_OTHER_RELEASE',
    `The backup is of format ${String(found)}; this release reads format ${known}. Restore it with the release that made it.`,
  );

export const newerRelease = (release: string, names: readonly string[]): Fault =>
  new Fault(
    'BACKUP_OTHER_RELEASE',
    `The backup was made by release ${release}, whose migrations are not those of this one: ${names.join(', ')}. ` +
      'Nothing was changed. Restore it with that release or a later one.',
  );

export const damaged = (what: string, cause?: unknown): Fault =>
  new Fault('BACKUP_DAMAGED', `The backup is damaged: ${what}. Nothing was restored; take another copy of it.`, cause);

export const passphraseUnusable = (reason: string): Fault =>
  new Fault('BACKUP_PASSPHRASE_WRONG', `The passphrase cannot be used: ${reason}.`);

export const passphraseWrong = (): Fault =>
  new Fault(
    'BACKUP_PASSPHRASE_WRONG',
    'The keys do not open with this passphrase. Nothing was changed. Name the file with the passphrase that the backup was made with.',
  );

export const passphraseMissing = (): Fault =>
  new Fault(
    'BACKUP_PASSPHRASE_WRONG',
    'The backup has its keys in it, encrypted. Name the file with their passphrase: --passphrase-file FILE.',
  );

export const keysMissing = (folder: string): Fault =>
  new Fault(
    'KEYS_UNREADABLE',
    `There are no keys in ${folder}, so they cannot be backed up. Name the right folder in ESTEHQAQ_DATA, or say --keys leave-out.`,
  );

export const keysNotTheirs = (folder: string): Fault =>
  new Fault(
    'BACKUP_KEYS_MISSING',
    `The keys were left out of this backup, and those that belong to it are not in ${folder}. Put them there first; or say ` +
      '--without-keys: then new ones are made, and no tracking code or token of before is understood any more.',
  );

export const notEmpty = (tables: readonly string[]): Fault =>
  new Fault(
    'RESTORE_NOT_EMPTY',
    `This system is not empty (${tables.join(', ')}). Nothing was changed. Restore into an empty data folder (ESTEHQAQ_DATA) ` +
      'or an empty database (DATABASE_URL).',
  );

export const inUse = (sessions: number): Fault =>
  new Fault(
    'RESTORE_SYSTEM_RUNS',
    `Another program works with this database (connections: ${sessions}). Nothing was changed. Stop it and try again.`,
  );

export const otherKind = (here: string, inBackup: string): Fault =>
  new Fault(
    'INSTALLATION_OTHER_KIND',
    `The backup is of a ${inBackup} installation, and here a ${here} one was begun. Nothing was changed. Restore into an empty one.`,
  );

const noSpaceCodes = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Errors of the database and of the folder as faults; mistakes of our own stay what they are. */
export function asBackupFault(error: unknown, folder: string): unknown {
  if (error instanceof Fault || error instanceof DatabaseError) return asFault(error);
  const { code = '', path, message = '' } = error as Partial<NodeJS.ErrnoException>;
  if (noSpaceCodes.includes(code)) return noSpace(folder, error);
  return path !== undefined || code === 'EIO' ? folderUnreachable(folder, message, error) : asFault(error);
}
