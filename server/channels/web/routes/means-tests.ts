import type { FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import {
  contestDecile,
  countByBatch,
  listOverdue,
  readMeansTests,
  referenceOf,
  type ToldMeansTests,
} from '../../../enrolment/index.ts';
import { recordReading } from '../../../membership/index.ts';
import { Fault, findNationalId, meaningOf } from '../../../platform/index.ts';
import { subjectOf, type StaffRole } from '../../tokens.ts';
import { getHolder, requireRole } from '../asker.ts';
import type { WebParts } from '../parts.ts';
import { InvalidRequest } from '../problems.ts';
import { closed, day, nationalId, problems } from '../shapes.ts';
import type { App } from '../typed-app.ts';

const readers = [
  'counter-operator',
  'call-centre-agent',
  'registry-clerk',
  'auditor',
  'administrator',
] as const satisfies readonly StaffRole[];
const contesters = ['counter-operator', 'call-centre-agent', 'registry-clerk'] as const satisfies readonly StaffRole[];
const followers = ['registry-clerk', 'analyst', 'auditor', 'administrator'] as const satisfies readonly StaffRole[];

const orNull = (shape: typeof day, description = 'A Gregorian day') =>
  Type.Union([shape, Type.Null()], { description });
const count = Type.Integer({ minimum: 0 });
const groupOrNull = Type.Union([Type.Integer({ minimum: 1, maximum: 3 }), Type.Null()]);

const result = Type.Object({
  determinedOn: day,
  decile: Type.Union([Type.Integer({ minimum: 1, maximum: 10 }), Type.Null()]),
  incomeMonthly: Type.Union([count, Type.Null()], { description: 'Of the household, rials a month' }),
  isLate: Type.Boolean(),
  corrects: Type.Boolean({ description: 'It takes the place of an earlier one' }),
  feeGroup: groupOrNull,
});

const meansTests = Type.Object({
  inquiries: Type.Array(
    Type.Object({
      purpose: Type.Enum(['application', 'existing', 'contest']),
      state: Type.Enum(['waiting', 'sent', 'answered', 'refused', 'ended']),
      requestedOn: day,
      sentOn: orNull(day),
      dueOn: orNull(day, 'One month after the sending'),
      isOverdue: Type.Boolean(),
      results: Type.Array(result),
    }),
  ),
  notices: Type.Array(
    Type.Object({
      decile: Type.Integer({ minimum: 8, maximum: 10 }),
      state: Type.Enum(['noticed', 'running', 'contested', 'paid', 'runToExpiry', 'ended', 'superseded']),
      deadlineOn: orNull(day, 'The last day; the month begins with the delivery of the notice'),
    }),
  ),
});

const overdue = Type.Object({
  reference: Type.String({ description: 'As the ministry knows the inquiry' }),
  sentOn: orNull(day),
  dueOn: orNull(day),
  daysOverdue: Type.Integer(),
  escalatedTo: Type.Union([Type.Enum(['desk', 'management', 'ministry']), Type.Null()]),
  batch: Type.Union([Type.String(), Type.Null()]),
});

const batch = Type.Object({
  batch: Type.Union([Type.String(), Type.Null({ description: 'Those that were sent one by one' })]),
  sent: count,
  answered: count,
  overdue: count,
});

const contest = Type.Object(
  {
    nationalId: Type.Optional({ ...nationalId, description: 'Staff name the head of the household' }),
    text: Type.String({
      minLength: 1,
      maxLength: 2_000,
      pattern: '^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]*\\S[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]*$',
    }),
  },
  closed,
);

const described = { tags: ['enrolment'], security: [{ bearer: [] }] };

/** The means test: what the head is told of it (M-06, M-32, M-60), and what staff follow up (M-21). */
export function addMeansTests(app: App, parts: WebParts): void {
  addOwn(app, parts);
  addFollowing(app, parts);
}

function addOwn(app: App, parts: WebParts): void {
  const { pool, clock, ids } = parts;
  app.get(
    '/v1/enrolment/means-tests',
    {
      schema: {
        ...described,
        summary: 'The means tests of a household, when their results are due, and what they were; told to its head',
        description: `Staff name the head; the reading is recorded. For ${readers.join(', ')}.`,
        querystring: Type.Object({ nationalId: Type.Optional(nationalId) }, closed),
        response: { 200: meansTests, ...problems(401, 403, 404) },
      },
    },
    async (request) => {
      const head = await getHead(parts, request, request.query.nationalId, readers, 'means tests');
      return tell(await getTests(parts, head));
    },
  );
  app.post(
    '/v1/enrolment/decile-contests',
    {
      schema: {
        ...described,
        summary: 'Say that the decile is wrong, while the month of the notice to deciles 8 to 10 runs',
        description: `It is recorded, and the ministry asked again; nothing is shortened until it has answered. By the head, or for the head by ${contesters.join(', ')}.`,
        body: contest,
        response: {
          201: Type.Object({ contested: Type.Literal(true) }),
          ...problems(401, 403, 404, 409, 413, 415),
        },
      },
    },
    async (request, reply) => {
      const head = await getHead(parts, request, request.body.nationalId, contesters, 'contest of a decile');
      const { household } = await getTests(parts, head);
      const by = subjectOf(getHolder(request));
      await contestDecile({ pool, clock, ids }, { household, by, text: request.body.text });
      void reply.code(201);
      return { contested: true as const };
    },
  );
}

function addFollowing(app: App, { pool, clock }: WebParts): void {
  app.get(
    '/v1/enrolment/means-tests/overdue',
    {
      schema: {
        ...described,
        summary: 'Inquiries that the ministry has not answered within its month, the longest first',
        description: `For ${followers.join(', ')}. It names no person.`,
        querystring: Type.Object(
          {
            after: Type.Optional(
              Type.String({ pattern: '^\\d{1,15}-\\d{1,15}$', description: 'The last of the page before' }),
            ),
            limit: Type.Optional(
              Type.String({ pattern: '^[1-9]\\d{0,2}$', description: 'At most 200; 50 if not said' }),
            ),
          },
          closed,
        ),
        response: { 200: Type.Object({ inquiries: Type.Array(overdue) }), ...problems(401, 403) },
      },
    },
    async (request) => {
      requireRole(request, followers);
      const { after, limit } = request.query;
      const [household, inquiry] = after?.split('-') ?? [];
      const place =
        household === undefined || inquiry === undefined
          ? undefined
          : { household: BigInt(household), inquiry: BigInt(inquiry) };
      const found = await listOverdue(pool, clock, { after: place, limit: Math.min(Number(limit ?? 50), 200) });
      const inquiries = found.map((each): Static<typeof overdue> => ({
        reference: referenceOf(each),
        sentOn: each.sentOn,
        dueOn: each.dueOn,
        daysOverdue: each.daysOverdue,
        escalatedTo: each.escalatedTo,
        batch: each.batch === null ? null : String(each.batch),
      }));
      return { inquiries };
    },
  );
  app.get(
    '/v1/enrolment/means-tests/batches',
    {
      schema: {
        ...described,
        summary: 'How many inquiries of each batch were sent, answered, and are overdue',
        description: `For ${followers.join(', ')}.`,
        response: { 200: Type.Object({ batches: Type.Array(batch) }), ...problems(401, 403) },
      },
    },
    async (request) => {
      requireRole(request, followers);
      const batches = (await countByBatch(pool, clock)).map((each) => ({
        ...each,
        batch: each.batch === null ? null : String(each.batch),
      }));
      return { batches };
    },
  );
}

/** The person of a token, or whom staff name; their reading is recorded before anything is told. */
async function getHead(
  { pool, clock, ids }: WebParts,
  request: FastifyRequest,
  written: string | undefined,
  roles: readonly StaffRole[],
  purpose: string,
): Promise<bigint> {
  const holder = getHolder(request);
  const named = written === undefined ? undefined : findNationalId(written);
  if (written !== undefined && named === undefined) {
    throw new Fault('INVALID_NATIONAL_ID', meaningOf('INVALID_NATIONAL_ID'));
  }
  if (holder.kind === 'self') {
    if (named !== undefined && named !== holder.person) throw new Fault('NOT_YOURS', meaningOf('NOT_YOURS'));
    return holder.person;
  }
  const { user, role } = requireRole(request, roles);
  if (named === undefined) throw new InvalidRequest('/nationalId', 'staff name the head of the household');
  await recordReading(pool, clock, ids, { person: named, reader: user, role, purpose });
  return named;
}

async function getTests({ pool, clock }: WebParts, head: bigint) {
  const tests = await readMeansTests(pool, clock, head);
  if (tests === undefined) throw new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
  return tests;
}

function tell({ inquiries, notices }: ToldMeansTests): Static<typeof meansTests> {
  return {
    inquiries: inquiries.map((inquiry) => ({
      ...inquiry,
      results: inquiry.results.map((each) => ({
        ...each,
        incomeMonthly: each.incomeMonthly === null ? null : Number(each.incomeMonthly),
      })),
    })),
    notices: [...notices],
  };
}
