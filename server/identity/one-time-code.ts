import { randomInt } from 'node:crypto';
import { transaction } from '../database/index.ts';
import { readMobiles } from '../membership/index.ts';
import { enqueueNotice, sealSecret } from '../notices/index.ts';
import { Fault, meaningOf, nationalIdText, withLatinDigits } from '../platform/index.ts';
import { takeLimit, TooOften, type Limit } from './limits.ts';
import { claimWaiting, putCode, takeTry, useCode, type WaitingCode } from './one-time-code-store.ts';
import type { IdentityParts } from './parts.ts';
import { isSame, keyedHash, seal, unseal } from './secrets.ts';

/**
 * Codes by which a person is known: six digits, two minutes, five tries, one at a time. What is asked for somebody whom the
 * register does not know takes the same way through the database; only what is sent afterwards differs, and of that the
 * asker sees nothing.
 */
const digits = 6;
const lifeMinutes = 2;
const mostTries = 5;

const quarter = 15 * 60;
const day = 24 * 60 * 60;
const limits = {
  perPerson: { name: 'codes of a person', most: 5, seconds: quarter },
  perPersonAndDay: { name: 'codes of a person in a day', most: 15, seconds: day },
  perNumber: { name: 'codes to a number', most: 8, seconds: quarter },
  perNetwork: { name: 'codes from a network', most: 40, seconds: quarter },
  triesPerNetwork: { name: 'tries from a network', most: 100, seconds: quarter },
} as const satisfies Record<string, Limit>;

export interface CodeRequest {
  readonly person: bigint;
  /** The address of the asker, or the network that is one household's or office's. */
  readonly network: string;
}

/** @throws Fault RATE_LIMITED, DATABASE_… */
export async function requestCode(parts: IdentityParts, { person, network }: CodeRequest): Promise<void> {
  const { pool, clock, ids, keys, count } = parts;
  const key = nationalIdText(person);
  const waits = [
    await takeLimit(parts, limits.perNetwork, network),
    await takeLimit(parts, limits.perPerson, key),
    await takeLimit(parts, limits.perPersonAndDay, key),
  ];
  const wait = Math.max(...waits);
  if (wait > 0) {
    count('code-request', 'limited');
    throw new TooOften(wait);
  }
  const code = String(randomInt(10 ** digits)).padStart(digits, '0');
  const [id = 0n] = await ids.make([person]);
  const issuedAt = clock.now();
  await putCode(pool, {
    person,
    id,
    codeHash: hashOf(keys, person, id, code),
    sealed: seal(keys, 'one-time codes', code),
    issuedAt,
    expiresAt: new Date(issuedAt.getTime() + lifeMinutes * 60_000),
  });
  count('code-request', 'done');
}

/** Uses a code up. @returns whether it was the right one; of a wrong one nothing is said of what is wrong with it */
export async function checkCode(
  parts: IdentityParts,
  { person, network, code }: CodeRequest & { readonly code: string },
): Promise<boolean> {
  const { pool, clock, keys, count } = parts;
  const wait = await takeLimit(parts, limits.triesPerNetwork, network);
  if (wait > 0) {
    count('code', 'limited');
    throw new TooOften(wait);
  }
  const now = clock.now();
  const written = withLatinDigits(code.trim());
  const isRight = await transaction(pool, async (client) => {
    // Counted and committed also when it is wrong; others who try this person's code wait for this one.
    const live = await takeTry(client, person, now, mostTries);
    const wanted = live?.codeHash ?? Buffer.alloc(32);
    const isEqual = isSame(hashOf(keys, person, live?.id ?? 0n, written), wanted);
    if (live === undefined || !isEqual) return false;
    await useCode(client, person, live.id, now);
    // Nobody is let in by a guess at a code that was never sent.
    return (await readMobiles(client, [person])).has(person);
  });
  count('code', isRight ? 'done' : 'wrong');
  return isRight;
}

export function refusedCode(): Fault {
  return new Fault('SIGN_IN_REFUSED', meaningOf('SIGN_IN_REFUSED'));
}

const atOnce = 50;

/**
 * Hands what was asked for to the outbox, for those who have a registered mobile.
 * @returns how many were looked at
 */
export async function sendWaitingCodes(parts: IdentityParts): Promise<number> {
  const { pool, clock } = parts;
  const now = clock.now();
  const claimed = await transaction(pool, async (client) => {
    const waiting = await claimWaiting(client, atOnce);
    const mobiles = await readMobiles(
      client,
      waiting.map(({ person }) => person),
    );
    const addressed = waiting
      .map((each) => ({ ...each, mobile: mobiles.get(each.person) ?? null }))
      // In one order in all processes, so that none waits for the other for ever.
      .toSorted((one, other) => Number((one.mobile ?? 0n) - (other.mobile ?? 0n)));
    for (const { mobile, ...each } of addressed) {
      if (mobile === null || each.expiresAt <= now) continue;
      // On the connection of this transaction: others that wait for its rows may hold all the others.
      if ((await takeLimit({ ...parts, pool: client }, limits.perNumber, String(mobile))) > 0) {
        // Said to nobody: it would tell whose number it is.
        parts.count('code-request', 'limited');
        continue;
      }
      await enqueueNotice(client, clock, parts.ids, noticeOf(parts, each, mobile));
    }
    return waiting.length;
  });
  return claimed;
}

function noticeOf({ keys, origin }: IdentityParts, { person, id, sealed, expiresAt }: WaitingCode, mobile: bigint) {
  return {
    owner: person,
    person,
    event: 'oneTimeCode' as const,
    data: { minutes: lifeMinutes, host: hostForBrowsers(origin()) },
    mobile,
    secret: sealSecret(keys, unseal(keys, 'one-time codes', sealed)),
    uselessAfter: expiresAt,
    key: String(id),
  };
}

/** A browser offers the code to the page of this host alone; without TLS it offers none. */
function hostForBrowsers(origin: string): string | null {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' ? hostname : null;
}

function hashOf(keys: IdentityParts['keys'], person: bigint, id: bigint, code: string): Buffer {
  return keyedHash(keys, 'one-time codes', `${person}:${id}:${code}`);
}
