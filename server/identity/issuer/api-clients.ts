import { createLocalJWKSet, importJWK, type JWK } from 'jose';
import type { Pool } from 'pg';
import type { AdapterPayload } from 'oidc-provider';
import { asFault } from '../../database/index.ts';
import { Fault, type Clock } from '../../platform/index.ts';
import { newToken } from '../secrets.ts';

/** Software of a provider that gets its tokens from the embedded issuer, by a key of its own. */
export interface ApiClient {
  readonly clientId: string;
  readonly provider: string;
  readonly state: 'active' | 'disabled';
  readonly createdAt: Date;
  readonly createdBy: string;
}

interface ClientParts {
  readonly pool: Pool;
  readonly clock: Clock;
}

/** What the client signs with. */
export const clientAlgorithms = ['ES256', 'PS256', 'RS256', 'EdDSA'] as const;
/** What may be asked for. */
export const apiScope = 'api';

/**
 * @param jwks the public keys of the software, RFC 7517
 * @returns the id under which it asks for tokens
 * @throws Fault API_CLIENT_INVALID, DATABASE_…
 */
export async function addApiClient(
  { pool, clock }: ClientParts,
  { provider, jwks, by }: { readonly provider: string; readonly jwks: unknown; readonly by: string },
): Promise<string> {
  const keys = await readKeys(jwks);
  const clientId = `${provider.replace(/[^\w-]/g, '_')}-${newToken()
    .replace(/[^a-zA-Z0-9]/g, '')
    .slice(0, 12)}`;
  await ask(
    pool,
    `insert into api_client (client_id, provider, jwks, state, created_at, created_by)
     values ($1, $2, $3, 'active', $4, $5)`,
    [clientId, provider, JSON.stringify({ keys }), clock.now(), by],
  );
  return clientId;
}

export async function listApiClients({ pool }: Pick<ClientParts, 'pool'>): Promise<readonly ApiClient[]> {
  return ask<ApiClient>(
    pool,
    `select client_id as "clientId", provider, state, created_at as "createdAt", created_by as "createdBy"
     from api_client order by provider, client_id`,
    [],
  );
}

/** It gets no more tokens; those it has end within minutes. @throws Fault API_CLIENT_INVALID, DATABASE_… */
export async function disableApiClient({ pool, clock }: ClientParts, clientId: string, by: string): Promise<void> {
  const rows = await ask(
    pool,
    `update api_client set state = 'disabled', disabled_at = $2, disabled_by = $3
     where client_id = $1 and state = 'active' returning client_id`,
    [clientId, clock.now(), by],
  );
  if (rows.length === 0) throw invalid('there is none with this id that is in use');
}

/** As the library wants to know a client. */
export async function findApiClient(pool: Pool, clientId: string): Promise<AdapterPayload | undefined> {
  const [found] = await ask<{ jwks: { keys: JWK[] } }>(
    pool,
    `select jwks from api_client where client_id = $1 and state = 'active'`,
    [clientId],
  );
  return (
    found && {
      client_id: clientId,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: found.jwks.keys },
      scope: apiScope,
    }
  );
}

/** Whose software it is. */
export async function findProviderOfClient(pool: Pool, clientId: string): Promise<string | undefined> {
  const [found] = await ask<{ provider: string }>(
    pool,
    `select provider from api_client where client_id = $1 and state = 'active'`,
    [clientId],
  );
  return found?.provider;
}

const privateParts = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const shortestRsaBits = 2048;

async function readKeys(jwks: unknown): Promise<readonly JWK[]> {
  const keys = (jwks as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > 10)
    throw invalid('the file holds no JSON Web Key Set');
  try {
    createLocalJWKSet({ keys: keys as JWK[] });
    for (const key of keys as JWK[]) {
      if (privateParts.some((part) => part in key)) throw invalid('a private key is nobody’s but the software’s');
      const algorithm = clientAlgorithms.find((each) => each === (key.alg ?? usualAlgorithms[key.kty ?? '']));
      if (algorithm === undefined) throw invalid(`a key is none for ${clientAlgorithms.join(', ')}`);
      const bits = key.kty === 'RSA' ? Buffer.from(key.n ?? '', 'base64url').length * 8 : shortestRsaBits;
      if (bits < shortestRsaBits) throw invalid(`an RSA key has fewer than ${shortestRsaBits} bits`);
      await importJWK(key, algorithm);
    }
  } catch (error) {
    throw error instanceof Fault ? error : invalid('a key cannot be read');
  }
  return keys as JWK[];
}

const usualAlgorithms: Readonly<Record<string, string>> = { EC: 'ES256', RSA: 'PS256', OKP: 'EdDSA' };

async function ask<Row extends object>(pool: Pool, text: string, values: unknown[]): Promise<Row[]> {
  try {
    return (await pool.query<Row>(text, values)).rows;
  } catch (error) {
    throw asFault(error);
  }
}

function invalid(reason: string): Fault {
  return new Fault('API_CLIENT_INVALID', `This cannot be done with the software: ${reason}.`);
}
