import { InvalidArgumentError, type Command } from 'commander';
import { linkNames, readLinkSwitches, recordLinkSwitch, type LinkName } from '../../registries/index.ts';
import { dayOption } from './day-option.ts';
import { withHere } from './here.ts';

interface Options {
  readonly from: string;
  readonly reason: string;
  readonly as: string;
}

const help = `
Both links are off until they are switched on. A switch holds from its day on until one from a later day replaces it, and
is never taken back: the next one is added. Every running system knows of it within a second.

Examples:
  npx --no-install estehqaq link msrt on --from 1399/05/01 --reason "letter 1234 of the ministry" --as reza
  npx --no-install estehqaq link list`;

export function addLink(program: Command): void {
  const link = program
    .command('link')
    .description('link the science ministry (msrt) or the deeds registry (sabtAsnad) from a day on (T-33, T-34)')
    .addHelpText('after', help);
  for (const name of linkNames) {
    const one = link.command(name).description(`switch the link ${name}`);
    for (const state of ['on', 'off'] as const) {
      one
        .command(state)
        .description(`${state} from a day on`)
        .requiredOption('--from <day>', 'the first day: 2020-07-22, or 1399/05/01', day)
        .requiredOption('--reason <text>', 'on what it rests', reason)
        .requiredOption('--as <user>', 'who says so')
        .action((options: Options) => switchLink(name, state === 'on', options));
    }
  }
  link.command('list').description('all switches there have been').option('--json', 'print JSON').action(list);
}

async function switchLink(link: LinkName, isOn: boolean, { from, reason: why, as }: Options): Promise<void> {
  await withHere('the command link', ({ database, clock }) =>
    recordLinkSwitch(database.pool, {
      link,
      isOn,
      fromDay: from,
      reason: why,
      recordedBy: as,
      recordedAt: clock.now(),
    }),
  );
  process.stdout.write(`${link} is ${isOn ? 'on' : 'off'} from ${from}\n`);
}

async function list({ json }: { readonly json?: true }): Promise<void> {
  const switches = await withHere('the command link', ({ database }) => readLinkSwitches(database.pool));
  const lines = switches.map(
    ({ link, isOn, fromDay, reason: why, recordedBy, recordedAt }) =>
      `${fromDay}  ${link} ${isOn ? 'on' : 'off'}  ${why} (${recordedBy}, ${recordedAt.toISOString()})`,
  );
  const text = json === true ? JSON.stringify(switches) : lines.join('\n');
  process.stdout.write(`${text === '' ? 'Both links have always been off.' : text}\n`);
}

function day(text: string): string {
  return new Date(dayOption(text) * millisecondsPerDay).toISOString().slice(0, 10);
}

const millisecondsPerDay = 86_400_000;

function reason(text: string): string {
  if (text.trim() !== '') return text.trim();
  throw new InvalidArgumentError('Say on what it rests.');
}
