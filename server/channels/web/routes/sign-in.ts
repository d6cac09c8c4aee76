import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Door, Issuer, LoginProgress, LoginResult, SignInClient } from '../../../identity/index.ts';
import { Fault } from '../../../platform/index.ts';
import { limitedByAddress, networkOf, type Limiting } from '../asker.ts';
import { cookieKind, findCookie, setCookie, type CookieKind } from '../cookies.ts';
import { plainLook, type SignInLook, type SignInPage } from '../sign-in-page.ts';
import {
  findSession,
  forged,
  isFromOwnPage,
  requireCsrfToken,
  signInBrowser,
  signOutBrowser,
  type SignIn,
} from '../sign-in.ts';
import type { App } from '../typed-app.ts';

/** The doors of staff and of providers' clerks, and the embedded issuer behind them. None of it is for programs. */
export interface SignInDoors extends SignIn {
  readonly issuer: Issuer;
  readonly client: SignInClient;
  /** Absent: plain pages. */
  readonly look?: SignInLook;
}

const hidden = { schema: { hide: true } } as const;
const firstPages = { staff: '/staff', provider: '/provider' } as const satisfies Record<Door, string>;
const underWaySeconds = 15 * 60;

export function addSignInDoors(app: App, doors: SignInDoors, limits: Limiting): void {
  addIssuer(app, doors, limits);
  void app.register((scope: App, _options, done) => {
    scope.addHook('onRequest', limitedByAddress(limits));
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, next) => {
      next(null, Object.fromEntries(new URLSearchParams(String(body))));
    });
    addDoors(scope, doors);
    addSignInPages(scope, doors);
    done();
  });
}

/** The issuer reads its requests itself. */
function addIssuer(app: App, { issuer }: SignInDoors, limits: Limiting): void {
  void app.register((scope: App, _options, done) => {
    scope.addHook('onRequest', limitedByAddress(limits));
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, next) => {
      next(null);
    });
    scope.all('/oidc/*', hidden, async (request, reply) => {
      await issuer.open();
      reply.hijack();
      await issuer.handle(request.raw, reply.raw);
    });
    done();
  });
}

function addDoors(app: App, doors: SignInDoors): void {
  const { client, identity } = doors;
  for (const door of ['staff', 'provider'] as const) {
    app.get(`/login/${door}`, hidden, async (request, reply) => {
      const elsewhere = findOwnAddress(doors, request);
      if (elsewhere !== undefined) return reply.redirect(elsewhere, 302);
      const { address, kept } = await client.begin({ door, next: nextOf(doors, request, door) });
      setCookie(reply, underWay(doors), kept, underWaySeconds);
      return reply.redirect(address, 302);
    });
  }
  app.get('/login/callback', hidden, async (request, reply) => {
    const kept = findCookie(request, underWay(doors));
    setCookie(reply, underWay(doors), undefined);
    try {
      const { user, next, door, issuerToken } = await client.end(new URL(request.url, doors.origin()), kept ?? '');
      const device = request.headers['user-agent'];
      const opened = await identity.openAccountSession({ user, device, issuerToken });
      signInBrowser(doors, reply, opened);
      // Whoever came to the other door is led to the one that is theirs.
      return await reply.redirect(
        opened.holder.kind === door ? next : firstPages[door === 'staff' ? 'provider' : 'staff'],
        303,
      );
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'SIGN_IN_REFUSED')) throw error;
      return showPage(doors, reply.code(401), { step: { name: 'over' }, action: '' });
    }
  });
  app.post(
    '/logout',
    {
      ...hidden,
      onRequest: async (request) => {
        request.session = (await findSession(doors, request)) ?? null;
      },
      preValidation: requireCsrfToken(doors),
    },
    async (request, reply) => {
      const { session } = request;
      signOutBrowser(doors, reply);
      const ended = session === null ? undefined : await identity.endSession(session.holder, session.id);
      const user = session === null || session.holder.kind === 'self' ? undefined : session.holder.user;
      if (user !== undefined) await doors.issuer.forget(user);
      const token = ended?.issuerToken ?? undefined;
      const outside = token === undefined ? undefined : await client.findSignOutAddress(token);
      return reply.redirect(outside ?? '/', 303);
    },
  );
}

function underWay({ isDemo, origin }: SignInDoors): CookieKind {
  return cookieKind('sign-in', { isDemo, origin: origin() });
}

