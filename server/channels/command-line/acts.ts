import { InvalidArgumentError, type Command } from 'commander';
import { InvalidParametersFile, readLaterActsFile } from '../../cases/index.ts';
import { LawInForce } from '../../decisions/index.ts';
import { withHere, type Here } from './here.ts';

const help = `
Later acts are dated rows that are laid over the shipped law: registration windows, the figures of a year, suspensions.
The form of the file: docs/parameters.md. Recorded acts hold in every running system within a second, and are never taken
back: a later row for the same day replaces an earlier one.

Examples:
  npx --no-install estehqaq acts add window-1405.json --as zohreh
  npx --no-install estehqaq acts list`;

const figuresHelp = `
No bill goes out on a premium that is carried forward from an earlier year, nor for a year of which a later rule is known
(1402 and after), until an administrator has entered the figure (acts add) or confirmed it here.

Example:
  npx --no-install estehqaq figures confirm 1405 --reason "decree 1234 of 1404/12/20" --as zohreh`;

export function addActs(program: Command): void {
  const acts = program
    .command('acts')
    .description('later acts: registration windows, figures of a year, suspensions')
    .addHelpText('after', help);
  acts
    .command('add')
    .argument('<file>', 'a JSON file as docs/parameters.md has it')
    .requiredOption('--as <user>', 'the administrator who enters them')
    .description('record the acts of a file')
    .action(add);
  acts.command('list').description('all acts and confirmations there are').option('--json', 'print JSON').action(list);
  program
    .command('figures')
    .description('the figures by which is billed')
    .addHelpText('after', figuresHelp)
    .command('confirm')
    .argument('<year>', 'a Solar Hijri year: 1405', year)
    .requiredOption('--as <user>', 'the administrator who confirms')
    .requiredOption('--reason <text>', 'on what it rests: the document')
    .description('confirm that the figures in force are those of the year')
    .action(confirm);
}

async function add(file: string, { as }: { readonly as: string }, command: Command): Promise<void> {
  const acts = await readLaterActsFile(file).catch((error: unknown): never => {
    if (error instanceof InvalidParametersFile) command.error(`error: ${error.message}`);
    throw error;
  });
  const version = await withLaw((law, { clock }) => law.add(clock, acts, as));
  process.stdout.write(`acts ${String(version)} are in force\n`);
}

async function confirm(asked: number, { as, reason }: { readonly as: string; readonly reason: string }): Promise<void> {
  const made = await withLaw((law, { clock }) => law.confirm(clock, asked, as, reason));
  process.stdout.write(
    `the figures of ${made.year} are confirmed: a premium of ${String(made.perCapitaMonthly)} rials a month\n`,
  );
}

async function list({ json }: { readonly json?: true }): Promise<void> {
  const { acts, confirmations } = await withLaw((law) =>
    Promise.resolve({ acts: law.acts, confirmations: law.confirmations }),
  );
  if (json === true) {
    const asText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
    process.stdout.write(`${JSON.stringify({ acts, confirmations }, asText)}\n`);
    return;
  }
  const lines = [
    ...acts.map(({ version, recordedBy, recordedAt, acts: rows }) => {
      const figures = Object.entries(rows.parameters).flatMap(([name, each]) =>
        each.map(({ from, value, reference }) => `  ${name} from ${from}: ${JSON.stringify(value)} (${reference.en})`),
      );
      const suspended = rows.suspensions.map(
        ({ clause, from, until, reference }) => `  ${clause} suspended ${from} to ${until} (${reference.en})`,
      );
      const head = `acts ${String(version)}, entered by ${recordedBy} at ${recordedAt.toISOString()}`;
      return [head, ...figures, ...suspended].join('\n');
    }),
    ...confirmations.map(
      ({ year: of, recordedBy, recordedAt, reason, perCapitaMonthly }) =>
        `figures of ${of}: a premium of ${String(perCapitaMonthly)}, confirmed by ${recordedBy} at ${recordedAt.toISOString()} (${reason})`,
    ),
  ];
  process.stdout.write(`${lines.length === 0 ? 'There are none: the shipped law holds.' : lines.join('\n')}\n`);
}

async function withLaw<T>(work: (law: LawInForce, here: Here) => Promise<T>): Promise<T> {
  return withHere('a command about later acts', async (here) => {
    const law = await LawInForce.start(here.database.pool);
    try {
      return await work(law, here);
    } finally {
      await law.stop();
    }
  });
}

function year(text: string): number {
  if (/^1[34]\d\d$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A Solar Hijri year has four digits: 1405.');
}
