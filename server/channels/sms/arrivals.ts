import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { asFault, findFaultCode } from '../../database/index.ts';
import {
  countPersons,
  findMessages,
  findOwners,
  recordBatch,
  type DayCounts,
  type NamedMessage,
  type Question,
} from './arrival-store.ts';

/** What came from a telephone, before anything is asked. */
export interface Arrival {
  readonly mobile: bigint;
  /** The transport's name for the message, where it has one: that message is the same question for ever. */
  readonly messageId: string | undefined;
  readonly at: Date;
  /** ISO, in Tehran. */
  readonly day: string;
  /** What it asks, once it is known whose number it is; undefined: nothing. */
  readonly read: (persons: readonly bigint[]) => Asking | undefined;
}

export interface Asking {
  readonly person: bigint;
  /** A keyed hash: the same within the window is the same question of this number. */
  readonly question: string;
}

export interface Arrived {
  /** People whose registered mobile this is. */
  readonly persons: readonly bigint[];
  /** The same for the same question: a repeated one gets its first answer. Empty where nothing is asked. */
  readonly requestId: string;
  /** The answer to just this message was handed over before. */
  readonly isAnswered: boolean;
  /** Of the number today, this one included. */
  readonly counts: DayCounts;
  /** How often telephones of others asked about this person today; 0 for one's own. */
  readonly personQuestions: number;
}

interface Waiting {
  readonly arrival: Arrival;
  readonly resolve: (arrived: Arrived) => void;
  readonly reject: (error: unknown) => void;
}

const largestBatch = 256;
/** Nobody waits at a telephone for so little; and what comes meanwhile shares its statements with the first. */
const gatherMs = 4;
/** So many are worth their statements. */
const enough = 32;
/** While one batch is written the other is looked up. All of a number are in one lane, and so in their order. */
const lanes = 2;
const pausesMs = [20, 200];

/**
 * Takes down what comes from telephones: whose number it is, whether the question is a repeated one, and how much the
 * number asks.
 */
export class Arrivals {
  readonly #lanes: readonly ArrivalLane[];

  constructor(pool: Pool, windowMs: number) {
    this.#lanes = Array.from({ length: lanes }, () => new ArrivalLane(pool, windowMs));
  }

  /** @throws Fault DATABASE_… */
  take(arrival: Arrival): Promise<Arrived> {
    const lane = this.#lanes[Number(arrival.mobile % BigInt(lanes))];
    if (lane === undefined) throw new RangeError('no lane');
    return lane.take(arrival);
  }
}

/** A batch is whatever came while the one before was written, and a little longer; right with several lanes and processes. */
class ArrivalLane {
  readonly #pool: Pool;
  readonly #windowMs: number;
  readonly #waiting: Waiting[] = [];
  #isWorking = false;

  constructor(pool: Pool, windowMs: number) {
    this.#pool = pool;
    this.#windowMs = windowMs;
  }

  take(arrival: Arrival): Promise<Arrived> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ arrival, resolve, reject });
      if (this.#isWorking) return;
      this.#isWorking = true;
      void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#waiting.length < enough) await sleep(gatherMs);
      const batch = this.#waiting.splice(0, largestBatch);
      try {
        const arrived = await this.#record(batch.map(({ arrival }) => arrival));
        batch.forEach(({ resolve }, index) => {
          const one = arrived[index];
          if (one !== undefined) resolve(one);
        });
      } catch (error) {
        for (const { reject } of batch) reject(asFault(error));
      }
    }
    this.#isWorking = false;
  }

  /** Tried again: it is the same questions at the same moments, so that they come out the same. */
  async #record(arrivals: readonly Arrival[]): Promise<readonly Arrived[]> {
    for (const pause of pausesMs) {
      try {
        return await takeDown(this.#pool, arrivals, this.#windowMs);
      } catch (error) {
        const again = ['DATABASE_CONFLICT', 'DATABASE_UNAVAILABLE', 'DATABASE_OUTCOME_UNKNOWN'];
        if (!again.includes(findFaultCode(error) ?? '')) throw error;
        await sleep(pause);
      }
    }
    return takeDown(this.#pool, arrivals, this.#windowMs);
  }
}

/** An arrival, and what it was found to be. */
interface Item {
  readonly arrival: Arrival;
  readonly asking: Asking | undefined;
  /** Whom it asks about, if that is none of those whose number it is: nobody need be guarded from oneself. */
  readonly other: bigint | undefined;
  readonly known: { readonly request_id: string; readonly answered_at: Date | null } | undefined;
}

async function takeDown(pool: Pool, arrivals: readonly Arrival[], windowMs: number): Promise<readonly Arrived[]> {
  const [owners, known] = await Promise.all([
    findOwners(pool, [...new Set(arrivals.map(({ mobile }) => mobile))]),
    findKnown(pool, arrivals),
  ]);
  const personsOf = ({ mobile }: Arrival): readonly bigint[] => owners.get(mobile) ?? [];
  const items = arrivals.map((arrival): Item => {
    const { mobile, messageId } = arrival;
    const persons = personsOf(arrival);
    const asking = arrival.read(persons);
    const other = asking === undefined || persons.includes(asking.person) ? undefined : asking.person;
    return { arrival, asking, other, known: messageId === undefined ? undefined : known.get(keyOf(mobile, messageId)) };
  });
  const { requestIds, counted } = await write(pool, items, windowMs);
  return items.map((item, index): Arrived => ({
    persons: personsOf(item.arrival),
    requestId: item.known?.request_id ?? requestIds.get(questionOf(item)) ?? '',
    isAnswered: (item.known?.answered_at ?? null) !== null,
    counts: counted[index]?.counts ?? nothingCounted,
    personQuestions: counted[index]?.personQuestions ?? 0,
  }));
}

