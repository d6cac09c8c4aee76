import { Option, type Command } from 'commander';
import { importHouseholds } from '../../enrolment/index.ts';
import { importPeople, importProviders } from '../../membership/index.ts';
import { Ids } from '../../platform/index.ts';
import { countAlong } from './progress.ts';
import { withHere } from './here.ts';

interface Options {
  readonly source?: string;
  readonly format?: 'ndjson' | 'csv';
}

const help = `
NDJSON or CSV, one person or provider a line; - is standard input. The order of the lines does not matter.
Lines that cannot be taken go to FILE.rejected.ndjson (of standard input, to people.rejected.ndjson or
providers.rejected.ndjson here) with line, code, path and message; the others are in.
It ends with one line {"read", "created", "changed", "unchanged", "rejected"}; the exit status is 1 when any was rejected.
Stopped half-way and run again, it ends in the same state.`;

const householdsHelp = `
One household a line: {"head": {"nationalId", "sex", "birthDate", "firstName", "lastName", "mobile"}, "members": [{…, "relation":
"spouse" | "child"}], "fund": "employees" | "otherStrata" | "universal" | "rural", "supportiveBody", "coveredFrom", "expiresOn",
"free", "lateEntrant", "district", "centre"}. Those of the universal fund are covered here from then on.`;

export function addImport(program: Command): void {
  const group = program
    .command('import')
    .description('read people, providers or households from a file')
    .addHelpText('after', help);
  const add = (what: 'people' | 'providers', description: string): Command =>
    group
      .command(what)
      .description(description)
      .argument('<file>', 'NDJSON or CSV; - is standard input')
      .addOption(
        new Option('--format <format>', 'where neither its name nor its first character says it').choices([
          'ndjson',
          'csv',
        ]),
      )
      .option('--json', 'print JSON (it always does)')
      .addHelpText('after', help);
  add('people', 'people with their standings')
    .option('--source <name>', 'who says so; only facts of the same source are replaced', 'insurer')
    .action((file: string, options: Options) => run('people', file, options));
  add('providers', 'providers with their contracts').action((file: string, options: Options) =>
    run('providers', file, options),
  );
  group
    .command('households')
    .argument('<file>', 'NDJSON; - is standard input')
    .description('households that are insured already: fund, members, until when (M-53)')
    .addHelpText('after', householdsHelp)
    .action(households);
}

async function run(what: 'people' | 'providers', file: string, { source, format }: Options): Promise<void> {
  let read = 0;
  let step = 'reading';
  const along = countAlong(() => `${step}: ${String(read)} lines`);
  const counts = await withHere('an import', ({ database, clock, account }) => {
    const options = {
      file,
      format,
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

async function households(file: string): Promise<void> {
  let said = '';
  const along = countAlong(() => said);
  const counts = await withHere('an import', async ({ database: { pool }, clock }) => {
    const ids = new Ids(pool, clock);
    try {
      const onProgress = ({ step, lines }: { readonly step: string; readonly lines: number }): void => {
        said = `${step}: ${String(lines)} lines`;
        along.report();
      };
      return await importHouseholds({ pool, clock, ids }, { file, onProgress });
    } finally {
      await ids.close();
    }
  });
  along.end();
  process.stdout.write(`${JSON.stringify(counts)}\n`);
  if (counts.rejected > 0) process.exitCode = 1;
}
