import type { Pool } from 'pg';
import type { Book } from '@estehqaq/law';
import type { JournalRow, LawVersions } from '../decisions/index.ts';
import { Fault, meaningOf, type Ids } from '../platform/index.ts';
import { CouldNotDetermine, type InquiryAnswer, type InquiryMetrics, type Links } from './asking.ts';
import type { Attempt } from './attempt-spool.ts';
import { judgePending, questionOf, type LinkName } from './judge-pending.ts';
import type { Pending } from './pending.ts';
import { findEarlierAnswers, readBatch, readingAgain } from './read-batch.ts';
import { tellAnswer } from './tell-answer.ts';
import type { TrackingCodes } from './tracking-code.ts';
import { isAbsence, type Undetermined } from './undetermined.ts';
import { writeBatch, type Written } from './write-batch.ts';

/** What a batch needs. */
export interface Desk {
  readonly pool: Pool;
  readonly ids: Ids;
  readonly codes: TrackingCodes;
  readonly law: { readonly book: Book };
  readonly lawVersions: LawVersions;
  readonly links: Links;
  readonly undetermined: Undetermined;
  readonly metrics: InquiryMetrics;
  readonly onFailure: (error: unknown) => void;
  /** Makes sure that there are partitions for these ids. */
  readonly makeRoom: (ids: readonly bigint[]) => Promise<void>;
  /** Puts a question back: it is asked again in a later batch. */
  readonly askAgain: (item: Pending) => void;
}

interface Answered {
  readonly item: Pending;
  readonly row: JournalRow;
}

/** What becomes of each question of a batch, before anything is written or told. */
interface Plan {
  readonly earlier: readonly Answered[];
  readonly fresh: readonly (Answered & Written)[];
  readonly refused: readonly { readonly item: Pending; readonly fault: Fault }[];
  readonly consult: readonly { readonly item: Pending; readonly links: readonly LinkName[] }[];
  readonly again: readonly Pending[];
}

/**
 * Answers a batch: reads, judges, writes once, and tells only then. Settles every question and never rejects. Where a
 * batch fails and the store is there, one of its questions is at fault: halves are tried by themselves, down to that one.
 */
export async function answerBatch(desk: Desk, items: readonly Pending[]): Promise<void> {
  if (items.length === 0) return;
  try {
    const plan = await planBatch(desk, items);
    const lost = plan.fresh.length === 0 ? new Set<bigint>() : await writeBatch(desk.pool, plan.fresh);
    if (plan.fresh.length > 0) desk.metrics.batchWritten(plan.fresh.length - lost.size);
    await settle(desk, plan, lost);
  } catch (error) {
    if (items.length === 1 && items.every(mayHaveEarlier) && !isAbsence(error)) {
      for (const item of items) item.earlier = 'to be asked';
      await answerBatch(desk, items);
      return;
    }
    if (items.length === 1 || isAbsence(error)) {
      giveUp(desk, items, error);
      return;
    }
    const half = Math.ceil(items.length / 2);
    await answerBatch(desk, items.slice(0, half));
    await answerBatch(desk, items.slice(half));
  }
}

async function planBatch(desk: Desk, items: readonly Pending[]): Promise<Plan> {
  const { pool, links } = desk;
  const { book } = desk.law;
  await giveIds(desk, items);
  const lawVersion = await desk.lawVersions.numberOf(book.version);
  // Both at once: hardly anybody's request was answered before. Where it was, mostly the writing of it says so.
  const reading = readingAgain(() => readBatch(pool, items));
  reading.catch(() => undefined); // thrown below, where anybody needs it
  const { earlier, fresh } = await readingAgain(() => findEarlierAnswers(pool, items));
  for (const { row } of earlier) await desk.lawVersions.versionOf(row.lawVersion);
  const { asked, again } = withoutRepeated(fresh);
  const dossiersOf = asked.length === 0 ? () => new Map<bigint, never>() : await reading;
  const plan = { fresh: [] as Plan['fresh'][number][], refused: [] as Plan['refused'][number][] };
  const consult: Plan['consult'][number][] = [];
  for (const item of asked) {
    const judged = judgePending(item, dossiersOf(item), { links, book, lawVersion });
    if (!('row' in judged) && mayHaveEarlier(item)) again.push(item);
    else if ('refused' in judged) plan.refused.push({ item, fault: judged.refused });
    else if ('consult' in judged) consult.push({ item, links: judged.consult });
    else plan.fresh.push(asWritten(item, { ...judged.row, id: idOf(item), durationUs: microsecondsSince(item) }));
  }
  return { earlier, ...plan, consult, again };
}

