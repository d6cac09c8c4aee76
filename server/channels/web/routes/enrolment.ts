import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type {
  Actor,
  Enrolment,
  HouseholdDocument,
  Receipt,
  Sketch,
  ToldApplication,
} from '../../../enrolment/index.ts';
import { Fault, findNationalId, meaningOf, nationalIdText } from '../../../platform/index.ts';
import type { StaffRole } from '../../tokens.ts';
import { getHolder, requireRole } from '../asker.ts';
import type { WebParts } from '../parts.ts';
import { InvalidRequest } from '../problems.ts';
import { idempotencyKey, readRequestId } from '../request-id.ts';
import { closed, nationalId, problems } from '../shapes.ts';
import type { App } from '../typed-app.ts';
import { addCertificates } from './certificates.ts';
import * as shapes from './enrolment-shapes.ts';

const counters = ['counter-operator'] as const satisfies readonly StaffRole[];
const correctors = ['registry-clerk', 'administrator'] as const satisfies readonly StaffRole[];
const readers = [
  'counter-operator',
  'call-centre-agent',
  'registry-clerk',
  'auditor',
  'administrator',
] as const satisfies readonly StaffRole[];

/** Who takes which step; the head takes all but a correction. */
const mayStep = {
  change: counters,
  submit: counters,
  withdraw: counters,
  priceAnew: counters,
  payMeanwhile: counters,
  replaceTemporaryKey: counters,
  removeMember: counters,
  correct: correctors,
} as const satisfies Record<(typeof shapes.steps)[number], readonly StaffRole[]>;

const inPath = Type.Object({ number: Type.String({ minLength: 1, maxLength: 60 }) });
const described = { tags: ['enrolment'], security: [{ bearer: [] }] };

/** Mandatory insurance (M): by the head of a household, or by a counter office on the head's behalf. */
export function addEnrolment(app: App, { enrolment }: WebParts): void {
  if (enrolment === undefined) return;
  addQuote(app, enrolment);
  addApplications(app, enrolment);
  addCertificates(app, enrolment);
  addReadings(app, enrolment);
  addSteps(app, enrolment);
  addHousehold(app, enrolment);
  addCoverChecks(app, enrolment);
}

function addQuote(app: App, enrolment: Enrolment): void {
  app.post(
    '/v1/enrolment/quote',
    {
      schema: {
        ...described,
        summary: 'What would I pay and from when, if I applied and paid today?',
        description: 'A household is sketched without identities. The same question as a bill asks of the law.',
        body: shapes.sketch,
        response: { 200: shapes.quoted, ...problems(401, 403, 409, 413, 415) },
      },
    },
    (request) => {
      const holder = getHolder(request);
      if (holder.kind === 'provider') throw fault('NOT_YOURS');
      const { decision, validUntil } = enrolment.quote(readSketch(request.body));
      return Promise.resolve({ decision: tellDecision(decision), validUntil });
    },
  );
}

function addApplications(app: App, enrolment: Enrolment): void {
  app.post(
    '/v1/enrolment/applications',
    {
      schema: {
        ...described,
        summary: 'Open an application: a draft, which is submitted by a step',
        headers: idempotencyKey,
        body: shapes.opening,
        response: { 200: shapes.receipt, 201: shapes.receipt, ...problems(401, 403, 409, 413, 415) },
      },
    },
    async (request, reply) => {
      const { household, office, identityDocument, requestId } = request.body;
      const opened = await enrolment.createDraft({
        actor: getActor(request, counters, office),
        document: readHousehold(household),
        identityDocument,
        requestId: readRequestId(request, requestId),
      });
      if (!opened.replayed) void reply.code(201);
      return receive(opened, reply);
    },
  );
  app.post(
    '/v1/enrolment/renewals',
    {
      schema: {
        ...described,
        summary: 'Ask to be covered on: the household as it is, from its last cover',
        headers: idempotencyKey,
        body: shapes.renewing,
        response: { 200: shapes.receipt, 201: shapes.receipt, ...problems(401, 403, 404, 409, 413, 415) },
      },
    },
    async (request, reply) => {
      const { nationalId: written, route, termMonths = 12, office, identityDocument, requestId } = request.body;
      const actor = getActor(request, counters, office);
      const head = written === undefined ? ownPerson(actor) : getPerson(written);
      if (head === undefined) throw new InvalidRequest('/nationalId', 'a counter names the head of the household');
      const named = { route, termMonths, identityDocument, requestId: readRequestId(request, requestId) };
      const renewed = await enrolment.renew({ actor, head, ...named });
      if (!renewed.replayed) void reply.code(201);
      return receive(renewed, reply);
    },
  );
}

