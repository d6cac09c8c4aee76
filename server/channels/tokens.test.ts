import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { openKeys } from '../platform/index.ts';
import { recordToken } from './command-line/token-store.ts';
import { makeToken, TokenReader, type TokenHolder } from './tokens.ts';

const folder = mkdtempSync(join(tmpdir(), 'estehqaq-tokens-'));
const keys = openKeys(join(folder, 'keys'));
const others = openKeys(join(folder, 'other'));
let now = new Date('2026-11-23T08:00:00Z');
const clock = { now: () => now };
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('tokens', () => {
  it.each<TokenHolder>([
    { kind: 'provider', code: '1001' },
    { kind: 'provider', code: 'a:b' },
    { kind: 'self', person: 12345679n },
    { kind: 'staff', user: 'reza', role: 'call-centre-agent' },
  ])('say who holds them: %o', async (holder) => {
    const { token } = await makeToken(holder, keys, clock);
    const reader = new TokenReader(keys, clock);
    expect(reader.findKnown(token)).toBeUndefined();
    expect(await reader.read(token)).toEqual(holder);
    expect(reader.findKnown(token)).toEqual(holder);
  });

  it('are good for an hour, also when they are known', async () => {
    const { token } = await makeToken({ kind: 'provider', code: '1001' }, keys, clock);
    const reader = new TokenReader(keys, clock);
    await reader.read(token);
    now = new Date('2026-11-23T08:59:59Z');
    expect(reader.findKnown(token)).toBeDefined();
    now = new Date('2026-11-23T09:00:00Z');
    expect(reader.findKnown(token)).toBeUndefined();
    await expect(reader.read(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    now = new Date('2026-11-23T08:00:00Z');
  });

  it('of other keys, other issuers and unknown roles are refused', async () => {
    const reader = new TokenReader(keys, clock);
    const { token } = await makeToken({ kind: 'provider', code: '1001' }, others, clock);
    const sign = (subject: string, issuer: string, role: string): Promise<string> =>
      new SignJWT({ role })
        .setProtectedHeader({ alg: 'EdDSA' })
        .setIssuer(issuer)
        .setAudience('estehqaq-api')
        .setSubject(subject)
        .setJti('1')
        .setExpirationTime(now.getTime() / 1000 + 60)
        .sign(keys.tokenKey.sign);
    const refused = [
      token,
      await sign('staff:reza', 'somebody', 'auditor'),
      await sign('staff:reza', 'estehqaq', 'insured'),
      await sign('person:1', 'estehqaq', ''),
      await sign('staff:', 'estehqaq', 'auditor'),
    ];
    for (const each of refused) await expect(reader.read(each)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await reader.read(await sign('staff:reza', 'estehqaq', 'auditor'))).toMatchObject({ role: 'auditor' });
  });

  it('are recorded before anybody has them', async () => {
    const database = await freshDatabase();
    const made = await makeToken({ kind: 'staff', user: 'reza', role: 'auditor' }, keys, clock);
    await recordToken(database.pool, made, 'root');
    const { rows } = await database.pool.query('select subject, token_id, issued_by from token_issued');
    expect(rows).toEqual([{ subject: 'staff:reza', token_id: made.id, issued_by: 'root' }]);
    expect(JSON.stringify(rows)).not.toContain(made.token);
    await database.close();
  });
});
