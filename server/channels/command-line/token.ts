import { InvalidArgumentError, type Command } from 'commander';
import { findNationalId } from '../../platform/index.ts';
import { makeToken, staffRoles, type StaffRole, type TokenHolder } from '../tokens.ts';
import { withHere } from './here.ts';
import { recordToken } from './token-store.ts';
import { user } from './user-option.ts';

interface Options {
  readonly provider?: string;
  readonly person?: bigint;
  readonly staff?: StaffRole;
  readonly as?: string;
  readonly json?: true;
}

const help = `
The token is good for an hour. That it was made, for whom and by which account of this machine, is recorded.
It is signed with the keys in $ESTEHQAQ_DATA/keys.

Examples:
  npx --no-install estehqaq token --provider 1001
  npx --no-install estehqaq token --person 0012345679
  npx --no-install estehqaq token --staff auditor --as reza`;

export function addToken(program: Command): void {
  program
    .command('token')
    .description('make a bearer token for a provider, a person or a member of staff')
    .option('--provider <code>', 'for the provider with this code', code)
    .option('--person <nationalId>', 'for the person with this national id', person)
    .option('--staff <role>', `for a member of staff: ${staffRoles.join(', ')}`, role)
    .option('--as <user>', 'the name of the member of staff', user)
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    .action(run);
}

async function run(options: Options, command: Command): Promise<void> {
  const holder = findHolder(options);
  if (holder === undefined) {
    command.error('error: name one of --provider CODE, --person NATIONALID, or --staff ROLE with --as USER');
  }
  const made = await withHere('the command token', async ({ database, keys, clock, account }) => {
    const token = await makeToken(holder, keys, clock);
    await recordToken(database.pool, token, account);
    return token;
  });
  const shown = options.json === true ? JSON.stringify({ token: made.token, expiresAt: made.expiresAt }) : made.token;
  process.stdout.write(`${shown}\n`);
}

function findHolder(options: Options): TokenHolder | undefined {
  const { provider, person: asked, staff, as } = options;
  const named = [provider, asked, staff].filter((each) => each !== undefined);
  if (named.length !== 1 || (staff === undefined) !== (as === undefined)) return undefined;
  if (provider !== undefined) return { kind: 'provider', code: provider };
  if (asked !== undefined) return { kind: 'self', person: asked };
  return staff === undefined || as === undefined ? undefined : { kind: 'staff', role: staff, user: as };
}

function code(text: string): string {
  if (/^[^\s:]{1,40}$/.test(text)) return text;
  throw new InvalidArgumentError('A code has 1 to 40 characters without blanks.');
}

function person(text: string): bigint {
  const found = findNationalId(text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError('It is ten digits with the check digit, or twelve digits for foreign nationals.');
}

function role(text: string): StaffRole {
  const found = staffRoles.find((each) => each === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`It is one of ${staffRoles.join(', ')}.`);
}