/** Of the same request asked twice, the second finds the answer of the first in the journal, a batch later. */
function withoutRepeated(items: readonly Pending[]): { readonly asked: Pending[]; readonly again: Pending[] } {
  const [asked, again]: [Pending[], Pending[]] = [[], []];
  const named = new Set<string>();
  for (const item of items) {
    const name = item.name?.text;
    (name !== undefined && named.has(name) ? again : asked).push(item);
    if (name !== undefined) named.add(name);
  }
  return { asked, again };
}

/** What is not written, or cannot be, may have been answered when it could. */
function mayHaveEarlier({ name, earlier }: Pending): boolean {
  return name !== undefined && earlier === 'unasked';
}

function asWritten(item: Pending, row: JournalRow): Answered & Written {
  const { name, askedAt, request } = item;
  const key = name === undefined ? undefined : { ...name, inquiryId: row.id, setting: request.setting, askedAt };
  return { item, row, key };
}

async function giveIds({ ids, makeRoom }: Desk, items: readonly Pending[]): Promise<void> {
  const without = items.filter(({ id }) => id === undefined);
  if (without.length === 0) return;
  const made = await readingAgain(() => ids.make(without.map(({ request }) => request.person)));
  without.forEach((item, index) => (item.id = made[index]));
  await readingAgain(() => makeRoom(made));
}

async function settle(desk: Desk, plan: Plan, lost: ReadonlySet<bigint>): Promise<void> {
  const written = plan.fresh.filter(({ row }) => !lost.has(row.id));
  const answered = [...plan.earlier, ...written];
  const codes = desk.codes.codesOf(answered.map(({ row }) => row.id));
  for (const [index, { item, row }] of answered.entries()) {
    const lawVersion = await desk.lawVersions.versionOf(row.lawVersion);
    tell(desk, item, row, { trackingCode: codes[index] ?? '', lawVersion });
  }
  const taken = plan.fresh.flatMap(({ item, row }) => (lost.has(row.id) ? [item] : []));
  const unwritten = [...plan.refused.map(({ item }) => item), ...plan.consult.map(({ item }) => item)];
  // Who was told meanwhile that no answer could be given is not asked about again: then that is what is recorded.
  desk.undetermined.add([...unwritten, ...plan.again, ...taken].filter(({ isSettled }) => isSettled).map(attemptOf));
  for (const { item, fault } of plan.refused) refuse(desk, item, fault);
  for (const item of [...plan.again, ...taken]) {
    item.earlier = 'to be asked';
    askAgain(desk, item);
  }
  for (const { item, links } of plan.consult) if (!item.isSettled) void consult(desk, item, links);
}

function tell(
  { law, metrics }: Desk,
  item: Pending,
  row: JournalRow,
  { trackingCode, lawVersion }: { readonly trackingCode: string; readonly lawVersion: string },
): void {
  if (item.isSettled) return;
  const { request } = item;
  const replayed = row.id !== item.id;
  const { outcome } = row;
  const seconds = microsecondsSince(item) / 1_000_000;
  metrics.answered({ channel: request.channel, asker: request.asker.kind, outcome, seconds, replayed });
  if (replayed && !isSameQuestion(item, row)) {
    item.reject(new Fault('REQUEST_ID_REUSED', meaningOf('REQUEST_ID_REUSED')));
  } else if (outcome === 'NOT_CONTRACTED') {
    item.reject(new Fault('NOT_CONTRACTED', meaningOf('NOT_CONTRACTED')));
  } else {
    const answer: InquiryAnswer = tellAnswer(row, { trackingCode, lawVersion, book: law.book, replayed });
    item.resolve(answer);
  }
}

