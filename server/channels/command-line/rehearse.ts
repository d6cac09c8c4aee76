import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { openDatabase } from '../../database/index.ts';
import { openKeys } from '../../platform/index.ts';
import { dayText, linesOf, rehearse, reportOf, type Rehearsal } from '../../rehearsal/index.ts';
import { dayOption } from './day-option.ts';
import { print } from './output.ts';
import { showProgress } from './progress.ts';

const help = `
Plays the days of an opening of the mandatory insurance on a clock that is handed in, with made-up households: who registers
in time and after, by each route, loses work, marries, separates, is born, dies; who pays late, twice, wrongly or never. All
of it goes through the same use cases and jobs as in a running system, on a database of its own in a temporary folder that
is removed in the end. The same seed makes the same households and plans; what happens at the same time may come in another
order.

With --faults the payment gateway, the registries, the ministry and the messages fail, are silent, or do what they are asked
and lose the answer; and workers are killed in the middle of whatever they do, and begin again.

At the end of every day it is checked that the ledger balances, that nobody is covered unpaid, and that nothing due is left
undone; at the end of every month, and in the end, the rest of what must hold.

Exit status: 0 all that must hold held; 1 something did not, and is named; 2 the command was not understood; 3 it could not
be done, or was ended early (Ctrl-C: the day that is being played is played to its end, and what happened is told).

Examples:
  npx --no-install estehqaq rehearse --households 1000 --seed 1 --faults
  npx --no-install estehqaq rehearse --from 1398/08/01 --to 1400/08/01 --households 10000 --report rehearsal.html`;

type Day = ReturnType<typeof dayOption>;

interface Options {
  readonly from: Day;
  readonly to: Day;
  readonly households: number;
  readonly seed: number;
  readonly faults?: boolean;
  readonly report?: string;
  readonly json?: true;
}

const mostHouseholds = 1_000_000;

export function addRehearse(program: Command): void {
  program
    .command('rehearse')
    .description('play two years of the mandatory insurance with made-up households, and check what must hold')
    .addOption(dayOf('--from <day>', 'the first day: 1398/08/01 (Solar Hijri), or 2019-10-23', '1398/08/01'))
    .addOption(dayOf('--to <day>', 'the last day', '1400/08/01'))
    .option('--households <number>', 'how many', number, 1_000)
    .option('--seed <number>', 'which ones', number, 1)
    .option('--faults', 'outside systems fail, and workers are killed')
    .option('--report <file>', 'write the report as a page, in Persian and English')
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    .action(play);
}

function dayOf(flags: string, description: string, usual: string): Option {
  return new Option(flags, description).argParser(dayOption).default(dayOption(usual), usual);
}

async function play(options: Options, command: Command): Promise<void> {
  const { from, to, report, json } = options;
  if (to < from) command.error('error: --to is a day before --from');
  if (options.households > mostHouseholds) command.error(`error: at most ${mostHouseholds} households`);
  const folder = mkdtempSync(join(tmpdir(), 'estehqaq-rehearsal-'));
  const ending = new AbortController();
  const end = (): void => {
    ending.abort();
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  try {
    const rehearsal = await playIn(folder, options, ending.signal);
    if (report !== undefined) writeFileSync(report, reportOf(rehearsal));
    await print(`${json === true ? JSON.stringify(rehearsal, withTexts) : linesOf(rehearsal).join('\n')}\n`);
    process.exitCode = rehearsal.breaches.length > 0 ? 1 : rehearsal.isWhole ? 0 : 3;
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function playIn(
  folder: string,
  { from, to, households, seed, faults = false }: Options,
  signal: AbortSignal,
): Promise<Rehearsal> {
  const database = await openDatabase({ dataFolder: folder, purpose: 'a rehearsal', onProgress: showProgress() });
  try {
    // What is played is thrown away: nobody waits for the disk.
    await database.asOwner(async (owner) => {
      await owner.query('alter database estehqaq set synchronous_commit = off');
    });
    const keys = openKeys(join(folder, 'keys'));
    const played = to - from + 1;
    return await rehearse({
      ...{ database, keys, folder, from, to, households, seed, faults, signal },
      onDay: (day, breaches) => {
        if (!process.stderr.isTTY) return;
        const part = Math.floor(((day - from + 1) / played) * 100);
        process.stderr.write(`\r${dayText(day)}  ${String(part).padStart(3)}%  breaches: ${breaches} `);
        if (day === to) process.stderr.write('\n');
      },
    });
  } finally {
    await database.close();
  }
}

function number(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number.');
}

function withTexts(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
