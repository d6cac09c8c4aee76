import { InvalidArgumentError, Option, type Command } from 'commander';
import { LawInForce } from '../../decisions/index.ts';
import {
  batchForms,
  countByBatch,
  createEnrolment,
  fetchResults,
  findBatch,
  importResults,
  listOverdue,
  makeBatch,
  referenceOf,
  sendInquiries,
  writeBatch,
  type Batch,
  type BatchForm,
  type BatchKind,
  type MeansTestParts,
} from '../../enrolment/index.ts';
import { createLog, Ids } from '../../platform/index.ts';
import { createCivilRegistry, createMinistry, createOtherInsurers, refuseStandIns } from '../../registries/index.ts';
import { withHere, type Here } from './here.ts';
import { countAlong } from './progress.ts';

const help = `
Inquiries wait after the submission of an application. Where MINISTRY_URL is set the running system sends them by itself;
else they go as files. From the writing of a batch on they count as sent: the ministry's month begins.

Examples:
  npx --no-install estehqaq means-test export-batch batch.ndjson
  npx --no-install estehqaq means-test export-batch again.ndjson --resend 123456789
  npx --no-install estehqaq means-test import-results results.ndjson
  npx --no-install estehqaq means-test overdue`;

const importHelp = `
NDJSON or CSV: a line {"rows": 2, "headSum": "…"} with the control totals, and the results:
  {"reference": "…", "head": "0012345679", "determinedOn": "2019-12-01", "decile": 4, "incomeMonthly": null}
Decile, income, or both; "corrects": true for one that takes the place of another. Lines that are not taken, and those that
came late, go to FILE.rejected.ndjson with line, code, path and message. Run again, nothing is taken twice.`;

interface WriteOptions {
  readonly form: BatchForm;
  readonly resend?: bigint;
}

export function addMeansTest(program: Command): void {
  const group = program
    .command('means-test')
    .description('the means test by the ministry: inquiries, results, what is overdue')
    .addHelpText('after', help);
  const exporting = (name: string, kind: BatchKind, description: string): void => {
    group
      .command(name)
      .argument('<file>', 'the file to be written')
      .addOption(new Option('--form <form>', 'NDJSON or CSV').choices([...batchForms]).default('ndjson'))
      .option('--resend <batch>', 'write this batch again, the same', batchNumber)
      .description(description)
      .action((file: string, options: WriteOptions) => write(kind, file, options));
  };
  exporting('export-batch', 'applications', 'all inquiries that wait, as one file with control totals');
  exporting('export-bulk', 'existing', 'the list of all existing insured who are subject to the test (M-53)');
  group.command('send').description('send what waits to the ministry, and fetch what has been answered').action(send);
  group
    .command('import-results')
    .argument('<file>', 'NDJSON or CSV; - is standard input')
    .addOption(new Option('--format <format>', 'where the name does not say it').choices(['ndjson', 'csv']))
    .description('the ministry’s results (M-54)')
    .addHelpText('after', importHelp)
    .action(take);
  group
    .command('overdue')
    .description('inquiries without a result after their month')
    .option('--json', 'print JSON')
    .action(showOverdue);
}

async function write(kind: BatchKind, file: string, { form, resend }: WriteOptions): Promise<void> {
  let inquiries = 0;
  const along = countAlong(() => `${String(inquiries)} households`);
  const written = await withMeansTest(async (parts, { account }) => {
    const onProgress = (done: number): void => {
      inquiries = done;
      along.report();
    };
    const batch: Batch | undefined =
      resend === undefined
        ? await makeBatch(parts, { kind, madeBy: account, onProgress })
        : await findBatch(parts.pool, resend);
    return batch === undefined ? undefined : writeBatch(parts.pool, batch, file, form);
  });
  along.end();
  if (written === undefined) {
    process.stdout.write(
      resend === undefined
        ? 'Nobody is to be asked about, or the means test is suspended; nothing was written.\n'
        : `There is no batch ${String(resend)}.\n`,
    );
    if (resend !== undefined) process.exitCode = 1;
    return;
  }
  process.stdout.write(`${json(written)}\n`);
}

