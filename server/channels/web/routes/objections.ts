import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { mayAsk, TrackingCodes } from '../../../inquiry/index.ts';
import {
  actions,
  createObjections,
  factNames,
  stateNames,
  type Action,
  type Actor,
  type Objections,
  type Receipt,
  type ToldObjection,
} from '../../../objections/index.ts';
import { Fault, findNationalId, meaningOf, todayInTehran } from '../../../platform/index.ts';
import type { StaffRole } from '../../tokens.ts';
import type { App } from '../typed-app.ts';
import { getHolder, requireRole } from '../asker.ts';
import type { WebParts } from '../parts.ts';
import { InvalidRequest } from '../problems.ts';
import { idempotencyKey, readRequestId } from '../request-id.ts';
import { closed, nationalId, problems, requestId, trackingCode } from '../shapes.ts';

const staff = ['call-centre-agent', 'registry-clerk', 'administrator'] as const satisfies readonly StaffRole[];

/** Of staff, who may do what; the second pair of eyes on a correction is not the call centre's. */
const mayDo = {
  assign: staff,
  requestEvidence: staff,
  bringEvidence: staff,
  uphold: staff,
  proposeCorrection: staff,
  approveCorrection: ['registry-clerk', 'administrator'],
  withdraw: staff,
} as const satisfies Record<Action, readonly StaffRole[]>;

/** Lines may be broken; other control characters are none of a text. */
const words = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]*$', description });

const caseNumber = Type.String({ pattern: '^\\d{11}$', description: 'Eleven digits; a wrong one is noticed' });
const instant = Type.String({ format: 'date-time' });
const state = Type.Enum([...stateNames]);
const doer = Type.Enum(['self', 'principal', 'staff']);
const action = Type.Enum(Object.keys(actions) as Action[]);

const opening = Type.Object(
  {
    nationalId: Type.Optional({ ...nationalId, description: 'Staff name the person; a person only a minor dependant' }),
    text: words(4_000, 'What the objection is about, for any reason'),
    contact: Type.Optional(words(200, 'Where the person wants to be reached')),
    trackingCode: Type.Optional(
      Type.String({ minLength: 1, maxLength: 60, description: 'Of an answer about this person' }),
    ),
    requestId: Type.Optional({ ...requestId, description: 'The same one opens one case' }),
  },
  closed,
);

const moving = Type.Object(
  {
    what: action,
    reason: Type.Optional(words(2_000, 'Needed but for assign and withdraw')),
    assignee: Type.Optional(words(100, 'To assign to another; else to oneself')),
    fact: Type.Optional(
      Type.Object(
        {
          nationalId: Type.Optional({ ...nationalId, description: 'Where it is a fact of a principal' }),
          name: Type.Enum([...factNames]),
          version: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
        },
        { ...closed, description: 'The correcting fact, by the version of the dossier that holds it' },
      ),
    ),
    requestId: Type.Optional({ ...requestId, description: 'The same one is done once' }),
  },
  closed,
);

const receipt = Type.Object({ caseNumber, state, stateSince: instant, openedAt: instant });

const listed = Type.Object({
  ...receipt.properties,
  ageDays: Type.Integer({ minimum: 0 }),
  assignee: Type.Optional(Type.String()),
  proposedBy: Type.Optional(Type.String({ description: 'The correction waits for a second person' })),
});

const toldFact = Type.Object({ nationalId: Type.String(), name: Type.String(), version: Type.Integer() });

