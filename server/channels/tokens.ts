import { randomUUID } from 'node:crypto';
import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import { issuerKeyOf, staffRoles, subjectOf, type Holder, type StaffRole } from '../identity/index.ts';
import { Fault, findNationalId, type Clock, type Keys } from '../platform/index.ts';

/** Who holds a token, or is signed in. */
export type TokenHolder = Holder;
export { staffRoles, subjectOf, type StaffRole };

export interface MadeToken {
  readonly token: string;
  readonly id: string;
  readonly subject: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

const issuer = 'estehqaq';
const audience = 'estehqaq-api';
const algorithm = 'EdDSA';
export const tokenLifeSeconds = 3_600;

/** @returns a signed token (JWT, Ed25519) that is good for an hour */
export async function makeToken(holder: TokenHolder, { tokenKey }: Keys, clock: Clock): Promise<MadeToken> {
  const id = randomUUID();
  const issuedAtSeconds = Math.floor(clock.now().getTime() / 1000);
  const subject = subjectOf(holder);
  const token = await new SignJWT(holder.kind === 'staff' ? { role: holder.role } : {})
    .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setJti(id)
    .setIssuedAt(issuedAtSeconds)
    .setExpirationTime(issuedAtSeconds + tokenLifeSeconds)
    .sign(tokenKey.sign);
  return {
    token,
    id,
    subject,
    issuedAt: new Date(issuedAtSeconds * 1000),
    expiresAt: new Date((issuedAtSeconds + tokenLifeSeconds) * 1000),
  };
}

interface Known {
  readonly holder: TokenHolder;
  readonly expiresAt: number;
}

const mostKnown = 10_000;
const longestToken = 2_000;

/** Checks tokens. A signature is checked once; after that the token is known until it expires. */
export class TokenReader {
  readonly #keys: Keys;
  readonly #clock: Clock;
  readonly #issuerAddress: (() => string) | undefined;
  readonly #known = new Map<string, Known>();

  /** @param issuerAddress of the embedded issuer, whose tokens for the software of providers are taken, too */
  constructor(keys: Keys, clock: Clock, issuerAddress?: () => string) {
    this.#keys = keys;
    this.#clock = clock;
    this.#issuerAddress = issuerAddress;
  }

  /** The holder of a token that was read before, at once; `undefined` when it must be read. */
  findKnown(token: string): TokenHolder | undefined {
    const known = this.#known.get(token);
    if (known === undefined) return undefined;
    if (known.expiresAt > this.#clock.now().getTime()) return known.holder;
    this.#known.delete(token);
    return undefined;
  }

  /** @throws Fault UNAUTHENTICATED for one that is forged, expired, or none */
  async read(token: string): Promise<TokenHolder> {
    const known = this.findKnown(token);
    if (known !== undefined) return known;
    if (token.length > longestToken) throw unauthenticated();
    const address = this.#issuerAddress?.();
    const isOfIssuer = address !== undefined && findIssuer(token) === address;
    const check = isOfIssuer ? issuerKeyOf(this.#keys).check : this.#keys.tokenKey.check;
    const { payload } = await jwtVerify(token, check, {
      issuer: isOfIssuer ? address : issuer,
      audience,
      algorithms: [algorithm],
      ...(isOfIssuer && { typ: 'at+jwt' }),
      requiredClaims: ['sub', 'exp', 'jti'],
      currentDate: this.#clock.now(),
    }).catch((error: unknown) => {
      throw unauthenticated(error);
    });
    const holder = isOfIssuer ? findSoftware(payload['provider']) : findHolder(payload.sub ?? '', payload['role']);
    if (holder === undefined) throw unauthenticated();
    this.#remember(token, { holder, expiresAt: (payload.exp ?? 0) * 1000 });
    return holder;
  }

  #remember(token: string, known: Known): void {
    const oldest = this.#known.size < mostKnown ? undefined : this.#known.keys().next().value;
    if (oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(token, known);
  }
}

function findHolder(subject: string, role: unknown): TokenHolder | undefined {
  const [kind, name] = [subject.slice(0, subject.indexOf(':')), subject.slice(subject.indexOf(':') + 1)];
  if (name === '') return undefined;
  if (kind === 'provider') return { kind, code: name };
  if (kind === 'person') {
    const person = findNationalId(name);
    return person === undefined ? undefined : { kind: 'self', person };
  }
  const known = staffRoles.find((each) => each === role);
  return kind === 'staff' && known !== undefined ? { kind, user: name, role: known } : undefined;
}

/** What it says of itself, unchecked: by it the key is chosen that it is then checked with. */
function findIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

function findSoftware(provider: unknown): TokenHolder | undefined {
  return typeof provider === 'string' && provider !== '' ? { kind: 'provider', code: provider } : undefined;
}

function unauthenticated(cause?: unknown): Fault {
  return new Fault('UNAUTHENTICATED', 'A valid bearer token is needed.', cause);
}
