import type { EnrolmentDecision, EntitlementDecision, MemberTerms } from './decision.ts';
import { anyCase } from './facts/read-case.ts';
import { flag, listOf, objectOf, oneOf, optional, required, text, type JsonSchema, type Shape } from './facts/shape.ts';
import { scalar, wholeNumber } from './facts/shape.ts';
import type { ClauseId } from './words/clause-id.ts';
import { findDay } from './words/day.ts';

/* The decisions, as shapes: for the JSON Schema, and for whoever must check an answer. */

const isoDay: Shape<string> = scalar('a Gregorian day', { type: 'string', format: 'date' }, (value) =>
  typeof value === 'string' && findDay(value) !== undefined ? value : undefined,
);

const clauses: Shape<readonly ClauseId[]> = listOf(
  scalar('a clause', { type: 'string', pattern: '^[TM]-\\d{2}$' }, (value) => value as ClauseId),
);

const rials = wholeNumber(0, Number.MAX_SAFE_INTEGER);
const days = wholeNumber(0, 366);
const months = wholeNumber(1, 1200);

const memberTerms: Shape<MemberTerms> = objectOf<MemberTerms>({
  id: required(text),
  waitingDays: required(days),
  coverFrom: optional(isoDay, 'null until the bill is paid', null),
  coverUntil: optional(isoDay, 'last covered day', null),
  entitledFrom: optional(isoDay, 'first day after the waiting period', null),
});

export const enrolmentDecision: Shape<EnrolmentDecision> = objectOf<EnrolmentDecision>({
  kind: required(oneOf(['enrolment'])),
  caseId: optional(text, 'of the case', null),
  outcome: required(oneOf(['TERMS', 'AWAITING_MEANS_TEST', 'REFUSED'])),
  regime: optional(
    oneOf(['window', 'lostCoverWindow', 'newborn', 'emergency', 'late', 'renewal']),
    'null where refused',
    null,
  ),
  group: optional(oneOf([1, 2, 3]), 'by the means test', null),
  payablePercent: optional(wholeNumber(0, 100), '', null),
  payable: optional(rials, 'rial, the whole bill', null),
  stateShare: optional(rials, 'rial', null),
  perCapitaMonthly: optional(rials, 'rial a month', null),
  termMonths: optional(months, '', null),
  members: required(listOf(memberTerms)),
  continues: required(flag, 'the old cover runs on until the result'),
  needs: required(listOf(text), 'JSON pointers into the case'),
  reasons: required(
    listOf(
      oneOf(['NOT_IN_FORCE', 'NOT_OPEN_YET', 'ALREADY_COVERED', 'ALREADY_COVERED_EXEMPT', 'HOUSEHOLD_INCOMPLETE']),
    ),
  ),
  notices: required(
    listOf(oneOf(['MEMBER_ALREADY_COVERED', 'HOUSEHOLD_INCOMPLETE', 'MEMBERS_ADDED', 'RATE_CARRIED_FORWARD'])),
  ),
  clauses: required(clauses),
  lawVersion: required(text),
});

const reason = oneOf([
  'CONTRIBUTION_ENDED',
  'NO_TREATMENT_OPTION',
  'NOT_PAID_THROUGH',
  'UNEMPLOYMENT_BENEFIT_ENDED',
  'PENSION_NOT_STARTED',
  'PENSION_ENDED',
  'LEFT_DEPENDENCY',
  'PRINCIPAL_NOT_ENTITLED',
  'DECEASED',
  'SPOUSE_RULE',
  'DEPENDANT_EMPLOYED',
  'SON_AGE_NO_CERT',
  'DAUGHTER_MARRIED',
  'DAUGHTER_NO_ID_SIGHT',
  'PARENT_RULE',
  'OVERLAP_OTHER_INSURER',
  'ELECTION_REQUIRED',
  'OVERLAP_UNCHECKED',
  'NOT_COVERED',
  'DOCUMENT_MISSING',
  'OTHER_INSURER',
  'OVERLAP_PENDING',
]);

const outcome = oneOf([
  'NOT_IN_FORCE',
  'NOT_CONTRACTED',
  'ENTITLED',
  'PROVISIONAL',
  'REFER_CURRENT_PROCEDURE',
  'NEEDS_FACTS',
  'NOT_ENTITLED',
]);

export const entitlementDecision: Shape<EntitlementDecision> = objectOf<Required<EntitlementDecision>>({
  kind: required(oneOf(['entitlement'])),
  caseId: optional(text, 'of the case', null),
  outcome: required(outcome),
  on: required(isoDay, 'day asked about'),
  setting: required(oneOf(['outpatient', 'inpatient'])),
  reasons: required(listOf(reason), 'to a provider: categories'),
  clauses: required(clauses),
  lawVersion: required(text),
  actingClass: optional(oneOf(['insured', 'pensioner', 'dependant']), 'absent for a provider', null),
  needs: optional<readonly string[]>(listOf(text), 'JSON pointers into the case; absent for a provider', []),
  entitledUntil: optional(isoDay, 'last entitled day; told to the person alone', null),
  endedOn: optional(isoDay, 'last entitled day before; told to the person alone', null),
});

/** In a decision every key is there, null where it says nothing, unless it is withheld from the asker. */
function written({ schema }: Shape<unknown>, withheld: readonly string[] = []): JsonSchema {
  const keys = Object.keys(schema['properties'] as object).filter((key) => !withheld.includes(key));
  return { ...schema, required: keys };
}

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** The JSON Schema of a case, of a decision, and of the answer to a case that is none. */
export const schemas: { readonly case: JsonSchema; readonly decision: JsonSchema } = {
  case: { $schema: dialect, title: 'case', ...anyCase.schema },
  decision: {
    $schema: dialect,
    title: 'decision',
    oneOf: [
      written(enrolmentDecision),
      written(entitlementDecision, ['actingClass', 'needs', 'entitledUntil', 'endedOn']),
      {
        type: 'object',
        properties: {
          caseId: { anyOf: [{ type: 'string' }, { type: 'null' }] },
          error: {
            type: 'object',
            properties: { code: { const: 'INVALID_CASE' }, path: { type: 'string' }, message: { type: 'string' } },
            required: ['code', 'path', 'message'],
            additionalProperties: false,
          },
        },
        required: ['caseId', 'error'],
        additionalProperties: false,
      },
    ],
  },
};
