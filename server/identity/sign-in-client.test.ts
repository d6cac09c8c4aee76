import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { CustomFetch } from 'openid-client';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { Ids, systemClock as clock } from '../platform/index.ts';
import { createSignInClient } from './index.ts';
import type { OutsideIssuer } from './parts.ts';
import { createTestIdentity, origin } from './testing.ts';

/** At an issuer that somebody else runs: another process of ours would do, this one speaks over a real network. */

const sso = 'https://sso.example.org';
const people: Readonly<Record<string, object>> = {
  sara: { name: 'Sara N.', preferred_username: 'sara', groups: ['audit', 'football'] },
  nobody: { name: 'Nobody', preferred_username: 'nobody', groups: ['football'] },
  mina: { name: 'Mina', preferred_username: 'mina', provider_code: '100001' },
};

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const provider = new Provider(sso, {
  clients: [
    {
      client_id: 'estehqaq',
      client_secret: 'a secret of the two of us',
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: [`${origin}/login/callback`],
      post_logout_redirect_uris: [origin],
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }] },
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups', 'provider_code'] },
  cookies: { keys: [randomBytes(16).toString('hex')] },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
});
provider.proxy = true;
const answer = provider.callback();
const server = createServer((request, response) => void answer(request, response));
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
const { port } = server.address() as AddressInfo;

/** Behind its proxy, which speaks TLS. */
const atIssuer = (address: string | URL, asked: RequestInit): Promise<Response> => {
  const { pathname, search } = new URL(address, sso);
  const headers = new Headers(asked.headers);
  headers.set('x-forwarded-proto', 'https');
  headers.set('x-forwarded-host', new URL(sso).host);
  return fetch(`http://127.0.0.1:${port}${pathname}${search}`, { ...asked, headers, redirect: 'manual' });
};

const database = await freshDatabase();
const ids = new Ids(database.pool, clock);
const issuer: OutsideIssuer = {
  address: sso,
  clientId: 'estehqaq',
  clientSecret: 'a secret of the two of us',
  roleClaim: 'groups',
  roles: new Map([['audit', 'auditor']]),
  providerClaim: 'provider_code',
};
const { identity } = createTestIdentity(database, clock, ids, { outsideIssuer: issuer });
const fetchOutside: CustomFetch = (address, asked) =>
  atIssuer(address, { method: asked.method, headers: asked.headers, body: asked.body ?? null });
const notEmbedded: CustomFetch = () => Promise.reject(new Error('the embedded issuer is not asked'));
const client = createSignInClient(identity.parts, notEmbedded, fetchOutside);

afterAll(async () => {
  await identity.close();
  await ids.close();
  await database.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

interface Step {
  readonly at: string;
  readonly form?: string | undefined;
}

/** What the browser does with a page or a redirect. */
async function nextOf(told: Response, login: string): Promise<Step> {
  const location = told.headers.get('location');
  if (location !== null) return { at: location };
  const page = await told.text();
  const [, action = ''] = /action="([^"]+)"/.exec(page) ?? [];
  const [, prompt = ''] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
  if (prompt === '') throw new Error(`${told.status} ${page.slice(0, 300)}`);
  return { at: action, form: new URLSearchParams({ prompt, login, password: 'x' }).toString() };
}

/** Through the pages of that issuer, until the browser comes back. */
async function signInThere(address: string, login: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let step: Step = { at: address };
  while (!step.at.startsWith(origin)) {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const told = await atIssuer(
      step.at,
      step.form === undefined
        ? { headers: { cookie } }
        : {
            method: 'POST',
            headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
            body: step.form,
          },
    );
    for (const each of told.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      cookies.set(name, value);
    }
    step = await nextOf(told, login);
  }
  return new URL(step.at);
}

describe('an issuer of one’s own', () => {
  it('says who somebody is, and its groups which role', async () => {
    const { address, kept } = await client.begin({ door: 'staff', next: '/staff' });
    const asked = new URL(address);
    expect(asked.origin).toBe(sso);
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
    const back = await signInThere(address, 'sara');
    const { user, next, issuerToken = '' } = await client.end(back, kept);
    expect([user, next]).toEqual(['sara', '/staff']);
    const opened = await identity.openAccountSession({ user, issuerToken });
    expect(opened.holder).toEqual({ kind: 'staff', user: 'sara', role: 'auditor' });
    const ended = await identity.endSession(opened.holder, opened.id);
    const out = new URL((await client.findSignOutAddress(ended?.issuerToken ?? '')) ?? '');
    expect([out.origin, out.searchParams.get('id_token_hint')]).toEqual([sso, issuerToken]);
    // The code was used: what was overheard lets nobody in.
    await expect(client.end(back, kept)).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' });
  });

  it('names a clerk’s provider', async () => {
    const { address, kept } = await client.begin({ door: 'provider', next: '/provider' });
    const { user } = await client.end(await signInThere(address, 'mina'), kept);
    const { holder } = await identity.openAccountSession({ user });
    expect(holder).toEqual({ kind: 'provider', code: '100001', user: 'mina' });
  });

  it('lets nobody in whose groups are none of ours', async () => {
    const { address, kept } = await client.begin({ door: 'staff', next: '/staff' });
    const back = await signInThere(address, 'nobody');
    await expect(client.end(back, kept)).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' });
  });

  it('is believed only with the state, and by the browser that began', async () => {
    const one = await client.begin({ door: 'staff', next: '/staff' });
    const other = await client.begin({ door: 'staff', next: '/staff' });
    const back = await signInThere(one.address, 'sara');
    for (const kept of [other.kept, '', 'x', `${one.kept.slice(0, -4)}AAAA`]) {
      await expect(client.end(back, kept)).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' });
    }
    const changed = new URL(back);
    changed.searchParams.set('state', 'another');
    await expect(client.end(changed, one.kept)).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' });
    await expect(client.end(back, one.kept)).resolves.toMatchObject({ user: 'sara' });
  });
});
