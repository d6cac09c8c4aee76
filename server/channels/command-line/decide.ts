import { InvalidArgumentError, type Command } from 'commander';
import {
  decideLinesOnAllCores,
  InvalidParametersFile,
  noLaterActs,
  readLaterActsFile,
  schemas,
  type Decided,
} from '../../cases/index.ts';
import { endFor, endOnBrokenStreams, print } from './output.ts';

interface Options {
  readonly explain?: true;
  readonly parameters?: string;
  readonly schema?: true | 'case' | 'decision';
}

const help = `
Reads one JSON case a line from standard input and prints one JSON decision a line, in the same order.
A line that is no valid case is answered with {"caseId", "error": {"code": "INVALID_CASE", "path", "message"}}.

Examples:
  npx --no-install estehqaq decide < law/examples/cases.ndjson
  npx --no-install estehqaq decide --explain --parameters acts.json < cases.ndjson > decisions.ndjson`;

export function addDecide(program: Command): void {
  program
    .command('decide')
    .description('decide cases under both regulations')
    .option('--explain', 'say why: the clauses that spoke, with facts and figures, in Persian and English')
    .option('--parameters <file>', 'lay the dated rows of this JSON file over the shipped figures')
    .option('--schema [case|decision]', 'print the JSON Schema of case and decision, and stop', schemaName)
    .addHelpText('after', help)
    .action(run);
}

function schemaName(name: string): 'case' | 'decision' {
  if (name === 'case' || name === 'decision') return name;
  throw new InvalidArgumentError('It is case or decision.');
}

async function run({ explain, parameters, schema }: Options, command: Command): Promise<void> {
  if (schema !== undefined) {
    await print(`${JSON.stringify(schema === true ? schemas : schemas[schema], null, 2)}\n`);
    return;
  }
  const acts = parameters === undefined ? noLaterActs : await readLaterActsFile(parameters).catch(refuse(command));
  if (process.stdin.isTTY) process.stderr.write('Reading cases from the terminal, one a line; end with Ctrl-D.\n');
  const onProgress = process.stderr.isTTY && !process.stdin.isTTY ? progress() : undefined;
  endOnBrokenStreams(command);
  const decided = await decideLinesOnAllCores(process.stdin, print, {
    acts,
    withExplanation: explain === true,
    ...(onProgress && { onProgress }),
  }).catch((error: unknown) => endFor(command, error));
  if (onProgress !== undefined) process.stderr.write('\n');
  if (decided.invalid > 0) process.exitCode = 1;
}

function refuse(command: Command) {
  return (error: unknown): never => {
    if (error instanceof InvalidParametersFile) command.error(`error: ${error.message}`);
    throw error;
  };
}

const reportEveryMs = 500;

/** A line on the terminal that counts along. */
function progress(): (decided: Decided) => void {
  let reportedAt = performance.now();
  return ({ read, invalid }) => {
    if (performance.now() - reportedAt < reportEveryMs) return;
    reportedAt = performance.now();
    process.stderr.write(`\r${String(read)} cases, ${String(invalid)} invalid`);
  };
}
