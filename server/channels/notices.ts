import { declaredMobiles } from '../enrolment/index.ts';
import {
  createDemoTransport,
  createNoticeSender,
  type MessageTransport,
  type NoticeSender,
  type NoticeSenderParts,
} from '../notices/index.ts';
import type { Ids } from '../platform/index.ts';
import type { NoticesConfig } from '../config.ts';
import { createGatewayTransport, createNoticeTransport, noticeReceiptOf } from './notice-transport.ts';
import type { SendSms } from './sms/index.ts';
import type { SmppLink } from './smpp/index.ts';

export interface OpenNoticesParts extends Omit<NoticeSenderParts, 'transport' | 'quietHours' | 'decileWording'> {
  readonly ids: Pick<Ids, 'make'>;
  readonly config: NoticesConfig;
  readonly isDemo: boolean;
  /** To the message centre, where there is one. */
  readonly link: SmppLink | undefined;
  /** Over the gateway, where there is no message centre. */
  readonly sendByGateway: SendSms | undefined;
}

/** Before every day that notices are told on. */
const fromTheBeginning = '2019-01-01';

/**
 * Sends notices over the message centre or the gateway; in a demo without either they are kept to be read. Else they wait in
 * the outbox, and stand in people's lists meanwhile.
 */
export function openNotices(all: OpenNoticesParts): NoticeSender | undefined {
  const { config, link, ...parts } = all;
  const transport = findTransport(all);
  if (transport === undefined) {
    parts.log.warn('neither a message centre nor a gateway is set: notices wait, and are not sent');
    return undefined;
  }
  const { quietFromHour: fromHour, quietUntilHour: untilHour, decileWording } = config;
  const quietHours = [{ fromDay: fromTheBeginning, fromHour, untilHour }];
  const sender = createNoticeSender({
    ...{ ...parts, transport, quietHours, decileWording },
    otherMobiles: (persons) => declaredMobiles(parts.pool, persons),
  });
  link?.onReceipt(async (receipt) => {
    const told = noticeReceiptOf(receipt);
    if (told !== undefined) await sender.receiptArrived(told);
  });
  return sender;
}

function findTransport(parts: OpenNoticesParts): MessageTransport | undefined {
  const { link, sendByGateway, isDemo } = parts;
  if (link !== undefined) return createNoticeTransport(link);
  if (sendByGateway !== undefined) return createGatewayTransport(sendByGateway);
  return isDemo ? createDemoTransport(parts) : undefined;
}
