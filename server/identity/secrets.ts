import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import type { Keys } from '../platform/index.ts';

/** Keys for one purpose each, made from one that the installation has: keys of before and their backups stay whole. */

type Pepper = Pick<Keys, 'pepper'>;

function keyFor({ pepper }: Pepper, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', pepper, '', `identity: ${purpose}`, 32));
}

/** For what is short enough to be guessed: without the key of the installation nobody can try. */
export function keyedHash(keys: Pepper, purpose: string, text: string): Buffer {
  return createHmac('sha256', keyFor(keys, purpose)).update(text).digest();
}

/** For what is too long to be guessed. */
export function plainHash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** 256 bits that nobody guesses. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export function seal(keys: Pepper, purpose: string, text: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, keyFor(keys, `seal ${purpose}`), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** @throws Error where it was sealed with another key or for another purpose, or changed since */
export function unseal(keys: Pepper, purpose: string, sealed: Buffer): string {
  const decipher = createDecipheriv(algorithm, keyFor(keys, `seal ${purpose}`), sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
}

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Ed25519: with it the embedded issuer signs; another one than that of the bearer tokens we make ourselves. */
export function issuerKeyOf(keys: Pepper): { readonly sign: KeyObject; readonly check: KeyObject } {
  const der = Buffer.concat([pkcs8Head, keyFor(keys, 'signing key of the issuer')]);
  const sign = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { sign, check: createPublicKey(sign) };
}
