import { createProgram } from './channels/command-line/program.ts';
import packageFile from './package.json' with { type: 'json' };

await createProgram(packageFile.version).parseAsync();
