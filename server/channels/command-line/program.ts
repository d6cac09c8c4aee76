import { Command } from 'commander';
import { addDecide } from './decide.ts';
import { addLaw } from './law.ts';

const exitStatuses = `
Exit status: 0 done; 1 done, but something in the input was refused; 2 the command was not understood.`;

export function createProgram(version: string): Command {
  const program = new Command('estehqaq')
    .description('Is this person entitled to care, today, here, and why?')
    .version(version)
    .addHelpText('after', exitStatuses)
    .exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : 2));
  addDecide(program);
  addLaw(program);
  return program;
}
