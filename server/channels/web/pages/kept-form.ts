import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Clock, Keys } from '../../../platform/index.ts';

/**
 * Where somebody who has to sign in first wanted to go, and what was typed in a form whose session had ended. It goes
 * with the browser through the sign-in, sealed: nobody else can put words into a form, nor read them there.
 */
export interface KeptForm {
  readonly path: string;
  /** None: only the way. */
  readonly fields?: Readonly<Record<string, string>>;
}

const cipher = 'aes-256-gcm';
const goodForMs = 60 * 60_000;
const nonceBytes = 12;
const tagBytes = 16;

interface Parts {
  readonly keys: Pick<Keys, 'pepper'>;
  readonly clock: Clock;
}

function keyOf({ keys }: Parts): Buffer {
  return Buffer.from(hkdfSync('sha256', keys.pepper, '', 'forms kept through a sign-in', 32));
}

export function sealForm(parts: Parts, form: KeptForm): string {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, keyOf(parts), nonce);
  const text = JSON.stringify({ ...form, at: parts.clock.now().getTime() });
  const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
  return Buffer.concat([nonce, sealed, sealing.getAuthTag()]).toString('base64url');
}

/** None for what was not sealed here, or too long ago. */
export function unsealForm(parts: Parts, sealed: string): KeptForm | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length <= nonceBytes + tagBytes) return undefined;
  try {
    const opening = createDecipheriv(cipher, keyOf(parts), bytes.subarray(0, nonceBytes));
    opening.setAuthTag(bytes.subarray(-tagBytes));
    const text = Buffer.concat([opening.update(bytes.subarray(nonceBytes, -tagBytes)), opening.final()]);
    const { at, ...form } = JSON.parse(text.toString('utf8')) as KeptForm & { readonly at: number };
    return parts.clock.now().getTime() - at > goodForMs ? undefined : form;
  } catch {
    return undefined;
  }
}