function addReadings(app: App, enrolment: Enrolment): void {
  app.get(
    '/v1/enrolment/applications',
    {
      schema: {
        ...described,
        summary: 'What waits for what, the longest first; for staff',
        description: 'It names no person: an application is read by its number, and that is recorded.',
        querystring: shapes.queuePage,
        response: { 200: shapes.queue, ...problems(401, 403) },
      },
    },
    async (request) => {
      requireRole(request, readers);
      const { limit, ...page } = request.query;
      const found = await enrolment.listQueue({ ...page, ...(limit !== undefined && { limit: Number(limit) }) });
      return { applications: found.map((each) => ({ ...each, stateSince: each.stateSince.toISOString() })) };
    },
  );
  app.get(
    '/v1/enrolment/applications/:number',
    {
      schema: {
        ...described,
        summary: 'One application with its decisions and history; a reading by staff is recorded',
        params: inPath,
        response: { 200: shapes.application, ...problems(401, 403, 404) },
      },
    },
    async (request) => tellApplication(await enrolment.read(request.params.number, getActor(request, readers))),
  );
}

function addSteps(app: App, enrolment: Enrolment): void {
  app.post(
    '/v1/enrolment/applications/:number/events',
    {
      schema: {
        ...described,
        summary: 'Take the next step: change, submit, withdraw, price anew, pay in full meanwhile, correct',
        description:
          'The day of `submit` in Tehran decides the regime. `correct` is for staff: another application takes the place of this one.',
        params: inPath,
        headers: idempotencyKey,
        body: shapes.stepping,
        response: { 200: shapes.receipt, ...problems(401, 403, 404, 409, 413, 415) },
      },
    },
    async (request, reply) => {
      const { what, office, requestId } = request.body;
      const actor = getActor(request, mayStep[what], office);
      if (actor.kind === 'self' && what === 'correct') throw fault('NOT_YOURS');
      const step = { actor, number: request.params.number, requestId: readRequestId(request, requestId) };
      return receive(await take(enrolment, step, request.body), reply);
    },
  );
}

type Step = Parameters<Enrolment['submit']>[0];

async function take(enrolment: Enrolment, step: Step, body: Static<typeof shapes.stepping>): Promise<Receipt> {
  const { what, household, reason, temporaryKey, nationalId: written, cause, on } = body;
  switch (what) {
    case 'change':
      return enrolment.changeDraft({ ...step, document: readHousehold(need(household, '/household')) });
    case 'submit':
      return enrolment.submit(step);
    case 'withdraw':
      return enrolment.withdraw({ ...step, reason });
    case 'priceAnew':
      return enrolment.priceAnew(step);
    case 'payMeanwhile':
      return enrolment.payMeanwhile(step);
    case 'correct': {
      const document = readHousehold(need(household, '/household'));
      return enrolment.correct({ ...step, document, reason: need(reason, '/reason') });
    }
    case 'removeMember': {
      const id = need(written, '/nationalId');
      return enrolment.removeMember({ ...step, id, cause: need(cause, '/cause'), on: need(on, '/on') });
    }
    case 'replaceTemporaryKey': {
      const person = getPerson(need(written, '/nationalId'));
      return enrolment.replaceTemporaryKey({
        ...step,
        temporaryKey: need(temporaryKey, '/temporaryKey'),
        nationalId: person,
      });
    }
  }
}

function addHousehold(app: App, enrolment: Enrolment): void {
  app.get(
    '/v1/enrolment/household',
    {
      schema: {
        ...described,
        summary: 'My household: members, applications, covers with booklets; for staff a person’s, and it is recorded',
        querystring: Type.Object(
          { nationalId: Type.Optional({ ...nationalId, description: 'Staff name a member' }) },
          closed,
        ),
        response: { 200: shapes.householdTold, ...problems(401, 403, 404) },
      },
    },
    async (request) => {
      const { nationalId: written } = request.query;
      const actor = getActor(request, readers);
      const person = written === undefined ? ownPerson(actor) : getPerson(written);
      if (person === undefined) throw new InvalidRequest('/nationalId', 'staff name a member of the household');
      const told = await enrolment.readHousehold(actor, { person });
      return {
        head: told.head,
        members: [...told.members],
        applications: told.applications.map((each) => ({ ...each, stateSince: each.stateSince.toISOString() })),
        covers: told.covers.map(({ members, ...cover }) => ({ ...cover, members: [...members] })),
      };
    },
  );
}

function addCoverChecks(app: App, enrolment: Enrolment): void {
  app.post(
    '/v1/enrolment/cover-checks',
    {
      schema: {
        ...described,
        summary: 'Is this person covered by the mandatory insurance, and which days of a stay does it pay?',
        description:
          'For providers with a contract, the person, and staff; each question is recorded. A provider learns no end of a cover. It says nothing of the treatment entitlement: see POST /v1/inquiries.',
        body: shapes.coverQuestion,
        response: { 200: shapes.coverAnswer, ...problems(401, 403, 413, 415) },
      },
    },
    async (request) => {
      const { nationalId: id, ...question } = request.body;
      const holder = getHolder(request);
      const asker = holder.kind === 'staff' ? requireRole(request, readers) : holder;
      const { id: shown, days, clauses, ...answer } = await enrolment.checkCover({ asker, id, ...question });
      return { ...answer, nationalId: shown, days: [...days], clauses: [...clauses] };
    },
  );
}

