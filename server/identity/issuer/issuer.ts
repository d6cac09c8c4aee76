import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { findAccount } from '../account-store.ts';
import type { LoginProgress } from '../login.ts';
import type { IdentityParts } from '../parts.ts';
import { issuerKeyOf, keyedHash } from '../secrets.ts';
import { apiScope, clientAlgorithms, findProviderOfClient } from './api-clients.ts';
import { createAdapters, forgetUser } from './payload-adapter.ts';

/** Where the embedded issuer stands below our address, and where it sends people to sign in. */
export const issuerPath = '/oidc';
export const signInPath = '/sign-in';
/** Where our own pages come back to. */
export const callbackPath = '/login/callback';

export const portalClientId = 'estehqaq-portal';
const apiAudience = 'estehqaq-api';
const signingAlgorithm = 'EdDSA';
const minutes = 60;
export const apiTokenSeconds = 10 * minutes;

/** A sign-in under way, as the issuer keeps it. */
export interface SignInUnderWay {
  readonly uid: string;
  readonly progress: LoginProgress | undefined;
}

/** The issuer of OpenID Connect that we bring along. */
export interface Issuer {
  /** Makes it, where it was not asked before. @throws whatever is in its way */
  readonly open: () => Promise<void>;
  /** What comes below `issuerPath`. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Nothing where it is over, or of another browser. */
  readonly findSignIn: (request: IncomingMessage, response: ServerResponse) => Promise<SignInUnderWay | undefined>;
  readonly keepProgress: (
    request: IncomingMessage,
    response: ServerResponse,
    progress: LoginProgress | undefined,
  ) => Promise<void>;
  /** @returns where the browser goes on */
  readonly finish: (request: IncomingMessage, response: ServerResponse, user: string) => Promise<string>;
  /** Signs out wherever this account was signed in at the issuer. */
  readonly forget: (user: string) => Promise<void>;
}

/** How our own pages are known to it. */
export function portalSecret({ keys }: Pick<IdentityParts, 'keys'>): string {
  return keyedHash(keys, 'secret of the portal', portalClientId).toString('base64url');
}

/** Made when it is first asked: before, its own address may not be known. */
export function createIssuer(parts: IdentityParts): Issuer {
  let made: Promise<Provider> | undefined;
  const provider = (): Promise<Provider> => (made ??= createProvider(parts));
  const find = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      return await (await provider()).interactionDetails(asOurs(parts, request), response);
    } catch (error) {
      if ((error as Error).name === 'SessionNotFound') return undefined;
      throw error;
    }
  };
  return {
    open: async () => {
      await provider();
    },
    handle: async (request, response) => {
      const path = request.url ?? '/';
      Object.assign(request, { originalUrl: path });
      request.url = path === issuerPath ? '/' : path.slice(issuerPath.length);
      const answer = (await provider()).callback();
      await answer(asOurs(parts, request), response);
    },
    findSignIn: async (request, response) => {
      const found = await find(request, response);
      if (found?.prompt.name !== 'login') return undefined;
      return { uid: found.uid, progress: found.result?.['progress'] as LoginProgress | undefined };
    },
    keepProgress: async (request, response, progress) => {
      const result = progress === undefined ? {} : { progress };
      const options = { mergeWithLastSubmission: false };
      await (await provider()).interactionResult(asOurs(parts, request), response, result, options);
    },
    finish: async (request, response, user) => {
      const login = { accountId: user, remember: false, amr: ['pwd'] };
      const options = { mergeWithLastSubmission: false };
      return (await provider()).interactionResult(asOurs(parts, request), response, { login }, options);
    },
    forget: (user) => forgetUser(parts, user),
  };
}

/** Whatever host the request names: addresses are made of our own. */
function asOurs({ origin }: IdentityParts, request: IncomingMessage): IncomingMessage {
  const { protocol, host } = new URL(origin());
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
  request.headers['x-forwarded-host'] = host;
  return request;
}

