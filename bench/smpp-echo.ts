import { createSmppLink, readOperator } from '../server/channels/smpp/index.ts';
import { startMessageCentre, until } from '../server/channels/smpp/testing.ts';
import { encodeUcs2 } from '../server/channels/sms-text/index.ts';
import { systemClock } from '../server/platform/index.ts';
import { median, report } from './report.ts';

const rounds = 3;
const unanswered = 50;

/** Messages a second that come, are answered by a message and acknowledged, with nothing done between: the limit of the link. */
export async function benchSmppEcho(count: number): Promise<void> {
  const centre = await startMessageCentre('dlr=none');
  const link = createSmppLink({
    addresses: [centre.address],
    operator: readOperator({ window: unanswered }),
    clock: systemClock,
  });
  link.onMessage(async ({ from, to, text }) => {
    const { kind } = await link.send({ from: to, to: from, text, wantsReceipt: false });
    if (kind !== 'accepted') throw new Error(kind);
  });
  try {
    await until('the link is bound', () => link.state().isBound);
    const rates: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const burst = `burst ${count} ${unanswered} 989121234567 1666 8 ${encodeUcs2('0012345679').toString('hex')}`;
      rates.push((await centre.tell<{ per_s: number }>(burst)).per_s);
    }
    report('a message that comes and one that goes, with nothing between', median(rates), 'exchanges/s');
  } finally {
    await link.close();
    await centre.close();
  }
}