/** Asked for another day than today, or as known at a moment, it is another question; the day of today moves on. */
function isSameQuestion({ request }: Pending, row: JournalRow): boolean {
  return (
    request.setting === row.setting &&
    (request.on === undefined || isSameDayText(request.on, row.on)) &&
    (request.knownAt?.getTime() ?? null) === (row.knownAt?.getTime() ?? null)
  );
}

const millisecondsPerDay = 86_400_000;

function isSameDayText(day: number, text: string): boolean {
  return Date.parse(text) === day * millisecondsPerDay;
}

function refuse({ metrics }: Desk, item: Pending, fault: Fault): void {
  metrics.failed(item.request.channel, fault.code);
  item.reject(fault);
}

function askAgain(desk: Desk, item: Pending): void {
  if (item.isSettled) return;
  item.isTaken = false;
  desk.askAgain(item);
}

/** Outside of any batch: nobody else waits for a registry. */
async function consult(desk: Desk, item: Pending, links: readonly LinkName[]): Promise<void> {
  const { request, on, consulted } = item;
  item.isTaken = false;
  for (const link of links) {
    consulted[link] = await desk.links.consult(link, request.person, on).catch((error: unknown) => {
      desk.onFailure(error);
      return false;
    });
  }
  askAgain(desk, item);
}

/** Tells that no answer could be given, and keeps the attempts for the journal. */
export function giveUp(desk: Desk, items: readonly Pending[], cause: unknown): void {
  desk.onFailure(cause);
  const without = items.filter(({ id }) => id === undefined);
  const made = desk.ids.makeReserved(without.map(({ request }) => request.person)) ?? [];
  without.forEach((item, index) => (item.id = made[index]));
  // Kept first, all of them at once; told then.
  desk.undetermined.add(items.map(attemptOf));
  for (const item of items) tellFailure(desk, item, cause);
}

/**
 * Tells that no answer could be given, of questions that a batch still has in hand: it may yet write an answer, which the
 * code then shows, and which a repeated request gets. If it does not, or the process dies meanwhile, they are undetermined.
 */
export function giveUpForNow(desk: Desk, items: readonly Pending[], cause: unknown): void {
  if (items.length > 0) desk.onFailure(cause);
  // Without an id it would be another inquiry than the one that is still written.
  desk.undetermined.note(items.flatMap((item) => (item.id === undefined ? [] : [{ ...attemptOf(item), id: item.id }])));
  for (const item of items) tellFailure(desk, item, cause);
}

function attemptOf(item: Pending): Attempt & { readonly id: bigint | undefined } {
  const { id, otherCovers, request } = item;
  const question = questionOf(item, toldWhenUndetermined[request.asker.kind]);
  return { ...question, id, otherCovers, durationUs: microsecondsSince(item) };
}

function tellFailure({ codes, metrics }: Desk, item: Pending, cause: unknown): void {
  if (item.isSettled) return;
  metrics.failed(item.request.channel, 'COULD_NOT_DETERMINE');
  item.reject(new CouldNotDetermine(item.id === undefined ? undefined : codes.codeOf(item.id), cause));
}

const toldWhenUndetermined = { provider: 'minimum', staff: 'withoutDates', self: 'outcomeAndEnd' } as const;

function microsecondsSince({ begunAt }: Pending): number {
  return Math.min(2 ** 31 - 1, Math.round((performance.now() - begunAt) * 1000));
}

function idOf({ id }: Pending): bigint {
  if (id === undefined) throw new RangeError('a question without an id');
  return id;
}
