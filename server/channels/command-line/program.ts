import type { Command } from 'commander';
import { addBackup } from './backup.ts';
import { addDecide } from './decide.ts';
import { addDoctor } from './doctor.ts';
import { addGenerate } from './generate.ts';
import { addImport } from './import.ts';
import { addLaw } from './law.ts';
import { addLink } from './link.ts';
import { newProgram } from './new-program.ts';
import { addRestore } from './restore.ts';
import { addRetention } from './retention.ts';
import { addServe, type StartSystem } from './serve.ts';
import { addToken } from './token.ts';
import { addReplay, addVerify } from './verify.ts';

export function createProgram(version: string, startSystem: StartSystem): Command {
  const program = newProgram(version);
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
