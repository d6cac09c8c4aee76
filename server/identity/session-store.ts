import type { Pool, PoolClient } from 'pg';
import { asFault } from '../database/index.ts';
import type { Holder } from './holder.ts';
import { staffRoles } from './holder.ts';

type Reader = Pick<Pool | PoolClient, 'query'>;

export interface SessionRow {
  readonly tokenHash: Buffer;
  readonly holder: Holder;
  readonly device: string | null;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
}

interface Row extends Omit<SessionRow, 'holder'> {
  readonly kind: string;
  readonly person: bigint | null;
  readonly user: string | null;
  readonly role: string | null;
  readonly provider: string | null;
}

const selected = `select token_hash as "tokenHash", kind, person, user_name as "user", role, provider, device,
    created_at as "createdAt", seen_at as "seenAt", expires_at as "expiresAt" from session`;

/** Its holder as the row says; none where a role has been taken out of the code since. */
function toSession({ kind, person, user, role, provider, ...row }: Row): SessionRow[] {
  if (kind === 'person' && person !== null) return [{ ...row, holder: { kind: 'self', person } }];
  if (user === null) return [];
  if (kind === 'clerk' && provider !== null) return [{ ...row, holder: { kind: 'provider', code: provider, user } }];
  const known = staffRoles.find((each) => each === role);
  return known === undefined ? [] : [{ ...row, holder: { kind: 'staff', user, role: known } }];
}

async function ask<Found extends object>(reader: Reader, text: string, values: unknown[]): Promise<Found[]> {
  try {
    return (await reader.query<Found>(text, values)).rows;
  } catch (error) {
    throw asFault(error);
  }
}

export interface NewSession extends SessionRow {
  readonly subject: string;
  readonly issuerToken: Buffer | null;
}

export async function insertSession(reader: Reader, session: NewSession): Promise<void> {
  const { holder } = session;
  await ask(
    reader,
    `insert into session (token_hash, subject, kind, person, user_name, role, provider, device, issuer_token, created_at,
       seen_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      session.tokenHash,
      session.subject,
      { self: 'person', staff: 'staff', provider: 'clerk' }[holder.kind],
      holder.kind === 'self' ? holder.person : null,
      holder.kind === 'self' ? null : (holder.user ?? null),
      holder.kind === 'staff' ? holder.role : null,
      holder.kind === 'provider' ? holder.code : null,
      session.device,
      session.issuerToken,
      session.createdAt,
      session.seenAt,
      session.expiresAt,
    ],
  );
}

/** One that has neither ended nor expired; idle ones are the caller's to refuse. */
export async function findSession(reader: Reader, tokenHash: Buffer, now: Date): Promise<SessionRow | undefined> {
  const rows = await ask<Row>(reader, `${selected} where token_hash = $1 and ended_at is null and expires_at > $2`, [
    tokenHash,
    now,
  ]);
  return rows.flatMap(toSession)[0];
}

export async function touchSession(reader: Reader, tokenHash: Buffer, now: Date): Promise<void> {
  await ask(reader, 'update session set seen_at = $2 where token_hash = $1 and seen_at < $2', [tokenHash, now]);
}

export async function listSessions(reader: Reader, subject: string, now: Date): Promise<readonly SessionRow[]> {
  const rows = await ask<Row>(
    reader,
    `${selected} where subject = $1 and ended_at is null and expires_at > $2 order by created_at desc limit 100`,
    [subject, now],
  );
  return rows.flatMap(toSession);
}

/** @returns what an issuer outside wants to see, sealed, or null; nothing where there was no such session */
export async function endSession(
  reader: Reader,
  tokenHash: Buffer,
  { at, by }: { readonly at: Date; readonly by: string },
): Promise<{ readonly issuerToken: Buffer | null } | undefined> {
  const rows = await ask<{ issuerToken: Buffer | null }>(
    reader,
    `update session set ended_at = $2, ended_by = $3 where token_hash = $1 and ended_at is null
     returning issuer_token as "issuerToken"`,
    [tokenHash, at, by],
  );
  return rows[0];
}

export async function endSessionsOfUser(
  reader: Reader,
  user: string,
  { at, by }: { readonly at: Date; readonly by: string },
): Promise<void> {
  await ask(reader, 'update session set ended_at = $2, ended_by = $3 where user_name = $1 and ended_at is null', [
    user,
    at,
    by,
  ]);
}
