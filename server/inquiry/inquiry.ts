import { shippedBook, type Book, type Day } from '@estehqaq/law';
import { asFault, type Database } from '../database/index.ts';
import { LawVersions, requestName, type CoversAnswered } from '../decisions/index.ts';
import type { ProviderDirectory } from '../membership/index.ts';
import { dayInTehran, Fault, Ids, routeOf, type Clock } from '../platform/index.ts';
import { answerBatch, giveUp, giveUpForNow, type Desk } from './answer-batch.ts';
import {
  noMetrics,
  Overloaded,
  type Asker,
  type InquiryAnswer,
  type InquiryMetrics,
  type InquiryRequest,
  type Links,
  type OtherInsurers,
} from './asking.ts';
import { AttemptSpool } from './attempt-spool.ts';
import { Lane } from './lane.ts';
import { createRoom } from './make-room.ts';
import { mayAsk, type MayAsk } from './may-ask.ts';
import { keyOf, nameOf, type Pending } from './pending.ts';
import { replayInquiry, type ReplayReport } from './replay-inquiry.ts';
import { replayJournal, type Days, type JournalReplayed } from './replay-journal.ts';
import { TrackingCodes } from './tracking-code.ts';
import { Undetermined } from './undetermined.ts';
import { verifyInquiry } from './verify-inquiry.ts';
import { whoAsked, type Asked, type AskedPage } from './who-asked.ts';

export interface InquiryParts {
  readonly database: Database;
  readonly clock: Clock;
  /** 16 bytes. */
  readonly keys: { readonly trackingKey: Uint8Array };
  readonly directory: Pick<ProviderDirectory, 'find'>;
  readonly otherInsurers: OtherInsurers;
  readonly links: Links;
  /** The law in force, looked at anew with each batch; the shipped one where none is handed in. */
  readonly law?: { readonly book: Book };
  readonly metrics?: InquiryMetrics;
  /** Where undetermined attempts outlive the process; without it they wait in memory alone. */
  readonly spoolFolder?: string;
  /** Those of the process, which it also closes; without them the inquiry takes a process slot of its own. */
  readonly ids?: Ids;
  /** What went wrong inside, for the log: errors of the database, mistakes of our own. */
  readonly onFailure?: (error: unknown) => void;
  readonly limits?: Partial<InquiryLimits>;
}

export interface InquiryLimits {
  /** Beyond these the next is refused as OVERLOADED. */
  readonly mostUnanswered: number;
  /** After this time it is said that no answer could be given. */
  readonly answeredWithinMs: number;
}

export interface Inquiry {
  /**
   * Answers after the inquiry is in the journal.
   * @throws Fault INVALID_REQUEST, NOT_YOURS, NOT_CONTRACTED (in the journal, too), REQUEST_ID_REUSED; Overloaded (with
   *   `retryAfterSeconds`); CouldNotDetermine (with `trackingCode`)
   */
  readonly ask: (request: InquiryRequest) => Promise<InquiryAnswer>;
  /** False, and counted, where a question would now be refused as OVERLOADED: told before it is even read. */
  readonly hasRoom: (channel: InquiryRequest['channel']) => boolean;
  /** What was answered; undefined for a code that never was, and for readers whose business it is not. @throws Fault DATABASE_… */
  readonly verify: (code: string, reader: Asker) => Promise<InquiryAnswer | undefined>;
  /** Decides again from the journal; undefined for a code that never was. For staff. @throws Fault DATABASE_… */
  readonly replay: (code: string) => Promise<ReplayReport | undefined>;
  /** Decides again all that was asked on some days. For staff. @throws Fault DATABASE_… */
  readonly replayDays: (days: Days, onProgress: (replayed: number) => void) => Promise<JournalReplayed>;
  /** The newest first. @throws Fault DATABASE_… */
  readonly whoAsked: (person: bigint, page?: AskedPage) => Promise<readonly Asked[]>;
  /** How much an asker would be told of a person. @throws Fault NOT_YOURS, DATABASE_… */
  readonly mayAsk: (asker: Asker, person: bigint) => Promise<MayAsk>;
  readonly state: () => InquiryState;
  /** Takes nothing more, answers what it accepted, and writes what could not be determined, if it can. */
  readonly close: () => Promise<void>;
}

export interface InquiryState {
  /** Accepted and not answered yet. */
  readonly unanswered: number;
  /** Undetermined attempts that wait for the store. */
  readonly undetermined: number;
  /** Undetermined attempts that could not be kept, or not be recorded. */
  readonly undeterminedLost: number;
}

