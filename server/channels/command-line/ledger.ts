import { InvalidArgumentError, type Command } from 'commander';
import { checkLedger, createPayments, ledgerBalance, listRefunds, type Payments } from '../../contributions/index.ts';
import { createLog, Ids } from '../../platform/index.ts';
import { createPaymentGateway } from '../../registries/index.ts';
import { dayOption } from './day-option.ts';
import { withHere, type Here } from './here.ts';
import { print } from './output.ts';
import { user } from './user-option.ts';

const help = `
Each transaction of the ledger adds up to zero, and so does each day, each household and the whole. What households owe
agrees with the open bills, what is to be given back with the refunds, and the money with the payments.
The exit status is 1 where something does not balance; it is named on standard output.

Example:
  npx --no-install estehqaq ledger check`;

const refundHelp = `
The system transfers no money: somebody does, and enters here that it was done. Who took the money at a counter cannot
enter that it was given back.

Examples:
  npx --no-install estehqaq refunds list
  npx --no-install estehqaq refunds mark HOUSEHOLD REFUND --reference IR-2718 --as zahra`;

export function addLedger(program: Command): void {
  program
    .command('ledger')
    .description('the books of premiums and payments')
    .command('check')
    .description('look whether all of it balances to the rial')
    .option('--until <day>', 'the sums to the end of this day: 2020-07-22, or 1399/05/01', isoDayOption)
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    .action(check);
  const refunds = program
    .command('refunds')
    .description('money that came in for nothing that is to be paid, and is to be given back')
    .addHelpText('after', refundHelp);
  refunds.command('list').description('what is to be given back').option('--json', 'print JSON').action(list);
  refunds
    .command('mark <household> <refund>')
    .description('enter that money was given back')
    .requiredOption('--reference <text>', 'of the transfer that was made', reference)
    .requiredOption('--as <user>', 'who says so', user)
    .action(mark);
}

async function check({ until, json }: { readonly until?: string; readonly json?: true }): Promise<void> {
  const { balance, faults } = await withHere('the command ledger', async ({ database }) => ({
    balance: await ledgerBalance(database.pool, until),
    faults: await checkLedger(database.pool),
  }));
  if (json === true) await print(`${JSON.stringify({ ...balance, faults }, withTexts)}\n`);
  else {
    const sums = Object.entries(balance.accounts).map(([account, sum]) => `${account.padEnd(14)}${inRials(sum)}`);
    const named = faults.map(({ what, household, of, day, by }) =>
      [
        `does not balance: ${what}`,
        ...(day === null ? [] : [day]),
        ...(household === null ? [] : [`household ${household}`]),
        ...(of === null ? [] : [`no. ${of}`]),
        `by ${by}`,
      ].join(', '),
    );
    const end = faults.length === 0 && balance.sum === 0n ? ['it balances'] : named;
    await print(`${[...sums, `${'sum'.padEnd(14)}${inRials(balance.sum)}`, ...end].join('\n')}\n`);
  }
  if (faults.length > 0 || balance.sum !== 0n) process.exitCode = 1;
}

const longestList = 10_000;

async function list({ json }: { readonly json?: true }): Promise<void> {
  const due = await withHere('the command refunds', ({ database }) =>
    listRefunds(database.pool, { limit: longestList }),
  );
  const lines = due.map(
    ({ household, refund, via, amount, reason, dueAt }) =>
      `${dueAt.toISOString().slice(0, 10)}  household ${household}  refund ${refund}  ${inRials(amount)} rial  ${via}  ${reason}`,
  );
  const text = json === true ? JSON.stringify(due, withTexts) : lines.join('\n');
  await print(`${text === '' ? 'Nothing is to be given back.' : text}\n`);
}

async function mark(
  household: string,
  refund: string,
  options: { readonly reference: string; readonly as: string },
): Promise<void> {
  const marked = { household: number(household), refund: number(refund), reference: options.reference };
  const { amount } = await withHere('the command refunds', (here) =>
    withPayments(here, (payments) => payments.markRefunded({ ...marked, by: `staff:${options.as}` })),
  );
  await print(`${inRials(amount)} rial given back\n`);
}

/** Without a gateway: what is done here asks it nothing. */
async function withPayments<T>({ database, clock }: Here, work: (payments: Payments) => Promise<T>): Promise<T> {
  const ids = new Ids(database.pool, clock);
  try {
    return await work(
      createPayments({
        pool: database.pool,
        clock,
        ids,
        gateway: createPaymentGateway({ address: undefined, merchantId: undefined, allowStandIn: false }),
        callbackUrl: () => '',
        lockHousehold: () => Promise.resolve(),
        onPaid: () => Promise.reject(new Error('this command pays nothing')),
        log: createLog('silent'),
      }),
    );
  } finally {
    await ids.close();
  }
}

const millisecondsPerDay = 86_400_000;

function isoDayOption(text: string): string {
  return new Date(dayOption(text) * millisecondsPerDay).toISOString().slice(0, 10);
}

function withTexts(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

function inRials(amount: bigint): string {
  return amount.toLocaleString('en');
}

function number(text: string): bigint {
  if (/^\d{1,15}$/.test(text)) return BigInt(text);
  throw new InvalidArgumentError('It is a number, as the list shows it.');
}

function reference(text: string): string {
  if (text.trim() !== '') return text.trim();
  throw new InvalidArgumentError('Name the transfer.');
}
