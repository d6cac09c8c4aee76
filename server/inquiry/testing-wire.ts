import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import type { Database } from '../database/index.ts';

/** For tests: the database behind a wire that can be cut, before or just after a statement has reached it. */

export type WireState =
  | 'whole'
  | 'cut'
  /** The first message with this text is swallowed, and the wire breaks. */
  | { readonly before: string }
  /** The first message with this text arrives, its answer does not, and the wire breaks. */
  | { readonly after: string };

export interface Wire {
  readonly database: Database;
  readonly set: (state: WireState) => void;
  readonly close: () => Promise<void>;
}

export async function wireTo(database: Database): Promise<Wire> {
  const { options } = database.pool;
  const folder = mkdtempSync(join(tmpdir(), 'estehqaq-wire-'));
  const name = `.s.PGSQL.${options.port ?? 5432}`;
  const sockets = new Set<Socket>();
  let state: WireState = 'whole';
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  const server = createServer((near) => {
    const far = createConnection(join(options.host ?? '', name));
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        near.destroy();
        far.destroy();
      });
    }
    if (state === 'cut') near.destroy();
    let isDeaf = false;
    near.on('data', (data) => {
      if (typeof state === 'object') {
        const text = 'before' in state ? state.before : state.after;
        if (data.includes(text)) {
          if ('before' in state) {
            state = 'whole';
            near.destroy();
            return;
          }
          state = 'whole';
          isDeaf = true;
        }
      }
      far.write(data);
    });
    far.on('data', (data) => {
      if (isDeaf) near.destroy();
      else near.write(data);
    });
  });
  await listen(server, join(folder, name));
  const pool = new Pool({ ...options, host: folder });
  pool.on('error', () => undefined);
  // A connection that breaks while it is lent out tells everybody who listens; the query under way reports it, too.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    database: { ...database, pool },
    set: (next) => {
      state = next;
      if (next === 'cut') cut();
    },
    close: async () => {
      await pool.end();
      cut();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve) => server.listen(path, resolve));
}
