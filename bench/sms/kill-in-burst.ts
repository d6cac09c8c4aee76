import { randomInt } from 'node:crypto';
import { report } from '../report.ts';
import { countTold, readTold, requireNone } from './told.ts';
import type { ServedPhones } from './served-phones.ts';

const senders = 5_000;
/** It is killed when so many answers have left it. */
const fewest = 100;
const most = 3_500;

/**
 * Kills the server while 5,000 people write at once; the message centre sends again what was not acknowledged. Each burst is
 * of other people.
 */
export async function killInBurst(phones: ServedPhones, kills: number): Promise<void> {
  for (let kill = 0; kill < kills; kill += 1) {
    const asked = phones.subscribers.slice(kill * senders, (kill + 1) * senders);
    if (asked.length < senders) throw new Error(`${kills} kills need ${kills * senders} people`);
    await phones.centre.tell('reset');
    const state = { isOver: false };
    const burst = phones.burst(asked.map(({ mobile }) => ({ mobile, text: '0' }))).finally(() => (state.isOver = true));
    const wanted = randomInt(fewest, most);
    let accepted = 0;
    while (accepted < wanted) {
      if (state.isOver) throw new Error('all were answered before the kill');
      ({ accepted = 0 } = await phones.centre.tell<{ accepted?: number }>('stats'));
    }
    await phones.system.killServer();
    const { sent, seconds } = await burst;
    report(`kill ${kill + 1}, after so many answers`, accepted, `of ${senders}`);
    report('  sent again', sent - senders, '');
    report('  all answered after', seconds, 's');
    const { codes, withSeveralAnswers, ...wrong } = countTold(await readTold(phones), asked);
    report('  different tracking codes', codes, '');
    report('  people who got the same answer twice', withSeveralAnswers, '');
    for (const [what, count] of Object.entries(wrong)) report(`  ${what}`, count, '');
    requireNone({ ...wrong, codesMissing: senders - codes });
  }
}
