import type { Command } from 'commander';
import { countInquiries, findUnchecked, type InquiryCount, type ServiceGiven } from '../../inquiry/index.ts';
import { readImport, type CsvColumns, type ReadLine } from '../../membership/index.ts';
import { Ids } from '../../platform/index.ts';
import { countColumns, csvLine, csvOf, readService, tellUnchecked, uncheckedColumns } from '../reports.ts';
import { dayOption } from './day-option.ts';
import { withHere } from './here.ts';
import { print } from './output.ts';
import { countAlong } from './progress.ts';

interface CountOptions {
  readonly from: ReturnType<typeof dayOption>;
  readonly to: ReturnType<typeof dayOption>;
  readonly json?: true;
  readonly csv?: true;
}

interface UncheckedOptions {
  readonly csv?: true;
}

const uncheckedHelp = `
The file is NDJSON or CSV, - is standard input: one service a line, with nationalId, provider, day (2020-07-22, or
1399/05/01) and setting (outpatient, if it is not said; or inpatient). A service is printed, one JSON object a line or CSV,
where the provider had not asked about the person for that day and setting by web, app, SMS or USSD: check is "unchecked", or
"undetermined" where it was asked and no answer could be given then.
It is recorded of every person in the file that you were told of him or her.

Exit status: 0 all was read; 1 some lines were not understood: they are named on standard error.`;

export function addReport(program: Command): void {
  const report = program.command('report').description('what the journal says about how it goes');
  report
    .command('inquiries')
    .description('inquiries and answer times by day, channel, outcome and kind of provider (T-06)')
    .requiredOption('--from <day>', 'the first day: 2020-07-22, or 1399/05/01', dayOption)
    .requiredOption('--to <day>', 'the last day; at most a year', dayOption)
    .option('--json', 'print JSON')
    .option('--csv', 'print CSV')
    .action(count);
  report
    .command('unchecked')
    .description('of a list of services those without an inquiry that day (T-26 to T-28)')
    .argument('<file>', 'NDJSON or CSV; - is standard input')
    .option('--csv', 'print CSV')
    .option('--json', 'print JSON, one object a line (it does so without --csv)')
    .addHelpText('after', uncheckedHelp)
    .action(listUnchecked);
}

async function count({ from, to, json, csv }: CountOptions): Promise<void> {
  const rows = await withHere('a report', ({ database }) => countInquiries(database.pool, from, to));
  if (json === true) await print(`${JSON.stringify(rows)}\n`);
  else if (csv === true) await print(csvOf(countColumns, rows));
  else await print(rows.length === 0 ? 'No inquiries.\n' : table(rows));
}

/** Times in milliseconds, for people. */
function table(rows: readonly InquiryCount[]): string {
  const head = ['day', 'channel', 'outcome', 'provider', 'inquiries', 'mean ms', 'median ms', '99 of 100 ms'];
  const ms = (microseconds: number): string => (microseconds / 1000).toFixed(1);
  const lines = rows.map(({ day, channel, outcome, providerKind, inquiries, meanUs, medianUs, p99Us }) => [
    day,
    channel,
    outcome,
    providerKind ?? '–',
    String(inquiries),
    ms(meanUs),
    ms(medianUs),
    ms(p99Us),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)));
  const texts = 4;
  const padded = [head, ...lines].map((line) =>
    line.map((cell, column) =>
      column < texts ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    ),
  );
  return padded.map((line) => `${line.join('  ').trimEnd()}\n`).join('');
}

const asText = (text: string): string => text.trim();
const columns: CsvColumns = { nationalId: asText, provider: asText, day: asText, setting: asText };

async function listUnchecked(file: string, { csv }: UncheckedOptions): Promise<void> {
  let [read, refused] = [0, 0];
  const along = countAlong(() => `${read.toLocaleString('en')} services`);
  await withHere('a report', async ({ database: { pool }, clock, account }) => {
    const services = async function* (): AsyncGenerator<ServiceGiven> {
      for await (const piece of readImport({ file }, columns)) {
        for (const line of piece) {
          const service = serviceOf(line);
          read += 1;
          along.report();
          if (typeof service === 'object') yield service;
          else {
            refused += 1;
            process.stderr.write(`line ${line.line}: ${service}\n`);
          }
        }
      }
    };
    const ids = new Ids(pool, clock);
    try {
      if (csv === true) await print(csvLine(uncheckedColumns));
      const reader = { reader: account, role: 'administrator' };
      for await (const found of findUnchecked({ pool, clock, ids, reader }, services())) {
        const told = tellUnchecked(found);
        await print(
          csv === true ? csvLine(uncheckedColumns.map((column) => told[column])) : `${JSON.stringify(told)}\n`,
        );
      }
    } finally {
      await ids.close();
    }
  });
  along.end();
  if (refused > 0) process.exitCode = 1;
}

/** @returns what was expected, instead of a service */
function serviceOf(line: ReadLine): ServiceGiven | string {
  if ('fault' in line) return line.fault;
  const { document } = line;
  if (typeof document !== 'object' || document === null) return 'expected one JSON object';
  const { nationalId, provider, day, setting = 'outpatient' } = document as Readonly<Record<string, unknown>>;
  if (typeof nationalId !== 'string') return 'expected a nationalId';
  if (typeof provider !== 'string' || provider === '') return 'expected the code of a provider';
  if (typeof day !== 'string') return 'expected a day';
  if (setting !== 'outpatient' && setting !== 'inpatient') return 'expected the setting outpatient or inpatient';
  const service = readService({ nationalId, provider, day, setting });
  return typeof service === 'object' ? service : `expected a ${service}`;
}
