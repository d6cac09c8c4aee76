import type { MessageTransport, SendOutcome, TransportReceipt } from '../notices/index.ts';
import type { SendSms } from './sms/index.ts';
import type { Receipt, SendResult, SmppLink } from './smpp/index.ts';

/** Carries notices over the link to the message centre. */
export function createNoticeTransport(link: Pick<SmppLink, 'send'>): MessageTransport {
  return {
    send: async ({ mobile, text }) => outcomeOf(await link.send({ to: String(mobile), text, wantsReceipt: true })),
  };
}

/** Carries notices over the gateway's own request; it brings no receipts. */
export function createGatewayTransport(send: SendSms): MessageTransport {
  return {
    send: async ({ mobile, text, key }) =>
      // What the gateway did not confirm it may have taken all the same: it was perhaps only too slow to say so.
      (await send({ to: mobile, text, id: key })) === 'taken'
        ? { sent: true, transportIds: [] }
        : { sent: false, why: 'unknown' },
  };
}

function outcomeOf(result: SendResult): SendOutcome {
  if (result.kind === 'accepted') return { sent: true, transportIds: result.ids };
  // Half of it may arrive: to send the whole again is to send that half twice.
  if (result.kind === 'unknown' || result.ids.length > 0) return { sent: false, why: 'unknown' };
  if (result.kind === 'refused') return { sent: false, why: result.temporary ? 'throttled' : 'refused' };
  return { sent: false, why: result.reason === 'unsendable' ? 'refused' : 'silent' };
}

/** What a receipt says of a notice; undefined where it says nothing final. */
export function noticeReceiptOf({ possibleIds, state, isFinal, receivedAt }: Receipt): TransportReceipt | undefined {
  if (state === 'delivered') return { transportIds: possibleIds, state, at: receivedAt };
  // "unknown" and "accepted" may have arrived.
  const isLost = isFinal && ['expired', 'deleted', 'undeliverable', 'rejected'].includes(state);
  return isLost ? { transportIds: possibleIds, state: 'failed', at: receivedAt } : undefined;
}
