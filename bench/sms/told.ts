import { join } from 'node:path';
import { TrackingCodes } from '../../server/inquiry/index.ts';
import { openKeys } from '../../server/platform/index.ts';
import type { ServedPhones, Subscriber } from './served-phones.ts';

/** What people were told, and what the journal says of it. */
export interface Told {
  /** Entries of the journal, by person. */
  readonly entries: ReadonlyMap<bigint, readonly bigint[]>;
  /** Texts that the message centre has taken, by person. */
  readonly answers: ReadonlyMap<bigint, readonly string[]>;
  /** The entry of the journal that an answer names by its tracking code. */
  readonly entryNamedBy: (answer: string) => bigint | undefined;
}

interface Submitted {
  readonly status: number;
  readonly dst: string;
  readonly text: string;
}

/** As many as the message centre keeps. */
const mostLogged = 20_000;

export async function readTold(phones: ServedPhones): Promise<Told> {
  const personOf = new Map(phones.subscribers.map(({ mobile, person }) => [mobile, person]));
  const answers = new Map<bigint, string[]>();
  for (const { status, dst, text } of await phones.centre.tell<readonly Submitted[]>(`log ${mostLogged}`)) {
    const person = personOf.get(dst);
    if (status === 0 && person !== undefined) push(answers, person, text);
  }
  const entries = new Map<bigint, bigint[]>();
  const rows = await phones.query<{ person: string; id: string }>('select person::text, id::text from inquiry');
  for (const { person, id } of rows) push(entries, BigInt(person), BigInt(id));
  const codes = new TrackingCodes(openKeys(join(phones.dataFolder, 'keys')).trackingKey);
  const entryNamedBy = (answer: string): bigint | undefined => codes.findId(/رهگیری ([\d ]+)$/.exec(answer)?.[1] ?? '');
  return { entries, answers, entryNamedBy };
}

function push<T>(map: Map<bigint, T[]>, key: bigint, value: T): void {
  const before = map.get(key);
  if (before === undefined) map.set(key, [value]);
  else before.push(value);
}

export interface Counts {
  readonly withoutEntry: number;
  readonly withSeveralEntries: number;
  readonly withoutAnswer: number;
  readonly withSeveralAnswers: number;
  readonly withDifferentAnswers: number;
  /** The answer's code names no entry of the journal about this person. */
  readonly withAnotherCode: number;
  readonly codes: number;
}

export function countTold({ entries, answers, entryNamedBy }: Told, asked: readonly Subscriber[]): Counts {
  const count = (holds: (entries: readonly bigint[], answers: readonly string[]) => boolean): number =>
    asked.filter(({ person }) => holds(entries.get(person) ?? [], answers.get(person) ?? [])).length;
  const codes = new Set(asked.flatMap(({ person }) => (answers.get(person) ?? []).map(entryNamedBy)));
  return {
    withoutEntry: count((ids) => ids.length === 0),
    withSeveralEntries: count((ids) => ids.length > 1),
    withoutAnswer: count((_, texts) => texts.length === 0),
    withSeveralAnswers: count((_, texts) => texts.length > 1),
    withDifferentAnswers: count((_, texts) => new Set(texts).size > 1),
    withAnotherCode: count((ids, texts) => texts.some((text) => !ids.some((id) => id === entryNamedBy(text)))),
    codes: codes.size,
  };
}

/** Fails loudly, after all counts were printed. */
export function requireNone(counts: Readonly<Record<string, number>>): void {
  const wrong = Object.entries(counts).filter(([, count]) => count !== 0);
  if (wrong.length > 0) throw new Error(wrong.map(([what, count]) => `${what}: ${count}`).join(', '));
}
