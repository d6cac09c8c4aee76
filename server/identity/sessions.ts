import type { Pool, PoolClient } from 'pg';
import { subjectOf, type Holder } from './holder.ts';
import type { IdentityParts } from './parts.ts';
import { isSame, keyedHash, newToken, plainHash, seal, unseal } from './secrets.ts';
import {
  endSession,
  findSession,
  insertSession,
  listSessions,
  touchSession,
  type SessionRow,
} from './session-store.ts';

/** One browser that is signed in. */
export interface Session {
  /** By which it is listed and ended; whoever has it alone is not signed in. */
  readonly id: string;
  readonly holder: Holder;
  /** As the browser named itself, or null. */
  readonly device: string | null;
  readonly createdAt: Date;
  readonly seenAt: Date;
  /** It ends earlier where nothing is asked for a while. */
  readonly expiresAt: Date;
  /** Every form and every changing request of this session carries it. */
  readonly csrfToken: string;
}

export interface OpenedSession extends Session {
  /** What the cookie holds. Kept nowhere. */
  readonly token: string;
}

const minute = 60_000;
const hour = 60 * minute;

/** After how long a session ends: without a request, and in any case. Counters are shared, telephones are not. */
export const sessionLimits = {
  self: { idleMs: 30 * minute, longestMs: 12 * hour },
  provider: { idleMs: 60 * minute, longestMs: 12 * hour },
  staff: { idleMs: 30 * minute, longestMs: 10 * hour },
} as const satisfies Record<Holder['kind'], { idleMs: number; longestMs: number }>;

/** Not every request is written down. */
const touchedEveryMs = minute;
const longestDevice = 200;
const tokenPattern = /^[\w-]{43}$/;

export interface NewSessionRequest {
  readonly holder: Holder;
  readonly device?: string | undefined;
  /** Of an issuer outside: what it wants to see at the sign-out. */
  readonly issuerToken?: string | undefined;
  /** Of the session that this one takes the place of: it ends no later. */
  readonly notAfter?: Date;
}

/** @param client of the caller's transaction, where the session stands and falls with it */
export async function openSession(
  { pool, clock, keys, count }: IdentityParts,
  { holder, device, issuerToken, notAfter }: NewSessionRequest,
  client: Pick<Pool | PoolClient, 'query'> = pool,
): Promise<OpenedSession> {
  const token = newToken();
  const now = clock.now();
  const longest = now.getTime() + sessionLimits[holder.kind].longestMs;
  const row: SessionRow = {
    tokenHash: plainHash(token),
    holder,
    device: device?.toWellFormed().slice(0, longestDevice) ?? null,
    createdAt: now,
    seenAt: now,
    expiresAt: new Date(Math.min(longest, notAfter?.getTime() ?? longest)),
  };
  const sealed = issuerToken === undefined ? null : seal(keys, 'tokens of issuers', issuerToken);
  await insertSession(client, { ...row, subject: subjectOf(holder), issuerToken: sealed });
  count('session', 'done');
  return { ...tell(keys, row), token };
}

/** Whose cookie it is. @returns nothing for one that is unknown, ended, expired or idle */
export async function findSessionOf({ pool, clock, keys }: IdentityParts, token: string): Promise<Session | undefined> {
  if (!tokenPattern.test(token)) return undefined;
  const now = clock.now();
  const row = await findSession(pool, plainHash(token), now);
  if (row === undefined || isIdle(row, now)) return undefined;
  if (now.getTime() - row.seenAt.getTime() >= touchedEveryMs) await touchSession(pool, row.tokenHash, now);
  return tell(keys, row);
}

/** The same person's, in whatever role, the newest first. */
export async function listSessionsOf(
  { pool, clock, keys }: IdentityParts,
  holder: Holder,
): Promise<readonly Session[]> {
  const now = clock.now();
  const rows = await listSessions(pool, subjectOf(holder), now);
  return rows.filter((row) => !isIdle(row, now)).map((row) => tell(keys, row));
}

/**
 * Ends one of the holder's own sessions.
 * @returns nothing where the holder has none with this id; else what an issuer outside wants to see, or null
 */
export async function endSessionOf(
  { pool, clock, keys }: IdentityParts,
  holder: Holder,
  id: string,
): Promise<{ readonly issuerToken: string | null } | undefined> {
  const at = clock.now();
  const by = subjectOf(holder);
  const found = (await listSessions(pool, by, at)).find((row) => idOf(row) === id);
  const ended = found === undefined ? undefined : await endSession(pool, found.tokenHash, { at, by });
  if (ended === undefined) return undefined;
  const { issuerToken } = ended;
  return { issuerToken: issuerToken === null ? null : unseal(keys, 'tokens of issuers', issuerToken) };
}

/** Whether a request of this session comes from a page that we made for it. */
export function isCsrfTokenOf({ csrfToken }: Pick<Session, 'csrfToken'>, sent: string): boolean {
  return isSame(Buffer.from(sent), Buffer.from(csrfToken));
}

function isIdle({ holder, seenAt }: SessionRow, now: Date): boolean {
  return now.getTime() - seenAt.getTime() > sessionLimits[holder.kind].idleMs;
}

function idOf({ tokenHash }: SessionRow): string {
  return tokenHash.toString('hex').slice(0, 16);
}

function tell(keys: IdentityParts['keys'], row: SessionRow): Session {
  const { holder, device, createdAt, seenAt, expiresAt, tokenHash } = row;
  const csrfToken = keyedHash(keys, 'forms of sessions', tokenHash.toString('hex')).toString('base64url');
  return { id: idOf(row), holder, device, createdAt, seenAt, expiresAt, csrfToken };
}
