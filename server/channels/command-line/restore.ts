import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { readConfig } from '../../config.ts';
import { openDatabase, restore, type CheckedBackup, type Restored } from '../../database/index.ts';
import { systemClock } from '../../platform/index.ts';
import { countRows, readThrough } from './backup.ts';
import { showProgress } from './progress.ts';

interface Options {
  readonly passphraseFile?: string;
  readonly withoutKeys?: true;
  readonly json?: true;
}

const help = `
Reads the whole backup first and changes nothing unless every file is as it was written. The data folder (ESTEHQAQ_DATA) or
the database (DATABASE_URL) must be empty, and no system may run on it. What fails half-way leaves it empty.
A backup of an older release is brought up to this one.

Examples:
  ESTEHQAQ_DATA=new-data npx --no-install estehqaq restore BACKUP --passphrase-file PASSPHRASE`;

export function addRestore(program: Command): void {
  program
    .command('restore')
    .description('fill an empty system with a backup')
    .argument('<folder>', 'the backup')
    .option('--passphrase-file <file>', 'one line: the passphrase under which the keys are encrypted')
    .option('--without-keys', 'the keys of the backup are lost: make new ones, and understand no old tracking code')
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    .action(run);
}

async function run(folder: string, options: Options): Promise<void> {
  const { passphraseFile, json } = options;
  const withoutKeys = options.withoutKeys === true;
  const backup = await readThrough(resolve(folder), passphraseFile, !withoutKeys);
  const restored = await fill(backup, withoutKeys);
  const { rows, migrated, keysMovedTo } = restored;
  const lines = [
    `restored: as of ${backup.manifest.madeAt}, ${rows} rows`,
    ...(migrated.length === 0 ? [] : [`brought up to this release: ${migrated.join(', ')}`]),
    ...(keysMovedTo === undefined ? [] : [`other keys that were here are now in ${keysMovedTo}`]),
  ];
  process.stdout.write(
    `${json === true ? JSON.stringify({ madeAt: backup.manifest.madeAt, ...restored }) : lines.join('\n')}\n`,
  );
}

async function fill(backup: CheckedBackup, withoutKeys: boolean): Promise<Restored> {
  const { dataFolder, databaseUrl, databaseUrlApp } = readConfig();
  const database = await openDatabase({
    dataFolder,
    databaseUrl,
    databaseUrlApp,
    purpose: 'a restore',
    onProgress: showProgress(),
  });
  const along = countRows('restored');
  try {
    return await restore(database, backup, {
      keysFolder: join(dataFolder, 'keys'),
      withoutKeys,
      clock: systemClock,
      onProgress: along.onProgress,
    });
  } finally {
    along.end();
    await database.close();
  }
}
