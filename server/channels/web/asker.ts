import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault, meaningOf } from '../../platform/index.ts';
import type { StaffRole, TokenHolder, TokenReader } from '../tokens.ts';
import { subjectOf } from '../tokens.ts';
import type { Buckets } from './buckets.ts';
import { RateLimited } from './problems.ts';
import { findSession, type SignIn } from './sign-in.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the bearer token; `null` on the routes that need none. */
    holder: TokenHolder | null;
    /** The holder as a text, for limits. */
    subject: string;
  }
}

export interface Limiting {
  readonly perToken: Buckets;
  readonly perAddress: Buckets;
}

/**
 * Reads the bearer token, or else the cookie of a session, before the body is read. Whoever comes without a good one is limited by address, and so is
 * guessing at tokens.
 */
export function authenticate(tokens: TokenReader, limits: Limiting, signIn?: SignIn) {
  const admit = (request: FastifyRequest, holder: TokenHolder): RateLimited | undefined => {
    request.holder = holder;
    request.subject = subjectOf(holder);
    const wait = limits.perToken.take(request.subject);
    return wait > 0 ? new RateLimited(wait) : undefined;
  };
  const read = async (request: FastifyRequest, token: string | undefined): Promise<TokenHolder> => {
    // A token goes before a cookie; other kinds of authorization are none.
    const mayBeSession = signIn !== undefined && request.headers.authorization === undefined;
    const session = mayBeSession ? await findSession(signIn, request) : undefined;
    if (session !== undefined) {
      request.session = session;
      return session.holder;
    }
    const excess = findExcess(request, limits);
    if (excess !== undefined) throw excess;
    if (token === undefined) throw new Fault('UNAUTHENTICATED', meaningOf('UNAUTHENTICATED'));
    return tokens.read(token);
  };
  return (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void => {
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const known = token === undefined ? undefined : tokens.findKnown(token);
    // Nearly always it is known, and then nothing is waited for.
    if (known !== undefined) done(admit(request, known));
    else {
      void read(request, token).then((holder) => {
        done(admit(request, holder));
      }, done);
    }
  };
}

/** For the routes that need no token. */
export function limitedByAddress(limits: Limiting) {
  return (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void => {
    done(findExcess(request, limits));
  };
}

function findExcess(request: FastifyRequest, { perAddress }: Limiting): RateLimited | undefined {
  const wait = perAddress.take(networkOf(request.ip));
  return wait > 0 ? new RateLimited(wait) : undefined;
}

/** A household or an office has a whole /64 of IPv6. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const all = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ?? '').split(':')];
  return all.slice(0, 4).join(':');
}

export function getHolder(request: FastifyRequest): TokenHolder {
  if (request.holder === null) throw new Fault('UNAUTHENTICATED', meaningOf('UNAUTHENTICATED'));
  return request.holder;
}

/** @throws Fault NOT_YOURS for whoever is not staff, or of another role */
export function requireRole(request: FastifyRequest, roles: readonly StaffRole[]): TokenHolder & { kind: 'staff' } {
  const holder = getHolder(request);
  if (holder.kind === 'staff' && roles.includes(holder.role)) return holder;
  throw new Fault('NOT_YOURS', meaningOf('NOT_YOURS'));
}
