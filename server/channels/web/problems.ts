import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { CouldNotDetermine } from '../../inquiry/index.ts';
import { Fault, meaningOf, type FaultCode, type Log } from '../../platform/index.ts';
import { faultTexts, type Texts } from '../texts.ts';

/** RFC 9457. Says what is wrong and never what was written: no value, stack, SQL or personal data. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: FaultCode | 'INVALID_CASE';
  readonly detail?: string;
  /** JSON pointer into the request. */
  readonly path?: string;
  /** What is wrong with a case, in the words of `decide`. */
  readonly message?: string;
  readonly texts?: Texts;
  /** Under which an attempt without an answer is recorded. */
  readonly trackingCode?: string;
}

const statuses: Partial<Record<FaultCode, number>> = {
  APPLICATION_INVALID: 400,
  APPLICATION_OPEN: 409,
  APPLICATION_STATE: 409,
  BILL_STATE: 409,
  COULD_NOT_DETERMINE: 503,
  FACT_CLASHES: 409,
  FACT_INVALID: 400,
  FIGURES_NOT_CONFIRMED: 409,
  FORGED_REQUEST: 403,
  FOUR_EYES: 403,
  HOUSEHOLD_CLASHES: 409,
  INVALID_NATIONAL_ID: 400,
  INVALID_REQUEST: 400,
  MEMBER_ELSEWHERE: 409,
  NOT_CONTRACTED: 403,
  NOT_FOUND: 404,
  NOT_YOURS: 403,
  OBJECTION_FACT_UNKNOWN: 400,
  OBJECTION_STATE: 409,
  OVERLOADED: 503,
  PAYLOAD_TOO_LARGE: 413,
  PAYMENT_AMOUNT: 400,
  PAYMENT_GATEWAY_SILENT: 503,
  PAYMENT_UNDER_WAY: 409,
  RATE_LIMITED: 429,
  RECEIPT_REUSED: 409,
  REFUND_STATE: 409,
  REQUEST_ID_REUSED: 409,
  SIGN_IN_REFUSED: 401,
  UNAUTHENTICATED: 401,
  UNEXPECTED: 500,
  UNSUPPORTED_MEDIA_TYPE: 415,
};

/** Inside they are told apart; outside they are one thing: no answer now, and that is no refusal. */
const undetermined: readonly FaultCode[] = [
  'DATABASE_UNAVAILABLE',
  'DATABASE_OUTCOME_UNKNOWN',
  'DATABASE_CONFLICT',
  'DATABASE_TIMED_OUT',
  'DATABASE_DISK_FULL',
  'DATABASE_ACCESS_REFUSED',
  'DOSSIER_UNREADABLE',
];

const usualRetryAfter: Partial<Record<FaultCode, number>> = {
  COULD_NOT_DETERMINE: 2,
  OVERLOADED: 1,
  PAYMENT_GATEWAY_SILENT: 5,
  PAYMENT_UNDER_WAY: 5,
};

export class RateLimited extends Fault {
  readonly retryAfterSeconds: number;

  constructor(seconds: number) {
    super('RATE_LIMITED', meaningOf('RATE_LIMITED'));
    this.retryAfterSeconds = Math.max(1, Math.ceil(seconds));
  }
}

/** A field of the request that is not as it must be. */
export class InvalidRequest extends Fault {
  readonly path: string;

  constructor(path: string, detail: string) {
    super('INVALID_REQUEST', detail);
    this.path = path;
  }
}

type WhatIsWrong = Partial<Pick<Problem, 'detail' | 'path' | 'trackingCode'>>;

export function problemOf(code: FaultCode, more: WhatIsWrong = {}): Problem {
  const texts = textsOf(code, more.trackingCode);
  return {
    type: `urn:estehqaq:problem:${code}`,
    title: meaningOf(code),
    status: statuses[code] ?? 500,
    code,
    ...more,
    ...(texts !== undefined && { texts }),
  };
}

