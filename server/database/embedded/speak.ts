import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, DatabaseError } from 'pg';
import { give } from './folders.ts';
import type { Account } from './account.ts';
import { superuser } from './settings.ts';

/** One of us holds this lock of the database `postgres` as long as it serves the folder. Any number will do. */
const holdKey = 7_170_421;

export type Greeting =
  | { readonly kind: 'ready'; readonly client: Client }
  /** Not now, but it is there: starting, recovering, shutting down, or out of connections. */
  | { readonly kind: 'busy'; readonly reason: string }
  | { readonly kind: 'silent'; readonly reason: string }
  /** It runs, and will not have us: it cannot open its own database, or does not know our account. */
  | { readonly kind: 'refused'; readonly reason: string; readonly sqlstate: string };

export async function greet(socketFolder: string, name: string): Promise<Greeting> {
  const client = new Client({
    host: socketFolder,
    port: 5432,
    user: superuser,
    database: 'postgres',
    application_name: name,
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined); // whoever keeps the client listens to 'end'
  try {
    await client.connect();
    return { kind: 'ready', client };
  } catch (error) {
    await client.end().catch(() => undefined);
    return readRefusal(error as Error);
  }
}

function readRefusal(error: Error): Greeting {
  const reason = error.message;
  if (!(error instanceof DatabaseError)) return { kind: 'silent', reason };
  const sqlstate = error.code ?? '';
  const isPassing = /^(?:57P0|53)/.test(sqlstate);
  return isPassing ? { kind: 'busy', reason } : { kind: 'refused', reason, sqlstate };
}

/** Whether that server's cluster is this folder, not one that this was copied from: it must see what we put here. */
export async function servesFolder(client: Client, cluster: string, account: Account): Promise<boolean> {
  const name = `seen-from-here.${randomBytes(8).toString('hex')}`;
  const path = join(cluster, name);
  writeFileSync(path, '', { mode: 0o600 }); // empty, so that a full disk does not matter
  try {
    give(path, account);
    const { rows } = await client.query<{ seen: boolean }>('select (pg_stat_file($1, true)).size is not null as seen', [
      name,
    ]);
    return rows[0]?.seen === true;
  } finally {
    rmSync(path, { force: true });
  }
}

/** Takes the folder for the life of this connection. The lock ends with us, however we end: it is never stale. */
export async function takeHold(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [holdKey]);
  return rows[0]?.held === true;
}

/** Who holds it: the name that it gave itself, as in "serve (process 4711)". */
export async function findHolder(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select activity.application_name as name
       from pg_locks held join pg_stat_activity activity on activity.pid = held.pid
      where held.locktype = 'advisory' and held.granted and held.objsubid = 1
        and held.classid = 0 and held.objid = $1
        and held.database = (select oid from pg_database where datname = current_database())`,
    [holdKey],
  );
  return rows[0]?.name;
}
