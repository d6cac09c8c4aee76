import type { PoolClient } from 'pg';
import { asFault } from '../database/index.ts';
import type { Clock } from '../platform/index.ts';
import { events, writeData, type NoticeData, type NoticeEvent } from './event.ts';
import { ladders } from './rules.ts';
import { startOfDayInTehran } from './quiet-hours.ts';
import type { SealedSecret } from './sealed-secret.ts';

/** One thing that a person is to be told. */
export interface NoticeRequest<Event extends NoticeEvent> {
  /** The household or person whose transaction this is. */
  readonly owner: bigint;
  readonly person: bigint;
  readonly event: Event;
  readonly data: NoticeData<Event>;
  /** Where the message goes; else the registered mobile is looked up when it is sent. */
  readonly mobile?: bigint | null;
  /** Not before; at once if not said. */
  readonly dueAt?: Date;
  /** What is not sent by then is not sent at all. */
  readonly uselessAfter?: Date;
  /** For an event that has a secret; sealed with `sealSecret`. */
  readonly secret?: SealedSecret;
  /** Of one owner, event and key there is one notice. Events about a bill have the bill's number: reminders go by it. */
  readonly key: string;
}

/** Makes ids: `Ids` of platform does. */
interface IdMaker {
  readonly make: (owners: readonly bigint[]) => Promise<readonly bigint[]>;
}

const millisecondsPerDay = 86_400_000;
/** Reminders are due in the morning. */
const morningHour = 9;

/**
 * Writes a notice and its reminders in the caller's transaction: it is told if, and only if, that is committed. A second
 * one with the same owner, event and key does nothing.
 */
export async function enqueueNotice<Event extends NoticeEvent>(
  client: Pick<PoolClient, 'query'>,
  clock: Clock,
  ids: IdMaker,
  request: NoticeRequest<Event>,
): Promise<void> {
  await enqueueNotices(client, clock, ids, [request]);
}

/** The same for many, in one statement. */
export async function enqueueNotices<Event extends NoticeEvent>(
  client: Pick<PoolClient, 'query'>,
  clock: Clock,
  ids: IdMaker,
  requests: readonly NoticeRequest<Event>[],
): Promise<void> {
  const now = clock.now();
  const rows = requests.flatMap((request): Row[] => [
    { ...request, step: 0, dueAt: request.dueAt ?? now },
    ...remindersOf(request, now),
  ]);
  const made = await ids.make(rows.map(({ owner }) => owner));
  const column = <Name extends keyof Row>(name: Name): (Row[Name] | null)[] => rows.map((row) => row[name] ?? null);
  try {
    for (const request of requests) {
      for (const { by, endedBy, endedByAny } of ladders) {
        const { owner, event, key } = request;
        if (endedBy.includes(event)) await end(client, now, by, { owner, key });
        if (endedByAny.includes(event)) await end(client, now, by, { owner, key: null });
      }
    }
    await client.query({
      name: 'notice-enqueue',
      text: `
        insert into notice (owner, event, key, step, id, person, created_at, due_at, useless_after, data, mobile, secret,
          state, state_since, attempts)
        select owner, event, key, step, id, person, $1, due_at, useless_after, data, mobile, secret, 'waiting', $1, 0
        from unnest($2::bigint[], $3::text[], $4::text[], $5::smallint[], $6::bigint[], $7::bigint[], $8::timestamptz[],
          $9::timestamptz[], $10::json[], $11::bigint[], $12::bytea[])
          as told (owner, event, key, step, id, person, due_at, useless_after, data, mobile, secret)
        on conflict do nothing`,
      values: [
        now,
        column('owner'),
        column('event'),
        column('key'),
        column('step'),
        made,
        column('person'),
        column('dueAt'),
        column('uselessAfter'),
        rows.map(({ data }) => writeData(data)),
        column('mobile'),
        column('secret'),
      ],
    });
  } catch (error) {
    throw asFault(error);
  }
}

type Row = Omit<NoticeRequest<NoticeEvent>, 'data' | 'event'> & {
  readonly event: NoticeEvent;
  readonly data: object;
  readonly step: number;
  readonly dueAt: Date;
};

function remindersOf<Event extends NoticeEvent>(request: NoticeRequest<Event>, now: Date): Row[] {
  const { event, owner, person, key, mobile = null } = request;
  const data: Readonly<Record<string, unknown>> = { ...request.data };
  return ladders
    .filter((ladder) => ladder.of === event)
    .flatMap(({ by, before, days }): Row[] => {
      const lastDay = startOfDayInTehran(String(data[before]));
      const told = Object.fromEntries(Object.keys(events[by]).map((name) => [name, data[name]]));
      const uselessAfter = new Date(lastDay.getTime() + millisecondsPerDay);
      return days
        .map((step) => ({
          ...{ owner, person, key, mobile, event: by, data: told, step, uselessAfter },
          dueAt: new Date(lastDay.getTime() - step * millisecondsPerDay + morningHour * 3_600_000),
        }))
        .filter(({ dueAt }) => dueAt > now);
    });
}

/** What is reminded of was done, or needs not be done any more. In the caller's transaction. */
export async function endReminders(
  client: Pick<PoolClient, 'query'>,
  clock: Clock,
  { event, ...of }: { readonly owner: bigint; readonly event: NoticeEvent; readonly key: string },
): Promise<void> {
  for (const ladder of ladders) if (ladder.of === event) await end(client, clock.now(), ladder.by, of);
}

async function end(
  client: Pick<PoolClient, 'query'>,
  now: Date,
  event: NoticeEvent,
  { owner, key }: { readonly owner: bigint; readonly key: string | null },
): Promise<void> {
  await client.query({
    name: 'notice-end-reminders',
    text: `
      update notice set state = 'ended', state_since = $4
      where owner = $1 and event = $2 and ($3::text is null or key = $3) and step > 0 and state = 'waiting'`,
    values: [owner, event, key, now],
  });
}
