import { once } from 'node:events';
import { InvalidArgumentError, type Command } from 'commander';
import { generatePeople } from '../../membership/index.ts';
import { countAlong } from './progress.ts';

const help = `
The same number and seed give the same people. Nobody of them exists.

Example:
  npx --no-install estehqaq generate people 100000 --seed 7 > people.ndjson`;

export function addGenerate(program: Command): void {
  program
    .command('generate')
    .description('make up test data')
    .command('people')
    .description('made-up people with households, standings and evidence, as NDJSON')
    .argument('<number>', 'how many', number)
    .option('--seed <number>', 'which people', number, 1)
    .addHelpText('after', help)
    .action(people);
}

const linesAtOnce = 500;

async function people(count: number, { seed }: { readonly seed: number }): Promise<void> {
  let made = 0;
  const along = countAlong(() => `${String(made)} people`);
  let lines: string[] = [];
  for (const line of generatePeople(count, seed)) {
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
