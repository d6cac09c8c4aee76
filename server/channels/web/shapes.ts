import type { FastifyTypeProvider } from 'fastify';
import { Type, type Static, type TSchema } from 'typebox';
import type { FactName } from '../../membership/index.ts';
import { outcomes } from '../texts.ts';

/** The types of a handler's request come from the shapes that it is checked against. */
export interface ShapeTypes extends FastifyTypeProvider {
  readonly validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
  readonly serializer: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
}

/** A closed object: a misspelt field must not pass as absent. */
export const closed = { additionalProperties: false } as const;

export const nationalId = Type.String({
  minLength: 1,
  maxLength: 40,
  description:
    'Ten digits with the check digit (8 or 9 are padded on the left), or twelve digits for foreign nationals. Digits of any script.',
});

export const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A Gregorian day: 2020-05-21' });

export const setting = Type.Enum(['outpatient', 'inpatient']);

export const texts = Type.Object({ fa: Type.String(), en: Type.String() });

export const trackingCode = Type.String({
  pattern: '^\\d{1,16}$',
  description: 'At most 16 digits, the last a check digit',
});

const lastDay = Type.Union([day, Type.Null()]);

export const requestId = Type.String({
  pattern: '^[\\x21-\\x7e]{1,200}$',
  description: 'The same one from the same asker about the same person gives the same answer',
});

export const inquiryQuestion = Type.Object(
  {
    nationalId,
    setting: Type.Optional(setting),
    requestId: Type.Optional(requestId),
    on: Type.Optional({ ...day, description: 'Staff only; without it, today in Tehran' }),
    knownAt: Type.Optional(
      Type.String({
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:\\d{2})$',
        description: 'Staff only: as it was known at this instant',
      }),
    ),
  },
  closed,
);

export const inquiryAnswer = Type.Object({
  trackingCode,
  outcome: Type.Enum([...outcomes]),
  on: day,
  setting,
  reasons: Type.Array(Type.String()),
  clauses: Type.Array(Type.String()),
  message: texts,
  lawVersion: Type.String(),
  actingClass: Type.Optional(Type.Union([Type.Enum(['insured', 'pensioner', 'dependant']), Type.Null()])),
  needs: Type.Optional(Type.Array(Type.String(), { description: 'JSON pointers to the facts that are missing' })),
  entitledUntil: Type.Optional({ ...lastDay, description: 'The last entitled day; told to the person alone' }),
  endedOn: Type.Optional({ ...lastDay, description: 'The last day that was entitled; told to the person alone' }),
});

export const inquiryRead = Type.Object({ ...inquiryAnswer.properties, askedAt: Type.String({ format: 'date-time' }) });

/** One inquiry about a person, as that person is told of it. */
export const asked = Type.Object({
  trackingCode,
  askedAt: Type.String({ format: 'date-time' }),
  asker: Type.Object({
    kind: Type.Enum(['provider', 'self', 'principal', 'staff']),
    code: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
  }),
  channel: Type.String(),
  setting,
  on: day,
  outcome: Type.Enum([...outcomes]),
});

const factNames = [
  'diedOn',
  'studyCertificateUntil',
  'idSightedOn',
  'maintained',
  'disabled',
  'married',
  'employed',
  'ownPension',
  'mobile',
  'standings',
  'otherCovers',
] as const satisfies readonly FactName[];

export const factToRecord = Type.Object(
  {
    name: Type.Enum([...factNames]),
    value: Type.Unknown({ description: 'As the fact is written in an import; null withdraws what was recorded' }),
    seen: Type.Optional(
      Type.Object(
        { document: Type.String({ minLength: 1, maxLength: 100 }), by: Type.String({ minLength: 1, maxLength: 100 }) },
        { ...closed, description: 'Which document was seen, and by whom; needed for certificates and sightings' },
      ),
    ),
  },
  closed,
);

export const factRecorded = Type.Object({
  version: Type.Integer({ description: 'The version of the dossier that holds the fact' }),
  changed: Type.Boolean({ description: 'false: just that was recorded before' }),
});

const nameOrNone = Type.Union([Type.String(), Type.Null()]);

export const record = Type.Object({
  nationalId: Type.String(),
  version: Type.Integer(),
  recordedAt: Type.String({ format: 'date-time' }),
  firstName: nameOrNone,
  lastName: nameOrNone,
  mobile: nameOrNone,
  sources: Type.Unknown({ description: 'What each source said: imports by name, and what was recorded fact by fact' }),
});

const problemShape = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.Optional(Type.String()),
    path: Type.Optional(Type.String({ description: 'JSON pointer into the request' })),
    message: Type.Optional(Type.String()),
    texts: Type.Optional(texts),
    trackingCode: Type.Optional(Type.String({ description: 'Under which an attempt without an answer is recorded' })),
  },
  { description: 'RFC 9457; `code` is stable' },
);

const problemAnswer = (description: string): object => ({
  description,
  content: { 'application/problem+json': { schema: problemShape } },
});

const problemNames: Readonly<Record<number, string>> = {
  400: 'The request is not understood: INVALID_REQUEST, INVALID_NATIONAL_ID, OBJECTION_FACT_UNKNOWN, PAYMENT_AMOUNT, APPLICATION_INVALID',
  401: 'No valid bearer token or session: UNAUTHENTICATED; or refused at the sign-in: SIGN_IN_REFUSED',
  403: 'Not for this asker: NOT_YOURS, NOT_CONTRACTED, FOUR_EYES, FORGED_REQUEST',
  404: 'NOT_FOUND',
  409: 'It stands against what is there: REQUEST_ID_REUSED, FACT_CLASHES, OBJECTION_STATE, BILL_STATE, PAYMENT_UNDER_WAY, RECEIPT_REUSED, REFUND_STATE, APPLICATION_OPEN, APPLICATION_STATE, HOUSEHOLD_CLASHES, MEMBER_ELSEWHERE, FIGURES_NOT_CONFIRMED',
  413: 'More than 64 kB: PAYLOAD_TOO_LARGE',
  415: 'Not application/json: UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED, with Retry-After',
  503: 'OVERLOADED, COULD_NOT_DETERMINE, PAYMENT_GATEWAY_SILENT, with Retry-After; that is no refusal',
};

/** The problems of a route for its description: always 400, 429 and 503. */
export function problems(...statuses: number[]): Record<number, object> {
  const all = [400, ...statuses, 429, 503];
  return Object.fromEntries(all.map((status) => [status, problemAnswer(problemNames[status] ?? 'A problem')]));
}
