import { join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { readConfig } from '../../config.ts';
import { shippedBook } from '../../cases/index.ts';
import {
  backUp,
  checkBackup,
  openDatabase,
  readPassphrase,
  type CheckedBackup,
  type Manifest,
} from '../../database/index.ts';
import { systemClock } from '../../platform/index.ts';
import { countAlong, showProgress } from './progress.ts';

interface Options {
  readonly keys?: 'encrypt' | 'leave-out';
  readonly passphraseFile?: string;
  readonly verify?: true;
  readonly json?: true;
}

const help = `
Everything as it is at one moment, while the system runs, into an empty folder. The data of people stands in it readable:
keep it as you keep the database. The keys are in it only encrypted, or not at all; you say which.

Examples:
  npx --no-install estehqaq backup BACKUP --keys encrypt --passphrase-file PASSPHRASE
  npx --no-install estehqaq backup BACKUP --keys leave-out
  npx --no-install estehqaq backup --verify BACKUP`;

export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write everything into a folder, while the system runs')
    .argument('<folder>', 'empty, or not there yet')
    .addOption(
      new Option('--keys <what>', 'what becomes of the keys of the installation').choices(['encrypt', 'leave-out']),
    )
    .option('--passphrase-file <file>', 'one line: the passphrase under which the keys are encrypted')
    .option('--verify', 'read a backup through, and change nothing')
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    .action(run);
}

async function run(folder: string, options: Options, command: Command): Promise<void> {
  const { keys, passphraseFile, verify, json } = options;
  if (verify === true) {
    const { manifest } = await readThrough(resolve(folder), passphraseFile, false);
    tell(`whole, and as it was written`, manifest, json);
    return;
  }
  if (keys === undefined) {
    command.error(
      'error: say what becomes of the keys: --keys encrypt --passphrase-file FILE, or --keys leave-out ' +
        '(then keep them elsewhere: without them no tracking code of before is understood)',
    );
  }
  if ((keys === 'encrypt') !== (passphraseFile !== undefined)) {
    command.error('error: --keys encrypt needs --passphrase-file FILE, and --keys leave-out needs none');
  }
  const passphrase = passphraseFile === undefined ? undefined : readPassphrase(passphraseFile);
  tell('made', await write(resolve(folder), passphrase, releaseOf(command)), json);
}

async function write(folder: string, passphrase: string | undefined, release: string): Promise<Manifest> {
  const { dataFolder, databaseUrl, databaseUrlApp } = readConfig();
  const database = await openDatabase({
    dataFolder,
    databaseUrl,
    databaseUrlApp,
    purpose: 'a backup',
    ifServed: 'join',
    onProgress: showProgress(),
  });
  const along = countRows('written');
  try {
    return await backUp(database, {
      folder,
      keysFolder: join(dataFolder, 'keys'),
      passphrase,
      release,
      lawVersion: shippedBook.version,
      clock: systemClock,
      onProgress: along.onProgress,
    });
  } finally {
    along.end();
    await database.close();
  }
}

/** Every file of a backup, from its first byte to its last. */
export async function readThrough(
  folder: string,
  passphraseFile: string | undefined,
  needsKeys: boolean,
): Promise<CheckedBackup> {
  const passphrase = passphraseFile === undefined ? undefined : readPassphrase(passphraseFile);
  const along = countRows('read');
  try {
    return await checkBackup({ folder, passphrase, needsKeys, onProgress: along.onProgress });
  } finally {
    along.end();
  }
}

export function countRows(done: string): {
  readonly onProgress: (table: string, rows: number) => void;
  readonly end: () => void;
} {
  let words = '';
  const { report, end } = countAlong(() => words);
  return {
    onProgress: (table, rows) => {
      words = `${done}: ${rows} rows, ${table}`.padEnd(70);
      report();
    },
    end,
  };
}

function tell(what: string, manifest: Manifest, json: true | undefined): void {
  const { madeAt, release, lawVersion, tables, keys } = manifest;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0);
  const told = { madeAt, release, lawVersion, tables: tables.length, rows, bytes, keys: keys.kind };
  const text = `backup ${what}: as of ${madeAt}, ${tables.length} tables, ${rows} rows, ${bytes} bytes, keys ${keys.kind}`;
  process.stdout.write(`${json === true ? JSON.stringify(told) : text}\n`);
}

function releaseOf(command: Command): string {
  return command.parent?.version() ?? 'unknown';
}