/**
 * The issuer sends the browser back to our own address, so its cookie is to be of that one. Said once: behind a proxy that
 * names another host it would go on for ever.
 */
function findOwnAddress({ origin }: SignInDoors, { host, url }: FastifyRequest): string | undefined {
  const own = new URL(url, origin());
  if (own.host === host || own.searchParams.has('here')) return undefined;
  own.searchParams.set('here', '1');
  return own.href;
}

/** A page of ours; whoever names another goes to the first page behind the door. */
function nextOf({ origin }: SignInDoors, request: FastifyRequest, door: Door): string {
  const { next } = request.query as { next?: unknown };
  const first = firstPages[door];
  const found = typeof next === 'string' && next.length < 500 ? URL.parse(next, origin()) : null;
  return found?.origin === new URL(origin()).origin ? `${found.pathname}${found.search}` : first;
}

function addSignInPages(app: App, doors: SignInDoors): void {
  const { issuer, identity } = doors;
  app.get('/sign-in/:uid', hidden, async (request, reply) => {
    const { raw, params } = request;
    const { uid } = params as { uid: string };
    const underWay = await issuer.findSignIn(raw, reply.raw);
    if (underWay?.uid !== uid) return showOver(doors, reply);
    return goOn(doors, request, reply, underWay.progress);
  });
  app.post('/sign-in/:uid', hidden, async (request, reply) => {
    const { raw, params } = request;
    const { uid } = params as { uid: string };
    if (!isFromOwnPage(doors, request)) throw forged(doors);
    const underWay = await issuer.findSignIn(raw, reply.raw);
    if (underWay?.uid !== uid) return showOver(doors, reply);
    const step = await identity.findLoginStep(underWay.progress);
    const fields = readFields(request.body);
    const action = `/sign-in/${uid}`;
    try {
      const result = await take(doors, request, step.name, underWay.progress, fields);
      // What led nowhere changes nothing: the same form sent twice must not undo its own success.
      const isFurther = result.fault === undefined || result.progress === undefined;
      if (isFurther) await issuer.keepProgress(raw, reply.raw, result.progress);
      const { recoveryCodes: codes = [], fault } = result;
      if (codes.length > 0) return await showPage(doors, reply, { step: { name: 'recoveryCodes', codes }, action });
      if (fault === undefined) return await reply.redirect(action, 303);
      const again = await identity.findLoginStep(result.progress);
      if (again.name === 'done') return await reply.redirect(action, 303);
      return await showPage(doors, reply.code(422), { step: again, action, fault, user: fields['user'] });
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'RATE_LIMITED') || step.name === 'done') throw error;
      return showPage(doors, reply.code(429), { step, action, fault: 'tooOften' });
    }
  });
}

async function take(
  { identity }: SignInDoors,
  request: FastifyRequest,
  step: string,
  progress: LoginProgress | undefined,
  { user = '', password = '', repeated = '', code = '' }: Fields,
): Promise<LoginResult> {
  if (progress === undefined || step === 'password') {
    return identity.takePassword({ user, password, network: networkOf(request.ip) });
  }
  if (step === 'newPassword') return identity.takeNewPassword(progress, { password, repeated });
  return step === 'done' ? { progress } : identity.takeSecondFactor(progress, code);
}

async function goOn(
  doors: SignInDoors,
  request: FastifyRequest,
  reply: FastifyReply,
  progress: LoginProgress | undefined,
): Promise<FastifyReply> {
  const step = await doors.identity.findLoginStep(progress);
  if (step.name !== 'done') return showPage(doors, reply, { step, action: request.url.split('?')[0] ?? '' });
  return reply.redirect(await doors.issuer.finish(request.raw, reply.raw, step.account.user), 303);
}

async function showOver(doors: SignInDoors, reply: FastifyReply): Promise<FastifyReply> {
  return showPage(doors, reply.code(410), { step: { name: 'over' }, action: '' });
}

async function showPage(
  { look = plainLook, isDemo }: SignInDoors,
  reply: FastifyReply,
  page: Omit<SignInPage, 'isDemo'>,
): Promise<FastifyReply> {
  return (
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', look.policy)
      // So that the form says where it comes from.
      .header('referrer-policy', 'same-origin')
      .send(await look.render({ ...page, isDemo }))
  );
}

type Fields = Readonly<Record<string, string | undefined>>;

function readFields(body: unknown): Fields {
  return typeof body === 'object' && body !== null ? (body as Fields) : {};
}
