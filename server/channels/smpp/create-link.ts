import { AcceptedIds } from './accepted-ids.ts';
import { Bind } from './bind.ts';
import { Incoming } from './incoming.ts';
import { usualTimings, type OutgoingMessage, type SendResult, type SmppLink, type SmppLinkOptions } from './link.ts';
import { composeMessage, composeScreen } from './outgoing.ts';
import { Sending } from './sending.ts';

/** Begins to connect at once, and goes on until it is closed. */
export function createSmppLink(options: SmppLinkOptions): SmppLink {
  const { addresses, operator, clock, certificateAuthority, observer = {} } = options;
  const timings = { ...usualTimings, ...options.timings };
  const acceptedIds = new AcceptedIds();
  const sending = new Sending(timings.queueSeconds, observer, acceptedIds);
  const incoming = new Incoming({
    operator,
    clock,
    observer,
    timings,
    acceptedIds,
    isReceiptDue: () => sending.isReceiptDue,
    show: async (asked, text, ends, via) => {
      const screen = composeScreen(asked, text, ends, operator);
      return screen === undefined ? unsendable : sending.submit([screen], via);
    },
  });
  const shared = { operator, timings, certificateAuthority, observer, incoming, sending };
  const binds = addresses.map((address) => new Bind({ address, ...shared }));
  sending.use(binds);

  return {
    send: async (message: OutgoingMessage) => {
      const submits = composeMessage(message, operator);
      return submits === undefined ? unsendable : sending.submit(submits);
    },
    onMessage: (handler) => {
      incoming.onMessage = handler;
    },
    onUssd: (handler) => {
      incoming.onUssd = handler;
    },
    onReceipt: (handler) => {
      incoming.onReceipt = handler;
    },
    state: () => ({
      binds: binds.map((bind) => bind.state()),
      isBound: binds.some((bind) => bind.isBound),
      queued: sending.queue.unsettled - sending.unanswered,
      unanswered: sending.unanswered,
      handling: incoming.handling,
    }),
    close: async () => {
      incoming.isClosing = true;
      sending.queue.close();
      await Promise.all(binds.map((bind) => bind.close(timings.closeSeconds * 1_000)));
    },
  };
}

const unsendable: SendResult = { kind: 'notSent', reason: 'unsendable', ids: [] };
