import { systemClock } from '../../platform/index.ts';
import { createSmppLink } from './create-link.ts';
import type { IncomingMessage, Receipt, SmppLink, SmppLinkOptions, SmppTimings } from './link.ts';
import { readOperator } from './operator.ts';
import type { MessageCentre } from './testing.ts';
import { until } from './testing.ts';

/** A link with what came over it and what its observer saw. */
export interface WatchedLink extends SmppLink {
  readonly messages: readonly IncomingMessage[];
  readonly receipts: readonly Receipt[];
  /** `bound`, `lost mute`, `throttled`, … */
  readonly seen: readonly string[];
}

const quickly: Partial<SmppTimings> = {
  reconnectFirstSeconds: 0.02,
  reconnectLongestSeconds: 0.2,
  throttleFirstSeconds: 0.05,
  throttleLongestSeconds: 0.4,
  bindSeconds: 1,
  partAnswerSeconds: 0.1,
  closeSeconds: 2,
};

export function watchLink(options: Partial<SmppLinkOptions>, operator: object = {}): WatchedLink {
  const [messages, receipts, seen]: [IncomingMessage[], Receipt[], string[]] = [[], [], []];
  const link = createSmppLink({
    addresses: [],
    operator: readOperator({ source: { number: '1666', ton: 3 }, ...operator }),
    clock: systemClock,
    observer: {
      bound: () => seen.push('bound'),
      lost: (_, reason) => seen.push(`lost ${reason}`),
      throttled: () => seen.push('throttled'),
      malformed: () => seen.push('malformed'),
      received: (kind, outcome) => seen.push(`${kind} ${outcome}`),
      partsDropped: (parts) => seen.push(`${parts} dropped`),
    },
    ...options,
    timings: { ...quickly, ...options.timings },
  });
  link.onMessage((message) => Promise.resolve(void messages.push(message)));
  link.onReceipt((receipt) => Promise.resolve(void receipts.push(receipt)));
  return { ...link, messages, receipts, seen };
}

export async function boundLink(
  centre: MessageCentre,
  operator: object = {},
  timings: Partial<SmppTimings> = {},
): Promise<WatchedLink> {
  const link = watchLink({ addresses: [centre.address], timings }, operator);
  await until('the link is bound', () => link.state().isBound);
  return link;
}
