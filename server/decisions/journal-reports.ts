import { isoDay, type Day, type Setting } from '@estehqaq/law';
import { asFault } from '../database/index.ts';
import { lowestIdAt } from '../platform/index.ts';
import type { Reader } from './journal-store.ts';
import {
  askerKinds,
  channels,
  outcomes,
  providerKinds,
  settings,
  type Channel,
  type InquiryOutcome,
  type ProviderKind,
} from './journal-words.ts';

/*
 * What is counted out of the journal. A report names days in Tehran; ids are of UTC, and may run ahead of the clock or be
 * made a little after the question, so a range of ids is read with a margin on both sides.
 */
const marginMs = 2 * 86_400_000;
const millisecondsPerDay = 86_400_000;

/** How many inquiries there were, and how long the answers took, in microseconds. */
export interface InquiryCount {
  /** ISO, in Tehran. */
  readonly day: string;
  readonly channel: Channel;
  readonly outcome: InquiryOutcome;
  /** `null`: asked by people, by staff, or under a code in no register. */
  readonly providerKind: ProviderKind | null;
  readonly inquiries: number;
  readonly meanUs: number;
  readonly medianUs: number;
  readonly p99Us: number;
}

const count = `
  select
    (asked_at at time zone 'Asia/Tehran')::date as day, channel, outcome, provider_terms % 10 as kind,
    count(*)::int as inquiries,
    avg(duration_us)::int as mean,
    percentile_disc(0.5) within group (order by duration_us) as median,
    percentile_disc(0.99) within group (order by duration_us) as p99
  from inquiry
  where id >= $1::bigint and id < $2::bigint
    and (asked_at at time zone 'Asia/Tehran')::date between $3::date and $4::date
  group by 1, 2, 3, 4
  order by 1, 2, 3, 4`;

/** By day, channel, outcome and kind of provider (T-06). @param until the last day */
export async function countByDay(reader: Reader, from: Day, until: Day): Promise<readonly InquiryCount[]> {
  interface Row {
    readonly day: string;
    readonly channel: number;
    readonly outcome: number;
    readonly kind: number | null;
    readonly inquiries: number;
    readonly mean: number;
    readonly median: number;
    readonly p99: number;
  }
  const values = [...idsOfDays(from, until), isoDay(from), isoDay(until)];
  const { rows } = await reader.query<Row>(count, values).catch(throwFault);
  return rows.map((row) => ({
    day: row.day,
    channel: channels.wordOf(row.channel),
    outcome: outcomes.wordOf(row.outcome),
    providerKind: row.kind === null ? null : providerKinds.wordOf(row.kind),
    inquiries: row.inquiries,
    meanUs: row.mean,
    medianUs: row.median,
    p99Us: row.p99,
  }));
}

/** A service that was given to a person by a provider on a day. */
export interface ServiceGiven {
  readonly person: bigint;
  readonly provider: string;
  readonly day: Day;
  readonly setting: Setting;
}

/** `undetermined`: it was asked, and no answer could be given then. */
export type Check = 'checked' | 'undetermined' | 'unchecked';

const findChecks = `
  select person, asker, on_day, setting, bool_or(outcome <> $6::smallint) as determined
  from inquiry
  where person = any($1::bigint[]) and id >= $2::bigint and id < $3::bigint
    and asker_kind = $4::smallint and channel = any($5::smallint[]) and outcome <> $7::smallint
  group by person, asker, on_day, setting`;

/** The methods that the order names; a command line is none of them (T-27). */
const methods: readonly Channel[] = ['web', 'app', 'sms', 'ussd'];

/**
 * Whether the provider had asked about the person, for that day and for that setting (T-26, T-28).
 * @returns in the order of the services, of which there are at most some thousands at a time
 */
export async function checksOf(reader: Reader, services: readonly ServiceGiven[]): Promise<readonly Check[]> {
  if (services.length === 0) return [];
  const days = services.map(({ day }) => day);
  const [first, last] = [days.reduce((a, b) => (b < a ? b : a)), days.reduce((a, b) => (b > a ? b : a))];
  type Row = { person: bigint; asker: string; on_day: string; setting: number; determined: boolean };
  const { rows } = await reader
    .query<Row>(findChecks, [
      [...new Set(services.map(({ person }) => person))],
      ...idsOfDays(first, last),
      askerKinds.numberOf('provider'),
      methods.map((method) => channels.numberOf(method)),
      outcomes.numberOf('COULD_NOT_DETERMINE'),
      outcomes.numberOf('NOT_CONTRACTED'),
    ])
    .catch(throwFault);
  const found = new Map(
    rows.map((row) => [
      keyOf(row.person, row.asker, row.on_day, settings.wordOf(row.setting)),
      row.determined ? ('checked' as const) : ('undetermined' as const),
    ]),
  );
  return services.map(
    ({ person, provider, day, setting }) => found.get(keyOf(person, provider, isoDay(day), setting)) ?? 'unchecked',
  );
}

function keyOf(person: bigint, provider: string, on: string, setting: Setting): string {
  return JSON.stringify([String(person), provider, on, setting]);
}

/** The ids of what was asked on these days in Tehran are from the first of the two to before the second. */
export function idsOfDays(from: Day, until: Day): [bigint, bigint] {
  const at = (day: Day, margin: number): Date => new Date(day * millisecondsPerDay + margin);
  return [lowestIdAt(at(from, -marginMs)), lowestIdAt(at(until, millisecondsPerDay + marginMs))];
}

function throwFault(error: unknown): never {
  throw asFault(error);
}