const objection = Type.Object({
  ...receipt.properties,
  nationalId: Type.String(),
  openedBy: doer,
  text: Type.String(),
  contact: Type.Optional(Type.String()),
  trackingCode: Type.Optional(trackingCode),
  assignee: Type.Optional(Type.String()),
  proposedBy: Type.Optional(Type.String()),
  decision: Type.Optional(
    Type.Object({
      outcome: Type.Enum(['upheld', 'corrected']),
      reason: Type.String(),
      decidedAt: instant,
      proposedBy: Type.Optional(Type.String()),
      approvedBy: Type.Optional(Type.String()),
      fact: Type.Optional(toldFact),
    }),
  ),
  events: Type.Array(
    Type.Object({
      at: instant,
      what: Type.Enum(['open', ...(Object.keys(actions) as Action[])]),
      by: doer,
      state,
      reason: Type.Optional(Type.String()),
      user: Type.Optional(Type.String()),
      assignee: Type.Optional(Type.String()),
      fact: Type.Optional(toldFact),
    }),
  ),
});

const queuePage = Type.Object(
  {
    nationalId: Type.Optional({ ...nationalId, description: 'One person’s instead; the look is recorded' }),
    state: Type.Optional(state),
    olderThanDays: Type.Optional(Type.String({ pattern: '^\\d{1,4}$' })),
    after: Type.Optional(Type.String({ maxLength: 60, description: 'The last case number of the page before' })),
    limit: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,2}$', description: 'At most 200; 50 if not said' })),
  },
  closed,
);

const inPath = Type.Object({ caseNumber: Type.String({ minLength: 1, maxLength: 60 }) });

const described = { tags: ['objections'], security: [{ bearer: [] }] };

/** Objections to a status (T-29, T-30): by the person, or by staff for one who calls 1420. */
export function addObjections(app: App, parts: WebParts): void {
  const objections = objectionsOf(parts);
  addOpening(app, objections);
  addLists(app, objections);
  addCase(app, objections);
}

function addOpening(app: App, objections: Objections): void {
  app.post(
    '/v1/objections',
    {
      schema: {
        ...described,
        summary: 'Object to a treatment entitlement status, with or without a tracking code',
        description: 'It suspends nothing: an answer stands until a fact is corrected.',
        headers: idempotencyKey,
        body: opening,
        response: { 200: receipt, 201: receipt, ...problems(401, 403, 404, 409, 413, 415) },
      },
    },
    async (request, reply) => {
      const actor = getActor(request, staff);
      const { nationalId: written, requestId: field, ...said } = request.body;
      const person = written === undefined ? ownPerson(actor) : getPerson(written);
      if (person === undefined) throw new InvalidRequest('/nationalId', 'staff name the person whose status it is');
      const opened = await objections.open({ actor, person, ...said, ...named(request, field) });
      if (!opened.replayed) void reply.code(201);
      return receive(opened, reply);
    },
  );
}

function addLists(app: App, objections: Objections): void {
  app.get(
    '/v1/objections',
    {
      schema: {
        ...described,
        summary: 'The person’s own objections, the newest first; for staff the queue, the oldest first',
        description: 'It names no person and no reason: those are read case by case.',
        querystring: queuePage,
        response: { 200: Type.Object({ objections: Type.Array(listed) }), ...problems(401, 403) },
      },
    },
    async (request) => {
      const actor = getActor(request, staff);
      const { nationalId: written, olderThanDays, limit, ...page } = request.query;
      const person = written === undefined ? ownPerson(actor) : getPerson(written);
      const isOfQueue = Object.keys(request.query).some((name) => name !== 'nationalId');
      if (person !== undefined && isOfQueue) throw new InvalidRequest('', 'only the queue of staff is chosen from');
      const found =
        person !== undefined
          ? await objections.listOfPerson(person, actor)
          : await objections.listQueue({
              ...page,
              ...(olderThanDays !== undefined && { olderThanDays: Number(olderThanDays) }),
              ...(limit !== undefined && { limit: Number(limit) }),
            });
      const lines = found.map((each): Static<typeof listed> => ({
        ...each,
        stateSince: each.stateSince.toISOString(),
        openedAt: each.openedAt.toISOString(),
      }));
      return { objections: lines };
    },
  );
}

