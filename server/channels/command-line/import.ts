import type { Command } from 'commander';
import { importPeople, importProviders } from '../../membership/index.ts';
import { countAlong } from './progress.ts';
import { withHere } from './here.ts';

interface Options {
  readonly source?: string;
  readonly format?: 'ndjson' | 'csv';
}

const help = `
NDJSON or CSV, one person or provider a line; - is standard input. The order of the lines does not matter.
Lines that cannot be taken go to FILE.rejected.ndjson with line, code, path and message; the others are in.
It ends with one line {"read", "created", "changed", "unchanged", "rejected"}; the exit status is 1 when any was rejected.
Stopped half-way and run again, it ends in the same state.`;

export function addImport(program: Command): void {
  const group = program
    .command('import')
    .description('read people or providers from a file')
    .addHelpText('after', help);
  const add = (what: 'people' | 'providers', description: string): Command =>
    group
      .command(what)
      .description(description)
      .argument('<file>', 'NDJSON or CSV; - is standard input')
      .option('--json', 'print JSON (it always does)')
      .addHelpText('after', help);
  add('people', 'people with their standings')
    .option('--source <name>', 'who says so; only facts of the same source are replaced', 'insurer')
    .action((file: string, options: Options) => run('people', file, options));
  add('providers', 'providers with their contracts').action((file: string, options: Options) =>
    run('providers', file, options),
  );
}

async function run(what: 'people' | 'providers', file: string, { source }: Options): Promise<void> {
  let read = 0;
  let step = 'reading';
  const along = countAlong(() => `${step}: ${String(read)} lines`);
  const counts = await withHere('an import', ({ database, clock, account }) => {
    const options = {
      file,
      clock,
      recordedBy: account,
      onProgress: (progress: { readonly step: string; readonly read: number }) => {
        ({ step, read } = progress);
        along.report();
      },
    };
    return what === 'people'
      ? importPeople(database.pool, { ...options, source })
      : importProviders(database.pool, options);
  });
  along.end();
  process.stdout.write(`${JSON.stringify(counts)}\n`);
  if (counts.rejected > 0) process.exitCode = 1;
}
