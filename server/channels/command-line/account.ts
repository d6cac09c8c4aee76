import { InvalidArgumentError, type Command } from 'commander';
import {
  addAccount,
  disableAccount,
  listAccounts,
  resetAccount,
  staffRoles,
  type Account,
  type AccountParts,
  type StaffRole,
} from '../../identity/index.ts';
import { ProviderDirectory } from '../../membership/index.ts';
import { Fault, Ids } from '../../platform/index.ts';
import { withHere, type Here } from './here.ts';

const help = `
A user name is one person's, for ever: it is never changed, given away or deleted. What is done to an account is recorded,
with the account of this machine that did it. The password that is printed is for one sign-in within three days; then the
person chooses another, and staff set up a device for the second factor.

Examples:
  npx --no-install estehqaq account add zohreh --name "Zohreh N." --role registry-clerk --role analyst
  npx --no-install estehqaq account add maryam --name "Maryam K." --provider 100001
  npx --no-install estehqaq account reset zohreh
  npx --no-install estehqaq account disable zohreh`;

export function addAccounts(program: Command): void {
  const account = program
    .command('account')
    .description('accounts of staff and of the clerks of providers')
    .addHelpText('after', help);
  account
    .command('add')
    .argument('<user>', '2 to 60 of a–z, 0–9, dot, dash, underscore; begins with a letter')
    .requiredOption('--name <name>', 'how the person is called')
    .option('--role <role>', `of staff, also several times: ${staffRoles.join(', ')}`, collectRole, [])
    .option('--provider <code>', 'the provider whose clerk this is')
    .description('make an account, and print a password for the first sign-in')
    .action(add);
  account.command('list').description('all accounts').option('--json', 'print JSON').action(list);
  account
    .command('disable')
    .argument('<user>')
    .description('end all sessions, and let nobody in any more')
    .action(disable);
  account
    .command('reset')
    .argument('<user>')
    .description(
      'a new password for one sign-in; the device is forgotten, all sessions end, a disabled one is active again',
    )
    .action(reset);
}

interface Adding {
  readonly name: string;
  readonly role: readonly StaffRole[];
  readonly provider?: string;
}

async function add(user: string, { name: displayName, role: roles, provider }: Adding): Promise<void> {
  const password = await withAccounts(async (parts, { account }) => {
    if (provider !== undefined) await requireProvider(parts, provider);
    return addAccount(parts, { user, displayName, roles, provider, by: account });
  });
  process.stdout.write(`${password}\n`);
}

async function list({ json }: { readonly json?: true }): Promise<void> {
  const accounts = await withAccounts((parts) => listAccounts(parts));
  const shown = json === true ? JSON.stringify(accounts) : accounts.map(lineOf).join('\n');
  process.stdout.write(`${shown === '' ? 'There are none.' : shown}\n`);
}

function lineOf({ user, displayName, roles, provider, state, totpConfirmed, issuer }: Account): string {
  const what = provider === null ? roles.join(',') : `clerk of ${provider}`;
  const how = issuer ?? (provider !== null || totpConfirmed ? 'set up' : 'no device yet');
  return [user, state, what, how, displayName].join('\t');
}

async function disable(user: string): Promise<void> {
  await withAccounts((parts, { account }) => disableAccount(parts, user, account));
  process.stdout.write(`${user} is disabled\n`);
}

async function reset(user: string): Promise<void> {
  const password = await withAccounts((parts, { account }) => resetAccount(parts, user, account));
  process.stdout.write(`${password}\n`);
}

/** With ids, which events have. */
async function withAccounts<T>(work: (parts: AccountParts, here: Here) => Promise<T>): Promise<T> {
  return withHere('a command about accounts', async (here) => {
    const { database, clock, keys } = here;
    const ids = new Ids(database.pool, clock);
    try {
      return await work({ pool: database.pool, clock, ids, keys }, here);
    } finally {
      await ids.close();
    }
  });
}

/** @throws Fault ACCOUNT_INVALID for a code that no provider has */
export async function requireProvider({ pool }: Pick<AccountParts, 'pool'>, code: string): Promise<void> {
  const directory = await ProviderDirectory.start(pool);
  try {
    if (directory.find(code) === undefined) throw new Fault('ACCOUNT_INVALID', 'There is no provider with this code.');
  } finally {
    await directory.stop();
  }
}

function collectRole(text: string, before: readonly StaffRole[]): readonly StaffRole[] {
  const role = staffRoles.find((each) => each === text);
  if (role === undefined) throw new InvalidArgumentError(`It is one of ${staffRoles.join(', ')}.`);
  return [...before, role];
}
