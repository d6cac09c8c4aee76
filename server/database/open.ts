import { Client, type ClientConfig, type Pool } from 'pg';
import { startEmbedded, type EmbeddedServer } from './embedded/server.ts';
import { appRole, ownerRole } from './embedded/settings.ts';
import { migrate, requireMigrated } from './migrate.ts';
import { reachOwnServer } from './own-server.ts';
import { createPool, ownTypes } from './pool.ts';
import type { OnProgress } from './progress.ts';
import { databaseName, prepareCluster } from './roles.ts';

export interface OpenOptions {
  /** Where the embedded PostgreSQL keeps its files, below `postgres/`. */
  readonly dataFolder: string;
  /** DATABASE_URL: a server of one's own, whose user owns the database. Then no embedded one is started. */
  readonly databaseUrl?: string | undefined;
  /** DATABASE_URL_APP: the application's own user on that server, see roles.ts. */
  readonly databaseUrlApp?: string | undefined;
  /** What this process is, in a word; others who find the folder taken are told it. */
  readonly purpose?: string;
  /** When another process of ours serves the folder: refuse (the rule), or use its server as a guest. */
  readonly ifServed?: 'refuse' | 'join';
  readonly onProgress?: OnProgress;
}

export type DatabaseDescription =
  | {
      readonly kind: 'embedded';
      readonly version: string;
      readonly folder: string;
      readonly logFolder: string;
      readonly socketFolder: string;
      readonly database: string;
      readonly pid: number;
      /** Another process of ours started it and will stop it. */
      readonly isGuest: boolean;
    }
  | { readonly kind: 'own'; readonly version: string; readonly place: string };

export interface Database {
  /** Connections of the application's role: it has the rights that migrations grant it, no others. */
  readonly pool: Pool;
  /** Work that the application must not be able to do, such as making and dropping partitions: one connection of the owner. */
  readonly asOwner: <T>(work: (client: Client) => Promise<T>) => Promise<T>;
  readonly describe: () => DatabaseDescription;
  /** Ends the connections and, where we started or adopted it, the embedded server. */
  readonly close: () => Promise<void>;
}

export async function openDatabase(options: OpenOptions): Promise<Database> {
  return options.databaseUrl === undefined ? openEmbedded(options) : openOwn(options, options.databaseUrl);
}

async function openEmbedded(options: OpenOptions): Promise<Database> {
  const onProgress = options.onProgress ?? (() => undefined);
  const server = await startEmbedded({
    dataFolder: options.dataFolder,
    purpose: options.purpose ?? 'estehqaq',
    ifServed: options.ifServed ?? 'refuse',
    onProgress,
  });
  try {
    return await connectEmbedded(server, onProgress);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function connectEmbedded(server: EmbeddedServer, onProgress: OnProgress): Promise<Database> {
  const at = (user: string): ClientConfig => ({ host: server.socketFolder, port: 5432, user, database: databaseName });
  const owner = at(ownerRole);
  if (server.isHeld) {
    await server.asSuperuser(prepareCluster);
    await migrate(owner, undefined, (name) => {
      onProgress('migrating', name);
    });
  } else {
    await useClient(owner, requireMigrated);
  }
  const version = await server.asSuperuser(readVersion);
  return assemble({
    owner,
    app: at(appRole),
    describe: () => ({
      kind: 'embedded',
      version,
      folder: server.folders.postgres,
      logFolder: server.folders.log,
      socketFolder: server.socketFolder,
      database: databaseName,
      pid: server.pid(),
      isGuest: !server.isHeld,
    }),
    stop: server.stop,
  });
}

async function openOwn(options: OpenOptions, databaseUrl: string): Promise<Database> {
  const { owner, app, place, version } = await reachOwnServer(databaseUrl, options.databaseUrlApp);
  await migrate(owner, undefined, (name) => options.onProgress?.('migrating', name));
  return assemble({ owner, app, describe: () => ({ kind: 'own', version, place }), stop: () => Promise.resolve() });
}

interface Parts {
  readonly owner: ClientConfig;
  readonly app: ClientConfig;
  readonly describe: () => DatabaseDescription;
  readonly stop: () => Promise<void>;
  readonly poolSize?: number;
}

export function assemble({ owner, app, describe, stop, poolSize }: Parts): Database {
  const pool = createPool(app, poolSize);
  let closing: Promise<void> | undefined;
  return {
    pool,
    asOwner: (work) => useClient(owner, work),
    describe,
    close: () => (closing ??= pool.end().then(stop)),
  };
}

async function useClient<T>(config: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...config, types: ownTypes, application_name: 'estehqaq owner' });
  client.on('error', () => undefined); // the query that is under way reports it
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function readVersion(client: Client): Promise<string> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
  return rows[0]?.version ?? 'unknown';
}
