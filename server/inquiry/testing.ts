import { findDay, type Day, type OtherCover } from '@estehqaq/law';
import type { Database } from '../database/index.ts';
import type { Provider } from '../membership/index.ts';
import { createInquiry, type Inquiry, type InquiryParts } from './inquiry.ts';

/** For tests: people and providers by hand, a clock that stands, and an inquiry over them. */

export const noon = new Date('2026-11-23T08:30:00Z');
export const today = '2026-11-23';

export function day(text: string): Day {
  const found = findDay(text);
  if (found === undefined) throw new RangeError(text);
  return found;
}

type Facts = Readonly<Record<string, unknown>>;

export const insured = (lastContributionMonth = '1405-08'): Facts => ({
  class: 'insured',
  basis: 'compulsory',
  lastContributionMonth,
});

export const dependant = (relation: string, principalNationalId: string, more: Facts = {}): Facts => ({
  class: 'dependant',
  relation,
  principalNationalId,
  ...more,
});

export function person(standings: readonly Facts[], more: Facts = {}): Facts {
  return { sex: 'male', birthDate: '1980-05-05', diedOn: null, standings, otherCovers: null, ...more };
}

/** Writes the next version of a dossier, as an import does. */
export async function record(
  { pool }: Pick<Database, 'pool'>,
  id: bigint,
  facts: Facts,
  recordedAt = new Date('2026-01-01T00:00:00Z'),
): Promise<void> {
  const { rows } = await pool.query<{ version: bigint }>(
    `insert into dossier (person, version, recorded_at, facts, sources) values ($1::bigint, 1, $2, $3, '{}')
     on conflict (person) do update set version = dossier.version + 1, recorded_at = $2, facts = $3 returning version`,
    [id, recordedAt, JSON.stringify(facts)],
  );
  await pool.query(
    `insert into dossier_version (person, version, recorded_at, recorded_by, source, facts, sources)
     values ($1::bigint, $2, $3, 'test', 'test', $4, '{}')`,
    [id, rows[0]?.version, recordedAt, JSON.stringify(facts)],
  );
}

export function provider(code: string, more: Partial<Provider> = {}): Provider {
  return {
    code,
    name: `Provider ${code}`,
    kind: 'pharmacy',
    ownership: 'contracted',
    contractFrom: day('2020-03-20'),
    contractUntil: null,
    suspended: false,
    licence: null,
    mobiles: [],
    version: 1n,
    ...more,
  };
}

const providers = new Map(
  [
    provider('P1'),
    provider('P2', { kind: 'hospital' }),
    provider('OWNED', { kind: 'clinic', ownership: 'owned', contractFrom: null }),
    provider('SUSPENDED', { suspended: true }),
    provider('OVER', { contractUntil: day('2026-11-22') }),
  ].map((each) => [each.code, each]),
);

export type TestParts = Partial<Omit<InquiryParts, 'database'>>;

export function inquiryOver(database: Database, parts: TestParts = {}): Inquiry {
  return createInquiry({
    database,
    clock: { now: () => noon },
    keys: { trackingKey: Buffer.alloc(16, 9) },
    directory: { find: (code) => providers.get(code) },
    otherInsurers: { ask: () => Promise.resolve([] as OtherCover[]) },
    links: {
      stateOn: () => ({ msrt: false, sabtAsnad: false }),
      consult: () => Promise.resolve(false),
    },
    ...parts,
  });
}

export const askedByProvider = (id: bigint, code = 'P1') =>
  ({ asker: { kind: 'provider', code }, person: id, setting: 'outpatient', channel: 'web' }) as const;

export const askedByPerson = (id: bigint, asker = id) =>
  ({ asker: { kind: 'self', person: asker }, person: id, setting: 'outpatient', channel: 'web' }) as const;

export const askedByStaff = (id: bigint, more: { on?: Day; knownAt?: Date } = {}) =>
  ({
    asker: { kind: 'staff', user: 'zohreh', role: 'call-centre-agent' },
    person: id,
    setting: 'outpatient',
    channel: 'web',
    ...more,
  }) as const;
