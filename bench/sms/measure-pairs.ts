import { setTimeout as sleep } from 'node:timers/promises';
import { createSmppLink, readOperator } from '../../server/channels/smpp/index.ts';
import { startMessageCentre, until } from '../../server/channels/smpp/testing.ts';
import { systemClock } from '../../server/platform/index.ts';
import { median, report } from '../report.ts';
import { sendBurst, type SentText, type ServedPhones } from './served-phones.ts';

const lookEveryMs = 200;
const gauges = [
  'estehqaq_smpp_handling',
  'estehqaq_inquiries_unanswered',
  'estehqaq_smpp_queued',
  'estehqaq_smpp_unanswered',
] as const;
/** Prometheus: how many were written together. */
const batches = 'estehqaq_batch_inquiries';

interface Measured {
  readonly rate: number;
  /** Microseconds of processor for each message. */
  readonly cost: Readonly<Record<string, number>>;
  /** Of each queue, whenever it was looked at. */
  readonly depths: Readonly<Record<string, readonly number[]>>;
  /** Inquiries that the journal took together. */
  readonly batch?: number;
}

/** Each round exchanges the same number of messages of the same senders; every other round in the reverse order. */
export async function measurePairs(
  phones: ServedPhones,
  { rounds, count }: { readonly rounds: number; readonly count: number },
): Promise<void> {
  const senders = phones.subscribers.slice(0, count).map(({ mobile }) => mobile);
  const echo = await startEcho(phones);
  try {
    const ratios: number[] = [];
    const [asked, echoed]: [Measured[], Measured[]] = [[], []];
    for (let round = 0; round <= rounds; round += 1) {
      // Another text each time: the same one within a minute would be the same question.
      const texts = senders.map((mobile) => ({ mobile, text: '0'.repeat(round + 1) }));
      const both = [() => measureInquiries(phones, texts), () => echo.measure(senders)] as const;
      const [inquiries, empty] =
        round % 2 === 0 ? [await both[0](), await both[1]()] : await inReverse(both[0], both[1]);
      if (round === 0) continue; // it warms
      asked.push(inquiries);
      echoed.push(empty);
      ratios.push(inquiries.rate / empty.rate);
      console.log(
        `round ${round}: ${Math.round(inquiries.rate)} inquiries/s, ${Math.round(empty.rate)} empty exchanges/s, ` +
          `ratio ${(inquiries.rate / empty.rate).toFixed(3)}`,
      );
    }
    describe('inquiry by SMS', asked, 'inquiries/s');
    report('  written together', median(asked.map(({ batch = Number.NaN }) => batch)), 'inquiries');
    describe('empty exchange', echoed, 'exchanges/s');
    report('inquiries to empty exchanges, median of the rounds', median(ratios), 'times');
  } finally {
    await echo.close();
  }
}

async function inReverse<A, B>(first: () => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
  const b = await second();
  return [await first(), b];
}

async function measureInquiries(phones: ServedPhones, texts: readonly SentText[]): Promise<Measured> {
  const before = phones.cpuSeconds();
  const metricsBefore = await phones.readMetrics();
  const depths: Record<string, number[]> = {};
  const over = new AbortController();
  const looking = (async (): Promise<void> => {
    while (!over.signal.aborted) {
      const now = await phones.readMetrics();
      for (const gauge of gauges) (depths[gauge] ??= []).push(now(gauge));
      await sleep(lookEveryMs);
    }
  })();
  const { per_s: rate, sent } = await phones.burst(texts);
  over.abort();
  await looking;
  const after = phones.cpuSeconds();
  const metricsAfter = await phones.readMetrics();
  const grown = (name: string): number => metricsAfter(name) - metricsBefore(name);
  const inJournal = grown('estehqaq_inquiries_total');
  if (sent !== texts.length || inJournal !== texts.length) {
    throw new Error(`of ${texts.length} messages ${inJournal} were answered, and ${sent} were sent`);
  }
  const each = (seconds: number): number => (seconds * 1e6) / texts.length;
  return {
    rate,
    cost: { server: each(after.server - before.server), postgres: each(after.postgres - before.postgres) },
    depths,
    batch: grown(`${batches}_sum`) / grown(`${batches}_count`),
  };
}

interface Echo {
  readonly measure: (senders: readonly string[]) => Promise<Measured>;
  readonly close: () => Promise<void>;
}

/** The session of the server over a message centre of the same kind, with nothing behind it. */
async function startEcho({ folder, window }: ServedPhones): Promise<Echo> {
  const centre = await startMessageCentre('dlr=none');
  const link = createSmppLink({
    addresses: [centre.address],
    operator: readOperator({ window }),
    clock: systemClock,
  });
  link.onMessage(async ({ from, to }) => {
    const { kind } = await link.send({ from: to, to: from, text: '', wantsReceipt: false });
    if (kind !== 'accepted') throw new Error(kind);
  });
  await until('the echo is bound', () => link.state().isBound);
  return {
    measure: async (senders) => {
      const before = process.cpuUsage();
      const texts = senders.map((mobile) => ({ mobile, text: '' }));
      const { per_s: rate } = await sendBurst(centre, { folder, window }, texts);
      const { user, system } = process.cpuUsage(before);
      return { rate, cost: { 'session alone': (user + system) / senders.length }, depths: {} };
    },
    close: async () => {
      await link.close();
      await centre.close();
    },
  };
}

function describe(what: string, measured: readonly Measured[], unit: string): void {
  report(what, median(measured.map(({ rate }) => rate)), unit);
  for (const name of Object.keys(measured[0]?.cost ?? {})) {
    report(`  processor, ${name}`, median(measured.map(({ cost }) => cost[name] ?? Number.NaN)), 'µs a message');
  }
  for (const name of Object.keys(measured[0]?.depths ?? {})) {
    const seen = measured.flatMap(({ depths }) => depths[name] ?? []);
    report(`  ${name}, median and deepest`, median(seen), `and ${Math.max(...seen)}`);
  }
}
