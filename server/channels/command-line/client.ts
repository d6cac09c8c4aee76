import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { addApiClient, apiTokenSeconds, disableApiClient, issuerPath, listApiClients } from '../../identity/index.ts';
import { Fault } from '../../platform/index.ts';
import { requireProvider } from './account.ts';
import { withHere } from './here.ts';

const help = `
The software of a hospital keeps its private key, and gives you the public one as a JSON Web Key Set. With it, it asks
${issuerPath}/token for tokens (client_credentials with private_key_jwt, scope api) that are good for ${apiTokenSeconds / 60} minutes.

Examples:
  npx --no-install estehqaq client add --provider 100001 --jwks hospital.jwks.json
  npx --no-install estehqaq client list
  npx --no-install estehqaq client disable 100001-Ab3dE6gH9jKl`;

export function addClients(program: Command): void {
  const client = program
    .command('client')
    .description('software of providers that gets its tokens by a key of its own')
    .addHelpText('after', help);
  client
    .command('add')
    .requiredOption('--provider <code>', 'whose software it is')
    .requiredOption('--jwks <file>', 'its public keys, RFC 7517')
    .description('let it in, and print the id under which it asks')
    .action(add);
  client.command('list').description('all there are').option('--json', 'print JSON').action(list);
  client.command('disable').argument('<clientId>').description('give it no more tokens').action(disable);
}

async function add({ provider, jwks: file }: { readonly provider: string; readonly jwks: string }): Promise<void> {
  const jwks = readKeySet(file);
  const clientId = await withHere('the command client', async ({ database, clock, account }) => {
    await requireProvider(database, provider);
    return addApiClient({ pool: database.pool, clock }, { provider, jwks, by: account });
  });
  process.stdout.write(`${clientId}\n`);
}

function readKeySet(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Fault('API_CLIENT_INVALID', `${file} cannot be read as JSON.`, error);
  }
}

async function list({ json }: { readonly json?: true }): Promise<void> {
  const clients = await withHere('the command client', ({ database }) => listApiClients(database));
  const lines = clients.map(({ clientId, provider, state, createdBy }) =>
    [clientId, state, provider, createdBy].join('\t'),
  );
  const shown = json === true ? JSON.stringify(clients) : lines.join('\n');
  process.stdout.write(`${shown === '' ? 'There is none.' : shown}\n`);
}

async function disable(clientId: string): Promise<void> {
  await withHere('the command client', ({ database, clock, account }) =>
    disableApiClient({ pool: database.pool, clock }, clientId, account),
  );
  process.stdout.write(`${clientId} is disabled\n`);
}