function addCase(app: App, objections: Objections): void {
  app.get(
    '/v1/objections/:caseNumber',
    {
      schema: {
        ...described,
        summary: 'One objection with its history; a reading by staff is recorded',
        params: inPath,
        response: { 200: objection, ...problems(401, 403, 404) },
      },
    },
    async (request) => tell(await objections.read(request.params.caseNumber, getActor(request, staff))),
  );
  app.post(
    '/v1/objections/:caseNumber/events',
    {
      schema: {
        ...described,
        summary: 'Do the next thing in an objection: assign, ask for evidence, decide, withdraw',
        description:
          'A person brings evidence or withdraws. A correction names the fact that it rests on, and is approved by another person than the one who proposed it.',
        params: inPath,
        headers: idempotencyKey,
        body: moving,
        response: { 200: receipt, ...problems(401, 403, 404, 409, 413, 415) },
      },
    },
    async (request, reply) => {
      const { what, fact, requestId: field, ...said } = request.body;
      const actor = getActor(request, mayDo[what]);
      const moved = await objections.move({
        actor,
        caseNumber: request.params.caseNumber,
        what,
        ...said,
        ...named(request, field),
        ...(fact !== undefined && {
          fact: {
            name: fact.name,
            version: BigInt(fact.version),
            ...(fact.nationalId !== undefined && { person: getPerson(fact.nationalId) }),
          },
        }),
      });
      return receive(moved, reply);
    },
  );
}

/** The use cases, with what they need of this installation. */
export function objectionsOf({ pool, clock, ids, keys }: WebParts): Objections {
  return createObjections({
    pool,
    clock,
    ids,
    codes: new TrackingCodes(keys.trackingKey),
    // Who is told all about another is the principal of a minor.
    isMinorOf: async (person, principal) => {
      try {
        return (await mayAsk(pool, { kind: 'self', person: principal }, person, todayInTehran(clock))) === 'all';
      } catch (error) {
        if (error instanceof Fault && error.code === 'NOT_YOURS') return false;
        throw error;
      }
    },
  });
}

/** @throws Fault NOT_YOURS for providers, and for staff of another role */
function getActor(request: FastifyRequest, roles: readonly StaffRole[]): Actor {
  const holder = getHolder(request);
  return holder.kind === 'self' ? holder : requireRole(request, roles);
}

function named(request: FastifyRequest, field: string | undefined): { requestId?: string } {
  const id = readRequestId(request, field);
  return id === undefined ? {} : { requestId: id };
}

function ownPerson(actor: Actor): bigint | undefined {
  return actor.kind === 'self' ? actor.person : undefined;
}

function getPerson(written: string): bigint {
  const person = findNationalId(written);
  if (person === undefined) throw new Fault('INVALID_NATIONAL_ID', meaningOf('INVALID_NATIONAL_ID'));
  return person;
}

function receive(moved: Receipt, reply: FastifyReply): Static<typeof receipt> {
  if (moved.replayed) void reply.header('idempotent-replay', 'true');
  const { caseNumber: number, state: now, stateSince, openedAt } = moved;
  return { caseNumber: number, state: now, stateSince: stateSince.toISOString(), openedAt: openedAt.toISOString() };
}

function tell({ decision, events, stateSince, openedAt, ...told }: ToldObjection): Static<typeof objection> {
  return {
    ...told,
    stateSince: stateSince.toISOString(),
    openedAt: openedAt.toISOString(),
    ...(decision !== undefined && { decision: tellDecision(decision) }),
    events: events.map(({ at, fact, ...event }) => ({ ...event, at: at.toISOString(), ...tellFact(fact) })),
  };
}

function tellDecision({ decidedAt, fact, ...decision }: NonNullable<ToldObjection['decision']>) {
  return { ...decision, decidedAt: decidedAt.toISOString(), ...tellFact(fact) };
}

/** Versions stay far below 2^53. */
function tellFact(fact: ToldObjection['events'][number]['fact']): { fact?: Static<typeof toldFact> } {
  return fact === undefined ? {} : { fact: { ...fact, version: Number(fact.version) } };
}
