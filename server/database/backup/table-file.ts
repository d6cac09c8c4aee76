import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform, Writable, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';

/** What is known of a file: how many rows are in it, and what it is on the disk. */
export interface FileFacts {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

const lineEnd = 0x0a;

/**
 * The rows of one table as COPY writes them in text, compressed (zstd). A row is a line: a line end inside a value is
 * written as \n. Nothing is kept in memory but what is on its way; the file is on the disk when this returns.
 */
export async function writeTableFile(path: string, rows: Readable): Promise<FileFacts> {
  const lines = countLines();
  const file = hashFile();
  await pipeline(
    rows,
    lines.pass,
    createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
    file.pass,
    createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
  );
  return { rows: lines.count(), ...file.facts() };
}

/** Reads a file to its end, into `to` or just to look at it. */
export async function readTableFile(path: string, to: Writable = nowhere()): Promise<FileFacts> {
  const lines = countLines();
  const file = hashFile();
  await pipeline(createReadStream(path), file.pass, createZstdDecompress(), lines.pass, to);
  return { rows: lines.count(), ...file.facts() };
}

function nowhere(): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
}

/** Looks at what goes by. Not a generator: that breaks off where the decompressor has its fill before the file ends. */
function passBy(look: (chunk: Buffer) => void): Transform {
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      look(chunk);
      done(null, chunk);
    },
  });
}

function countLines(): { readonly pass: Transform; readonly count: () => number } {
  let lines = 0;
  const pass = passBy((chunk) => {
    for (let at = chunk.indexOf(lineEnd); at >= 0; at = chunk.indexOf(lineEnd, at + 1)) lines += 1;
  });
  return { pass, count: () => lines };
}

function hashFile(): { readonly pass: Transform; readonly facts: () => Omit<FileFacts, 'rows'> } {
  const hash = createHash('sha256');
  let bytes = 0;
  const pass = passBy((chunk) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  return { pass, facts: () => ({ bytes, sha256: hash.digest('hex') }) };
}