const usualLimits: InquiryLimits = { mostUnanswered: 4096, answeredWithinMs: 5_000 };
const laneCount = 2;
const longestRequestId = 200;
const lookAgainMs = 500;

/** Begins to work with the first question; the database need not be there yet. */
export function createInquiry(parts: InquiryParts): Inquiry {
  const counter = new Counter(parts);
  const { pool } = parts.database;
  const { codes, lawVersions, law, ids } = counter.desk;
  const journal = () => ({ pool, codes, lawVersions, book: law.book });
  const { clock } = parts;
  return {
    ask: (request) => counter.ask(request),
    hasRoom: (channel) => counter.hasRoom(channel),
    verify: (code, reader) => verifyInquiry({ ...journal(), clock, ids }, code, reader),
    replay: (code) => replayInquiry(journal(), code),
    replayDays: (days, onProgress) => replayJournal(journal(), days, onProgress),
    whoAsked: (person, page) => whoAsked({ pool, codes, directory: parts.directory }, person, page),
    mayAsk: (asker, person) => mayAsk(pool, asker, person, dayInTehran(parts.clock.now())),
    state: () => counter.state(),
    close: () => counter.close(),
  };
}

/** Where questions are handed in: keeps the bound, sorts into lanes, and sees to it that each is answered in time. */
class Counter {
  readonly desk: Desk;
  readonly #parts: InquiryParts;
  readonly #limits: InquiryLimits;
  readonly #lanes: readonly Lane<Pending>[];
  /** In the order in which they came. */
  readonly #unanswered = new Set<Pending>();
  readonly #look: NodeJS.Timeout;
  #today: { readonly minute: number; readonly day: Day } | undefined;
  #closing: Promise<void> | undefined;
  #onEmpty: (() => void) | undefined;

  constructor(parts: InquiryParts) {
    const { database, clock, keys, links, law = { book: shippedBook }, metrics = noMetrics } = parts;
    const { pool } = database;
    const ids = parts.ids ?? new Ids(pool, clock);
    const lawVersions = new LawVersions(pool);
    const onFailure = parts.onFailure ?? (() => undefined);
    const makeRoom = asFaults(createRoom(database, clock));
    const spool = parts.spoolFolder === undefined ? undefined : new AttemptSpool(parts.spoolFolder, onFailure);
    const lawVersion = (): Promise<number> => lawVersions.numberOf(law.book.version);
    this.#parts = parts;
    this.#limits = { ...usualLimits, ...parts.limits };
    this.desk = {
      pool,
      ids,
      codes: new TrackingCodes(keys.trackingKey),
      law,
      lawVersions,
      links,
      undetermined: new Undetermined({ pool, ids, spool, lawVersion, makeRoom, onFailure }),
      metrics,
      onFailure,
      makeRoom,
      askAgain: (item) => {
        this.#laneOf(item).push(item);
      },
    };
    this.#lanes = Array.from({ length: laneCount }, () => new Lane((batch) => this.#answer(batch)));
    this.#look = setInterval(() => void this.#lookAgain(), lookAgainMs);
    this.#look.unref();
  }

