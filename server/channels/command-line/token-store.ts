import type { Pool } from 'pg';
import type { MadeToken } from '../tokens.ts';

/** Kept before the token is shown: there is none that nobody knows of. */
export async function recordToken(pool: Pool, made: MadeToken, issuedBy: string): Promise<void> {
  await pool.query(
    `insert into token_issued (subject, token_id, issued_at, expires_at, issued_by) values ($1, $2, $3, $4, $5)`,
    [made.subject, made.id, made.issuedAt, made.expiresAt, issuedBy],
  );
}
