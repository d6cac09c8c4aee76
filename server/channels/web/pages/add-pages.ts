import formbody from '@fastify/formbody';
import fastifyStatic from '@fastify/static';
import { readFileSync } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault, meaningOf, type FaultCode } from '../../../platform/index.ts';
import { listDemoMessages } from '../../../notices/index.ts';
import { subjectOf } from '../../tokens.ts';
import { limitedByAddress, type Limiting } from '../asker.ts';
import { outsideCode, RateLimited } from '../problems.ts';
import { findSession, forged, isFromOwnPage } from '../sign-in.ts';
import type { App } from '../typed-app.ts';
import { addEnrolmentPages } from './enrolment-pages.ts';
import { addInquiryPages } from './inquiry-pages.ts';
import { addObjectionPages } from './objection-pages.ts';
import type { PageProps } from './pages.ts';
import { addProofKey } from './proof-pages.ts';
import { addProviderPages } from './provider-pages.ts';
import { addSettingsPages } from './settings-pages.ts';
import { addSignInPages, askToSignIn } from './sign-in-pages.ts';
import { chooseLanguage, goTo, showPage, type PageDesk } from './visit.ts';

/** The pages of citizens, and what browsers load with them. */
export async function addPages(app: App, desk: PageDesk, limits: Limiting): Promise<void> {
  await app.register(async (scope: App) => {
    await addFiles(scope, desk);
    addProofKey(scope, desk);
    await scope.register(async (pages: App) => {
      await pages.register(formbody);
      prepare(pages, desk, limits);
      if (desk.web.isDemo) addDemoMessages(pages, desk);
      await pages.register(
        (insured: App, _options, done) => {
          insured.setNotFoundHandler((request, reply) => answerFault(desk, notFound(), request, reply));
          addInsured(insured, desk);
          done();
        },
        { prefix: '/insured' },
      );
      await pages.register(
        (enrol: App, _options, done) => {
          enrol.setNotFoundHandler((request, reply) => answerFault(desk, notFound(), request, reply));
          addEnrolmentPages(enrol, desk);
          done();
        },
        { prefix: '/enrol' },
      );
      await pages.register(
        (provider: App, _options, done) => {
          addProviderPages(provider, desk);
          done();
        },
        { prefix: '/provider' },
      );
    });
  });
}

function addInsured(scope: App, desk: PageDesk): void {
  scope.get('/', (request, reply) => showPage(desk, request, reply, 'start', {}));
  addSignInPages(scope, desk);
  addInquiryPages(scope, desk);
  addObjectionPages(scope, desk);
  addSettingsPages(scope, desk);
  scope.get('/offline', (request, reply) => {
    // It is kept by the browser: nothing of a session may stand in it.
    request.session = null;
    return showPage(desk, request, reply, 'offline', { madeAt: desk.web.clock.now().toISOString() });
  });
  scope.get('/manifest.webmanifest', (_request, reply) =>
    reply.type('application/manifest+json').send(JSON.stringify(manifest)),
  );
}

const manifest = {
  name: 'استعلام استحقاق درمان',
  short_name: 'استحقاق',
  lang: 'fa',
  dir: 'rtl',
  id: '/insured',
  start_url: '/insured/home',
  scope: '/',
  display: 'standalone',
  background_color: '#FFFFFF',
  theme_color: '#0A6C74',
  icons: [
    { src: '/assets/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: '/assets/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any maskable' },
    { src: '/assets/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
  ],
};

/** Files whose names change with their content are kept for good; the others for an hour. */
async function addFiles(scope: App, { pages }: PageDesk): Promise<void> {
  const yearSeconds = 365 * 24 * 60 * 60;
  await scope.register(fastifyStatic, {
    root: pages.clientFolder,
    prefix: '/assets/',
    decorateReply: false,
    index: false,
    cacheControl: false,
    schemaHide: true,
    setHeaders: (reply, path) => {
      const isHashed = /-[\w-]{8}\.\w+$/.test(path);
      void reply.header(
        'cache-control',
        isHashed ? `public, max-age=${yearSeconds}, immutable` : 'public, max-age=3600',
      );
    },
  });
  const worker = readFileSync(pages.workerFile);
  scope.get('/sw.js', { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(worker),
  );
}

/** Before every page: in which language, who asks, how often, and whether a form is one of ours. */
function prepare(scope: App, desk: PageDesk, limits: Limiting): void {
  const { signIn } = desk;
  scope.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, hide: true };
  });
  scope.setErrorHandler((error, request, reply) => answerFault(desk, error, request, reply));
  scope.addHook('onRequest', limitedByAddress(limits));
  scope.addHook('onRequest', async (request, reply) => {
    const again = chooseLanguage(request, reply);
    if (again !== undefined) return goTo(reply, again);
    request.session = (await findSession(signIn, request)) ?? null;
    if (request.method === 'POST' && !isFromOwnPage(signIn, request)) throw forged(signIn);
    if (request.session !== null) {
      const wait = limits.perToken.take(subjectOf(request.session.holder));
      if (wait > 0) throw new RateLimited(wait);
    }
    return undefined;
  });
}

type Problem = PageProps['problem']['problem'];

const problems: Partial<Record<FaultCode, readonly [Problem, number]>> = {
  COULD_NOT_DETERMINE: ['undetermined', 503],
  FORGED_REQUEST: ['forged', 403],
  NOT_FOUND: ['notFound', 404],
  NOT_YOURS: ['forbidden', 403],
  OVERLOADED: ['undetermined', 503],
  RATE_LIMITED: ['tooMany', 429],
  UNEXPECTED: ['unexpected', 500],
};

/** What was the matter, as a page that says what to do. */
async function answerFault(
  desk: PageDesk,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const code = outsideCode(error);
  if (code === 'UNAUTHENTICATED') return askToSignIn(desk, request, reply);
  const [problem, status] = problems[code] ?? ['invalid', 400];
  if (status >= 500) desk.web.log.error({ err: error, route: request.routeOptions.url }, code);
  const { retryAfterSeconds = 0, trackingCode } = error as { retryAfterSeconds?: number; trackingCode?: string };
  if (retryAfterSeconds > 0) void reply.header('retry-after', String(retryAfterSeconds));
  const props = { problem, retryAfterSeconds, trackingCode };
  return showPage(desk, request, reply, 'problem', props, { status, path: '/insured' });
}

function notFound(): Fault {
  return new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
}

const mostDemoMessages = 10;

/** A demo sends nothing: whoever tries it reads here what would have been sent. */
function addDemoMessages(scope: App, desk: PageDesk): void {
  scope.get('/demo/messages', async (request, reply) => {
    const found = await listDemoMessages(desk.web.pool, { limit: mostDemoMessages });
    const messages = found.map(({ id, at, text }) => ({ id: String(id), at: at.toISOString(), text }));
    return showPage(desk, request, reply, 'demoMessages', { messages });
  });
}
