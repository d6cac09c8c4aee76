import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { findDayInEitherCalendar } from '../../../cases/index.ts';
import type { InquiryAnswer, InquiryRequest } from '../../../inquiry/index.ts';
import { Fault, findNationalId, meaningOf } from '../../../platform/index.ts';
import { fullText } from '../../texts.ts';
import type { TokenHolder } from '../../tokens.ts';
import { getHolder, requireRole } from '../asker.ts';
import { InvalidRequest, refuseOverloaded } from '../problems.ts';
import type { App } from '../typed-app.ts';
import { inquiryAnswer, inquiryQuestion, inquiryRead, problems } from '../shapes.ts';
import type { WebParts } from '../parts.ts';
import { idempotencyKey, readRequestId } from '../request-id.ts';
import type { WrongIds } from '../wrong-ids.ts';

type Question = Static<typeof inquiryQuestion>;

const mayAsk = ['counter-operator', 'call-centre-agent', 'registry-clerk', 'auditor', 'administrator'] as const;

/** Ask, and read again what was answered. */
export function addInquiries(app: App, { inquiry }: WebParts, wrongIds: WrongIds): void {
  app.post(
    '/v1/inquiries',
    {
      onRequest: (_request, reply, done) => {
        if (inquiry.hasRoom('web')) done();
        else refuseOverloaded(reply);
      },
      schema: {
        summary: 'Is this person entitled to treatment?',
        tags: ['inquiries'],
        security: [{ bearer: [] }],
        headers: idempotencyKey,
        body: inquiryQuestion,
        response: { 200: inquiryAnswer, ...problems(401, 403, 409, 413, 415) },
      },
    },
    async (request, reply) => {
      const { subject } = request;
      const turn = wrongIds.pass(subject);
      if (turn !== undefined) await turn;
      const asked = readQuestion(request, request.body, () => {
        wrongIds.count(subject);
      });
      const answer = await inquiry.ask(asked);
      if (answer.outcome === 'UNKNOWN_PERSON') wrongIds.count(subject);
      markReplay(reply, answer);
      return tell(answer, getHolder(request));
    },
  );
  app.get(
    '/v1/inquiries/:trackingCode',
    {
      schema: {
        summary: 'What was answered under this tracking code; to the asker, the person and staff',
        tags: ['inquiries'],
        security: [{ bearer: [] }],
        params: Type.Object({ trackingCode: Type.String({ minLength: 1, maxLength: 60 }) }),
        response: { 200: inquiryRead, ...problems(401, 404) },
      },
    },
    async (request) => {
      const { subject } = request;
      const turn = wrongIds.pass(subject);
      if (turn !== undefined) await turn;
      const holder = getHolder(request);
      if (holder.kind === 'staff') requireRole(request, mayAsk);
      const answer = await inquiry.verify(request.params.trackingCode, holder);
      if (answer === undefined) {
        wrongIds.count(subject);
        throw new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
      }
      return { ...tell(answer, holder), askedAt: answer.askedAt.toISOString() };
    },
  );
}

function readQuestion(request: FastifyRequest, body: Question, onWrong: () => void): InquiryRequest {
  const asker = getHolder(request);
  if (asker.kind === 'staff') requireRole(request, mayAsk);
  const person = findNationalId(body.nationalId);
  if (person === undefined) {
    onWrong();
    throw new Fault('INVALID_NATIONAL_ID', meaningOf('INVALID_NATIONAL_ID'));
  }
  const requestId = readRequestId(request, body.requestId);
  return {
    asker,
    person,
    setting: body.setting ?? 'outpatient',
    channel: 'web',
    ...(requestId !== undefined && { requestId }),
    ...readWhen(body, asker),
  };
}

function readWhen({ on, knownAt }: Question, asker: TokenHolder): Pick<InquiryRequest, 'on' | 'knownAt'> {
  if (on === undefined && knownAt === undefined) return {};
  if (asker.kind !== 'staff') {
    throw new InvalidRequest(on === undefined ? '/knownAt' : '/on', 'only staff may ask for another day than today');
  }
  const day = on === undefined ? undefined : findDayInEitherCalendar(on);
  if (on !== undefined && day === undefined) throw new InvalidRequest('/on', 'must be a day of the calendar');
  const instant = knownAt === undefined ? undefined : new Date(knownAt);
  if (instant !== undefined && Number.isNaN(instant.getTime())) {
    throw new InvalidRequest('/knownAt', 'must be an instant');
  }
  return { ...(day !== undefined && { on: day }), ...(instant !== undefined && { knownAt: instant }) };
}

function markReplay(reply: FastifyReply, { replayed }: InquiryAnswer): void {
  if (replayed) void reply.header('idempotent-replay', 'true');
}

function tell(answer: InquiryAnswer, { kind }: TokenHolder): Static<typeof inquiryAnswer> {
  const { trackingCode, outcome, on, setting, reasons, clauses, lawVersion } = answer;
  const { actingClass, needs, entitledUntil, endedOn } = answer;
  return {
    trackingCode,
    outcome,
    on,
    setting,
    reasons: [...reasons],
    clauses: [...clauses],
    message: fullText(answer, kind),
    lawVersion,
    ...(actingClass !== undefined && { actingClass }),
    ...(needs !== undefined && { needs: [...needs] }),
    ...(entitledUntil !== undefined && { entitledUntil }),
    ...(endedOn !== undefined && { endedOn }),
  };
}
