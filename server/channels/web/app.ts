import swagger from '@fastify/swagger';
import Fastify from 'fastify';
import { createIssuer, createSignInClient, issuerPath } from '../../identity/index.ts';
import { Histogram, type Log, type Registry } from '../../platform/index.ts';
import { TokenReader } from '../tokens.ts';
import { authenticate, type Limiting } from './asker.ts';
import { Buckets } from './buckets.ts';
import { addPages } from './pages/add-pages.ts';
import type { WebParts } from './parts.ts';
import { answerErrors, problemOf, sendProblem } from './problems.ts';
import { addDecisions } from './routes/decisions.ts';
import { addDocs } from './routes/docs.ts';
import { addEnrolment } from './routes/enrolment.ts';
import { addGateways } from './routes/gateways.ts';
import { addHealth } from './routes/health.ts';
import { addHostPages } from './routes/host-pages.ts';
import { addPersonSignIn, addSessions } from './routes/identity.ts';
import { addSignInDoors, type SignInDoors } from './routes/sign-in.ts';
import { fetchFrom } from './fetch-from.ts';
import { addInquiries } from './routes/inquiries.ts';
import { addInquirySms } from './routes/inquiry-sms.ts';
import { addMeansTests } from './routes/means-tests.ts';
import { addNotices } from './routes/notices.ts';
import { addObjections } from './routes/objections.ts';
import { addOwnInquiries, addRecords } from './routes/people.ts';
import { addPaymentReturn, addPayments } from './routes/payments.ts';
import { addReports } from './routes/reports.ts';
import { requireAllowed, requireLine } from './roles.ts';
import type { ShapeTypes } from './shapes.ts';
import { requireCsrfToken, type SignIn } from './sign-in.ts';
import type { App } from './typed-app.ts';
import { WrongIds } from './wrong-ids.ts';

const longestBody = 64 * 1024;
/** A burst is this many seconds' worth. */
const burstSeconds = 20;

/** The web channel: not listening yet. */
export async function createWeb(parts: WebParts): Promise<App> {
  const app = createApp(parts);
  const limits: Limiting = {
    perToken: new Buckets(parts.limits.perToken, parts.limits.perToken * burstSeconds),
    perAddress: new Buckets(parts.limits.perAddress, parts.limits.perAddress * burstSeconds),
  };
  const wrongIds = new WrongIds(parts.log, parts.metrics);
  app.setErrorHandler(answerErrors(parts.log));
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, problemOf('NOT_FOUND')));
  sayWhatItIs(app, parts);
  countRequests(app, parts.log, parts.metrics);
  await app.register(swagger, { openapi: describeApi(parts) });
  addHealth(app, parts);
  addDocs(app);
  addHostPages(app, parts);
  addDecisions(app, limits);
  addGateways(app, parts, limits);
  addPaymentReturn(app, parts, limits);
  const signIn = signInOf(parts);
  const issuerAddress = signIn && (() => `${signIn.origin()}${issuerPath}`);
  if (signIn !== undefined) {
    addPersonSignIn(app, signIn, limits);
    addSignInDoors(app, doorsOf(app, signIn, parts), limits);
  }
  if (signIn !== undefined && parts.pages !== undefined) {
    await addPages(app, { pages: parts.pages, signIn, web: parts, wrongIds }, limits);
  }
  await app.register((scope: App, _options, done) => {
    scope.addHook('onRoute', requireLine);
    scope.addHook('onRequest', authenticate(new TokenReader(parts.keys, parts.clock, issuerAddress), limits, signIn));
    scope.addHook('onRequest', requireAllowed);
    if (signIn !== undefined) {
      scope.addHook('preValidation', requireCsrfToken(signIn));
      addSessions(scope, signIn);
    }
    addInquiries(scope, parts, wrongIds);
    addOwnInquiries(scope, parts);
    addInquirySms(scope, parts);
    addRecords(scope, parts);
    addObjections(scope, parts);
    addReports(scope, parts);
    addNotices(scope, parts);
    addEnrolment(scope, parts);
    addMeansTests(scope, parts);
    addPayments(scope, parts);
    done();
  });
  await app.ready();
  return app;
}

