import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Keys } from '../platform/index.ts';

/** A secret as it may lie in the outbox: nobody reads it without the key of the installation. */
export type SealedSecret = Buffer & { readonly sealed: 'AES-256-GCM' };

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Its own key, made from one that the installation has: keys of before and their backups stay whole. */
function sealingKey({ pepper }: Pick<Keys, 'pepper'>): Buffer {
  return Buffer.from(hkdfSync('sha256', pepper, '', 'secrets of notices', 32));
}

export function sealSecret(keys: Pick<Keys, 'pepper'>, secret: string): SealedSecret {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, sealingKey(keys), nonce);
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]) as SealedSecret;
}

/** @throws Error where it was sealed with another key, or changed since */
export function openSecret(keys: Pick<Keys, 'pepper'>, sealed: Buffer): string {
  const decipher = createDecipheriv(algorithm, sealingKey(keys), sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
}
