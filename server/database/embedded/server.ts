import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { Fault } from '../../platform/index.ts';
import { diskFull, folderInUse, folderUnreachable } from '../faults.ts';
import type { OnProgress } from '../progress.ts';
import { chooseAccount, type Account } from './account.ts';
import { makeCluster } from './cluster.ts';
import { dropSocketFolder, foldersOf, giveCluster, makeFolders, type Folders } from './folders.ts';
import { obtainPostmaster, type Obtained, type Site } from './obtain.ts';
import { readPidFile } from './pid-file.ts';
import { stopPostmaster } from './postmaster.ts';
import { preparePrograms } from './programs.ts';
import { writeSettings, type Settings } from './settings.ts';
import { findHolder, takeHold } from './speak.ts';

export interface EmbeddedOptions {
  readonly dataFolder: string;
  /** What this process is, in a word, for others who find the folder taken: "serve", "import". */
  readonly purpose: string;
  /** When another process of ours serves the folder: refuse to start, or use its server beside it. */
  readonly ifServed: 'refuse' | 'join';
  readonly onProgress: OnProgress;
  /** Beyond the usual ones; for tests of the server itself. */
  readonly settings?: Settings;
}

export interface EmbeddedServer {
  readonly folders: Folders;
  /** We hold the folder: we start PostgreSQL again when it ends, and stop it when we end. Otherwise we are a guest. */
  readonly isHeld: boolean;
  readonly socketFolder: string;
  readonly pid: () => number;
  /** Runs work on a superuser's connection. */
  readonly asSuperuser: <T>(work: (client: Client) => Promise<T>) => Promise<T>;
  readonly stop: () => Promise<void>;
}

const longestNameBytes = 63;
const longestPauseMs = 4_000;

/** The running server of the folder, made, started, adopted or joined as need be. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const site = await prepareSite(options);
  const obtained = await obtainPostmaster(site);
  if (await takeHold(obtained.client)) return supervise(site, obtained);
  const holder = (await findHolder(obtained.client)) ?? 'another process';
  if (options.ifServed === 'join') return beGuest(site, obtained);
  await obtained.client.end();
  throw folderInUse(site.folders.data, holder);
}

/** Folders, programs, cluster and settings: all that a start needs, and nothing that runs. */
export async function prepareSite(options: EmbeddedOptions): Promise<Site> {
  const folders = foldersOf(options.dataFolder);
  const account = chooseAccount(folders.cluster);
  const ending = ` (process ${process.pid})`;
  const name = options.purpose.slice(0, longestNameBytes - ending.length) + ending;
  try {
    return { ...(await layOut(folders, account, options)), name };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw diskFull(folders.postgres, message, error);
    if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code ?? '')) {
      throw folderUnreachable(folders.data, account.name, error);
    }
    throw error;
  }
}

async function layOut(folders: Folders, account: Account, options: EmbeddedOptions): Promise<Omit<Site, 'name'>> {
  const { onProgress } = options;
  makeFolders(folders, account);
  const programs = await preparePrograms(account, folders.postgres, () => {
    onProgress('copying-programs');
  });
  await makeCluster(folders, account, programs, () => {
    onProgress('creating-cluster');
  });
  giveCluster(folders, account);
  writeSettings(folders.cluster, account, options.settings ?? {});
  return { folders, account, programs, onProgress };
}

function beGuest({ folders }: Site, { client, pid, socketFolder }: Obtained): EmbeddedServer {
  return {
    folders,
    isHeld: false,
    socketFolder,
    pid: () => pid,
    asSuperuser: (work) => work(client),
    stop: () => client.end(),
  };
}

/**
 * Keeps the server alive. The connection that holds the folder is also the watch: it ends when PostgreSQL ends,
 * whoever's child that is.
 */
function supervise(site: Site, first: Obtained): EmbeddedServer {
  let current = first;
  let isStopping = false;
  let revival: Promise<void> | undefined;

  const watch = (client: Client): void => {
    client.once('end', () => {
      if (isStopping) return;
      revival = revive(site, () => isStopping).then((next) => {
        if (next === undefined) return;
        current = next;
        watch(next.client);
      });
    });
  };
  watch(first.client);

  return {
    folders: site.folders,
    isHeld: true,
    socketFolder: first.socketFolder,
    pid: () => current.pid,
    asSuperuser: (work) => work(current.client),
    stop: async () => {
      isStopping = true;
      await revival;
      // The hold goes last, with the server itself: nobody can take the folder while it is shutting down.
      const { cluster } = site.folders;
      await stopPostmaster(readPidFile(cluster)?.pid ?? current.pid, cluster);
      await current.client.end().catch(() => undefined);
      dropSocketFolder(current.socketFolder);
    },
  };
}

/** Starts PostgreSQL again until it runs; a full disk, say, may take its time to be put right. */
async function revive(site: Site, isStopping: () => boolean): Promise<Obtained | undefined> {
  site.onProgress('restarting');
  for (let pause = 250; !isStopping(); pause = Math.min(pause * 2, longestPauseMs)) {
    try {
      const obtained = await obtainPostmaster(site, isStopping);
      // Another of our processes may have come first; it keeps the server alive then, and we try for the hold again.
      if (isStopping() || (await takeHold(obtained.client))) return obtained;
      await obtained.client.end();
    } catch (error) {
      if (isStopping()) break;
      site.onProgress('restart-failed', error instanceof Fault ? `${error.code}: ${error.message}` : String(error));
    }
    await sleep(pause);
  }
  return undefined;
}
