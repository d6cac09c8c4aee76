import Fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { openSession } from '../../identity/index.ts';
import type { TokenHolder } from '../tokens.ts';
import { askers, requireLine, routeRoles, type Asker } from './roles.ts';
import { createRealWeb, webOrigin } from './testing.ts';

/** Every route of the description is asked as everybody; whoever has no line in the table is refused, by the server. */

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly security?: readonly object[] }>>>>;
}

const database = await freshDatabase();
const { app, bearer, identity, close } = await createRealWeb(database, { isDemo: true });
afterAll(async () => {
  await close();
  await database.close();
});

const described = (await app.inject('/openapi.json')).json<Described>();
const routes = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { security }]) => ({
    name: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    method: method.toUpperCase() as 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: path.replace(/\{\w+\}/g, '0012345679'),
    isBehindDoor: security !== undefined,
  })),
);
const lines: Readonly<Record<string, 'anybody' | 'gateway' | readonly Asker[]>> = routeRoles;

function holderOf(asker: Asker): TokenHolder {
  if (asker === 'self') return { kind: 'self', person: 12345679n };
  if (asker === 'provider') return { kind: 'provider', code: '100001' };
  if (asker === 'clerk') return { kind: 'provider', code: '100001', user: 'maryam' };
  return { kind: 'staff', user: 'reza', role: asker };
}

/** A clerk has no bearer token but a session; a new one each time, for some routes end it. */
async function headersOf(asker: Asker): Promise<Readonly<Record<string, string>>> {
  const holder = holderOf(asker);
  if (asker !== 'clerk') return bearer(holder);
  const { token, csrfToken } = await openSession(identity.parts, { holder });
  return { cookie: `session=${token}; __Host-session=${token}`, 'x-csrf-token': csrfToken, origin: webOrigin };
}

describe('roles and routes', () => {
  it('every route of the description has a line, and every line a route', () => {
    const names = routes.map(({ name }) => name);
    expect(names.filter((name) => !(name in lines))).toEqual([]);
    expect(names.length).toBeGreaterThan(30);
    expect(Object.keys(lines).filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(routes)('$name: whoever is not in its line is refused', async ({ name, method, url, isBehindDoor }) => {
    const allowed = lines[name] ?? [];
    const ask = async (asker: Asker | undefined) =>
      app.inject({ method, url, headers: asker === undefined ? {} : await headersOf(asker) });
    const nobody = await ask(undefined);
    if (allowed === 'anybody') {
      expect([401, 403]).not.toContain(nobody.statusCode);
      return;
    }
    expect(nobody.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(isBehindDoor).toBe(allowed !== 'gateway');
    for (const asker of askers) {
      const answer = await ask(asker);
      if (allowed === 'gateway') expect(answer.statusCode, asker).toBe(401);
      else if (!allowed.includes(asker)) expect(answer.json(), asker).toMatchObject({ status: 403, code: 'NOT_YOURS' });
      else expect(answer.statusCode, asker).not.toBe(401);
    }
  });

  it('a route without a line does not start', async () => {
    const scope = Fastify();
    scope.addHook('onRoute', requireLine);
    expect(() => scope.get('/v1/everything', () => 'all of it')).toThrow('has no line');
    expect(() => scope.get('/v1/inquiries/:trackingCode', () => 'one')).not.toThrow();
    await scope.close();
  });
});
