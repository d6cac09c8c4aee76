import { Type, type Static } from 'typebox';
import { readRecord, recordFact } from '../../../membership/index.ts';
import { Fault, findNationalId, meaningOf, nationalIdText } from '../../../platform/index.ts';
import type { App } from '../typed-app.ts';
import { getHolder, requireRole } from '../asker.ts';
import type { WebParts } from '../parts.ts';
import { asked, factRecorded, factToRecord, nationalId, problems, record } from '../shapes.ts';

const page = Type.Object(
  {
    before: Type.Optional(Type.String({ maxLength: 60, description: 'The last code of the page before' })),
    limit: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,2}$', description: 'At most 200; 50 if not said' })),
  },
  { additionalProperties: false },
);

const mayRecord = ['counter-operator', 'registry-clerk', 'administrator'] as const;
const mayRead = ['counter-operator', 'call-centre-agent', 'registry-clerk', 'auditor', 'administrator'] as const;

const inPath = Type.Object({ nationalId });

/** What a person may see of oneself. */
export function addOwnInquiries(app: App, { inquiry }: WebParts): void {
  app.get(
    '/v1/people/me/inquiries',
    {
      schema: {
        summary: 'Who asked about me, when, through which channel, and what was answered',
        tags: ['people'],
        security: [{ bearer: [] }],
        querystring: page,
        response: { 200: Type.Object({ inquiries: Type.Array(asked) }), ...problems(401, 403) },
      },
    },
    async (request) => {
      const holder = getHolder(request);
      if (holder.kind !== 'self') throw new Fault('NOT_YOURS', meaningOf('NOT_YOURS'));
      const { before, limit } = request.query;
      const found = await inquiry.whoAsked(holder.person, {
        ...(before !== undefined && { before }),
        ...(limit !== undefined && { limit: Number(limit) }),
      });
      const inquiries = found.map((each): Static<typeof asked> => ({ ...each, askedAt: each.askedAt.toISOString() }));
      return { inquiries };
    },
  );
}

/** What staff record and read of people; each reading is recorded with its purpose. */
export function addRecords(app: App, { pool, clock, ids }: WebParts): void {
  app.post(
    '/v1/people/:nationalId/facts',
    {
      schema: {
        summary: 'Record one fact about a person, with who saw what document',
        description: `For ${mayRecord.join(', ')}.`,
        tags: ['people'],
        security: [{ bearer: [] }],
        params: inPath,
        body: factToRecord,
        response: { 200: factRecorded, ...problems(401, 403, 404, 409, 413, 415) },
      },
    },
    async (request) => {
      const { user } = requireRole(request, mayRecord);
      const person = getPerson(request.params.nationalId);
      const { name, value, seen } = request.body;
      const recorded = await recordFact(pool, clock, { person, fact: { name, value }, recordedBy: user, seen });
      return { version: Number(recorded.version), changed: recorded.changed };
    },
  );
  app.get(
    '/v1/people/:nationalId',
    {
      schema: {
        summary: 'What is known of a person, by source; the reading is recorded',
        description: `For ${mayRead.join(', ')}.`,
        tags: ['people'],
        security: [{ bearer: [] }],
        params: inPath,
        querystring: Type.Object(
          { purpose: Type.String({ pattern: '\\S', maxLength: 500, description: 'Why the record is read' }) },
          { additionalProperties: false },
        ),
        response: { 200: record, ...problems(401, 403, 404) },
      },
    },
    async (request) => {
      const { user, role } = requireRole(request, mayRead);
      const person = getPerson(request.params.nationalId);
      const { purpose } = request.query;
      const found = await readRecord(pool, clock, ids, { person, reader: user, role, purpose });
      if (found === undefined) throw new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
      const { version, recordedAt, firstName, lastName, sources } = found;
      return {
        nationalId: nationalIdText(person),
        version: Number(version),
        recordedAt: recordedAt.toISOString(),
        firstName,
        lastName,
        mobile: found.mobile === null ? null : `+${String(found.mobile)}`,
        sources,
      };
    },
  );
}

function getPerson(written: string): bigint {
  const person = findNationalId(written);
  if (person === undefined) throw new Fault('INVALID_NATIONAL_ID', meaningOf('INVALID_NATIONAL_ID'));
  return person;
}
