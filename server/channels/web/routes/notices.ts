import type { FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import {
  listDemoMessages,
  listNotices,
  listUnreachable,
  noticeEvents,
  noticeStates,
  readPreference,
  recordPreference,
  unreachableCsv,
} from '../../../notices/index.ts';
import { headsOfCentre, placesOf } from '../../../enrolment/index.ts';
import { findMobile, mobileText } from '../../../membership/index.ts';
import { Fault, meaningOf } from '../../../platform/index.ts';
import { getHolder, requireRole } from '../asker.ts';
import type { WebParts } from '../parts.ts';
import { InvalidRequest } from '../problems.ts';
import { closed, problems, texts } from '../shapes.ts';
import type { App } from '../typed-app.ts';

const mayList = ['call-centre-agent', 'registry-clerk', 'administrator'] as const;
const mayReadDemo = [...mayList, 'counter-operator', 'analyst'] as const;

const id = Type.String({ pattern: '^\\d{1,15}$' });
const limit = Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,2}$', description: 'At most 200; 50 if not said' }));
const limitOf = (written: string | undefined): number => Math.min(Number(written ?? 50), 200);

const told = Type.Object({
  id,
  event: Type.Enum([...noticeEvents]),
  at: Type.String({ format: 'date-time' }),
  state: Type.Enum([...noticeStates], { description: 'What became of the short message' }),
  texts,
});

const preference = Type.Object(
  {
    language: Type.Enum(['fa', 'en']),
    bySms: Type.Boolean({ description: 'No: by short message only what must be told' }),
  },
  closed,
);

const unreachable = Type.Object({
  reference: id,
  name: Type.Union([Type.String(), Type.Null()]),
  nationalId: Type.String({ description: 'Masked' }),
  district: Type.Union([Type.String(), Type.Null()]),
  centre: Type.Union([Type.String(), Type.Null()]),
});

const described = { tags: ['notices'], security: [{ bearer: [] }] };

/** What people are told (M-32), and whom no message reaches (M-62). */
export function addNotices(app: App, parts: WebParts): void {
  addOwnNotices(app, parts);
  addUnreachable(app, parts);
  if (parts.isDemo) addDemoMessages(app, parts);
}

function addOwnNotices(app: App, { pool, clock }: WebParts): void {
  app.get(
    '/v1/people/me/notices',
    {
      schema: {
        ...described,
        summary: 'What I was told and am being told, the newest first',
        querystring: Type.Object(
          { before: Type.Optional({ ...id, description: 'The last id of the page before' }), limit },
          closed,
        ),
        response: { 200: Type.Object({ notices: Type.Array(told) }), ...problems(401, 403) },
      },
    },
    async (request) => {
      const { before, limit } = request.query;
      const found = await listNotices(pool, clock, ownPerson(request), {
        limit: limitOf(limit),
        ...(before !== undefined && { before: BigInt(before) }),
      });
      return { notices: found.map((each) => ({ ...each, id: String(each.id), at: each.at.toISOString() })) };
    },
  );
  app.get(
    '/v1/people/me/notice-preference',
    {
      schema: {
        ...described,
        summary: 'How I want to be told things',
        response: { 200: preference, ...problems(401, 403) },
      },
    },
    (request) => readPreference(pool, ownPerson(request)),
  );
  app.put(
    '/v1/people/me/notice-preference',
    {
      schema: {
        ...described,
        summary: 'Choose how to be told things',
        description:
          'One-time codes, the result of the means test and the notice to deciles 8 to 10 are sent in any case.',
        body: preference,
        response: { 200: preference, ...problems(401, 403, 413, 415) },
      },
    },
    async (request) => {
      await recordPreference(pool, clock, ownPerson(request), request.body);
      return request.body;
    },
  );
}

function addUnreachable(app: App, { pool }: WebParts): void {
  const querystring = Type.Object(
    {
      event: Type.Enum([...noticeEvents]),
      after: Type.Optional({ ...id, description: 'The last reference of the page before' }),
      centre: Type.Optional(
        Type.String({ minLength: 1, maxLength: 100, description: 'Those of one comprehensive health centre alone' }),
      ),
      limit,
    },
    closed,
  );
  const pageOf = async ({ event, after, centre, limit }: Static<typeof querystring>) =>
    listUnreachable(pool, {
      event,
      limit: limitOf(limit),
      ...(after !== undefined && { after: BigInt(after) }),
      ...(centre !== undefined && { among: await headsOfCentre(pool, centre) }),
      placesOf: (persons) => placesOf(pool, persons),
    });
  app.get(
    '/v1/notices/unreachable',
    {
      schema: {
        ...described,
        summary: 'Those whom no message about this event reached, with the least by which a health centre finds them',
        description: `For ${mayList.join(', ')}. Neither mobiles nor what the message says.`,
        querystring,
        response: { 200: Type.Object({ people: Type.Array(unreachable) }), ...problems(401, 403) },
      },
    },
    async (request) => {
      requireRole(request, mayList);
      return { people: [...(await pageOf(request.query))] };
    },
  );
  app.get(
    '/v1/notices/unreachable.csv',
    {
      schema: {
        ...described,
        summary: 'The same as a table, to be handed to a health centre',
        description: `For ${mayList.join(', ')}.`,
        querystring,
        response: {
          200: { description: 'The table', content: { 'text/csv': { schema: Type.String() } } },
          ...problems(401, 403),
        },
      },
    },
    async (request, reply) => {
      requireRole(request, mayList);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="unreachable.csv"')
        .send(unreachableCsv(await pageOf(request.query)));
    },
  );
}

function addDemoMessages(app: App, { pool }: WebParts): void {
  app.get(
    '/v1/demo/messages',
    {
      schema: {
        ...described,
        summary: 'In a demo alone: the short messages that would have been sent, the newest first',
        description: `For ${mayReadDemo.join(', ')}.`,
        querystring: Type.Object({ mobile: Type.Optional(Type.String({ maxLength: 40 })), limit }, closed),
        response: {
          200: Type.Object({
            messages: Type.Array(
              Type.Object({ id, at: Type.String({ format: 'date-time' }), mobile: Type.String(), text: Type.String() }),
            ),
          }),
          ...problems(401, 403),
        },
      },
    },
    async (request) => {
      requireRole(request, mayReadDemo);
      const { mobile: written, limit } = request.query;
      const mobile = written === undefined ? undefined : findMobile(written);
      if (written !== undefined && mobile === undefined) throw new InvalidRequest('/mobile', 'it is no mobile');
      const found = await listDemoMessages(pool, { limit: limitOf(limit), ...(mobile !== undefined && { mobile }) });
      const messages = found.map(({ id, at, mobile, text }) => ({
        id: String(id),
        at: at.toISOString(),
        mobile: mobileText(mobile),
        text,
      }));
      return { messages };
    },
  );
}

function ownPerson(request: FastifyRequest): bigint {
  const holder = getHolder(request);
  if (holder.kind !== 'self') throw new Fault('NOT_YOURS', meaningOf('NOT_YOURS'));
  return holder.person;
}
