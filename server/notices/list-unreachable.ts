import { asFault } from '../database/index.ts';
import { readNames, type PersonName } from '../membership/index.ts';
import { nationalIdText } from '../platform/index.ts';
import type { NoticeEvent } from './event.ts';
import type { Reader } from './notice-store.ts';

/** Where a person lives, as far as the household said it. */
export interface Place {
  readonly district: string | null;
  readonly centre: string | null;
}

/**
 * One whom a notice did not reach, for a health centre (M-62), with the least by which it can find the person: neither the
 * mobile nor what the notice says.
 */
export interface UnreachablePerson {
  /** Names the notice to us: at the counter it is read under this number. */
  readonly reference: string;
  /** First name and the first letter of the last; null where no source has a name. */
  readonly name: string | null;
  /** The first three and the last two digits. */
  readonly nationalId: string;
  readonly district: string | null;
  readonly centre: string | null;
}

export interface UnreachablePage {
  readonly event: NoticeEvent;
  /** The last reference of the page before. */
  readonly after?: bigint;
  readonly limit: number;
  /** Of these people alone; not said: of all. */
  readonly among?: readonly bigint[] | undefined;
  /** Where people live, if that is known anywhere. */
  readonly placesOf?: (persons: readonly bigint[]) => Promise<ReadonlyMap<bigint, Place>>;
}

/** Those whom no telephone reached, the longest waiting first. One whose outcome is unknown is among them. */
export async function listUnreachable(
  reader: Reader,
  { event, after, limit, among, placesOf }: UnreachablePage,
): Promise<readonly UnreachablePerson[]> {
  try {
    const { rows } = await reader.query<{ id: bigint; person: bigint }>({
      name: 'notices-unreached',
      text: `
        select id, person from notice
        where event = $1 and state in ('unreachable', 'failed', 'unknown') and id > $2
          and ($4::bigint[] is null or person = any($4))
        order by id limit $3`,
      values: [event, after ?? 0n, limit, among ?? null],
    });
    const persons = [...new Set(rows.map(({ person }) => person))];
    const names = await readNames(reader, persons);
    const places = await placesOf?.(persons);
    return rows.map(({ id, person }) => ({
      reference: String(id),
      name: maskedName(names.get(person)),
      nationalId: maskedId(person),
      district: places?.get(person)?.district ?? null,
      centre: places?.get(person)?.centre ?? null,
    }));
  } catch (error) {
    throw asFault(error);
  }
}

function maskedName(name: PersonName | undefined): string | null {
  if (name === undefined) return null;
  const { firstName, lastName } = name;
  const initial = lastName === null ? undefined : `${String.fromCodePoint(lastName.codePointAt(0) ?? 0)}…`;
  const shown = [firstName, initial].filter((part) => part !== undefined && part !== null && part !== '');
  return shown.length === 0 ? null : shown.join(' ');
}

function maskedId(person: bigint): string {
  const digits = nationalIdText(person);
  return `${digits.slice(0, 3)}${'*'.repeat(digits.length - 5)}${digits.slice(-2)}`;
}

const columns = ['reference', 'name', 'nationalId', 'district', 'centre'] as const;

/** For a table program: with a byte order mark, so that it reads the Persian; lines end as RFC 4180 says. */
export function unreachableCsv(people: readonly UnreachablePerson[]): string {
  const lines = people.map((each) => columns.map((name) => cell(each[name] ?? '')).join(','));
  return `\ufeff${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

/** A cell that a table program would compute with is made a text. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
