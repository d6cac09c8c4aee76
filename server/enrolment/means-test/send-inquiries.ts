import type { PoolClient } from 'pg';
import { isoDay } from '@estehqaq/law';
import { transaction } from '../../database/index.ts';
import { enqueueNotice } from '../../notices/index.ts';
import { dayInTehran, nationalIdText, todayInTehran } from '../../platform/index.ts';
import { inquiriesAtOnce, type MinistryReceipt } from '../../registries/index.ts';
import { lockHousehold } from '../household-store.ts';
import { read } from '../sql.ts';
import { endNeedless, markRefused, markSent, takeAsked, takeWaiting, type MeansInquiry } from './inquiry-store.ts';
import type { MeansTestParts } from './parts.ts';
import { recordResult, type Taken } from './record-result.ts';
import { findReference, referenceOf } from './reference.ts';
import { dueOn, isSuspended } from './terms.ts';

/** A ministry that was silent, or has no result yet, is asked again after these minutes, and then every so many. */
const pausesMinutes = [1, 5, 15, 60, 240];
const lastPauseMinutes = 720;
const resultsEveryMinutes = 60;

const pauseOf = (attempts: number): number => pausesMinutes[attempts - 1] ?? lastPauseMinutes;
const after = (moment: Date, minutes: number): Date => new Date(moment.getTime() + minutes * 60_000);

export interface SentCounts {
  readonly sent: number;
  readonly refused: number;
  /** The ministry was silent: they are sent again later. */
  readonly putOff: number;
}

/**
 * Sends the inquiries that wait, at most so many. One that was perhaps taken is sent again under the same reference, by
 * which the ministry knows it; so it is asked once, whatever fails. While the test is suspended nothing is sent (M-20).
 */
export async function sendInquiries(parts: MeansTestParts, now: Date, limit: number): Promise<SentCounts> {
  const { ministry, pool, clock, law, log } = parts;
  const counts = { sent: 0, refused: 0, putOff: 0 };
  if (ministry === undefined || isSuspended(law.book, todayInTehran(clock))) return counts;
  await endNeedless(pool);
  for (let left = limit; left > 0; left -= inquiriesAtOnce) {
    const taken = await takeWaiting(pool, now, { limit: Math.min(left, inquiriesAtOnce), until: after(now, 1) });
    if (taken.length === 0) break;
    const answer = await ministry.ask(taken.map(asAsked));
    const receipts = new Map(
      answer === 'unavailable' ? [] : answer.map((receipt) => [receipt.reference, receipt] as const),
    );
    for (const inquiry of taken) counts[await settle(parts, inquiry, receipts.get(referenceOf(inquiry)))] += 1;
    if (answer === 'unavailable') {
      log.warn({ waiting: taken.length }, 'the ministry does not answer');
      break;
    }
  }
  return counts;
}

function asAsked({ household, inquiry, head, members, requestedOn }: MeansInquiry) {
  return {
    reference: referenceOf({ household, inquiry }),
    head: nationalIdText(head),
    members: members.map(nationalIdText),
    requestedOn,
  };
}

async function settle(
  parts: MeansTestParts,
  inquiry: MeansInquiry,
  receipt: MinistryReceipt | undefined,
): Promise<keyof SentCounts> {
  const { pool, clock } = parts;
  const at = clock.now();
  if (receipt === undefined) {
    await read(
      pool,
      `update means_inquiry set try_at = $3 where household = $1 and inquiry = $2 and state = 'waiting'`,
      [inquiry.household, inquiry.inquiry, after(at, pauseOf(inquiry.attempts))],
    );
    return 'putOff';
  }
  if (!receipt.accepted) {
    await markRefused(pool, inquiry, receipt.refusal ?? 'NOT_SAID');
    return 'refused';
  }
  await transaction(pool, async (client) => {
    await lockHousehold(client, inquiry.household);
    const sentOn = isoDay(dayInTehran(at));
    const sent = { at, sentOn, dueOn: dueOn(sentOn), tryAt: after(at, 1) };
    // Another process may have sent the same one meanwhile: then the first is the one that counts.
    if (await markSent(client, inquiry, sent)) await tellSent(parts, client, inquiry, sent.dueOn);
  });
  return 'sent';
}

/** The head is told until when the ministry has time; not about the list of existing insured, whom nobody has asked. */
export async function tellSent(
  { clock, ids }: Pick<MeansTestParts, 'clock' | 'ids'>,
  client: PoolClient,
  inquiry: MeansInquiry,
  due: string,
): Promise<void> {
  await enqueueNotice(client, clock, ids, {
    owner: inquiry.household,
    person: inquiry.head,
    event: 'meansTestRequested',
    data: { application: await findNumber(client, inquiry), dueOn: due },
    key: String(inquiry.inquiry),
  });
}

export async function findNumber(client: PoolClient, inquiry: MeansInquiry): Promise<string | null> {
  if (inquiry.application === null) return null;
  const [row] = await read<{ number: bigint }>(
    client,
    'select number from application where household = $1 and application = $2',
    [inquiry.household, inquiry.application],
  );
  return row === undefined ? null : String(row.number);
}

export type FetchedCounts = Readonly<Record<Taken, number>>;

/** Asks for the results of what was sent, and takes them in. */
export async function fetchResults(parts: MeansTestParts, now: Date, limit: number): Promise<FetchedCounts> {
  const { ministry, pool, log } = parts;
  const counts = { taken: 0, late: 0, known: 0, unmatched: 0, contradictory: 0, future: 0 };
  if (ministry === undefined) return counts;
  for (let left = limit; left > 0; left -= inquiriesAtOnce) {
    const until = after(now, resultsEveryMinutes);
    const asked = await takeAsked(pool, now, { limit: Math.min(left, inquiriesAtOnce), until });
    if (asked.length === 0) break;
    const answer = await ministry.resultsOf(asked.map(referenceOf));
    if (answer === 'unavailable') {
      log.warn({ waiting: asked.length }, 'the ministry does not answer');
      break;
    }
    for (const { reference, ...said } of answer) {
      const of = findReference(reference);
      const taken =
        of === undefined ? 'unmatched' : await recordResult(parts, { ...of, ...said, head: null, receivedFrom: 'api' });
      counts[taken] += 1;
    }
  }
  return counts;
}
