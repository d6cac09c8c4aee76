import { asFault } from '../database/index.ts';
import type { Clock } from '../platform/index.ts';
import type { Reader } from './notice-store.ts';
import type { Language } from './words.ts';

/** How a person wants to be told things; the list in the portal has them all in any case. */
export interface NoticePreference {
  readonly language: Language;
  /** No: by short message only what must be told. */
  readonly bySms: boolean;
}

export const usualPreference: NoticePreference = { language: 'fa', bySms: true };

/** Of those who have said something. */
export async function readPreferences(
  reader: Reader,
  persons: readonly bigint[],
): Promise<Map<bigint, NoticePreference>> {
  const { rows } = await reader.query<NoticePreference & { person: bigint }>({
    name: 'notice-preferences',
    text: 'select person, language, by_sms as "bySms" from notice_preference where person = any($1::bigint[])',
    values: [persons],
  });
  return new Map(rows.map(({ person, language, bySms }) => [person, { language, bySms }]));
}

export async function readPreference(reader: Reader, person: bigint): Promise<NoticePreference> {
  try {
    return (await readPreferences(reader, [person])).get(person) ?? usualPreference;
  } catch (error) {
    throw asFault(error);
  }
}

export async function recordPreference(
  reader: Reader,
  clock: Clock,
  person: bigint,
  { language, bySms }: NoticePreference,
): Promise<void> {
  try {
    await reader.query(
      `insert into notice_preference (person, language, by_sms, changed_at) values ($1, $2, $3, $4)
       on conflict (person) do update set language = excluded.language, by_sms = excluded.by_sms,
         changed_at = excluded.changed_at`,
      [person, language, bySms, clock.now()],
    );
  } catch (error) {
    throw asFault(error);
  }
}
