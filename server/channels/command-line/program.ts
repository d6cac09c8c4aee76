import { Command } from 'commander';
import { addBackup } from './backup.ts';
import { addDecide } from './decide.ts';
import { addDoctor } from './doctor.ts';
import { addGenerate } from './generate.ts';
import { addImport } from './import.ts';
import { addLaw } from './law.ts';
import { addLink } from './link.ts';
import { addRestore } from './restore.ts';
import { addRetention } from './retention.ts';
import { addServe, type StartSystem } from './serve.ts';
import { addToken } from './token.ts';
import { addReplay, addVerify } from './verify.ts';

const exitStatuses = `
Exit status: 0 done; 1 done, but something in the input was refused; 2 the command was not understood;
3 it could not be done: what is in the way is said on standard error.`;

export function createProgram(version: string, startSystem: StartSystem): Command {
  const program = new Command('estehqaq')
    .description('Is this person entitled to care, today, here, and why?')
    .version(version)
    .addHelpText('after', exitStatuses)
    .exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : 2));
  addServe(program, startSystem);
  addDecide(program);
  addLaw(program);
  addImport(program);
  addGenerate(program);
  addToken(program);
  addLink(program);
  addVerify(program);
  addReplay(program);
  addDoctor(program);
  addBackup(program);
  addRestore(program);
  addRetention(program);
  return program;
}
