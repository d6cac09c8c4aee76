import { InvalidArgumentError, type Command } from 'commander';
import { applyRetention } from '../../decisions/index.ts';
import { withHere } from './here.ts';

interface Options {
  readonly keepYears: number;
  readonly dryRun?: true;
  readonly json?: true;
}

const help = `
Months of the journal of inquiries that ended so many years ago are dropped for ever, and request ids that are older than
7 days. It works as the owner of the database. The running system forgets request ids by itself, and with
JOURNAL_KEEP_YEARS lets go of those months, too; without that, run this once a month.

Example:
  npx --no-install estehqaq retention --keep-years 10 --dry-run`;

export function addRetention(program: Command): void {
  program
    .command('retention')
    .description('let go what need not be kept any more')
    .requiredOption('--keep-years <years>', 'how many years of the journal are kept', years)
    .option('--dry-run', 'say what would go, and let nothing go')
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    .action(run);
}

async function run({ keepYears, dryRun, json }: Options): Promise<void> {
  const isDryRun = dryRun === true;
  const { before, partitions, requestKeys } = await withHere('the command retention', ({ database, clock }) =>
    database.asOwner((owner) => applyRetention(owner, { now: clock.now(), keepYears, isDryRun })),
  );
  if (json === true) {
    process.stdout.write(`${JSON.stringify({ before, partitions, requestKeys, isDryRun })}\n`);
    return;
  }
  const verb = isDryRun ? 'would go' : 'are gone';
  const months = partitions.length === 0 ? 'none' : partitions.join(', ');
  process.stdout.write(`months of the journal before ${before.toISOString().slice(0, 10)} that ${verb}: ${months}\n`);
  process.stdout.write(`request ids that ${verb}: ${requestKeys}\n`);
}

function years(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1) return Number(text);
  throw new InvalidArgumentError('It is a number of years, 1 or more.');
}
