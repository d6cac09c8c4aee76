import type { LaterActs, Suspension } from '../book.ts';
import { parameters, type FigureName } from '../parameters/index.ts';
import type { OverlapRank, OverlapTable } from '../parameters/continuation.ts';
import type { Provenance, Unit, Words } from '../words/dated.ts';
import { findHijriDay } from '../words/solar-hijri.ts';
import { Reading, type Fault } from './reading.ts';
import {
  flag,
  listOf,
  objectOf,
  oneOf,
  optional,
  required,
  scalar,
  text,
  wholeNumber,
  type Fields,
  type Shape,
} from './shape.ts';
import type { ClauseId } from '../words/clause-id.ts';

const hijriDay: Shape<string> = scalar(
  'a Solar Hijri day like "1405/01/01"',
  { type: 'string', pattern: '^\\d{4}/\\d{2}/\\d{2}$' },
  (value) => (typeof value === 'string' && findHijriDay(value) !== undefined ? value : undefined),
);

const provenance: Shape<Provenance> = oneOf(['source', 'found', 'assumed']);

/** A document, in both languages; one text serves for both. */
const reference: Shape<Words> = {
  schema: {
    anyOf: [text.schema, { type: 'object', properties: { fa: text.schema, en: text.schema }, required: ['fa', 'en'] }],
  },
  read(value, reading) {
    if (typeof value === 'string') return { fa: value, en: value };
    return objectOf<Words>({ fa: required(text), en: required(text) }).read(value, reading);
  },
};

const clauseId: Shape<ClauseId> = scalar(
  'a clause like "M-20"',
  { type: 'string', pattern: '^[TM]-\\d{2}$' },
  (value) => (typeof value === 'string' && /^[TM]-\d\d$/.test(value) ? (value as ClauseId) : undefined),
);

const rank: Shape<OverlapRank> = oneOf(['prevails', 'yields', 'elect']);

const coverPattern = /^(?:\*|(?:ihio|armedForces|other)(?:\/(?:employees|otherStrata|universal|rural))?)$/;

const overlapTable: Shape<OverlapTable> = {
  schema: { type: 'object', additionalProperties: rank.schema, required: ['*'] },
  read(value, reading) {
    if (typeof value !== 'object' || value === null || !('*' in value)) {
      reading.fault(
        'expected an object from "insurer/fund" to "prevails", "yields" or "elect", with "*" for all others',
      );
      return undefined;
    }
    for (const key of Object.keys(value))
      if (!coverPattern.test(key)) reading.faultAt(key, 'expected "*", an insurer, or "insurer/fund"');
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, reading.inside(key, rank, one)] as const),
    ) as OverlapTable;
  },
};

const mostMonths = 120;
const mostYears = 150;
const mostRials = 10_000_000_000;

const valueOf: Readonly<Record<Unit, Shape<WrittenRow['value']>>> = {
  'rial/month': wholeNumber(0, mostRials),
  percent: wholeNumber(0, 100),
  'percent of the wage': wholeNumber(0, 1000),
  decile: wholeNumber(0, 10),
  day: wholeNumber(0, 366),
  month: wholeNumber(1, mostMonths),
  'year of age': wholeNumber(0, mostYears),
  'yes or no': flag,
  table: overlapTable,
};

type WrittenRow = { from: string; value: string | number | boolean | object; reference: Words; provenance: Provenance };

function rowsOf(name: FigureName): Shape<readonly WrittenRow[]> {
  return listOf(
    objectOf<WrittenRow>({
      from: required(hijriDay, 'first day on which the value holds'),
      value: required(valueOf[parameters[name].unit], parameters[name].unit),
      reference: required(reference, 'the document that sets it'),
      provenance: required(provenance),
    }),
  );
}

const suspension: Shape<Suspension> = objectOf<Suspension>({
  clause: required(clauseId),
  from: required(hijriDay, 'first day'),
  until: required(hijriDay, 'last day'),
  reference: required(reference),
  provenance: required(provenance),
});

type WrittenActs = {
  parameters: Readonly<Partial<Record<FigureName, readonly WrittenRow[]>>>;
  suspensions: readonly Suspension[];
};

/** The days from which the regulations apply are no figures: no act moves them. */
const fixed: readonly FigureName[] = ['treatmentEntitlementInForce', 'mandatoryInsuranceInForce'];

const names = (Object.keys(parameters) as FigureName[]).filter((name) => !fixed.includes(name));

const figures = Object.fromEntries(
  names.map((name) => [name, optional<readonly WrittenRow[]>(rowsOf(name), parameters[name].name.en, [])]),
) as unknown as Fields<Record<FigureName, readonly WrittenRow[]>>;

/** The file of later acts: dated rows to be laid over the book, and suspensions. */
export const laterActs: Shape<WrittenActs> = objectOf<WrittenActs>({
  parameters: optional<WrittenActs['parameters']>(objectOf(figures), 'rows by figure', {}),
  suspensions: optional<readonly Suspension[]>(listOf(suspension), 'clauses that are not applied for a period', []),
});

/** @returns the acts, or the first fault in the document; never throws */
export function readLaterActs(document: unknown): LaterActs | Fault {
  const reading = new Reading();
  const written = laterActs.read(document, reading);
  const fault = reading.first(document);
  if (fault !== undefined || written === undefined) return fault ?? { path: '', message: 'expected later acts' };
  return { parameters: written.parameters as LaterActs['parameters'], suspensions: written.suspensions };
}
