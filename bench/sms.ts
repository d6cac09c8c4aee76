import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { answerBurst } from './sms/answer-burst.ts';
import { killInBurst } from './sms/kill-in-burst.ts';
import { measurePairs } from './sms/measure-pairs.ts';
import { servePhones } from './sms/served-phones.ts';

/*
 * Inquiries by SMS, end to end, over SMPP with a message centre that is a process of its own: `npm run bench -- sms`. They
 * are measured in pairs with the rate at which the same kind of message centre and session exchange empty messages. Or:
 *
 *   --burst    20,000 people write at once: each is answered once, under a tracking code of one's own
 *   --crash    5,000 people write at once, and the server is killed: nobody is lost, none gets two different answers
 */

export async function benchSms(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string', default: '20000' },
      rounds: { type: 'string', default: '5' },
      count: { type: 'string', default: '10000' },
      window: { type: 'string', default: '900' },
      burst: { type: 'boolean', default: false },
      crash: { type: 'boolean', default: false },
      kills: { type: 'string', default: '3' },
    },
  });
  const [people, rounds, count, window, kills] = [
    values.people,
    values.rounds,
    values.count,
    values.window,
    values.kills,
  ].map(Number) as [number, number, number, number, number];
  const phones = await servePhones(people, window);
  try {
    console.log(`${people} people, window ${window}, 1 minute's load before: ${loadavg()[0]?.toFixed(2) ?? ''}`);
    if (values.burst) await answerBurst(phones);
    else if (values.crash) await killInBurst(phones, kills);
    else await measurePairs(phones, { rounds, count });
  } finally {
    await phones.stop();
  }
}
