import { findApplication, findDecision, findOpen } from './application-store.ts';
import { listCovers, type Cover } from './cover-store.ts';
import { ownCover, type Gathered } from './gather-facts.ts';
import { hasTerms, type Joins } from './law-case.ts';
import { memberText } from './member-key.ts';
import type { Reader } from './sql.ts';

/**
 * The cover of a household that new members join (M-31): the one that lasts longest of those that the law has decided.
 * @param today ISO
 * @returns undefined where there is none, as of a cover that was imported: then they get a term of their own
 */
export async function findJoins(client: Reader, household: bigint, today: string): Promise<Joins | undefined> {
  const [cover] = (await listCovers(client, household))
    .filter((each) => each.origin === 'application' && each.joins === null && each.renewedBy === null)
    .filter(({ coveredUntil }) => coveredUntil >= today)
    .toSorted((one, other) => (one.coveredUntil > other.coveredUntil ? -1 : 1));
  if (cover === undefined || cover.application === null) return undefined;
  const application = await findApplication(client, { household, application: cover.application });
  const kept = application === undefined ? undefined : await findDecision(client, application);
  if (kept === undefined || !hasTerms(kept.decision) || kept.decision.regime === null) return undefined;
  const { regime, group, perCapitaMonthly, payablePercent, termMonths } = kept.decision;
  const days = { from: cover.coveredFrom, until: cover.coveredUntil, reckonedOn: today };
  return { cover: String(cover.cover), ...days, regime, group, perCapitaMonthly, payablePercent, termMonths };
}

/**
 * A cover with what belongs to it, by the keys: those that have joined it, and what has continued the household's covers
 * while the ministry was late. None of them is cover elsewhere where it is renewed.
 */
export async function withWhatBelongsTo(reader: Reader, household: bigint, cover: bigint): Promise<readonly bigint[]> {
  const covers = await listCovers(reader, household);
  const continued = covers.filter(({ origin }) => origin === 'continuation');
  return [cover, ...[...continued, ...joinedTo(covers, cover)].map((each) => each.cover)];
}

/** In a renewal who is in an addition that is under way is covered elsewhere: that one is paid for by itself. */
export async function withoutWhoJoins(reader: Reader, household: bigint, gathered: Gathered): Promise<Gathered> {
  const open = await findOpen(reader, household);
  const kept = open?.kind === 'addition' ? await findDecision(reader, open) : undefined;
  // While the ministry is asked the decision names nobody: whoever nobody else covers is meant.
  const joining = kept?.caseDocument.members.filter(
    ({ inApplication, baseCover }) => inApplication && baseCover === null,
  );
  const ids = new Set(joining?.map(({ id }) => id));
  const members = gathered.members.map((each) =>
    ids.has(memberText(each.key)) ? { ...each, baseCover: ownCover } : each,
  );
  return { ...gathered, members };
}

/** Those that members have joined it by. */
export function joinedTo(covers: readonly Cover[], cover: bigint): readonly Cover[] {
  return covers.filter(({ joins }) => joins === cover);
}
