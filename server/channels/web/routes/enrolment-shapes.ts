import { Type } from 'typebox';
import { departures, stateNames } from '../../../enrolment/index.ts';
import { closed, day, nationalId, requestId } from '../shapes.ts';

/* What enrolment is asked and answers over HTTP. Money is whole rials, days are ISO. */

export const words = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\x00-\\x1f\\x7f]*\\S[^\\x00-\\x1f\\x7f]*$', description });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) => Type.Union([shape, Type.Null()]);
export const instant = Type.String({ format: 'date-time' });
const textOrNull = orNull(Type.String());
const dayOrNull = orNull(day);

export const route = Type.Enum(['selfDeclared', 'meansTest']);
export const termMonths = Type.Enum([1, 6, 12]);
const relation = Type.Enum(['head', 'spouse', 'child']);
const cause = Type.Enum(['militaryServiceEnded', 'unemployed', 'marriage', 'separation', 'ageLimit', 'other']);

const baseCover = Type.Object(
  {
    insurer: Type.Enum(['tamin', 'ihio', 'armedForces', 'other']),
    fund: Type.Optional(orNull(Type.Enum(['employees', 'otherStrata', 'universal', 'rural']))),
    supportiveBody: Type.Optional(Type.Boolean()),
  },
  closed,
);

const meansTest = Type.Object(
  {
    determinedOn: day,
    incomeMonthly: Type.Optional(orNull(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }))),
    decile: Type.Optional(orNull(Type.Integer({ minimum: 1, maximum: 10 }))),
  },
  closed,
);

/** A household without identities. */
export const sketch = Type.Object(
  {
    route,
    termMonths: Type.Optional(termMonths),
    meansTest: Type.Optional(orNull(meansTest)),
    lostCover: Type.Optional(orNull(Type.Object({ endedOn: day, cause }, closed))),
    renewal: Type.Optional(
      orNull(
        Type.Object(
          {
            expiresOn: { ...day, description: 'The last covered day' },
            lateEntrant: Type.Optional(Type.Boolean()),
            meansTestRequestedOn: Type.Optional(dayOrNull),
          },
          closed,
        ),
      ),
    ),
    members: Type.Array(
      Type.Object(
        {
          relation,
          birthDate: day,
          baseCover: Type.Optional(orNull(baseCover)),
          hospitalisedFromBirth: Type.Optional(Type.Boolean()),
          emergency: Type.Optional(Type.Boolean()),
          inApplication: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
      { minItems: 1, maxItems: 30 },
    ),
  },
  closed,
);

const numberOrNull = orNull(Type.Number());

const decision = Type.Object(
  {
    outcome: Type.Enum(['TERMS', 'AWAITING_MEANS_TEST', 'REFUSED']),
    regime: textOrNull,
    group: numberOrNull,
    payablePercent: numberOrNull,
    payable: numberOrNull,
    stateShare: numberOrNull,
    perCapitaMonthly: numberOrNull,
    termMonths: numberOrNull,
    members: Type.Array(
      Type.Object({
        id: Type.String(),
        waitingDays: Type.Integer(),
        coverFrom: dayOrNull,
        coverUntil: dayOrNull,
        entitledFrom: dayOrNull,
      }),
    ),
    continues: Type.Boolean(),
    needs: Type.Array(Type.String()),
    reasons: Type.Array(Type.String()),
    notices: Type.Array(Type.String()),
    clauses: Type.Array(Type.String()),
    lawVersion: Type.String(),
  },
  { description: 'As the law decides it: see POST /v1/decisions' },
);

export const quoted = Type.Object({
  decision,
  validUntil: { ...dayOrNull, description: 'The last day on which this price holds; null where nothing is owed' },
});

export const certificate = Type.Object(
  {
    providerCode: words(40, 'The treating centre'),
    certifiedAt: Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:\\d{2})$',
    }),
  },
  closed,
);

const sex = Type.Enum(['male', 'female']);
const name = words(100, 'As it is written in the identity document');

const memberToDeclare = Type.Object(
  {
    nationalId: Type.Optional(nationalId),
    motherNationalId: Type.Optional({
      ...nationalId,
      description:
        'Of a newborn without a national id: it is known by the mother’s and a serial number until it has one',
    }),
    relation,
    sex,
    birthDate: day,
    firstName: Type.Optional(orNull(name)),
    lastName: Type.Optional(orNull(name)),
    mobile: Type.Optional(orNull(Type.String({ maxLength: 30 }))),
    inApplication: Type.Optional(Type.Boolean({ description: 'true where it is not said' })),
    declaredCover: Type.Optional({
      ...orNull(baseCover),
      description: 'Base cover elsewhere; it holds only while the other insurers do not answer',
    }),
    hospitalisedFromBirth: Type.Optional(orNull(certificate)),
    emergency: Type.Optional(orNull(certificate)),
  },
  closed,
);

export const household = Type.Object(
  {
    route,
    termMonths: Type.Optional(termMonths),
    members: Type.Array(memberToDeclare, { minItems: 1, maxItems: 30 }),
    lostCover: Type.Optional(
      orNull(Type.Object({ endedOn: day, cause, evidence: words(500, 'What document says so') }, closed)),
    ),
    separatedSpouses: Type.Optional(
      Type.Array(Type.Object({ nationalId, reason: words(500, 'Why they live apart') }, closed), { maxItems: 4 }),
    ),
  },
  closed,
);

const office = words(40, 'A counter names its office');
const identityDocument = words(100, 'A counter names the document by which it identified the head');
export const counter = { office: Type.Optional(office), identityDocument: Type.Optional(identityDocument) };

