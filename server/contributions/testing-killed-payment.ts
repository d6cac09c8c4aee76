import { joinDatabase } from '../database/testing.ts';
import { createPaymentGateway } from '../registries/index.ts';
import { createPayments } from './payments.ts';

/**
 * A process of its own that takes a call-back, has the gateway confirm the payment, and is killed before it can commit.
 * Its standard input is JSON: what it works with, and the authority.
 */
const { host, database, address, merchantId, authority, now } = JSON.parse(
  await new Promise<string>((read) => {
    let text = '';
    process.stdin.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    process.stdin.once('end', () => {
      read(text);
    });
  }),
) as Readonly<Record<string, string>>;

const pool = joinDatabase({ host: host ?? '', database: database ?? '' });
const payments = createPayments({
  pool,
  clock: { now: () => new Date(now ?? '') },
  ids: { make: (owners) => Promise.resolve(owners.map((_, index) => 900_000n + BigInt(index))) },
  gateway: createPaymentGateway({ address, merchantId, allowStandIn: true }),
  callbackUrl: () => 'http://127.0.0.1:9/',
  lockHousehold: () => Promise.resolve(),
  onPaid: () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  },
  log: { warn: () => undefined, error: () => undefined },
});
await payments.returnFromGateway({ authority: authority ?? '' });
process.stdout.write('not killed\n');
await pool.end();
