import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keysMissing, passphraseUnusable, passphraseWrong } from './faults.ts';

/** The files of the keys by their names. */
export type KeyFiles = ReadonlyMap<string, Buffer>;

const keyFile = /^[a-z][a-z0-9-]*\.(?:pem|key)$/;
const shortestPassphrase = 12;
const algorithm = 'aes-256-gcm';
/** About half a second and 128 MB for each guess. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 };

export function readKeyFiles(folder: string): KeyFiles {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder)
    .filter((name) => keyFile.test(name))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** By which the same keys are known again; says nothing about them. */
export function fingerprintOf(keys: KeyFiles): string | null {
  if (keys.size === 0) return null;
  const hash = createHash('sha256');
  for (const [name, bytes] of keys) hash.update(`${name}\n${createHash('sha256').update(bytes).digest('hex')}\n`);
  return hash.digest('hex');
}

/**
 * The passphrase as it stands in a file: without the line end, and the same however its letters were composed.
 * @throws Fault BACKUP_PASSPHRASE_WRONG
 */
export function readPassphrase(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw passphraseUnusable((error as Error).message);
  }
  const passphrase = text.replace(/\r?\n$/, '').normalize('NFKC');
  if (/[\r\n]/.test(passphrase)) throw passphraseUnusable(`${file} has more than one line`);
  if (passphrase.length < shortestPassphrase) {
    throw passphraseUnusable(`${file} has fewer than ${shortestPassphrase} characters`);
  }
  return passphrase;
}

/** @throws Fault KEYS_UNREADABLE where there are none */
export async function sealKeys(keys: KeyFiles, passphrase: string, folder: string): Promise<string> {
  if (keys.size === 0) throw keysMissing(folder);
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv(algorithm, await stretch(passphrase, salt), iv);
  const plain = JSON.stringify([...keys].map(([name, bytes]) => [name, bytes.toString('base64')]));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  const parts = { salt, iv, tag: cipher.getAuthTag(), sealed };
  const written = Object.entries(parts).map(([name, bytes]) => [name, bytes.toString('base64')]);
  return `${JSON.stringify({ how: 'scrypt N=131072 r=8 p=1, AES-256-GCM', ...Object.fromEntries(written) })}\n`;
}

/** @throws Fault BACKUP_PASSPHRASE_WRONG */
export async function unsealKeys(text: string, passphrase: string): Promise<KeyFiles> {
  const written = JSON.parse(text) as Record<string, unknown>;
  const part = (name: string): Buffer => Buffer.from(String(written[name]), 'base64');
  const decipher = createDecipheriv(algorithm, await stretch(passphrase, part('salt')), part('iv'), {
    authTagLength: 16,
  });
  try {
    decipher.setAuthTag(part('tag'));
    const plain = Buffer.concat([decipher.update(part('sealed')), decipher.final()]).toString('utf8');
    const files = JSON.parse(plain) as [string, string][];
    return new Map(files.map(([name, bytes]) => [name, Buffer.from(bytes, 'base64')]));
  } catch {
    throw passphraseWrong();
  }
}

/**
 * Puts the keys into the folder. Other ones that are there are moved aside and never lost.
 * @returns where those are now
 */
export function placeKeys(keys: KeyFiles, folder: string, now: Date): string | undefined {
  const present = readKeyFiles(folder);
  if (fingerprintOf(present) === fingerprintOf(keys)) return undefined;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  for (const [name, bytes] of keys) {
    if (!keyFile.test(name)) continue;
    writeFileSync(join(unfinished, name), bytes, { mode: 0o600, flush: true });
  }
  const aside = `${folder}.replaced-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  if (existsSync(folder)) renameSync(folder, aside);
  renameSync(unfinished, folder);
  return present.size === 0 ? undefined : aside;
}

function stretch(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 32, cost, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
