import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Fault } from './errors.ts';

/** What an installation alone knows. Whoever has the files can make tokens and read tracking codes. */
export interface Keys {
  /** Ed25519: signs bearer tokens, and checks them. */
  readonly tokenKey: { readonly sign: KeyObject; readonly check: KeyObject };
  /** 16 bytes: tracking codes are a permutation under this key. */
  readonly trackingKey: Buffer;
  /** 32 bytes: goes into the hash of whatever is short enough to be guessed. */
  readonly pepper: Buffer;
}

/**
 * Reads the keys in the folder, and makes those that are not there, each once: of several starters all read what the
 * first has made. Files are of mode 0600, the folder 0700.
 * @throws Fault KEYS_UNREADABLE
 */
export function openKeys(folder: string): Keys {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    const sign = createPrivateKey(obtain(join(folder, 'token.pem'), makeTokenKey));
    if (sign.asymmetricKeyType !== 'ed25519') throw new TypeError('token.pem is no Ed25519 key');
    return {
      tokenKey: { sign, check: createPublicKey(sign) },
      trackingKey: obtainBytes(join(folder, 'tracking.key'), 16),
      pepper: obtainBytes(join(folder, 'pepper.key'), 32),
    };
  } catch (error) {
    throw new Fault(
      'KEYS_UNREADABLE',
      `The keys in ${folder} cannot be read or made: ${(error as Error).message}. ` +
        'Give this account the right to the folder, or put the keys of the backup there. Without them no token and no tracking code of the past is understood.',
      error,
    );
  }
}

function makeTokenKey(): Buffer {
  const { privateKey } = generateKeyPairSync('ed25519');
  return Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

function obtainBytes(path: string, length: number): Buffer {
  const bytes = obtain(path, () => randomBytes(length));
  if (bytes.length !== length) throw new RangeError(`${path} is not ${length} bytes long`);
  return bytes;
}

/** A link is made at once or not at all, and never over another: nobody reads half a key, and there is only one. */
function obtain(path: string, make: () => Buffer): Buffer {
  try {
    chmodSync(path, 0o600);
    return readFileSync(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  const unfinished = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeDurably(unfinished, make());
    linkSync(unfinished, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
  return readFileSync(path);
}

function writeDurably(path: string, bytes: Buffer): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return (error as { code?: unknown }).code === code;
}