function signInOf({ identity, isDemo }: WebParts): SignIn | undefined {
  return identity && { identity, origin: identity.parts.origin, isDemo };
}

/** The embedded issuer is asked in this process: our own address need not be reachable from here. */
function doorsOf(app: App, signIn: SignIn, { signInLook }: WebParts): SignInDoors {
  const { parts } = signIn.identity;
  return {
    ...signIn,
    issuer: createIssuer(parts),
    client: createSignInClient(parts, fetchFrom(app)),
    ...(signInLook !== undefined && { look: signInLook }),
  };
}

const notUnderstood = [
  'HTTP/1.1 400 Bad Request',
  'content-type: application/problem+json',
  'connection: close',
  '',
  JSON.stringify(problemOf('INVALID_REQUEST')),
].join('\r\n');

function createApp({ trustedProxies }: WebParts): App {
  const app = Fastify({
    bodyLimit: longestBody,
    // Unless proxies are named, the address is the connection's and no header changes it.
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    requestTimeout: 15_000,
    keepAliveTimeout: 70_000,
    forceCloseConnections: 'idle',
    // While it ends, what comes on a connection that is open is still answered, and then the connection is closed.
    return503OnClosing: false,
    logger: false,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false, allErrors: false } },
    routerOptions: { maxParamLength: 200 },
    // What is no HTTP, or comes too slowly, never becomes a request.
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.write(notUnderstood);
      socket.destroy();
    },
    frameworkErrors: (_error, _request, reply) => {
      void sendProblem(reply, problemOf('INVALID_REQUEST'));
    },
  }).withTypeProvider<ShapeTypes>();
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('holder', null);
  app.decorateRequest('session', null);
  app.decorateRequest('subject', '');
  return app;
}

function sayWhatItIs(app: App, { isDemo }: WebParts): void {
  const headers = Object.entries({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...(isDemo && { 'estehqaq-demo': 'demo' }),
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    for (const [name, value] of headers) if (!reply.hasHeader(name)) void reply.header(name, value);
    done(null, payload);
  });
}

/** Named by the route's pattern: neither the address nor what was sent is ever looked at. */
function countRequests(app: App, log: Log, registry: Registry): void {
  const duration = new Histogram({
    name: 'estehqaq_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  const tellOfRefusals = tellNowAndThen(log);
  app.addHook('onResponse', (request, reply, done) => {
    const seconds = reply.elapsedTime / 1000;
    const route = request.routeOptions.url ?? 'none';
    const { statusCode: status } = reply;
    duration.observe({ method: request.method, route, status }, seconds);
    if (status === 503) tellOfRefusals();
    const level = status >= 500 && status !== 503 ? 'warn' : 'debug';
    if (log.isLevelEnabled(level)) {
      log[level]({ method: request.method, route, status, ms: Math.round(reply.elapsedTime) }, 'answered');
    }
    done();
  });
}

const tellEveryMs = 10_000;

/** A line for each of thousands of refusals a second would cost more than the refusals do. */
function tellNowAndThen(log: Log): () => void {
  let untold = 0;
  let toldAt = -Infinity;
  return () => {
    untold += 1;
    if (performance.now() - toldAt < tellEveryMs) return;
    log.warn({ status: 503, answers: untold }, 'answered, since this was last told');
    untold = 0;
    toldAt = performance.now();
  };
}

function describeApi({ version, isDemo }: WebParts) {
  return {
    openapi: '3.1.0',
    info: {
      title: isDemo ? 'Estehqaq (demo, آزمایشی)' : 'Estehqaq',
      version,
      description: 'Is this person entitled to treatment, today, here, and why?',
    },
    components: {
      securitySchemes: {
        bearer: { type: 'http' as const, scheme: 'bearer', bearerFormat: 'JWT' },
        session: { type: 'apiKey' as const, in: 'cookie' as const, name: '__Host-session' },
      },
    },
  };
}
