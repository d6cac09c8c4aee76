import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benchOneLoad } from './inquiry/one-load.ts';
import { benchPairedRounds } from './inquiry/paired-rounds.ts';
import { requirePgbench } from './inquiry/pgbench.ts';
import { serveSystem } from './inquiry/served-system.ts';

/*
 * The inquiry over HTTP, with tokens, law, journal, request ids and metrics: `npm run bench -- inquiry`. It is measured in
 * pairs with pgbench's transaction on the same database and with a bare route; or under one load:
 *
 *   --rate 3000           so many requests a second, at even intervals
 *   --connections 1280    so many connections, each of which asks again as soon as it is answered
 *   --overload            at even intervals twice what was answered over 256 connections
 */

export async function benchInquiry(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string', default: '200000' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '5' },
      rate: { type: 'string' },
      connections: { type: 'string' },
      overload: { type: 'boolean', default: false },
    },
  });
  const { overload } = values;
  const [people, rounds, seconds] = [values.people, values.rounds, values.seconds].map(Number) as [
    number,
    number,
    number,
  ];
  const isPaired = values.rate === undefined && values.connections === undefined && !overload;
  if (isPaired) console.log(await requirePgbench());
  const system = await serveSystem(people);
  try {
    console.log(`${people} people, 1 minute's load before: ${loadavg()[0]?.toFixed(2) ?? ''}`);
    if (isPaired) {
      await benchPairedRounds(system, { people, rounds, seconds });
    } else {
      const rate = values.rate === undefined ? undefined : Number(values.rate);
      const connections = values.connections === undefined ? undefined : Number(values.connections);
      await benchOneLoad(system, { seconds, rate, connections, overload });
    }
  } finally {
    await system.stop();
  }
}
