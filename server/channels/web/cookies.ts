import type { FastifyReply, FastifyRequest } from 'fastify';

/** Cookies that hold who is signed in: out of reach of scripts, and not sent from pages of others. */
export interface CookieKind {
  readonly name: string;
  readonly isSecure: boolean;
}

/**
 * Browsers take a name with `__Host-` over TLS alone, and from no other host. Only a demo without TLS does without it.
 * @param origin under which browsers reach us
 */
export function cookieKind(name: string, { isDemo, origin }: { isDemo: boolean; origin: string }): CookieKind {
  const isSecure = !isDemo || origin.startsWith('https:');
  return { name: isSecure ? `__Host-${name}` : name, isSecure };
}

export function findCookie(request: Pick<FastifyRequest, 'headers'>, { name }: CookieKind): string | undefined {
  const written = request.headers.cookie ?? '';
  const found = written.split(';').find((each) => each.trim().startsWith(`${name}=`));
  return found?.slice(found.indexOf('=') + 1).trim();
}

/** @param value without blanks, commas and semicolons; `undefined` takes the cookie away */
export function setCookie(
  reply: FastifyReply,
  { name, isSecure }: CookieKind,
  value: string | undefined,
  seconds?: number,
): void {
  const age = value === undefined ? '; Max-Age=0' : seconds === undefined ? '' : `; Max-Age=${seconds}`;
  const secure = isSecure ? '; Secure' : '';
  // Of these a reply may have several: none takes the place of another.
  void reply.header('set-cookie', `${name}=${value ?? ''}; Path=/; HttpOnly; SameSite=Lax${age}${secure}`);
}
