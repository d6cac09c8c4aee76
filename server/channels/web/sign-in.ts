import type { FastifyReply, FastifyRequest } from 'fastify';
import { isCsrfTokenOf, type Identity, type OpenedSession, type Session } from '../../identity/index.ts';
import { Fault, meaningOf } from '../../platform/index.ts';
import { cookieKind, findCookie, setCookie, type CookieKind } from './cookies.ts';

/** By cookie: who is signed in, and whether a request comes from a page of ours. */
export interface SignIn {
  readonly identity: Identity;
  /** Under which browsers reach us, without a path. */
  readonly origin: () => string;
  readonly isDemo: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Of whoever came with a cookie; `null` for bearer tokens, and where no sign-in is needed. */
    session: Session | null;
  }
}

/** With it every changing request of a session says that it comes from a page of this session. */
export const csrfHeader = 'x-csrf-token';
/** The same in a form. */
export const csrfField = 'csrf';

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

export function sessionCookie({ isDemo, origin }: SignIn): CookieKind {
  return cookieKind('session', { isDemo, origin: origin() });
}

/** @throws Fault FORGED_REQUEST for a changing request that another site has caused */
export async function findSession(signIn: SignIn, request: FastifyRequest): Promise<Session | undefined> {
  const token = findCookie(request, sessionCookie(signIn));
  const session = token === undefined ? undefined : await signIn.identity.findSession(token);
  if (session !== undefined && !safeMethods.includes(request.method) && !isFromOwnPage(signIn, request)) {
    throw forged(signIn);
  }
  return session;
}

/**
 * Whether the browser says that the request comes from a page of ours. A form on a page that names no referrer has no
 * origin; browsers that know the newer header say it there.
 */
export function isFromOwnPage({ origin }: SignIn, { headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const from = headers.origin;
  return from !== undefined && (from === origin() || URL.parse(from)?.host === host);
}

/** After the body is read: the token stands in a header, or in a field of the form, which is then taken out of it. */
export function requireCsrfToken(signIn: SignIn) {
  return (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void => {
    const { session } = request;
    if (session === null || safeMethods.includes(request.method)) {
      done();
      return;
    }
    const header = request.headers[csrfHeader];
    const sent = typeof header === 'string' ? header : takeField(request.body);
    done(sent !== undefined && isCsrfTokenOf(session, sent) ? undefined : forged(signIn));
  };
}

function takeField(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const field: unknown = Reflect.get(body, csrfField);
  Reflect.deleteProperty(body, csrfField);
  return typeof field === 'string' ? field : undefined;
}

export function forged({ identity }: SignIn): Fault {
  identity.count('form', 'forged');
  return new Fault('FORGED_REQUEST', meaningOf('FORGED_REQUEST'));
}

/** The cookie lives as long as the browser, the session no longer than its limits. */
export function signInBrowser(signIn: SignIn, reply: FastifyReply, { token }: OpenedSession): void {
  setCookie(reply, sessionCookie(signIn), token);
}

export function signOutBrowser(signIn: SignIn, reply: FastifyReply): void {
  setCookie(reply, sessionCookie(signIn), undefined);
}