/** @throws Fault NOT_YOURS for providers, and for staff of another role */
function getActor(request: FastifyRequest, roles: readonly StaffRole[], office?: string): Actor {
  const holder = getHolder(request);
  if (holder.kind === 'self') return holder;
  return { ...requireRole(request, roles), office: office?.trim() };
}

function ownPerson(actor: Actor): bigint | undefined {
  return actor.kind === 'self' ? actor.person : undefined;
}

function getPerson(written: string): bigint {
  const person = findNationalId(written);
  if (person === undefined) throw fault('INVALID_NATIONAL_ID');
  return person;
}

function fault(code: 'INVALID_NATIONAL_ID' | 'NOT_YOURS'): Fault {
  return new Fault(code, meaningOf(code));
}

function need<T>(value: T | undefined, path: string): T {
  if (value === undefined) throw new InvalidRequest(path, 'this step needs it');
  return value;
}

type DeclaredHousehold = Static<typeof shapes.household>;

/** In the one form in which it is kept; newborns without an id are numbered in the order in which they are named. */
function readHousehold(written: DeclaredHousehold): HouseholdDocument {
  const { route, termMonths = 12, members, lostCover = null, separatedSpouses = [] } = written;
  const newborns = new Map<string, number>();
  return {
    route,
    termMonths,
    lostCover,
    separatedSpouses: separatedSpouses.map(({ nationalId: id, reason }) => ({
      id: nationalIdText(getPerson(id)),
      reason: reason.trim(),
    })),
    members: members.map((member, index) => {
      const { nationalId: id, motherNationalId: mother } = member;
      if ((id === undefined) === (mother === undefined)) {
        throw new InvalidRequest(`/household/members/${index}`, 'a national id, or of a newborn the mother’s');
      }
      if (id !== undefined) return readMember(nationalIdText(getPerson(id)), member);
      const key = nationalIdText(getPerson(mother ?? ''));
      const serial = (newborns.get(key) ?? 0) + 1;
      newborns.set(key, serial);
      return readMember(`${key}-${serial}`, member);
    }),
  };
}

function readMember(id: string, member: DeclaredHousehold['members'][number]): HouseholdDocument['members'][number] {
  const { relation, sex, birthDate, firstName = null, lastName = null, mobile = null } = member;
  const { inApplication = true, declaredCover = null, hospitalisedFromBirth = null, emergency = null } = member;
  return {
    ...{ id, relation, sex, birthDate, mobile, inApplication, hospitalisedFromBirth, emergency },
    firstName: firstName?.trim() ?? null,
    lastName: lastName?.trim() ?? null,
    declaredCover: readCover(declaredCover),
  };
}

type WrittenCover = NonNullable<Static<typeof shapes.sketch>['members'][number]['baseCover']>;

function readCover(written: WrittenCover | null) {
  if (written === null) return null;
  return { insurer: written.insurer, fund: written.fund ?? null, supportiveBody: written.supportiveBody ?? false };
}

function readSketch(written: Static<typeof shapes.sketch>): Sketch {
  const { route, termMonths = 12, meansTest = null, lostCover = null, renewal = null, members } = written;
  return {
    route,
    termMonths,
    meansTest: meansTest === null ? null : { incomeMonthly: null, decile: null, ...meansTest },
    lostCover,
    renewal: renewal === null ? null : { lateEntrant: false, meansTestRequestedOn: null, ...renewal },
    members: members.map((member) => ({
      relation: member.relation,
      birthDate: member.birthDate,
      baseCover: readCover(member.baseCover ?? null),
      hospitalisedFromBirth: member.hospitalisedFromBirth ?? false,
      emergency: member.emergency ?? false,
      inApplication: member.inApplication ?? true,
    })),
  };
}

function receive({ replayed, stateSince, ...told }: Receipt, reply: FastifyReply): Static<typeof shapes.receipt> {
  if (replayed) void reply.header('idempotent-replay', 'true');
  return { ...told, stateSince: stateSince.toISOString() };
}

function tellApplication(told: ToldApplication): Static<typeof shapes.application> {
  const { document, stateSince, openedAt, decisions, events, ...application } = told;
  return {
    ...application,
    household: document,
    stateSince: stateSince.toISOString(),
    openedAt: openedAt.toISOString(),
    decisions: decisions.map(({ at, missing, decision, ...each }) => ({
      ...each,
      at: at.toISOString(),
      missing: [...missing],
      decision: tellDecision(decision),
    })),
    events: events.map(({ at, clauses, ...event }) => ({ ...event, at: at.toISOString(), clauses: [...clauses] })),
  };
}

type Decided = ToldApplication['decisions'][number]['decision'];
type ToldDecision = Static<typeof shapes.quoted>['decision'];

function tellDecision({ members, needs, reasons, notices, clauses, ...decision }: Decided): ToldDecision {
  return {
    ...decision,
    members: [...members],
    needs: [...needs],
    reasons: [...reasons],
    notices: [...notices],
    clauses: [...clauses],
  };
}
