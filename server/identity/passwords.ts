import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { Fault, meaningOf } from '../platform/index.ts';

/** About 32 MB and a tenth of a second for each guess. */
const cost = { N: 2 ** 15, r: 8, p: 3 } as const;
const maxmem = 64 * 2 ** 20;
const keyBytes = 32;

/** Each takes a core and 32 MB: more at once would stop everything else. */
const atOnce = 2;
const longestQueue = 50;
let running = 0;
const queue: (() => void)[] = [];

async function stretch(password: string, salt: Buffer): Promise<Buffer> {
  if (running >= atOnce) {
    if (queue.length >= longestQueue) throw new Fault('OVERLOADED', meaningOf('OVERLOADED'));
    await new Promise<void>((begin) => queue.push(begin));
  } else running += 1;
  try {
    return await new Promise((done, failed) => {
      scrypt(password.normalize('NFKC'), salt, keyBytes, { ...cost, maxmem }, (error, key) => {
        if (error === null) done(key);
        else failed(error);
      });
    });
  } finally {
    const next = queue.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await stretch(password, salt);
  return `scrypt:${salt.toString('base64url')}:${key.toString('base64url')}`;
}

/** Takes the same time where there is no hash to compare with. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, salt = '', wanted = ''] = hash?.split(':') ?? [];
  const key = await stretch(password, Buffer.from(salt, 'base64url'));
  const expected = Buffer.from(wanted, 'base64url');
  return expected.length === key.length && timingSafeEqual(expected, key);
}

const shortest = 12;
export const longestPassword = 200;

/** What is wrong with a password of one's own choice; by length, since no other rule helps those who keep it. */
export function findPasswordFault(password: string, user: string): 'short' | 'long' | 'name' | undefined {
  const { length } = password.normalize('NFKC');
  if (length < shortest) return 'short';
  if (length > longestPassword) return 'long';
  return password.toLowerCase().includes(user) ? 'name' : undefined;
}

/** Without signs that are taken for one another. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Groups of four, about 79 bits: read out or copied once. */
export function makePassword(groups = 4): string {
  const group = (): string => Array.from({ length: 4 }, () => signs[randomInt(signs.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}
