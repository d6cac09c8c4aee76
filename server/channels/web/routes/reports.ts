import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { findDayInEitherCalendar } from '../../../cases/index.ts';
import { countInquiries, findUnchecked, type ServiceGiven } from '../../../inquiry/index.ts';
import { countColumns, csvOf, readService, tellUnchecked, uncheckedColumns } from '../../reports.ts';
import { requireRole } from '../asker.ts';
import type { WebParts } from '../parts.ts';
import { InvalidRequest } from '../problems.ts';
import { closed, day, nationalId, problems, setting } from '../shapes.ts';
import type { App } from '../typed-app.ts';

const mayRead = ['analyst', 'auditor', 'administrator'] as const;

const mostServices = 5_000;
const longestList = 1024 * 1024;

const dayInEither = (description: string) =>
  Type.String({ pattern: '^\\d{4}[-/]\\d{2}[-/]\\d{2}$', description: `${description}: 2020-07-22, or 1399/05/01` });

const span = Type.Object({ from: dayInEither('The first day'), to: dayInEither('The last day') }, closed);

const microseconds = Type.Integer({ minimum: 0, description: 'Microseconds' });

const count = Type.Object({
  day,
  channel: Type.String(),
  outcome: Type.String(),
  providerKind: Type.Union([Type.String(), Type.Null()], {
    description: 'null: asked by people, by staff, or under a code in no register',
  }),
  inquiries: Type.Integer({ minimum: 1 }),
  meanUs: microseconds,
  medianUs: microseconds,
  p99Us: microseconds,
});

const services = Type.Object(
  {
    services: Type.Array(
      Type.Object(
        {
          nationalId,
          provider: Type.String({ minLength: 1, maxLength: 100, description: 'The code of the provider' }),
          day: dayInEither('The day of the service'),
          setting: Type.Optional({ ...setting, description: 'outpatient, if it is not said' }),
        },
        closed,
      ),
      { maxItems: mostServices },
    ),
  },
  closed,
);

const unchecked = Type.Object({
  nationalId: Type.String(),
  provider: Type.String(),
  day,
  setting,
  check: Type.Enum(['unchecked', 'undetermined'], {
    description: 'undetermined: it was asked, and no answer could be given then',
  }),
});

/** JSON, or CSV for whoever accepts `text/csv`. */
const answer = <Shape extends ReturnType<typeof Type.Object>>(schema: Shape) => ({
  200: {
    description: 'The report',
    content: { 'application/json': { schema }, 'text/csv': { schema: Type.String() } },
  },
});

const described = {
  tags: ['reports'],
  security: [{ bearer: [] }],
};

/** What staff read out of the journal: how it goes (T-06), and whether it was asked before a service (T-26 to T-28). */
export function addReports(app: App, parts: WebParts): void {
  addCounts(app, parts);
  addUnchecked(app, parts);
}

function addCounts(app: App, { pool }: WebParts): void {
  app.get(
    '/v1/reports/inquiries',
    {
      schema: {
        ...described,
        summary: 'Inquiries and answer times by day, channel, outcome and kind of provider (T-06)',
        description: `For ${mayRead.join(', ')}. At most a year. JSON, or CSV for whoever accepts text/csv.`,
        querystring: span,
        response: { ...answer(Type.Object({ inquiries: Type.Array(count) })), ...problems(401, 403) },
      },
    },
    async (request, reply) => {
      requireRole(request, mayRead);
      const { from, to } = request.query;
      const rows = await countInquiries(pool, getDay('/from', from), getDay('/to', to));
      if (wantsCsv(request)) return sendCsv(reply, csvOf(countColumns, rows));
      return reply.type('application/json').send({ inquiries: [...rows] });
    },
  );
}

function addUnchecked(app: App, { pool, clock, ids }: WebParts): void {
  app.post(
    '/v1/reports/unchecked',
    {
      bodyLimit: longestList,
      schema: {
        ...described,
        summary: 'Of a list of services those without an inquiry that day, judged by setting (T-26 to T-28)',
        description: `For ${mayRead.join(', ')}; of every person in the list the reading is recorded. At most ${mostServices} services. JSON, or CSV for whoever accepts text/csv.`,
        body: services,
        response: {
          ...answer(Type.Object({ services: Type.Integer(), unchecked: Type.Array(unchecked) })),
          ...problems(401, 403, 413, 415),
        },
      },
    },
    async (request, reply) => {
      const { user: reader, role } = requireRole(request, mayRead);
      const given = request.body.services.map(getService);
      const found = await Array.fromAsync(findUnchecked({ pool, clock, ids, reader: { reader, role } }, given));
      const rows = found.map(tellUnchecked);
      if (wantsCsv(request)) return sendCsv(reply, csvOf(uncheckedColumns, rows));
      return reply.type('application/json').send({ services: given.length, unchecked: rows });
    },
  );
}

function getService(written: Static<typeof services>['services'][number], index: number): ServiceGiven {
  const service = readService(written);
  if (typeof service === 'object') return service;
  throw new InvalidRequest(
    `/services/${index}/${service}`,
    service === 'day' ? 'must be a day of the calendar' : 'must be a national id',
  );
}

function getDay(path: string, written: string) {
  const found = findDayInEitherCalendar(written);
  if (found === undefined) throw new InvalidRequest(path, 'must be a day of the calendar');
  return found;
}

function wantsCsv({ headers }: FastifyRequest): boolean {
  return /\btext\/csv\b/i.test(headers.accept ?? '');
}

async function sendCsv(reply: FastifyReply, text: string): Promise<FastifyReply> {
  return reply.type('text/csv; charset=utf-8').send(text);
}
