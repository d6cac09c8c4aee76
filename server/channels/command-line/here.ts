import { userInfo } from 'node:os';
import { join } from 'node:path';
import { readConfig, type Config } from '../../config.ts';
import { openDatabase, type Database } from '../../database/index.ts';
import { openKeys, systemClock, type Clock, type Keys } from '../../platform/index.ts';
import { claimInstallation, findInstallation } from '../../registries/index.ts';
import { showProgress } from './progress.ts';

/** What a command works with: the database of the running system, or one that it starts itself. */
export interface Here {
  readonly config: Config;
  readonly database: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  /** The account of the machine: who ran the command. */
  readonly account: string;
}

export async function withHere<T>(purpose: string, work: (here: Here) => Promise<T>): Promise<T> {
  const config = readConfig();
  const { dataFolder, databaseUrl, databaseUrlApp } = config;
  const onProgress = showProgress();
  const database = await openDatabase({
    dataFolder,
    databaseUrl,
    databaseUrlApp,
    purpose,
    ifServed: 'join',
    onProgress,
  });
  try {
    // Whoever puts real people into a fresh folder has made it a real one.
    if ((await findInstallation(database.pool)) === undefined) {
      await claimInstallation(database.pool, 'real', systemClock);
    }
    const keys = openKeys(join(dataFolder, 'keys'));
    return await work({ config, database, keys, clock: systemClock, account: userInfo().username });
  } finally {
    await database.close();
  }
}
