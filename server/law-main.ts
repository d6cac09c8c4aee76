import { addDecide } from './channels/command-line/decide.ts';
import { addLaw } from './channels/command-line/law.ts';
import { newProgram } from './channels/command-line/new-program.ts';
import { reportFault } from './channels/command-line/report-fault.ts';
import packageFile from './package.json' with { type: 'json' };

/* The commands that need the law alone: they start without the system, in less time and memory. */

const program = newProgram(packageFile.version);
addDecide(program);
addLaw(program);
await program.parseAsync().catch(reportFault);