  async ask(request: InquiryRequest): Promise<InquiryAnswer> {
    const { metrics } = this.desk;
    try {
      if (this.#closing !== undefined) throw new Overloaded(1, 'The system is being stopped.');
      if (this.#isFull()) throw new Overloaded(1);
      requireValid(request);
    } catch (error) {
      if (error instanceof Fault) metrics.failed(request.channel, error.code);
      throw error;
    }
    return new Promise((resolve, reject) => {
      const item = this.#accept(request, resolve, reject);
      this.#unanswered.add(item);
      if (request.setting === 'outpatient') this.desk.askAgain(item);
      else void this.#askOtherInsurers(item);
    });
  }

  hasRoom(channel: InquiryRequest['channel']): boolean {
    if (this.#closing === undefined && !this.#isFull()) return true;
    this.desk.metrics.failed(channel, 'OVERLOADED');
    return false;
  }

  #isFull(): boolean {
    return this.#unanswered.size >= this.#limits.mostUnanswered || this.#lanes.some(({ isBehind }) => isBehind);
  }

  state(): InquiryState {
    const { waiting: undetermined, lost: undeterminedLost } = this.desk.undetermined;
    return { unanswered: this.#unanswered.size, undetermined, undeterminedLost };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#unanswered.size > 0) await new Promise<void>((resolve) => (this.#onEmpty = resolve));
    clearInterval(this.#look);
    await this.desk.undetermined.close();
    if (this.#parts.ids === undefined) await this.desk.ids.close();
  }

  async #answer(batch: readonly Pending[]): Promise<void> {
    const items = batch.filter(({ isSettled }) => !isSettled);
    for (const item of items) item.isTaken = true;
    await answerBatch(this.desk, items);
    this.desk.undetermined.forget(items.map(({ id }) => id));
    if (this.desk.undetermined.waiting > 0) void this.desk.undetermined.flush();
  }

  #accept(
    request: InquiryRequest,
    resolve: (answer: InquiryAnswer) => void,
    reject: (error: unknown) => void,
  ): Pending {
    const { asker, person, requestId } = request;
    const askedAt = this.#parts.clock.now();
    const name = requestId === undefined ? undefined : { person, asker: keyOf(asker), requestId };
    const settled = (): boolean => {
      if (item.isSettled) return true;
      item.isSettled = true;
      this.#unanswered.delete(item);
      if (this.#unanswered.size === 0) this.#onEmpty?.();
      return false;
    };
    const item: Pending = {
      request,
      askedAt,
      begunAt: performance.now(),
      on: request.on ?? this.#todayAt(askedAt),
      provider: asker.kind === 'provider' ? (this.#parts.directory.find(asker.code) ?? null) : null,
      askerName: nameOf(asker),
      name: name === undefined ? undefined : { ...name, text: requestName(name) },
      otherCovers: null,
      consulted: {},
      earlier: 'unasked',
      id: undefined,
      isTaken: false,
      isSettled: false,
      resolve: (answer) => {
        if (!settled()) resolve(answer);
      },
      reject: (error) => {
        if (!settled()) reject(error);
      },
    };
    return item;
  }

  /** Before the batch, never inside: nobody else waits for another insurer. */
  async #askOtherInsurers(item: Pending): Promise<void> {
    const ask = async (): Promise<CoversAnswered> => this.#parts.otherInsurers.ask(item.request.person, item.on);
    item.otherCovers = await ask().catch((error: unknown) => {
      this.desk.onFailure(error);
      return 'unavailable';
    });
    this.desk.askAgain(item);
  }

  /** Who waits too long is told that no answer could be given, whatever becomes of the batch. */
  async #lookAgain(): Promise<void> {
    const late: Pending[] = [];
    const before = performance.now() - this.#limits.answeredWithinMs;
    for (const item of this.#unanswered) {
      if (item.begunAt > before) break;
      late.push(item);
    }
    const cause = new Fault('DATABASE_TIMED_OUT', 'No answer in time.');
    giveUpForNow(
      this.desk,
      late.filter(({ isTaken }) => isTaken),
      cause,
    );
    if (late.some(({ isTaken }) => !isTaken))
      giveUp(
        this.desk,
        late.filter(({ isTaken }) => !isTaken),
        cause,
      );
    if (this.desk.undetermined.waiting > 0) await this.desk.undetermined.flush();
  }

  #laneOf({ request }: Pending): Lane<Pending> {
    const lane = this.#lanes[routeOf(request.person) % laneCount];
    if (lane === undefined) throw new RangeError('no lane');
    return lane;
  }

  #todayAt(moment: Date): Day {
    const minute = Math.floor(moment.getTime() / 60_000);
    if (this.#today?.minute !== minute) this.#today = { minute, day: dayInTehran(moment) };
    return this.#today.day;
  }
}

function requireValid({ asker, on, knownAt, requestId }: InquiryRequest): void {
  if (asker.kind !== 'staff' && (on !== undefined || knownAt !== undefined)) {
    throw new Fault('INVALID_REQUEST', 'Only staff ask about another day than today.');
  }
  if (requestId === undefined) return;
  if (requestId === '' || requestId.length > longestRequestId || /\p{Cc}|\p{Cs}/u.test(requestId)) {
    throw new Fault('INVALID_REQUEST', `A request id has 1 to ${longestRequestId} characters, none of them invisible.`);
  }
}

function asFaults<Argument>(work: (argument: Argument) => Promise<void>): (argument: Argument) => Promise<void> {
  return (argument) =>
    work(argument).catch((error: unknown) => {
      throw asFault(error);
    });
}
