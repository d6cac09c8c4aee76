import { Client, type ClientConfig } from 'pg';
import { accessRefused, notUtf8, serverUnreachable, tooOld, urlInvalid } from './faults.ts';
import { prepareAppRole, requireMember } from './roles.ts';
import { appRole } from './embedded/settings.ts';

/** A PostgreSQL server that somebody else runs, named by DATABASE_URL. */
export interface OwnServer {
  readonly owner: ClientConfig;
  readonly app: ClientConfig;
  readonly place: string;
  readonly version: string;
}

const oldestVersion = 15;

export async function reachOwnServer(databaseUrl: string, databaseUrlApp: string | undefined): Promise<OwnServer> {
  const place = describePlace(databaseUrl);
  const owner: ClientConfig = { connectionString: databaseUrl, connectionTimeoutMillis: 10_000 };
  const version = await withClient(owner, place, async (client) => {
    const found = await requireUsable(client, place);
    await prepareAppRole(client);
    return found;
  });
  if (databaseUrlApp === undefined) {
    return { owner, app: { connectionString: withRole(databaseUrl) }, place, version };
  }
  const app: ClientConfig = { connectionString: databaseUrlApp };
  await withClient({ ...app, connectionTimeoutMillis: 10_000 }, describePlace(databaseUrlApp), requireMember);
  return { owner, app, place, version };
}

/** Host, port and database: never user or password. */
export function describePlace(databaseUrl: string): string {
  const url = parse(databaseUrl);
  // The folder of a Unix socket cannot stand where a host stands; it is given as a parameter.
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname === '' ? 'localhost' : url.hostname);
  return `${host}:${url.port === '' ? '5432' : url.port}${url.pathname}`;
}

/** The same address, on whose connections the application's role is set from the first statement on. */
export function withRole(databaseUrl: string): string {
  const url = parse(databaseUrl);
  const options = [url.searchParams.get('options'), `-c role=${appRole}`].filter((each) => each !== null);
  url.searchParams.set('options', options.join(' '));
  return url.toString();
}

function parse(databaseUrl: string): URL {
  // PostgreSQL's own programs allow an empty host after a user; the standard of URLs does not.
  const url = URL.parse(databaseUrl.replace(/^([a-z]+:\/\/[^/@]*@)\//, '$1localhost/'));
  if (url === null)
    throw urlInvalid('it is not a URL; special characters in a password are written as %23 and the like');
  if (!['postgres:', 'postgresql:'].includes(url.protocol)) throw urlInvalid(`it begins with ${url.protocol}`);
  return url;
}

export async function requireUsable(client: Pick<Client, 'query'>, place: string): Promise<string> {
  const { rows } = await client.query<{ number: string; version: string; encoding: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as version,
            current_setting('server_encoding') as encoding`,
  );
  const found = rows[0] ?? { number: '0', version: 'unknown', encoding: 'unknown' };
  if (Number(found.number) < oldestVersion * 10_000) throw tooOld(place, found.version);
  if (found.encoding !== 'UTF8') throw notUtf8(place, found.encoding);
  return found.version;
}

async function withClient<T>(config: ClientConfig, place: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(config);
  client.on('error', () => undefined); // the query that is under way reports it
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw connectFault(error, place);
  }
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function connectFault(error: unknown, place: string): Error {
  const { code, message } = error as { code?: string; message: string };
  // A name with two addresses fails with an error for each; then the message is empty.
  const reason = message === '' ? (code ?? 'no connection') : message;
  const isRefusal = code !== undefined && /^(?:28|3D|42501)/.test(code);
  return isRefusal ? accessRefused(place, reason, error) : serverUnreachable(place, reason, error);
}