function textsOf(code: FaultCode, trackingCode: string | undefined): Texts | undefined {
  const texts = faultTexts[code];
  if (texts === undefined || trackingCode === undefined) return texts;
  return { fa: `${texts.fa}\nرهگیری ${trackingCode}`, en: `${texts.en}\ntracking code ${trackingCode}` };
}

/** The code that is told outside. */
export function outsideCode(error: unknown): FaultCode {
  if (error instanceof Fault) {
    if (undetermined.includes(error.code)) return 'COULD_NOT_DETERMINE';
    if (error.code === 'PERSON_UNKNOWN') return 'NOT_FOUND';
    return statuses[error.code] === undefined ? 'UNEXPECTED' : error.code;
  }
  const { statusCode, validation } = error as Partial<FastifyError>;
  if (validation !== undefined) return 'INVALID_REQUEST';
  if (statusCode === 413) return 'PAYLOAD_TOO_LARGE';
  if (statusCode === 415) return 'UNSUPPORTED_MEDIA_TYPE';
  if (statusCode === 404) return 'NOT_FOUND';
  if (statusCode === 503) return 'OVERLOADED';
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? 'INVALID_REQUEST' : 'UNEXPECTED';
}

export function answerErrors(log: Log) {
  return async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const code = outsideCode(error);
    // Of an inquiry the cause is in the log already, once for all whom it left without an answer.
    const isTold = error instanceof CouldNotDetermine;
    if (code === 'UNEXPECTED' || (code === 'COULD_NOT_DETERMINE' && !isTold)) {
      log.error({ err: error, route: request.routeOptions.url }, code);
    }
    const { retryAfterSeconds: seconds = usualRetryAfter[code] } = error as { retryAfterSeconds?: number };
    if (seconds !== undefined) void reply.header('retry-after', String(seconds));
    if (code === 'UNAUTHENTICATED') void reply.header('www-authenticate', 'Bearer realm="estehqaq"');
    return sendProblem(reply, problemOf(code, whatIsWrong(error)));
  };
}

const overloaded = JSON.stringify(problemOf('OVERLOADED'));

/** The same answer as to an Overloaded that is thrown, for less work: it is given when there is too much. */
export function refuseOverloaded(reply: FastifyReply): void {
  void reply
    .code(503)
    .header('retry-after', String(usualRetryAfter.OVERLOADED))
    .type('application/problem+json')
    .serializer(() => overloaded)
    .send({});
}

export async function sendProblem(reply: FastifyReply, problem: Problem): Promise<FastifyReply> {
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problem);
}

/** Their words say what a fact must be, or where in the household it is, never what was written. */
const saidInDetail: readonly FaultCode[] = [
  'APPLICATION_INVALID',
  'FACT_INVALID',
  'HOUSEHOLD_CLASHES',
  'MEMBER_ELSEWHERE',
];

/** Where in the request, and what was expected there; the validator's words name fields and never values. */
function whatIsWrong(error: unknown): WhatIsWrong {
  if (error instanceof CouldNotDetermine) {
    return error.trackingCode === undefined ? {} : { trackingCode: error.trackingCode };
  }
  if (error instanceof Fault && saidInDetail.includes(error.code)) return { detail: error.message };
  if (error instanceof InvalidRequest) return { path: error.path, detail: error.message };
  const { validation, validationContext } = error as Partial<FastifyError>;
  const first = validation?.[0];
  if (first === undefined) return {};
  const field = first.params['additionalProperty'] ?? first.params['missingProperty'];
  const path = typeof field === 'string' ? `${first.instancePath}/${pointer(field)}` : first.instancePath;
  return { path, detail: `${validationContext ?? 'body'} ${first.message ?? 'is not as it must be'}` };
}

const longestField = 60;

function pointer(field: string): string {
  return field.slice(0, longestField).replaceAll('~', '~0').replaceAll('/', '~1');
}
