import { Command } from 'commander';

const exitStatuses = `
Exit status: 0 done; 1 done, but something in the input was refused; 2 the command was not understood;
3 it could not be done: what is in the way is said on standard error.`;

/** The program without its commands. */
export function newProgram(version: string): Command {
  return new Command('estehqaq')
    .description('Is this person entitled to care, today, here, and why?')
    .version(version)
    .addHelpText('after', exitStatuses)
    .exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : 2));
}
