import type { FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { CertificateRequest, Enrolment } from '../../../enrolment/index.ts';
import { Fault, findNationalId, meaningOf } from '../../../platform/index.ts';
import { getHolder, requireRole } from '../asker.ts';
import { InvalidRequest } from '../problems.ts';
import { closed, nationalId, problems } from '../shapes.ts';
import type { App } from '../typed-app.ts';
import { certificate, instant, words } from './enrolment-shapes.ts';

/** What a treating centre certifies; a counter says what it has sighted. */
const certifying = Type.Object(
  {
    kind: Type.Enum(['newborn', 'emergency'], {
      description: 'In hospital since birth (M-38), or an emergency patient (M-42)',
    }),
    nationalId: Type.Optional({ ...nationalId, description: 'Of the patient' }),
    motherNationalId: Type.Optional({ ...nationalId, description: 'Of a newborn without a national id' }),
    at: { ...certificate.properties.certifiedAt, description: 'The moment for which it is certified' },
    providerCode: Type.Optional(words(40, 'A counter names the treating centre')),
    document: Type.Optional(words(100, 'A counter names the document that it has sighted')),
    office: Type.Optional(words(40, 'A counter names its office')),
  },
  closed,
);

const certified = Type.Object({ providerCode: Type.String(), certifiedAt: instant });

/** Of the treating centre, which an application cites (M-38, M-42). */
export function addCertificates(app: App, enrolment: Enrolment): void {
  app.post(
    '/v1/enrolment/certificates',
    {
      schema: {
        tags: ['enrolment'],
        security: [{ bearer: [] }],
        summary: 'Certify a newborn in hospital or an emergency patient; an application cites it by code and time',
        description:
          'By a provider with a contract; or by a counter, which names the provider, its office and the document that it has sighted.',
        body: certifying,
        response: { 200: certified, 201: certified, ...problems(401, 403, 413, 415) },
      },
    },
    async (request, reply) => {
      const { kind, at, nationalId: written, motherNationalId: mother } = request.body;
      if ((written === undefined) === (mother === undefined) || (mother !== undefined && kind !== 'newborn')) {
        throw new InvalidRequest('/nationalId', 'the patient’s national id, or of a newborn the mother’s');
      }
      const { replayed, ...told } = await enrolment.certify({
        by: readCertifier(request, request.body),
        ...{ kind, person: getPerson(written ?? mother ?? ''), at: new Date(at) },
      });
      if (!replayed) void reply.code(201);
      return told;
    },
  );
}

function readCertifier(
  request: FastifyRequest,
  { providerCode, document, office }: Static<typeof certifying>,
): CertificateRequest['by'] {
  const holder = getHolder(request);
  if (holder.kind === 'provider') {
    if (providerCode !== undefined && providerCode !== holder.code) throw fault('NOT_YOURS');
    return { kind: 'provider', code: holder.code };
  }
  return {
    ...requireRole(request, ['counter-operator']),
    providerCode: need(providerCode, '/providerCode').trim(),
    document: need(document, '/document').trim(),
    office: need(office, '/office').trim(),
  };
}

function getPerson(written: string): bigint {
  const person = findNationalId(written);
  if (person === undefined) throw fault('INVALID_NATIONAL_ID');
  return person;
}

function fault(code: 'INVALID_NATIONAL_ID' | 'NOT_YOURS'): Fault {
  return new Fault(code, meaningOf(code));
}

function need(value: string | undefined, path: string): string {
  if (value === undefined) throw new InvalidRequest(path, 'a counter says it');
  return value;
}
