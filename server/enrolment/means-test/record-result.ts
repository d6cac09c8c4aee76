import type { PoolClient } from 'pg';
import { isoDay } from '@estehqaq/law';
import { transaction } from '../../database/index.ts';
import { todayInTehran } from '../../platform/index.ts';
import { lockHousehold } from '../household-store.ts';
import { beginDecileCase } from './decile-case.ts';
import { lockInquiry, markAnswered, type MeansInquiry } from './inquiry-store.ts';
import type { FileParts } from './parts.ts';
import { rateExisting } from './rate-existing.ts';
import { findResultOf, insertResult, type MeansResult } from './result-store.ts';
import type { SaidResult } from './said-result.ts';

/**
 * - `taken`, `late`: recorded, and its consequences with it; a late one counts all the same.
 * - `known`: the same was recorded before.
 * - `unmatched`: nothing of the kind was asked. `contradictory`: another result is there, and it does not say that it
 *   corrects it. `future`: it would have been determined after today.
 */
export type Taken = 'taken' | 'late' | 'known' | 'unmatched' | 'contradictory' | 'future';

/** Takes one result in, in a transaction of its household: the result, what follows from it, and the notices. */
export async function recordResult(parts: FileParts, said: SaidResult): Promise<Taken> {
  return transaction(parts.pool, async (client) => {
    // Whoever works on the household's applications locks it first, too.
    await lockHousehold(client, said.household);
    const inquiry = await lockInquiry(client, said.household, said.inquiry);
    const before = await findResultOf(client, said.household, said.inquiry);
    const today = isoDay(todayInTehran(parts.clock));
    const judged = judgeResult(said, inquiry, before, today);
    if (inquiry === undefined || (judged !== 'taken' && judged !== 'late')) return judged;
    await keep(parts, client, { said, inquiry, before, isLate: judged === 'late', today });
    return judged;
  });
}

/** Whether it can be taken. The same for one and for many. */
export function judgeResult(
  said: SaidResult,
  inquiry: Pick<MeansInquiry, 'head' | 'state' | 'dueOn'> | undefined,
  before: Pick<MeansResult, 'determinedOn' | 'incomeMonthly' | 'decile'> | undefined,
  today: string,
): Taken {
  if (inquiry === undefined || !isAbout(said, inquiry)) return 'unmatched';
  if (said.determinedOn > today) return 'future';
  if (before !== undefined) return isSame(said, before) ? 'known' : said.corrects ? 'taken' : 'contradictory';
  return inquiry.dueOn !== null && today > inquiry.dueOn ? 'late' : 'taken';
}

/** Only what was sent can be answered; also where the answer is not needed any more. */
function isAbout({ head }: SaidResult, inquiry: Pick<MeansInquiry, 'head' | 'state'>): boolean {
  return ['sent', 'answered', 'ended'].includes(inquiry.state) && (head === null || head === inquiry.head);
}

type Said = Pick<MeansResult, 'determinedOn' | 'incomeMonthly' | 'decile'>;

function isSame(one: Said, other: Said): boolean {
  return (
    one.determinedOn === other.determinedOn && one.decile === other.decile && one.incomeMonthly === other.incomeMonthly
  );
}

interface Kept {
  readonly said: SaidResult;
  readonly inquiry: MeansInquiry;
  readonly before: MeansResult | undefined;
  readonly isLate: boolean;
  readonly today: string;
}

async function keep(
  parts: FileParts,
  client: PoolClient,
  { said, inquiry, before, isLate, today }: Kept,
): Promise<void> {
  const { clock, ids, law } = parts;
  const { household, application } = inquiry;
  const [id = 0n] = await ids.make([household]);
  const isOfInsured = application === null;
  const rated = isOfInsured ? await rateExisting(client, law.book, { inquiry, said, today }) : undefined;
  const result: MeansResult = {
    household,
    result: id,
    inquiry: inquiry.inquiry,
    determinedOn: said.determinedOn,
    incomeMonthly: said.incomeMonthly,
    decile: said.decile,
    receivedAt: clock.now(),
    receivedFrom: said.receivedFrom,
    isLate,
    corrects: before?.result ?? null,
    lawVersion: law.book.version,
    actsVersion: law.actsVersion,
    feeGroup: rated?.feeGroup ?? null,
    payablePercent: rated?.payablePercent ?? null,
    payable: rated?.payable ?? null,
  };
  await insertResult(client, result);
  await markAnswered(client, inquiry);
  if (isOfInsured) await beginDecileCase(client, clock, ids, { inquiry, result });
  await parts.onResult(client, {
    household,
    application,
    result: id,
    determinedOn: said.determinedOn,
    incomeMonthly: said.incomeMonthly,
    decile: said.decile,
    corrects: before?.result ?? null,
  });
}
