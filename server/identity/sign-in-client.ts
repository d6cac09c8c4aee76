import type { Configuration, CustomFetch, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import { Fault, meaningOf } from '../platform/index.ts';
import { takeOutsideAccount } from './account-sessions.ts';
import { callbackPath, issuerPath, portalClientId, portalSecret } from './issuer/issuer.ts';
import type { IdentityParts, OutsideIssuer } from './parts.ts';
import { seal, unseal } from './secrets.ts';

/** At which of our doors somebody wants to come in. */
export type Door = 'staff' | 'provider';

/** Our own pages as a client of an issuer of OpenID Connect: the embedded one, or one outside. */
export interface SignInClient {
  /** @returns where the browser goes, and what it keeps until it is back; sealed */
  readonly begin: (wanted: {
    readonly door: Door;
    readonly next: string;
  }) => Promise<{ address: string; kept: string }>;
  /**
   * @param address at which the browser came back
   * @throws Fault SIGN_IN_REFUSED for whatever is wrong with it
   */
  readonly end: (address: URL, kept: string) => Promise<SignedIn>;
  /** Where an issuer outside wants the browser at the sign-out; nothing at the embedded one. */
  readonly findSignOutAddress: (issuerToken: string) => Promise<string | undefined>;
}

export interface SignedIn {
  readonly user: string;
  readonly door: Door;
  readonly next: string;
  readonly issuerToken?: string | undefined;
}

interface Kept {
  readonly door: Door;
  readonly next: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

const purpose = 'sign-ins under way';
/**
 * The library speaks to TLS alone, which a demo on one machine has not. The embedded issuer is asked in this process, so
 * of its addresses the path alone counts; browsers are sent to our own.
 */
const embeddedOrigin = 'https://embedded.invalid';
const patienceSeconds = 10;

/** Loaded when somebody signs in: commands start without it. */
const load = () => import('openid-client');

/** @param fetchEmbedded asks the embedded issuer in this process: our own address need not be reachable from here */
export function createSignInClient(
  parts: IdentityParts,
  fetchEmbedded: CustomFetch,
  fetchOutside?: CustomFetch,
): SignInClient {
  const { outsideIssuer: outside } = parts;
  const configuration = keepOnce(() =>
    outside === undefined ? embedded(parts, fetchEmbedded) : discover(outside, fetchOutside),
  );
  const redirectUri = (): string => `${parts.origin()}${callbackPath}`;
  return {
    begin: async ({ door, next }) => {
      const client = await load();
      const kept: Kept = {
        ...{ door, next, state: client.randomState(), nonce: client.randomNonce() },
        verifier: client.randomPKCECodeVerifier(),
      };
      const address = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri(),
        scope: outside === undefined ? 'openid' : 'openid profile',
        code_challenge: await client.calculatePKCECodeChallenge(kept.verifier),
        code_challenge_method: 'S256',
        ...{ state: kept.state, nonce: kept.nonce },
        // Counters are shared: nobody comes in on what another has left behind.
        prompt: 'login',
      });
      return {
        address: address.href.replace(embeddedOrigin, parts.origin()),
        kept: seal(parts.keys, purpose, JSON.stringify(kept)).toString('base64url'),
      };
    },
    end: async (address, sealed) => {
      const client = await load();
      try {
        const { door, next, ...expected } = JSON.parse(
          unseal(parts.keys, purpose, Buffer.from(sealed, 'base64url')),
        ) as Kept;
        const config = await configuration();
        const tokens = await client.authorizationCodeGrant(config, address, {
          pkceCodeVerifier: expected.verifier,
          expectedState: expected.state,
          expectedNonce: expected.nonce,
          idTokenExpected: true,
        });
        if (outside === undefined) return { user: tokens.claims()?.sub ?? '', door, next };
        const user = await takeOutsideAccount(parts, outside, await readClaims(config, tokens));
        return { user, door, next, issuerToken: tokens.id_token };
      } catch (error) {
        parts.count('issuer', 'refused');
        if (error instanceof Fault) throw error;
        throw new Fault('SIGN_IN_REFUSED', meaningOf('SIGN_IN_REFUSED'), error);
      }
    },
    findSignOutAddress: async (issuerToken) => {
      const config = await configuration();
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
      const client = await load();
      const told = { id_token_hint: issuerToken, post_logout_redirect_uri: parts.origin() };
      return client.buildEndSessionUrl(config, told).href;
    },
  };
}

/** A failure is not kept: the issuer may answer the next time. */
function keepOnce<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

async function embedded(parts: IdentityParts, fetchEmbedded: CustomFetch): Promise<Configuration> {
  const client = await load();
  const issuer = `${parts.origin()}${issuerPath}`;
  const configuration = new client.Configuration(
    {
      issuer,
      authorization_endpoint: `${embeddedOrigin}${issuerPath}/auth`,
      token_endpoint: `${embeddedOrigin}${issuerPath}/token`,
    },
    portalClientId,
    { id_token_signed_response_alg: 'EdDSA' },
    client.ClientSecretPost(portalSecret(parts)),
  );
  configuration[client.customFetch] = fetchEmbedded;
  return configuration;
}

async function discover(outside: OutsideIssuer, fetchOutside?: CustomFetch): Promise<Configuration> {
  const client = await load();
  const { address, clientId, clientSecret } = outside;
  const authentication = clientSecret === undefined ? client.None() : client.ClientSecretPost(clientSecret);
  const configuration = await client.discovery(new URL(address), clientId, undefined, authentication, {
    timeout: patienceSeconds,
    ...(fetchOutside !== undefined && { [client.customFetch]: fetchOutside }),
  });
  // The keys of the issuer are looked at, not only the way by which the token came.
  client.enableNonRepudiationChecks(configuration);
  return configuration;
}

/** What the token says, and where the issuer has more to say, that too. */
async function readClaims(
  config: Configuration,
  tokens: TokenEndpointResponse & TokenEndpointResponseHelpers,
): Promise<{ subject: string; claims: Readonly<Record<string, unknown>> }> {
  const claims = tokens.claims();
  if (claims === undefined) throw new Fault('SIGN_IN_REFUSED', meaningOf('SIGN_IN_REFUSED'));
  const more =
    config.serverMetadata().userinfo_endpoint === undefined
      ? {}
      : await (await load()).fetchUserInfo(config, tokens.access_token, claims.sub);
  return { subject: claims.sub, claims: { ...more, ...claims } };
}