async function send(): Promise<void> {
  const done = await withMeansTest(async (parts, { config, clock }) => {
    if (config.registries.ministry === undefined) return undefined;
    await refuseStandIns([config.registries.ministry]);
    const now = clock.now();
    return { ...(await sendInquiries(parts, now, mostAtOnce)), results: await fetchResults(parts, now, mostAtOnce) };
  });
  process.stdout.write(`${done === undefined ? 'MINISTRY_URL is not set: use export-batch.' : json(done)}\n`);
  if (done === undefined) process.exitCode = 1;
}

const mostAtOnce = 10_000;

async function take(file: string, { format }: { readonly format?: 'ndjson' | 'csv' }): Promise<void> {
  let said = '';
  const along = countAlong(() => said);
  const counts = await withMeansTest((parts) =>
    importResults(parts, {
      file,
      format,
      onProgress: ({ step, lines }) => {
        said = `${step}: ${String(lines)} lines`;
        along.report();
      },
    }),
  );
  along.end();
  process.stdout.write(`${json(counts)}\n`);
  if (counts.rejected > 0) process.exitCode = 1;
}

async function showOverdue(options: { readonly json?: true }): Promise<void> {
  const { overdue, batches } = await withMeansTest(async ({ pool, clock }) => ({
    overdue: await listOverdue(pool, clock, { limit: 1_000 }),
    batches: await countByBatch(pool, clock),
  }));
  const inquiries = overdue.map((each) => ({
    reference: referenceOf(each),
    sentOn: each.sentOn,
    dueOn: each.dueOn,
    daysOverdue: each.daysOverdue,
    escalatedTo: each.escalatedTo,
  }));
  if (options.json === true) {
    process.stdout.write(`${json({ batches, inquiries })}\n`);
    return;
  }
  const lines = [
    ...batches.map(
      ({ batch, sent, answered, overdue: late }) =>
        `${batch === null ? 'one by one' : `batch ${String(batch)}`}: ${sent} sent, ${answered} answered, ${late} overdue`,
    ),
    ...inquiries.map(
      ({ reference, dueOn, daysOverdue, escalatedTo }) =>
        `${reference}  due ${dueOn ?? ''}, ${daysOverdue} days overdue${escalatedTo === null ? '' : `, with: ${escalatedTo}`}`,
    ),
  ];
  process.stdout.write(`${lines.length === 0 ? 'Nothing was sent.' : lines.join('\n')}\n`);
}

async function withMeansTest<T>(work: (parts: MeansTestParts, here: Here) => Promise<T>): Promise<T> {
  return withHere('a command about the means test', async (here) => {
    const { database, clock, config } = here;
    const { pool } = database;
    const law = await LawInForce.start(pool);
    const ids = new Ids(pool, clock);
    const log = createLog(config.logLevel);
    const address = config.registries.ministry;
    const ministry = address === undefined ? undefined : createMinistry({ address, allowStandIn: false });
    try {
      const { onResult } = createEnrolment({
        ...{ pool, clock, ids, law, log },
        civilRegistry: createCivilRegistry({ address: config.registries.civilRegistry, allowStandIn: false }),
        otherInsurers: createOtherInsurers({ address: config.registries.otherInsurers, allowStandIn: false }),
        // Certificates of centres are looked at when an application is submitted, and not again with its result.
        directory: { find: () => undefined },
      });
      return await work({ pool, clock, ids, law, log, ministry, onResult }, here);
    } finally {
      await ids.close();
      await law.stop();
    }
  });
}

function batchNumber(text: string): bigint {
  if (/^\d{1,15}$/.test(text)) return BigInt(text);
  throw new InvalidArgumentError('It is the number of a batch.');
}

const json = (value: object): string =>
  JSON.stringify(value, (_name, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
