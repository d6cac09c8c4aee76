import swagger from '@fastify/swagger';
import Fastify from 'fastify';
import { Histogram, type Log, type Registry } from '../../platform/index.ts';
import { TokenReader } from '../tokens.ts';
import { authenticate, type Limiting } from './asker.ts';
import { Buckets } from './buckets.ts';
import type { WebParts } from './parts.ts';
import { answerErrors, problemOf, sendProblem } from './problems.ts';
import { addDecisions } from './routes/decisions.ts';
import { addDocs } from './routes/docs.ts';
import { addHealth } from './routes/health.ts';
import { addInquiries } from './routes/inquiries.ts';
import { addObjections } from './routes/objections.ts';
import { addOwnInquiries, addRecords } from './routes/people.ts';
import type { ShapeTypes } from './shapes.ts';
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
  addDecisions(app, limits);
  await app.register((scope: App, _options, done) => {
    scope.addHook('onRequest', authenticate(new TokenReader(parts.keys, parts.clock), limits));
    addInquiries(scope, parts, wrongIds);
    addOwnInquiries(scope, parts);
    addRecords(scope, parts);
    addObjections(scope, parts);
    done();
  });
  await app.ready();
  return app;
}

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
    frameworkErrors: (_error, _request, reply) => {
      void sendProblem(reply, problemOf('INVALID_REQUEST'));
    },
  }).withTypeProvider<ShapeTypes>();
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('holder', null);
  app.decorateRequest('subject', '');
  return app;
}

function sayWhatItIs(app: App, { isDemo }: WebParts): void {
  app.addHook('onSend', async (_request, reply) => {
    const headers = {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      ...(isDemo && { 'estehqaq-demo': 'demo' }),
    };
    for (const [name, value] of Object.entries(headers)) if (!reply.hasHeader(name)) void reply.header(name, value);
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
  app.addHook('onResponse', async (request, reply) => {
    const seconds = reply.elapsedTime / 1000;
    const route = request.routeOptions.url ?? 'none';
    const { statusCode: status } = reply;
    duration.observe({ method: request.method, route, status }, seconds);
    const level = status >= 500 ? 'warn' : 'debug';
    if (log.isLevelEnabled(level)) {
      log[level]({ method: request.method, route, status, ms: Math.round(reply.elapsedTime) }, 'answered');
    }
  });
}

function describeApi({ version, isDemo }: WebParts) {
  return {
    openapi: '3.1.0',
    info: {
      title: isDemo ? 'Estehqaq (demo, آزمایشی)' : 'Estehqaq',
      version,
      description: 'Is this person entitled to treatment, today, here, and why?',
    },
    components: { securitySchemes: { bearer: { type: 'http' as const, scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}