export const opening = Type.Object(
  {
    household,
    ...counter,
    requestId: Type.Optional({ ...requestId, description: 'The same one opens one application' }),
  },
  closed,
);

export const renewing = Type.Object(
  {
    nationalId: Type.Optional({ ...nationalId, description: 'Of the head; a counter names it' }),
    route,
    termMonths: Type.Optional(termMonths),
    ...counter,
    requestId: Type.Optional(requestId),
  },
  closed,
);

export const steps = [
  'change',
  'submit',
  'withdraw',
  'priceAnew',
  'payMeanwhile',
  'correct',
  'replaceTemporaryKey',
  'removeMember',
] as const;

export const stepping = Type.Object(
  {
    what: Type.Enum([...steps]),
    household: Type.Optional({ ...household, description: 'To change a draft, or to correct what was declared' }),
    reason: Type.Optional(words(500, 'To correct, and where one is given to withdraw')),
    temporaryKey: Type.Optional(Type.String({ maxLength: 40 })),
    nationalId: Type.Optional({
      ...nationalId,
      description: 'In place of the temporary key; or of the member who leaves',
    }),
    cause: Type.Optional(Type.Enum([...departures], { description: 'Why a member leaves' })),
    on: Type.Optional({ ...day, description: 'The day on which a member left' }),
    office: Type.Optional(office),
    requestId: Type.Optional({ ...requestId, description: 'The same one is done once' }),
  },
  closed,
);

const number = Type.String({ pattern: '^\\d{13}$', description: 'Thirteen digits; a wrong one is noticed' });
const state = Type.Enum([...stateNames]);
const awaits = orNull(Type.Enum(['meansTest', 'figures', 'payment', 'newPrice']));
const hold = {
  ...orNull(Type.Enum(['FIGURES_NOT_CONFIRMED', 'COVER_BEING_SET_UP'])),
  description: 'Why it does not go on, where the household can do nothing about it',
};

export const receipt = Type.Object({ number, state, stateSince: instant, awaits, documentVersion: Type.Integer() });

export const application = Type.Object({
  number,
  kind: Type.Enum(['new', 'renewal', 'addition']),
  state,
  stateSince: instant,
  openedAt: instant,
  requestedOn: { ...dayOrNull, description: 'The day of submission in Tehran: it decides the regime' },
  awaits,
  hold,
  household: Type.Unknown({ description: 'What was declared' }),
  documentVersion: Type.Integer(),
  bill: textOrNull,
  payUntil: dayOrNull,
  office: textOrNull,
  unchecked: Type.Boolean({ description: 'A registry was silent; it is asked again' }),
  decisions: Type.Array(
    Type.Object({
      number: Type.Integer(),
      at: instant,
      purpose: Type.String(),
      decision,
      missing: Type.Array(Type.String(), { description: 'Members who must come along (M-19)' }),
    }),
  ),
  events: Type.Array(
    Type.Object({
      at: instant,
      what: Type.String(),
      by: Type.Enum(['self', 'counter', 'staff', 'system']),
      fromState: state,
      toState: state,
      clauses: Type.Array(Type.String()),
      reason: Type.Optional(Type.String()),
      user: Type.Optional(Type.String()),
      office: Type.Optional(Type.String()),
      decision: Type.Optional(Type.Integer()),
    }),
  ),
});

const listed = Type.Object({ number, kind: Type.String(), state, stateSince: instant, awaits, hold });

export const queuePage = Type.Object(
  {
    awaits: Type.Enum(['meansTest', 'figures', 'payment', 'newPrice']),
    after: Type.Optional(Type.String({ maxLength: 60, description: 'The last number of the page before' })),
    limit: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,2}$', description: 'At most 200; 50 if not said' })),
  },
  closed,
);

export const queue = Type.Object({ applications: Type.Array(listed) });

const coverMember = Type.Object({
  id: Type.String(),
  waitingDays: Type.Integer(),
  entitledFrom: day,
  coveredUntil: day,
  booklet: Type.String({ pattern: '^\\d{14}$' }),
});

export const householdTold = Type.Object({
  head: Type.String(),
  members: Type.Array(
    Type.Object({
      id: Type.String({ description: 'National id, or temporary key of a newborn' }),
      relation: Type.String(),
      firstName: textOrNull,
      lastName: textOrNull,
      birthDate: day,
    }),
  ),
  applications: Type.Array(listed),
  covers: Type.Array(
    Type.Object({ coveredFrom: day, coveredUntil: day, fund: Type.String(), members: Type.Array(coverMember) }),
  ),
});

export const coverQuestion = Type.Object(
  {
    nationalId: { ...nationalId, description: 'National id; or temporary key of a newborn: 0012345679-1' },
    on: Type.Optional({ ...day, description: 'Staff only; without it, today in Tehran' }),
    stay: Type.Optional(Type.Object({ admittedOn: day, dischargedOn: dayOrNull }, closed)),
    emergency: Type.Optional(Type.Boolean()),
  },
  closed,
);

export const coverAnswer = Type.Object({
  nationalId: Type.String(),
  on: day,
  outcome: Type.Enum(['COVERED', 'NOT_COVERED_PAY_TARIFF', 'NOT_COVERED_MAY_ENROL', 'COVERED_ELSEWHERE']),
  days: Type.Array(
    Type.Object({ from: day, until: day, payer: Type.Enum(['insurer', 'patient']), reason: textOrNull }),
    { description: 'The days asked about, in order, by who pays for them' },
  ),
  clauses: Type.Array(Type.String()),
  booklet: Type.Optional(Type.String({ description: 'Told to the person and to staff' })),
  coveredUntil: Type.Optional({ ...day, description: 'Told to the person and to staff' }),
});
