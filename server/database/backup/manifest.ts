import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { damaged, notWhole, otherFormat } from './faults.ts';

const format = 1;

const name = Type.String({ pattern: '^[a-z_][a-z0-9_]{0,62}$' });
const digits = Type.String({ pattern: '^[0-9]{1,19}$' });
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
const count = Type.Integer({ minimum: 0 });

const TableEntry = Type.Object({
  table: name,
  file: Type.String({ pattern: '^[a-z0-9_]+\\.copy\\.zst$' }),
  columns: Type.Array(name),
  partition: Type.Union([Type.Null(), Type.Object({ of: name, from: digits, to: digits })]),
  rows: count,
  bytes: count,
  sha256,
});

const Manifest = Type.Object({
  format: Type.Literal(format),
  /** From which moment everything in it is. */
  madeAt: Type.String(),
  release: Type.String(),
  lawVersion: Type.String(),
  postgres: Type.String(),
  migrations: Type.Array(Type.Object({ name: Type.String(), checksum: Type.String() })),
  tables: Type.Array(TableEntry),
  /** Tables that are empty after a restore: what was on its way through them. */
  leftEmpty: Type.Array(name),
  keys: Type.Object({
    kind: Type.Enum(['encrypted', 'left out']),
    /** By which the keys that belong to this backup are known again; null: there were none. */
    fingerprint: Type.Union([Type.Null(), sha256]),
    sha256: Type.Optional(sha256),
  }),
});

/** What a backup holds. It is written last: where it is, the backup is whole. */
export type Manifest = Static<typeof Manifest>;
export type TableEntry = Static<typeof TableEntry>;

const fileName = 'manifest.json';
export const keysFileName = 'keys.sealed.json';
export const currentFormat = format;

/** At once or not at all, and on the disk when this returns. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const unfinished = join(folder, `${fileName}.unfinished`);
  try {
    const text = JSON.stringify({ sha256: hashOf(manifest), ...manifest }, null, 2);
    await writeFile(unfinished, `${text}\n`, { flag: 'wx', mode: 0o600, flush: true });
    await rename(unfinished, join(folder, fileName));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await flushFolder(folder);
}

/** The names of files are on the disk, too. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @throws Fault BACKUP_NOT_WHOLE, BACKUP_DAMAGED, BACKUP_OTHER_RELEASE */
export function readManifest(folder: string): Manifest {
  const { sha256: hash, ...rest } = parse(readText(folder));
  if (hash !== hashOf(rest)) throw damaged(`${fileName} is not as it was written`);
  if (rest['format'] !== format) throw otherFormat(rest['format'], format);
  if (!Value.Check(Manifest, rest)) throw damaged(`${fileName} is not understood`);
  return rest;
}

function readText(folder: string): string {
  try {
    return readFileSync(join(folder, fileName), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw notWhole(folder);
    throw error;
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw damaged(`${fileName} is not as it was written`, error);
  }
}

function hashOf(rest: object): string {
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex');
}
