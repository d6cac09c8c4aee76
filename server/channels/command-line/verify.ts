import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { LawInForce } from '../../decisions/index.ts';
import { createInquiry, type Days, type Inquiry } from '../../inquiry/index.ts';
import { ProviderDirectory } from '../../membership/index.ts';
import { fullText } from '../texts.ts';
import { dayOption } from './day-option.ts';
import { withHere } from './here.ts';
import { countAlong } from './progress.ts';

interface Options {
  readonly json?: true;
}

interface ReplayOptions extends Options, Partial<Days> {}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('what was answered under a tracking code')
    .argument('<code>', 'with or without blanks and dashes, in digits of any script')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit status: 0 found; 1 there is no such code.')
    .action(verify);
}

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('decide again from the journal: the same or not')
    .argument('[code]', 'with or without blanks and dashes, in digits of any script')
    .option(
      '--from <day>',
      'instead of one code all that was asked from this day on: 2020-07-22, or 1399/05/01',
      dayOption,
    )
    .option('--until <day>', 'to the end of this day', dayOption)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit status: 0 the same, all of them; 1 different, or there is no such code.')
    .action(replay);
}

async function verify(code: string, { json }: Options, command: Command): Promise<void> {
  const user = userInfo().username;
  const answer = await withInquiry((inquiry) => inquiry.verify(code, { kind: 'staff', user, role: 'administrator' }));
  if (answer === undefined) {
    notFound(command);
    return;
  }
  const lines = [
    fullText(answer, 'staff').fa,
    fullText(answer, 'staff').en,
    `asked ${answer.askedAt.toISOString()}, ${answer.setting}, clauses ${answer.clauses.join(' ')}`,
  ];
  process.stdout.write(`${json === true ? JSON.stringify({ ...answer, replayed: undefined }) : lines.join('\n')}\n`);
}

async function replay(code: string | undefined, options: ReplayOptions, command: Command): Promise<void> {
  const { from, until, json } = options;
  if (code === undefined && from !== undefined && until !== undefined) {
    // No day at all would be "the same, all of them".
    if (until < from) command.error('error: --until is before --from');
    return replayDays({ from, until }, json);
  }
  if (code === undefined || from !== undefined || until !== undefined) {
    command.error('error: name a code, or the days --from and --until');
  }
  const report = await withInquiry((inquiry) => inquiry.replay(code));
  if (report === undefined) {
    notFound(command);
    return;
  }
  const { result, differences, lawVersion } = report;
  const lines = [
    differences.length === 0 ? result : `${result}: ${differences.join(', ')}`,
    lawVersion.differs
      ? `the law was ${lawVersion.recorded} and is ${lawVersion.computed}`
      : `the law is the same (${lawVersion.recorded})`,
  ];
  process.stdout.write(`${json === true ? JSON.stringify(report) : lines.join('\n')}\n`);
  if (result === 'different') process.exitCode = 1;
}

async function replayDays(days: Days, json: true | undefined): Promise<void> {
  let done = 0;
  const progress = countAlong(() => `${done.toLocaleString('en')} inquiries decided again`);
  const counted = await withInquiry((inquiry) =>
    inquiry.replayDays(days, (replayed) => {
      done = replayed;
      progress.report();
    }),
  );
  progress.end();
  const { replayed, same, different, undetermined, otherLaw, differentCodes } = counted;
  const lines = [
    `${replayed} inquiries: ${same} the same, ${different} different, ${undetermined} had no answer`,
    `${otherLaw} were answered under another text of the law`,
    ...differentCodes,
  ];
  process.stdout.write(`${json === true ? JSON.stringify(counted) : lines.join('\n')}\n`);
  if (different > 0) process.exitCode = 1;
}

function notFound(command: Command): void {
  process.stderr.write(`estehqaq ${command.name()}: there is no such code\n`);
  process.exitCode = 1;
}

/** Reads the journal only: asks no registry. */
function withInquiry<T>(work: (inquiry: Inquiry) => Promise<T>): Promise<T> {
  return withHere('a look into the journal', async ({ database, keys, clock }) => {
    const directory = await ProviderDirectory.start(database.pool);
    const law = await LawInForce.start(database.pool);
    const inquiry = createInquiry({
      database,
      clock,
      keys,
      directory,
      law,
      otherInsurers: { ask: () => Promise.resolve('unavailable') },
      links: {
        stateOn: () => ({ msrt: false, sabtAsnad: false }),
        consult: () => Promise.resolve(false),
      },
    });
    try {
      return await work(inquiry);
    } finally {
      await inquiry.close();
      await law.stop();
      await directory.stop();
    }
  });
}
