import { once } from 'node:events';
import { InvalidArgumentError, type Command } from 'commander';
import { generateHouseholds } from '../../enrolment/index.ts';
import { generatePeople } from '../../membership/index.ts';
import { countAlong } from './progress.ts';

const help = `
The same number and seed give the same people. Nobody of them exists.

Example:
  npx --no-install estehqaq generate people 100000 --seed 7 > people.ndjson`;

export function addGenerate(program: Command): void {
  const group = program.command('generate').description('make up test data');
  group
    .command('people')
    .description('made-up people with households, standings and evidence, as NDJSON')
    .argument('<number>', 'how many', number)
    .option('--seed <number>', 'which people', number, 1)
    .addHelpText('after', help)
    .action((count: number, { seed }: Seeded) => write(generatePeople(count, seed), 'people'));
  group
    .command('households')
    .description('made-up insured households, as import households reads them')
    .argument('<number>', 'how many', number)
    .option('--seed <number>', 'which households', number, 1)
    .action((count: number, { seed }: Seeded) => write(generateHouseholds(count, seed), 'households'));
}

interface Seeded {
  readonly seed: number;
}

const linesAtOnce = 500;

async function write(all: Iterable<string>, what: string): Promise<void> {
  let made = 0;
  const along = countAlong(() => `${String(made)} ${what}`);
  let lines: string[] = [];
  for (const line of all) {
    made += 1;
    lines.push(line.endsWith('\n') ? line : `${line}\n`);
    if (lines.length < linesAtOnce) continue;
    if (!process.stdout.write(lines.join(''))) await once(process.stdout, 'drain');
    if (!process.stdout.isTTY) along.report();
    lines = [];
  }
  process.stdout.write(lines.join(''));
  along.end();
}

function number(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number.');
}
