import { dayInTehran } from '../platform/index.ts';
import { fault, nameOf } from './actor.ts';
import { membersOf, type Certificate, type HouseholdDocument, type KeyedMember } from './household-document.ts';
import { isContracted } from './is-contracted.ts';
import { isTemporary, motherOf } from './member-key.ts';
import type { EnrolmentParts } from './parts.ts';
import { read, type Reader } from './sql.ts';

/**
 * - `newborn`: has been in hospital since birth (M-38). `emergency`: an emergency patient (M-42).
 */
export type CertificateKind = 'newborn' | 'emergency';

/** A treating centre, by its own software; or a counter that has sighted the centre's document. */
export type Certifier =
  | { readonly kind: 'provider'; readonly code: string }
  | {
      readonly kind: 'staff';
      readonly user: string;
      readonly role: string;
      readonly office: string;
      readonly providerCode: string;
      readonly document: string;
    };

export interface CertificateRequest {
  readonly by: Certifier;
  readonly kind: CertificateKind;
  /** The patient; of a newborn without a national id the mother. */
  readonly person: bigint;
  /** The moment for which it is certified. */
  readonly at: Date;
}

/** As an application cites it. */
export interface CertificateReceipt extends Certificate {
  /** Recorded before. */
  readonly replayed: boolean;
}

/** Certificates are told on paper and by telephone: cited to the minute. */
const millisecondsPerMinute = 60_000;

/**
 * Records what a treating centre certifies. The same one again is the same one.
 * @throws Fault NOT_CONTRACTED where the centre has no contract on the day; APPLICATION_INVALID for a moment to come, and for
 *   a counter that names no office or no document; DATABASE_…
 */
export async function certify(parts: EnrolmentParts, asked: CertificateRequest): Promise<CertificateReceipt> {
  const { by, kind, person, at } = asked;
  const now = parts.clock.now();
  const providerCode = by.kind === 'provider' ? by.code : by.providerCode;
  if (at > now) throw fault('APPLICATION_INVALID', '/at: a moment that has come');
  if (by.kind === 'staff' && (by.office.trim() === '' || by.document.trim() === '')) {
    throw fault('APPLICATION_INVALID', 'a counter names its office and the document that it has sighted');
  }
  if (!isContracted(parts, providerCode, dayInTehran(at))) throw fault('NOT_CONTRACTED');
  const sighted = by.kind === 'staff' ? by : null;
  const rows = await read(
    parts.pool,
    `insert into certificate (person, kind, provider_code, certified_at, recorded_at, recorded_by, office, document)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning person`,
    [
      ...[person, kind, providerCode, at, now],
      sighted === null ? `provider:${providerCode}` : nameOf(sighted),
      ...[sighted?.office ?? null, sighted?.document ?? null],
    ],
  );
  return { providerCode, certifiedAt: at.toISOString(), replayed: rows.length === 0 };
}

const cited = { hospitalisedFromBirth: 'newborn', emergency: 'emergency' } as const;

/**
 * A newborn in hospital and an emergency are certified by the treating centre, with code and time (M-38, M-42); what an
 * applicant says alone is not enough.
 * @throws Fault APPLICATION_INVALID; INVALID_NATIONAL_ID; DATABASE_…
 */
export async function requireCertificates(parts: EnrolmentParts, document: HouseholdDocument, at: Date): Promise<void> {
  for (const [index, member] of membersOf(document).entries()) {
    for (const [name, kind] of Object.entries(cited) as [keyof typeof cited, CertificateKind][]) {
      const certificate = member[name];
      if (certificate === null) continue;
      const isGiven = new Date(certificate.certifiedAt) <= at;
      if (isGiven && (await isRecorded(parts.pool, personsOf(document, member, kind), kind, certificate))) continue;
      throw fault(
        'APPLICATION_INVALID',
        `/members/${index}/${name}: the treating centre certifies it first, with code and time; or a counter that has sighted its document`,
      );
    }
  }
}

/** Of a newborn also the mother may be named: it may have got its national id since. */
function personsOf(document: HouseholdDocument, { key }: KeyedMember, kind: CertificateKind): readonly bigint[] {
  if (isTemporary(key)) return [motherOf(key)];
  if (kind === 'emergency') return [key];
  const women = membersOf(document).filter((each) => each.sex === 'female' && each.relation !== 'child');
  return [key, ...women.map((woman) => woman.key)];
}

async function isRecorded(
  reader: Reader,
  persons: readonly bigint[],
  kind: CertificateKind,
  { providerCode, certifiedAt }: Certificate,
): Promise<boolean> {
  const moment = new Date(certifiedAt).getTime();
  const minute = new Date(moment - (moment % millisecondsPerMinute));
  const rows = await read(
    reader,
    `select from certificate
     where person = any($1::bigint[]) and kind = $2 and provider_code = $3 and certified_at >= $4 and certified_at < $5
     limit 1`,
    [persons, kind, providerCode, minute, new Date(minute.getTime() + millisecondsPerMinute)],
  );
  return rows.length > 0;
}
