import type { Pool } from 'pg';
import { asFault, transaction } from '../database/index.ts';
import { readMobiles } from '../membership/index.ts';
import { Counter, type Clock, type Keys, type Log, type Registry } from '../platform/index.ts';
import type { DecileWording } from './decile-text.ts';
import { noticeEvents, type NoticeEvent } from './event.ts';
import {
  claimDue,
  countFailures,
  endAttempt,
  findAbandoned,
  recordTransportIds,
  settle,
  type Claimed,
  type Reader,
} from './notice-store.ts';
import { readPreferences, usualPreference, type NoticePreference } from './preference.ts';
import { isQuiet, type QuietHours } from './quiet-hours.ts';
import { applyReceipts, takeReceipt } from './receipts.ts';
import { renderNotice, wordingMark } from './render-notice.ts';
import { pausesMinutes, rules, senderGivenUpMinutes, throttledPauseSeconds } from './rules.ts';
import { openSecret } from './sealed-secret.ts';
import { countParts } from './sms-parts.ts';
import type { MessageTransport, SendOutcome, TransportReceipt } from './transport.ts';

export interface NoticeSenderParts {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly transport: MessageTransport;
  readonly keys: Pick<Keys, 'pepper'>;
  readonly log: Log;
  readonly metrics: Registry;
  readonly quietHours: readonly QuietHours[];
  /** Of the text of M-61. */
  readonly decileWording: DecileWording;
  /** Where else mobiles are known, for those who have none in the register. */
  readonly otherMobiles?: (persons: readonly bigint[]) => Promise<ReadonlyMap<bigint, bigint>>;
}

/** How many were looked at, and what became of those that were handed to the transport. */
export interface SendCounts {
  readonly claimed: number;
  readonly sent: number;
  readonly notSent: number;
}

export interface NoticeSender {
  /**
   * Sends what is due, at most so many; finds nothing to do the second time. A message is claimed before it is sent: of
   * one whose sender was killed nobody knows whether it went out, and it is sent again only where its event's rule says so.
   */
  readonly sendDue: (now: Date, limit: number) => Promise<SendCounts>;
  readonly receiptArrived: (receipt: TransportReceipt) => Promise<void>;
}

const atTheSameTime = 8;
const atNight = noticeEvents.filter((event) => rules[event]?.atAnyHour === true);

export function createNoticeSender(parts: NoticeSenderParts): NoticeSender {
  const count = countMessages(parts.metrics);
  return {
    sendDue: async (now, limit) => {
      await giveUpAbandoned(parts, now, limit);
      const events = isQuiet(parts.quietHours, now) ? atNight : noticeEvents;
      const claimed = await withOtherMobiles(parts, await claim(parts.pool, now, events, limit));
      const waiting = claimed.values();
      let sent = 0;
      let notSent = 0;
      const work = async (): Promise<void> => {
        for (const each of waiting) {
          const became = await sendOne(parts, now, each);
          count(each.event, became);
          if (became === 'sent') sent += 1;
          else notSent += 1;
        }
      };
      await Promise.all(Array.from({ length: atTheSameTime }, work));
      return { claimed: claimed.length, sent, notSent };
    },
    receiptArrived: async (receipt) => {
      await takeReceipt(parts.pool, parts.clock.now(), receipt);
    },
  };
}

interface Addressed extends Claimed {
  readonly preference: NoticePreference;
}

async function claim(
  pool: Pool,
  now: Date,
  events: readonly NoticeEvent[],
  limit: number,
): Promise<readonly Addressed[]> {
  return transaction(pool, async (client) => {
    const claimed = await claimDue(client, now, { events, limit });
    if (claimed.length === 0) return [];
    const persons = [...new Set(claimed.map(({ person }) => person))];
    const preferences = await readPreferences(client, persons);
    const mobiles = await readMobiles(client, persons);
    return claimed.map((each) => ({
      ...each,
      mobile: each.mobile ?? mobiles.get(each.person) ?? null,
      preference: preferences.get(each.person) ?? usualPreference,
    }));
  });
}