const nothingCounted: DayCounts = { messages: 0, questions: 0, persons: 0 };

type Known = ReadonlyMap<string, NonNullable<Item['known']>>;

async function findKnown(pool: Pool, arrivals: readonly Arrival[]): Promise<Known> {
  const named = arrivals.flatMap(({ mobile, messageId }) =>
    messageId === undefined ? [] : [{ mobile, message: messageId }],
  );
  const rows = named.length === 0 ? [] : await findMessages(pool, named);
  return new Map(rows.map((row) => [keyOf(row.mobile, row.message), row]));
}

type Counted = Pick<Arrived, 'counts' | 'personQuestions'>;

interface Written {
  readonly requestIds: ReadonlyMap<string, string>;
  readonly counted: readonly Counted[];
}

/** Every message counts; as a question only a new one, so that a repeated one takes nothing away. */
async function write(pool: Pool, items: readonly Item[], windowMs: number): Promise<Written> {
  // In one batch there is one day, but at midnight: then the later day counts.
  const day = items.at(-1)?.arrival.day ?? '';
  const asking = items.filter((item) => item.known === undefined && item.asking !== undefined);
  const firsts = new Map<string, Item>();
  for (const item of asking) if (!firsts.has(questionOf(item))) firsts.set(questionOf(item), item);
  const messages = new Map<bigint, number>();
  for (const { arrival } of items) messages.set(arrival.mobile, (messages.get(arrival.mobile) ?? 0) + 1);
  const written = await recordBatch(pool, {
    day,
    windowMs,
    questions: [...firsts.values()].map(asQuestion),
    messages: asking.flatMap(asNamed),
    numbers: [...messages].map(([mobile, count]) => ({ mobile, messages: count })),
  });
  const requestIds = new Map<string, string>();
  const fresh = new Set<Item>();
  for (const [mobile, question, askedMs] of written.asked ?? []) {
    const key = keyOf(mobile, question);
    requestIds.set(key, `${question}.${askedMs}`);
    const first = firsts.get(key);
    if (first?.arrival.at.getTime() === askedMs) fresh.add(first);
  }
  const persons = new Map<bigint, number>();
  for (const { other } of fresh) if (other !== undefined) persons.set(other, (persons.get(other) ?? 0) + 1);
  const counted = inTheirTurn(
    items.map((item) => ({
      mobile: item.arrival.mobile,
      person: item.other,
      questions: fresh.has(item) ? 1 : 0,
    })),
    new Map(
      (written.numbers ?? []).map(([mobile, ofDay, questions, others]) => [
        BigInt(mobile),
        { messages: ofDay, questions, persons: others },
      ]),
    ),
    await countPersons(pool, day, persons),
  );
  return { requestIds, counted };
}

function asQuestion({ arrival: { mobile, at }, asking, other }: Item): Question {
  return { mobile, at, question: asking?.question ?? '', other: other ?? null };
}

function asNamed({ arrival: { mobile, messageId, at }, asking }: Item): NamedMessage[] {
  return messageId === undefined || asking === undefined
    ? []
    : [{ mobile, message: messageId, at, question: asking.question }];
}

/** The sums are those after the whole batch: each item is given what was the count in its turn. */
function inTheirTurn(
  items: readonly { readonly mobile: bigint; readonly person: bigint | undefined; readonly questions: number }[],
  counts: ReadonlyMap<bigint, DayCounts>,
  ofPersons: ReadonlyMap<bigint, number>,
): readonly Counted[] {
  const later = new Map<bigint, { messages: number; questions: number }>();
  const laterOfPerson = new Map<bigint, number>();
  return items
    .toReversed()
    .map(({ mobile, person, questions }): Counted => {
      const sum = counts.get(mobile);
      const after = later.get(mobile) ?? { messages: 0, questions: 0 };
      later.set(mobile, { messages: after.messages + 1, questions: after.questions + questions });
      const afterPerson = person === undefined ? 0 : (laterOfPerson.get(person) ?? 0);
      if (person !== undefined) laterOfPerson.set(person, afterPerson + questions);
      return {
        counts: {
          messages: (sum?.messages ?? 0) - after.messages,
          questions: (sum?.questions ?? 0) - after.questions,
          persons: sum?.persons ?? 0,
        },
        personQuestions: person === undefined ? 0 : (ofPersons.get(person) ?? 0) - afterPerson,
      };
    })
    .toReversed();
}

const keyOf = (mobile: bigint | number, name: string): string => `${String(mobile)}/${name}`;
const questionOf = ({ arrival, asking }: Item): string => keyOf(arrival.mobile, asking?.question ?? '');

const hashBytes = 16;

/** What is asked, or a message's name, as it is kept: nobody can tell from it what was written. */
export function hashOf(pepper: Uint8Array, ...parts: readonly string[]): string {
  const digest = createHmac('sha256', pepper).update(JSON.stringify(parts)).digest();
  return digest.subarray(0, hashBytes).toString('base64url');
}
