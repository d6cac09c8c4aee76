import { report } from '../report.ts';
import { sendLoad } from './load.ts';
import type { ServedSystem } from './served-system.ts';

const warmUpSeconds = 2;
const usualConnections = 256;
/** Many more than are accepted at once, so that some have to be refused. */
const overloadConnections = 8192;
const lookEveryMs = 100;

interface Options {
  readonly seconds: number;
  readonly rate: number | undefined;
  readonly connections: number | undefined;
  readonly overload: boolean;
}

/** One load, with what it did to the answers and to the server's memory. */
export async function benchOneLoad(system: ServedSystem, options: Options): Promise<void> {
  const { seconds, overload } = options;
  const plan = {
    target: 'inquiries',
    port: system.port,
    warmUpSeconds,
    tokens: system.tokens,
    personsFile: system.personsFile,
  } as const;
  const capacity = await sendLoad({ ...plan, connections: usualConnections, seconds: 5, name: 'capacity' });
  report(`answered over ${String(usualConnections)} connections`, capacity.rate, 'a second');

  const rate = overload ? Math.round(2 * capacity.rate) : options.rate;
  const connections = options.connections ?? (overload ? overloadConnections : usualConnections);
  let peak = system.memory();
  const watch = setInterval(() => (peak = Math.max(peak, system.memory())), lookEveryMs);
  const before = system.cpuSeconds();
  const result = await sendLoad({ ...plan, connections, seconds, name: 'load', ...(rate !== undefined && { rate }) });
  clearInterval(watch);
  const after = system.cpuSeconds();

  const asked = rate === undefined ? 'each asks when it is answered' : `${String(rate)} a second at even intervals`;
  console.log(`${String(connections)} connections, ${asked}, ${String(seconds)} s:`);
  report('  answered', result.rate, 'a second');
  report('  p50 of the answered', result.p50, 'ms');
  report('  p99 of the answered', result.p99, 'ms');
  console.log(`  by status: ${JSON.stringify(result.answers)}; never answered: ${String(result.unanswered)}`);
  console.log(`  not sent, since every connection waited: ${String(result.unsent)}`);
  console.log(`  503 without Retry-After: ${String(result.withoutRetryAfter)}`);
  report('  most memory of the server', peak, 'MB');
  const each = 1000 / result.sent;
  report('  server, processor seconds a thousand', (after.server - before.server) * each, 's');
  report('  PostgreSQL, processor seconds a thousand', (after.postgres - before.postgres) * each, 's');
  report('  generator, processor seconds a thousand', result.cpuSeconds * each, 's');
}
