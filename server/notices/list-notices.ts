import { asFault } from '../database/index.ts';
import type { Clock } from '../platform/index.ts';
import type { DecileWording } from './decile-text.ts';
import { noticeEvents, type NoticeEvent } from './event.ts';
import type { NoticeState, Reader } from './notice-store.ts';
import { renderNotice } from './render-notice.ts';
import { rules } from './rules.ts';

/** A notice as its person reads it in the portal. */
export interface ToldNotice {
  readonly id: bigint;
  readonly event: NoticeEvent;
  readonly at: Date;
  readonly state: NoticeState;
  readonly texts: { readonly fa: string; readonly en: string };
}

const listed = noticeEvents.filter((event) => rules[event]?.unlisted !== true);
const wordingOf = (mark: string | null): DecileWording =>
  mark?.startsWith('verbatim:') === true ? 'verbatim' : 'restored';

/**
 * What a person was told and is being told, the newest first; nothing that is not due yet.
 * @param page `before`: only older ones than this; `limit`: at most so many
 */
export async function listNotices(
  reader: Reader,
  clock: Clock,
  person: bigint,
  { before, limit }: { readonly before?: bigint; readonly limit: number },
): Promise<readonly ToldNotice[]> {
  interface Row {
    id: bigint;
    event: NoticeEvent;
    at: Date;
    state: NoticeState;
    data: Record<string, unknown>;
    wording: string | null;
  }
  try {
    const { rows } = await reader.query<Row>({
      name: 'notices-of-person',
      text: `
        select id, event, coalesce(sent_at, due_at) as at, state, data, wording
        from notice
        where person = $1 and event = any($2::text[]) and state <> 'ended' and due_at <= $3
          and ($4::bigint is null or id < $4)
        order by id desc limit $5`,
      values: [person, listed, clock.now(), before ?? null, limit],
    });
    return rows.map(({ id, event, at, state, data, wording }) => {
      const rendering = { event, data, wording: wordingOf(wording) };
      const texts = {
        fa: renderNotice({ ...rendering, language: 'fa' }),
        en: renderNotice({ ...rendering, language: 'en' }),
      };
      return { id, event, at, state, texts };
    });
  } catch (error) {
    throw asFault(error);
  }
}
