import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault, meaningOf, withLatinDigits } from '../../../platform/index.ts';
import type { WebParts } from '../parts.ts';
import type { SignIn } from '../sign-in.ts';
import type { WrongIds } from '../wrong-ids.ts';
import { languages, type Language, type PageName, type PageProps, type Pages } from './pages.ts';

/** What pages are made with. */
export interface PageDesk {
  readonly pages: Pages;
  readonly signIn: SignIn;
  readonly web: WebParts;
  readonly wrongIds: WrongIds;
}

/** Whatever it shows is the page's own, no script and no style within it, from no other host, in no frame. */
const policy = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' data:", "connect-src 'self'"],
  ...["manifest-src 'self'", "worker-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"],
].join('; ');

interface Showing {
  readonly status?: number;
  /** Where the page is asked for again, in the other language; else where it is. */
  readonly path?: string;
  /** Another one than that with which it was asked for: of a session that has just begun. */
  readonly csrfToken?: string;
}

export async function showPage<Name extends PageName>(
  { pages, web }: PageDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  name: Name,
  props: PageProps[Name],
  { status = 200, path = request.url, csrfToken = request.session?.csrfToken }: Showing = {},
): Promise<FastifyReply> {
  const view = { language: languageOf(request), isDemo: web.isDemo, path: ownPath(path), csrfToken };
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .headers({
      'content-security-policy': policy,
      'cross-origin-opener-policy': 'same-origin',
      // With none at all, browsers would not say from where a form comes.
      'referrer-policy': 'same-origin',
      'content-language': view.language,
      vary: 'accept-language, cookie',
    })
    .send(pages.render(name, props, view));
}

/** After a form: the browser asks for the page, and asking for it again sends nothing twice. */
export async function goTo(reply: FastifyReply, path: string): Promise<FastifyReply> {
  return reply.redirect(path, 303);
}

/** A way within the site, without the wish for a language. */
function ownPath(written: string): string {
  const { pathname, searchParams } = new URL(written, 'http://here');
  searchParams.delete('lang');
  const query = searchParams.toString();
  return query === '' ? pathname : `${pathname}?${query}`;
}

const languageCookie = 'lang';
const yearSeconds = 365 * 24 * 60 * 60;

/** What was chosen, else what the browser asks for, else Persian. */
export function languageOf({ headers }: Pick<FastifyRequest, 'headers'>): Language {
  const chosen = new RegExp(`(?:^|; *)${languageCookie}=(\\w+)`).exec(headers.cookie ?? '')?.[1];
  const wished = (headers['accept-language'] ?? '').split(',').map((each) => each.trim().slice(0, 2).toLowerCase());
  return [chosen, ...wished].flatMap((each) => languages.find((known) => known === each) ?? [])[0] ?? 'fa';
}

/**
 * `?lang=` is remembered, and the address is again the same for both languages.
 * @returns where to ask again; undefined where no language was wished for
 */
export function chooseLanguage(request: FastifyRequest, reply: FastifyReply): string | undefined {
  const wished = new URL(request.url, 'http://here').searchParams.get('lang');
  const chosen = languages.find((known) => known === wished);
  if (chosen === undefined || request.method !== 'GET') return undefined;
  void reply.header('set-cookie', `${languageCookie}=${chosen}; Path=/; SameSite=Lax; Max-Age=${yearSeconds}`);
  return ownPath(request.url);
}

/** The person who is signed in here. @throws Fault NOT_YOURS for staff and clerks, UNAUTHENTICATED for nobody */
export function getPerson({ session }: FastifyRequest): bigint {
  if (session === null) throw new Fault('UNAUTHENTICATED', meaningOf('UNAUTHENTICATED'));
  if (session.holder.kind !== 'self') throw new Fault('NOT_YOURS', meaningOf('NOT_YOURS'));
  return session.holder.person;
}

/** What stands in a field of the form, or nothing; a form may be sent by anybody in any shape. */
export function fieldOf({ body }: Pick<FastifyRequest, 'body'>, name: string): string {
  const field: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof field === 'string' ? field.toWellFormed().trim() : '';
}

/** The same where it is a number in digits of any script, with blanks and dashes between. */
export function numberOf(request: Pick<FastifyRequest, 'body'>, name: string): string {
  return withLatinDigits(fieldOf(request, name)).replace(/[\s-]/g, '');
}

export function settingOf(request: Pick<FastifyRequest, 'body'>): 'outpatient' | 'inpatient' {
  return fieldOf(request, 'setting') === 'inpatient' ? 'inpatient' : 'outpatient';
}

const requestIdPattern = /^[\w-]{8,64}$/;

/** The mark of one sending of a form; another one where somebody has made one up. */
export function requestIdOf(request: Pick<FastifyRequest, 'body'>): string {
  const sent = fieldOf(request, 'requestId');
  return requestIdPattern.test(sent) ? sent : crypto.randomUUID();
}
