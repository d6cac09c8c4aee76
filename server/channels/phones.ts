import { readFileSync } from 'node:fs';
import { ConfigurationInvalid, type PhoneConfig } from '../config.ts';
import { nationalIdText, type Log, type Registry } from '../platform/index.ts';
import type { Inquiry } from '../inquiry/index.ts';
import type { Shahkar } from '../registries/index.ts';
import { createSmppLink, findSmppAddresses, readOperator, type SmppLink } from './smpp/index.ts';
import {
  createHttpSender,
  createPhoneMetrics,
  createSmsConversation,
  InquiryNotices,
  readGateway,
  type Gateway,
  type PhoneParts,
  type SendSms,
  type SmsConversation,
} from './sms/index.ts';
import { createSmppObserver, watchSmpp } from './smpp-metrics.ts';
import { createUssd, type Ussd } from './ussd/index.ts';
import { createGatewayAccess } from './web/gateway-access.ts';
import type { GatewayDoors } from './web/gateway-doors.ts';

/** SMS and USSD, over SMPP and over the HTTP forms of a gateway: whatever of it is configured. */
export interface OpenPhonesParts extends Omit<PhoneParts, 'owners' | 'metrics' | 'limits' | 'inquiry' | 'log'> {
  readonly inquiry: Inquiry;
  readonly shahkar: Shahkar;
  readonly config: PhoneConfig;
  readonly trustedProxies: readonly string[];
  /** A demo lets in whoever is on the same machine. */
  readonly isDemo: boolean;
  readonly log: Log;
  readonly registry: Registry;
}

export interface Phones {
  /** The door of the inquiry that tells those who want to be told of inquiries about them. */
  readonly inquiry: Inquiry;
  /** Absent where no HTTP gateway is let in. */
  readonly gateways: GatewayDoors | undefined;
  /** To the message centre; absent where there is none. */
  readonly link: SmppLink | undefined;
  /** By the gateway's own request; absent where it has none. */
  readonly sendByGateway: SendSms | undefined;
  readonly close: () => Promise<void>;
}

/** @throws ConfigurationInvalid */
export function openPhones(parts: OpenPhonesParts): Phones {
  const { config, isDemo, trustedProxies, registry, log } = parts;
  const dialect = readDataFile('GATEWAY_FILE', config.gatewayFile, readGateway);
  const link = openLink(parts);
  const send = link === undefined ? httpSender(dialect) : smppSender(link);
  const metrics = createPhoneMetrics(registry);
  const notices =
    send === undefined
      ? undefined
      : new InquiryNotices(parts.pool, send, (count) => {
          metrics.refused('sms', 'noticeDropped', count);
        });
  const inquiry = notices?.watch(parts.inquiry) ?? parts.inquiry;
  const phoneParts = {
    ...parts,
    inquiry,
    metrics,
    limits: dialect.limits,
    owners: {
      belongsTo: (mobile: bigint, person: bigint) => parts.shahkar.ownerOf(nationalIdText(person), mobile),
    },
  };
  const sms = createSmsConversation(phoneParts);
  const ussd = createUssd({ ...phoneParts, root: dialect.ussd.root, stepSeconds: dialect.ussd.stepSeconds });
  if (link !== undefined) answerOver(link, sms, ussd);
  const addresses = [...config.gatewayAddresses, ...(isDemo ? ['loopback'] : [])];
  const isLetIn = config.gatewaySecret !== undefined || addresses.length > 0;
  const allows = createGatewayAccess({
    secret: config.gatewaySecret,
    header: dialect.secretHeader,
    addresses,
    hasTrustedProxies: trustedProxies.length > 0,
  });
  return {
    inquiry,
    link,
    sendByGateway: httpSender(dialect),
    gateways: isLetIn ? { sms, ussd, dialect, allows, send: httpSender(dialect) } : undefined,
    close: async () => {
      sms.close();
      await link?.close();
      await notices?.close();
      log.debug('telephones closed');
    },
  };
}

function openLink({ config, clock, registry }: OpenPhonesParts): SmppLink | undefined {
  if (config.smppUrl === undefined) return undefined;
  const addresses = findSmppAddresses(config.smppUrl);
  if (addresses === undefined) {
    throw new ConfigurationInvalid(
      'SMPP_URL is not understood. It may be: smpp://user:password@host:port, or smpps://…; several divided by commas.',
    );
  }
  const operator = readDataFile('SMPP_FILE', config.smppFile, readOperator);
  const link = createSmppLink({ addresses, operator, clock, observer: createSmppObserver(registry) });
  watchSmpp(registry, link);
  return link;
}

/** A message is acknowledged when its answer was taken, or may have been; else the message centre brings it again. */
function answerOver(link: SmppLink, sms: SmsConversation, ussd: Ussd): void {
  link.onMessage(async ({ from, to, text, id }) => {
    const received = { from, to, text, messageId: id };
    const answer = await sms.answerText(received);
    if (answer === undefined) return;
    const result = await link.send({ to: from, text: answer, wantsReceipt: false, ...(isNumber(to) && { from: to }) });
    const isForLater = result.kind === 'notSent' || (result.kind === 'refused' && result.temporary);
    if (isForLater) throw new Error('the answer could not be sent');
    if (result.kind !== 'refused') await sms.markAnswered(received).catch(() => undefined); // then it is answered twice
  });
  link.onUssd(async (step) => {
    const screen = await ussd.takeStep(step);
    if (screen !== undefined) await step.reply(screen.text, screen.ends);
  });
}

const isNumber = (text: string): boolean => /^\d{1,15}$/.test(text);

function httpSender({ outbound }: Gateway): SendSms | undefined {
  return outbound === null ? undefined : createHttpSender(outbound);
}

function smppSender(link: SmppLink): SendSms {
  return async ({ to, text }) => {
    const { kind } = await link.send({ to: String(to), text, wantsReceipt: false });
    return kind === 'accepted' || kind === 'unknown' ? 'taken' : 'notTaken';
  };
}

/** @throws ConfigurationInvalid, naming the variable and what is wrong in its file */
export function readDataFile<T>(variable: string, path: string | undefined, read: (data: unknown) => T): T {
  try {
    return read(path === undefined ? {} : JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new ConfigurationInvalid(`${variable}: ${(error as Error).message}`);
  }
}