/** Looked up after the claim, in no transaction: what was claimed is ours. */
async function withOtherMobiles(
  { otherMobiles }: NoticeSenderParts,
  claimed: readonly Addressed[],
): Promise<readonly Addressed[]> {
  const without = claimed.filter(({ mobile }) => mobile === null).map(({ person }) => person);
  if (otherMobiles === undefined || without.length === 0) return claimed;
  const found = await otherMobiles([...new Set(without)]);
  return claimed.map((each) => ({ ...each, mobile: each.mobile ?? found.get(each.person) ?? null }));
}

type Became = 'sent' | 'ended' | 'listed' | 'unreachable' | 'failed' | 'throttled' | 'refused' | 'silent' | 'unknown';

async function sendOne(parts: NoticeSenderParts, now: Date, claimed: Addressed): Promise<Became> {
  const { pool, clock, keys, transport, decileWording: wording, log } = parts;
  const { event, data, secret, mobile, preference, uselessAfter } = claimed;
  const { language } = preference;
  const withoutSending = (state: 'ended' | 'listed' | 'unreachable' | 'failed'): Promise<Became> =>
    settle(pool, now, claimed, ['sending'], { state, language }).then(() => state);
  if (uselessAfter !== null && uselessAfter <= now) return withoutSending('ended');
  if (!preference.bySms && rules[event]?.obligatory !== true) return withoutSending('listed');
  if (mobile === null) return withoutSending('unreachable');

  let text: string;
  try {
    const opened = secret === null ? {} : { secret: openSecret(keys, secret) };
    text = renderNotice({ event, data, language, wording, ...opened });
  } catch (error) {
    // Nothing half-filled is ever said, and its neighbours are.
    log.error({ err: error, event }, 'notice text');
    return withoutSending('failed');
  }
  const outcome = await transport
    .send({ mobile, text, key: String(claimed.id) })
    .catch((error: unknown): SendOutcome => {
      log.warn({ err: error, event }, 'notice transport');
      return { sent: false, why: 'unknown' };
    });
  const at = clock.now();
  try {
    if (!outcome.sent) {
      await endAttempt(pool, at, claimed, { outcome: outcome.why, transportIds: [] });
      await settleNotSent(pool, at, claimed, outcome.why);
      return outcome.why;
    }
    const { transportIds } = outcome;
    // First whose receipts these are; a receipt that came before is found after it.
    await recordTransportIds(pool, claimed, transportIds);
    await endAttempt(pool, at, claimed, { outcome: 'sent', transportIds });
    const mark = { language, wording: wordingMark(event, language, wording), parts: countParts(text) };
    await settle(pool, at, claimed, ['sending'], { state: 'sent', sentAt: at, ...mark });
    await applyReceipts(pool, at, claimed, claimed.attempt);
    return 'sent';
  } catch (error) {
    throw asFault(error);
  }
}

async function settleNotSent(
  reader: Reader,
  at: Date,
  claimed: Claimed,
  why: 'throttled' | 'refused' | 'silent' | 'unknown',
): Promise<void> {
  const again = async (milliseconds: number): Promise<void> => {
    await settle(reader, at, claimed, ['sending'], { state: 'waiting', dueAt: new Date(at.getTime() + milliseconds) });
  };
  if (why === 'throttled') return again(throttledPauseSeconds * 1000);
  const mayRetry = why === 'silent' || (why === 'unknown' && rules[claimed.event]?.resendUnknown === true);
  const pause = mayRetry ? pausesMinutes[(await countFailures(reader, claimed)) - 1] : undefined;
  if (pause !== undefined) return again(pause * 60_000);
  const state = why === 'unknown' ? 'unknown' : why === 'refused' ? 'unreachable' : 'failed';
  await settle(reader, at, claimed, ['sending'], { state });
}

async function giveUpAbandoned({ pool }: NoticeSenderParts, now: Date, limit: number): Promise<void> {
  const before = new Date(now.getTime() - senderGivenUpMinutes * 60_000);
  await transaction(pool, async (client) => {
    for (const claimed of await findAbandoned(client, before, limit)) {
      await endAttempt(client, now, claimed, { outcome: 'unknown', transportIds: [] });
      await settleNotSent(client, now, claimed, 'unknown');
    }
  });
}

function countMessages(registry: Registry): (event: NoticeEvent, became: Became) => void {
  const messages = new Counter({
    name: 'estehqaq_notices_total',
    help: 'Notices that were due, by event and what became of them',
    labelNames: ['event', 'became'],
    registers: [registry],
  });
  return (event, became) => {
    messages.inc({ event, became });
  };
}
