import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { transaction } from '../database/index.ts';
import { createLog, createMetrics, type Clock, type Ids } from '../platform/index.ts';
import { enqueueNotice, type NoticeRequest } from './enqueue-notice.ts';
import type { NoticeEvent } from './event.ts';
import { usualQuietHours } from './quiet-hours.ts';
import { createNoticeSender, type NoticeSenderParts } from './send-notices.ts';
import type { Message, MessageTransport, SendOutcome } from './transport.ts';

/** For tests of notices: a clock to set, and a transport that keeps what it was given and answers what the test says. */

export class SetClock implements Clock {
  #now = new Date('2026-11-23T08:00:00Z');
  now = (): Date => this.#now;
  set(now: string | Date): void {
    this.#now = new Date(now);
  }
  plusMinutes(minutes: number): void {
    this.#now = new Date(this.#now.getTime() + minutes * 60_000);
  }
}

export class KeptTransport implements MessageTransport {
  readonly sent: Message[] = [];
  answer: (message: Message) => Promise<SendOutcome> = ({ key }) =>
    Promise.resolve({ sent: true, transportIds: [`smsc-${key}-${this.sent.length}`] });
  send = async (message: Message): Promise<SendOutcome> => {
    this.sent.push(message);
    return this.answer(message);
  };
}

export const pepper = randomBytes(32);

/** A desk with a sender, and how to tell somebody something and to read what became of it. */
export function createDesk(pool: Pool, ids: Ids, clock: SetClock, more: Partial<NoticeSenderParts> = {}) {
  const transport = new KeptTransport();
  const sender = createNoticeSender({
    pool,
    clock,
    transport,
    keys: { pepper },
    log: createLog('silent'),
    metrics: createMetrics(),
    quietHours: usualQuietHours,
    decileWording: 'restored',
    ...more,
  });
  const tell = async <Event extends NoticeEvent>(request: NoticeRequest<Event>): Promise<void> => {
    await transaction(pool, (client) => enqueueNotice(client, clock, ids, request));
  };
  const states = async (owner: bigint): Promise<readonly object[]> =>
    (
      await pool.query<object>(
        'select event, step, state, attempts from notice where owner = $1 order by id, step desc',
        [owner],
      )
    ).rows;
  return { transport, sender, tell, states, send: () => sender.sendDue(clock.now(), 100) };
}