/** The library is loaded when somebody signs in: commands start without it. */
async function createProvider(parts: IdentityParts): Promise<Provider> {
  const { Provider } = await import('oidc-provider');
  const provider = new Provider(`${parts.origin()}${issuerPath}`, configure(parts));
  provider.proxy = true;
  provider.on('server_error', (_context, error) => {
    parts.count('issuer', 'failed');
    parts.log.error({ err: error }, 'issuer');
  });
  const refused = (): void => {
    parts.count('issuer', 'refused');
  };
  provider.on('authorization.error', refused);
  provider.on('grant.error', refused);
  provider.on('grant.success', () => {
    parts.count('issuer', 'done');
  });
  return provider;
}

function configure(parts: IdentityParts): Configuration {
  const { pool, keys, origin } = parts;
  const redirectUri = `${origin()}${callbackPath}`;
  return {
    adapter: createAdapters(parts),
    clients: [
      {
        client_id: portalClientId,
        client_secret: portalSecret(parts),
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    clientDefaults: { id_token_signed_response_alg: signingAlgorithm },
    jwks: { keys: [{ ...issuerKeyOf(keys).sign.export({ format: 'jwk' }), alg: signingAlgorithm, use: 'sig' }] },
    enabledJWA: {
      idTokenSigningAlgValues: [signingAlgorithm],
      clientAuthSigningAlgValues: [...clientAlgorithms],
    },
    clientAuthMethods: ['private_key_jwt', 'client_secret_post'],
    cookies: {
      keys: [keyedHash(keys, 'cookies of the issuer', '').toString('base64url')],
      long: { signed: true, httpOnly: true, sameSite: 'lax' },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
    scopes: ['openid', apiScope],
    responseTypes: ['code'],
    pkce: { required: () => true },
    interactions: { url: (_context, { uid }) => `${signInPath}/${uid}` },
    findAccount: async (_context, user) => {
      const account = await findAccount(pool, user);
      if (account?.state !== 'active') return undefined;
      return { accountId: user, claims: () => ({ sub: user, name: account.displayName }) };
    },
    // Whoever signs in at our own pages is not asked whether they may know it.
    loadExistingGrant: grantOpenId,
    ttl: {
      Interaction: 15 * minutes,
      Session: 15 * minutes,
      Grant: 15 * minutes,
      AuthorizationCode: minutes,
      AccessToken: minutes,
      IdToken: 5 * minutes,
      ClientCredentials: apiTokenSeconds,
    },
    features: configureFeatures(parts),
    extraTokenClaims: async (_context, token) => {
      const provider =
        token.kind === 'ClientCredentials' ? await findProviderOfClient(pool, token.clientId ?? '') : undefined;
      return provider === undefined ? {} : { provider };
    },
    renderError: (context, { error }) => {
      // Browsers alone come here; what was wrong is in the count and never quotes what was sent.
      context.type = 'html';
      context.set('content-security-policy', "default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
      context.body = errorPage(error);
    },
  };
}

function configureFeatures({ origin }: IdentityParts): NonNullable<Configuration['features']> {
  const resource = `${origin()}/v1`;
  return {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      // Software asks for our API and nothing else; sign-ins of people ask for no resource.
      defaultResource: (context) => (context.oidc.body?.['grant_type'] === 'client_credentials' ? resource : []),
      useGrantedResource: () => false,
      getResourceServerInfo: () => ({
        scope: apiScope,
        audience: apiAudience,
        accessTokenFormat: 'jwt',
        accessTokenTTL: apiTokenSeconds,
        jwt: { sign: { alg: signingAlgorithm } },
      }),
    },
  };
}

async function grantOpenId({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid');
  await grant.save();
  return grant;
}

/** Of a closed list of the protocol; written out as letters alone all the same. */
function errorPage(error: string): string {
  return `<!doctype html>
<html lang="fa" dir="rtl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>ورود انجام نشد · Not signed in</title>
<h1>ورود انجام نشد</h1>
<p>این درخواست ورود تمام شده یا درست نیست. از صفحه نخست دوباره وارد شوید.</p>
<section lang="en" dir="ltr">
<h1>Not signed in</h1>
<p>This sign-in is over, or is not right. Begin again from the first page.</p>
<p><code>${error.replace(/[^a-z_]/g, '')}</code></p>
</section>
</html>
`;
}
