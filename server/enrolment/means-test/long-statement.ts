import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createHash, type Hash } from 'node:crypto';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient, QueryResultRow } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { asFault } from '../../database/index.ts';

/** Passes over all households take longer than any statement of an inquiry ever may. */
const longestMs = 3 * 3_600_000;

export async function withoutLimit<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('set statement_timeout = 0');
  try {
    return await work();
  } finally {
    await client.query('reset statement_timeout').catch(() => undefined);
  }
}

export async function queryLong<Row extends QueryResultRow>(
  client: PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  try {
    const query = { text, values: [...values], query_timeout: longestMs };
    return (await client.query<Row>(query)).rows;
  } catch (error) {
    throw asFault(error);
  }
}

/**
 * Writes a file from a COPY, in constant memory, with a head before it; the file has its name only when it is whole.
 * @param select without a parameter: COPY takes none
 * @returns its SHA-256
 */
export async function copyToFile(
  client: PoolClient,
  { select, head, file }: { readonly select: string; readonly head: string; readonly file: string },
): Promise<string> {
  const unfinished = `${file}.unfinished`;
  const hash = createHash('sha256');
  const out = createWriteStream(unfinished, { mode: 0o600 });
  out.write(head);
  hash.update(head);
  await pipeline(client.query(copyTo(`copy (${select}) to stdout`)), hashing(hash), out);
  await rename(unfinished, file);
  return hash.digest('hex');
}

function hashing(hash: Hash): Transform {
  return new Transform({
    transform: (piece: Buffer, _encoding, done) => {
      hash.update(piece);
      done(null, piece);
    },
  });
}
