import type { Pool } from 'pg';
import { asFault } from '../database/index.ts';
import type { Clock, Ids } from '../platform/index.ts';
import type { Reader } from './notice-store.ts';
import type { MessageTransport } from './transport.ts';

/** What a demo would have sent. */
export interface DemoMessage {
  readonly id: bigint;
  readonly at: Date;
  readonly mobile: bigint;
  readonly text: string;
}

/** Keeps the messages instead of sending them, so that whoever tries the demo can read them. */
export function createDemoTransport({
  pool,
  clock,
  ids,
}: {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'make'>;
}): MessageTransport {
  return {
    send: async ({ mobile, text }) => {
      const [id] = await ids.make([mobile]);
      await pool.query('insert into demo_message (mobile, id, at, text) values ($1, $2, $3, $4)', [
        mobile,
        id,
        clock.now(),
        text,
      ]);
      return { sent: true, transportIds: [`demo-${String(id)}`] };
    },
  };
}

/** The newest first. */
export async function listDemoMessages(
  reader: Reader,
  { mobile, limit }: { readonly mobile?: bigint; readonly limit: number },
): Promise<readonly DemoMessage[]> {
  try {
    const { rows } = await reader.query<DemoMessage>(
      `select id, at, mobile, text from demo_message
       where $1::bigint is null or mobile = $1 order by id desc limit $2`,
      [mobile ?? null, limit],
    );
    return rows;
  } catch (error) {
    throw asFault(error);
  }
}
