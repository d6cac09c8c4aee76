import { transaction } from '../database/index.ts';
import { Fault, meaningOf } from '../platform/index.ts';
import { findAccount, findAccountAtIssuer, insertAccount, lockAccount, updateGrants } from './account-store.ts';
import type { Account } from './account.ts';
import { record } from './accounts.ts';
import { staffRoles, userNamePattern, type Holder, type StaffRole } from './holder.ts';
import type { IdentityParts, OutsideIssuer } from './parts.ts';
import { endSessionsOfUser } from './session-store.ts';
import { endSessionOf, openSession, type OpenedSession, type Session } from './sessions.ts';

/** Sessions of accounts: each acts in one role, the first of the account's until another is chosen. */

interface Opening {
  readonly device?: string | undefined;
  readonly issuerToken?: string | undefined;
}

/** @throws Fault SIGN_IN_REFUSED where there is no such account, or it is disabled; DATABASE_… */
export async function openAccountSession(
  parts: IdentityParts,
  { user, ...opening }: Opening & { readonly user: string },
): Promise<OpenedSession> {
  return transaction(parts.pool, async (client) => {
    // Locked: whoever disables the account finds this session, or this one finds it disabled.
    const account = await lockAccount(client, user);
    const holder = account === undefined ? undefined : holderOf(account);
    if (holder === undefined) throw new Fault('SIGN_IN_REFUSED', meaningOf('SIGN_IN_REFUSED'));
    return openSession(parts, { holder, ...opening }, client);
  });
}

function holderOf(account: Account, wanted?: StaffRole): Holder | undefined {
  const { state, kind, user, provider, roles } = account;
  if (state !== 'active') return undefined;
  if (kind === 'clerk') return provider === null ? undefined : { kind: 'provider', code: provider, user };
  const role = wanted === undefined ? roles[0] : roles.find((each) => each === wanted);
  return role === undefined ? undefined : { kind: 'staff', user, role };
}

/** In which roles the session's account may act, and how it is called; nothing for a person. */
export async function findAccountOf(
  { pool }: IdentityParts,
  { holder }: Pick<Session, 'holder'>,
): Promise<Pick<Account, 'displayName' | 'roles'> | undefined> {
  const user = holder.kind === 'self' ? undefined : holder.user;
  return user === undefined ? undefined : findAccount(pool, user);
}

/**
 * A new session in another role of the same account; the one before ends.
 * @throws Fault NOT_YOURS where the account has not that role
 */
export async function changeRole(parts: IdentityParts, session: Session, role: StaffRole): Promise<OpenedSession> {
  const { holder, device, expiresAt } = session;
  const opened = await transaction(parts.pool, async (client) => {
    const account = holder.kind === 'staff' ? await lockAccount(client, holder.user) : undefined;
    const wanted = account === undefined ? undefined : holderOf(account, role);
    if (wanted === undefined) throw new Fault('NOT_YOURS', meaningOf('NOT_YOURS'));
    return openSession(parts, { holder: wanted, device: device ?? undefined, notAfter: expiresAt }, client);
  });
  await endSessionOf(parts, holder, session.id);
  return opened;
}

export interface OutsideClaims {
  readonly subject: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * The account of somebody whom an issuer outside has named: made at the first sign-in, and at each one given what the
 * issuer says now. A user name of ours is never taken over.
 * @throws Fault SIGN_IN_REFUSED where the claims give no role, or the name is somebody else's
 */
export async function takeOutsideAccount(
  parts: IdentityParts,
  issuer: OutsideIssuer,
  { subject, claims }: OutsideClaims,
): Promise<string> {
  const granted = readGrants(issuer, claims);
  const user = readUserName(claims['preferred_username']) ?? readUserName(subject);
  const refused = new Fault('SIGN_IN_REFUSED', meaningOf('SIGN_IN_REFUSED'));
  if (granted === undefined || user === undefined) throw refused;
  const name = typeof claims['name'] === 'string' && claims['name'].trim() !== '' ? claims['name'].trim() : user;
  const displayName = name.slice(0, 100);
  return transaction(parts.pool, async (client) => {
    const known = await findAccountAtIssuer(client, issuer.address, subject);
    if (known === undefined) {
      const made = { user, displayName, ...granted, passwordHash: null };
      const isNew = await insertAccount(
        client,
        { ...made, issuer: issuer.address, issuerSubject: subject },
        parts.clock.now(),
      );
      if (!isNew) throw refused;
      await record(client, parts, user, 'added by its issuer', 'issuer');
      return user;
    }
    if (known.kind !== granted.kind) throw refused;
    await updateGrants(client, { user: known.user, displayName, ...granted });
    if (known.roles.join() !== granted.roles.join() || known.provider !== granted.provider) {
      await record(client, parts, known.user, `granted: ${granted.provider ?? granted.roles.join(', ')}`, 'issuer');
      // Nobody goes on in a role that was taken away.
      await endSessionsOfUser(client, known.user, { at: parts.clock.now(), by: 'issuer' });
    }
    return known.user;
  });
}

function readUserName(written: unknown): string | undefined {
  const name = typeof written === 'string' ? written.normalize('NFKC').trim().toLowerCase() : '';
  return userNamePattern.test(name) ? name : undefined;
}

function readGrants(
  { roleClaim, roles, providerClaim }: OutsideIssuer,
  claims: OutsideClaims['claims'],
): Pick<Account, 'kind' | 'roles' | 'provider'> | undefined {
  const named = [claims[roleClaim]].flat().flatMap((each) => (typeof each === 'string' ? [roles.get(each)] : []));
  const granted = staffRoles.filter((role) => named.includes(role));
  if (granted.length > 0) return { kind: 'staff', roles: granted, provider: null };
  const provider = claims[providerClaim];
  const isCode = typeof provider === 'string' && /^[^\s:]{1,40}$/.test(provider);
  return isCode ? { kind: 'clerk', roles: [], provider } : undefined;
}
