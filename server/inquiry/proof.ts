import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import type { Keys } from '../platform/index.ts';
import { dayInTehran } from '../platform/index.ts';
import type { InquiryOutcome } from '../decisions/index.ts';

/**
 * A proof of entitlement as a short text for a QR code, signed, so that a pharmacy can check it without the network: what
 * was answered, for which day, as known when. It names its person by the last four digits alone.
 *
 *     EQ1.KEY.1234.E.O.2026-11-23.4819205733161234.1795420800.SIGNATURE
 */
export interface Proof {
  readonly lastDigits: string;
  readonly outcome: ProvenOutcome;
  readonly setting: 'outpatient' | 'inpatient';
  /** ISO; good on this day in Tehran, and on no other. */
  readonly on: string;
  readonly trackingCode: string;
  /** As known at this instant. */
  readonly issuedAt: Date;
}

type ProvenOutcome = InquiryOutcome;

export interface ProofRequest extends Omit<Proof, 'lastDigits'> {
  readonly nationalId: string;
}

export type ProofFault = 'notAProof' | 'foreign' | 'tampered' | 'expired' | 'notYet';

export type CheckedProof =
  | { readonly isGood: true; readonly proof: Proof; readonly ageSeconds: number }
  | { readonly isGood: false; readonly why: ProofFault };

const version = 'EQ1';
const lastDigits = 4;
const settings = { outpatient: 'O', inpatient: 'I' } as const;
const outcomes: readonly ProvenOutcome[] = ['ENTITLED'];
const pattern = new RegExp(
  `^${version}\\.([\\w-]{8})\\.(\\d{${lastDigits}})\\.(E)\\.([OI])\\.(\\d{4}-\\d\\d-\\d\\d)\\.(\\d{1,16})\\.(\\d{1,12})\\.([\\w-]{86})$`,
);
/** Clocks of two machines differ. */
const patienceSeconds = 120;

type SigningKey = Pick<Keys, 'tokenKey'>;

/** By which a reader knows whose key it needs; of the public key. */
export function proofKeyId({ tokenKey }: SigningKey): string {
  return keyIdOf(tokenKey.check);
}

function keyIdOf(key: KeyObject): string {
  const bytes = key.export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 8);
}

/** @throws RangeError for an outcome of which there is no proof: a refusal and an unknown are never carried about */
export function makeProof({ tokenKey }: SigningKey, request: ProofRequest): string {
  const { nationalId, outcome, setting, on, trackingCode, issuedAt } = request;
  if (!outcomes.includes(outcome)) throw new RangeError(`there is no proof of ${outcome}`);
  const issuedAtSeconds = Math.floor(issuedAt.getTime() / 1000);
  const said = [
    ...[version, keyIdOf(tokenKey.check), nationalId.slice(-lastDigits), 'E', settings[setting]],
    ...[on, trackingCode, issuedAtSeconds],
  ].join('.');
  return `${said}.${sign(null, Buffer.from(said), tokenKey.sign).toString('base64url')}`;
}

/** @param key the public key of the installation */
export function checkProof(text: string, key: KeyObject, now: Date): CheckedProof {
  const refused = (why: ProofFault): CheckedProof => ({ isGood: false, why });
  const written = text.trim();
  const [, keyId, digits = '', , setting, on = '', trackingCode = '', seconds, signature = ''] =
    pattern.exec(written) ?? [];
  if (keyId === undefined) return refused('notAProof');
  if (keyId !== keyIdOf(key)) return refused('foreign');
  const said = written.slice(0, written.lastIndexOf('.'));
  const bytes = Buffer.from(signature, 'base64url');
  // The last letter has bits to spare: one signature is written in one way alone.
  const isSigned = bytes.toString('base64url') === signature && verify(null, Buffer.from(said), key, bytes);
  if (!isSigned) return refused('tampered');
  const issuedAt = new Date(Number(seconds) * 1000);
  const ageSeconds = Math.floor((now.getTime() - issuedAt.getTime()) / 1000);
  if (ageSeconds < -patienceSeconds) return refused('notYet');
  const today = new Date(dayInTehran(now) * 86_400_000).toISOString().slice(0, 10);
  if (on !== today) return refused(on < today ? 'expired' : 'notYet');
  const proof: Proof = {
    ...{ lastDigits: digits, outcome: 'ENTITLED', on, trackingCode, issuedAt },
    setting: setting === 'I' ? 'inpatient' : 'outpatient',
  };
  return { isGood: true, proof, ageSeconds: Math.max(0, ageSeconds) };
}
