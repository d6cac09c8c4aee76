import type { Pool } from 'pg';
import { asFault } from '../../database/index.ts';
import type { Inquiry, InquiryAnswer, InquiryRequest } from '../../inquiry/index.ts';
import type { Clock } from '../../platform/index.ts';
import { longestSms, partWords, phoneTexts } from '../short-messages.ts';
import { solarHijri } from '../texts.ts';
import type { SendSms } from './outbound.ts';

/** Members who want it are told by SMS of every inquiry that somebody else makes about them. */

export interface InquirySmsChoice {
  readonly inquirySms: boolean;
}

/** @throws Fault DATABASE_… */
export async function chooseInquirySms(
  pool: Pool,
  clock: Clock,
  { person, inquirySms }: InquirySmsChoice & { readonly person: bigint },
): Promise<InquirySmsChoice> {
  try {
    await pool.query(
      `insert into person_sms_choice (person, inquiry_sms, chosen_at) values ($1, $2, $3)
       on conflict (person) do update set inquiry_sms = excluded.inquiry_sms, chosen_at = excluded.chosen_at`,
      [person, inquirySms, clock.now()],
    );
    return { inquirySms };
  } catch (error) {
    throw asFault(error);
  }
}

/** Whether it was chosen; not, unless it was. @throws Fault DATABASE_… */
export async function readInquirySms(pool: Pool, person: bigint): Promise<boolean> {
  try {
    const { rowCount } = await pool.query('select from person_sms_choice where person = $1 and inquiry_sms', [person]);
    return rowCount === 1;
  } catch (error) {
    throw asFault(error);
  }
}

/** To whom of these it is to be told, and where: the number that the register has. */
async function findListeners(pool: Pool, persons: readonly bigint[]): Promise<ReadonlyMap<bigint, bigint>> {
  const { rows: choices } = await pool.query<{ person: bigint }>({
    name: 'inquiry-sms-choices',
    text: 'select person from person_sms_choice where person = any($1::bigint[]) and inquiry_sms',
    values: [persons],
  });
  if (choices.length === 0) return new Map();
  const { rows } = await pool.query<{ person: bigint; mobile: bigint }>(
    'select person, mobile from person_mobile where person = any($1::bigint[]) order by mobile desc',
    [choices.map(({ person }) => person)],
  );
  return new Map(rows.map(({ person, mobile }) => [person, mobile]));
}

/** The text; the day of the inquiry and its code, by which the person can ask who it was. */
export function inquiryNotice({ on, trackingCode }: Pick<InquiryAnswer, 'on' | 'trackingCode'>): string {
  return [phoneTexts.askedAbout, solarHijri(on), `${partWords.trackingCode} ${trackingCode}`]
    .join('\n')
    .slice(0, longestSms);
}

interface Answered {
  readonly person: bigint;
  readonly text: string;
}

const mostWaiting = 10_000;
const atOnce = 256;

/** Tells beside the inquiries and never in their way: what does not fit is dropped and counted. */
export class InquiryNotices {
  readonly #pool: Pool;
  readonly #send: SendSms;
  readonly #onDropped: (count: number) => void;
  readonly #waiting: Answered[] = [];
  #working: Promise<void> | undefined;

  constructor(pool: Pool, send: SendSms, onDropped: (count: number) => void) {
    this.#pool = pool;
    this.#send = send;
    this.#onDropped = onDropped;
  }

  /** The same door, which tells after it has answered. */
  watch<Door extends Pick<Inquiry, 'ask'>>(door: Door): Door {
    return {
      ...door,
      ask: async (request: InquiryRequest) => {
        const answer = await door.ask(request);
        if (!answer.replayed && !isOwn(request)) {
          this.#tell({ person: request.person, text: inquiryNotice(answer) });
        }
        return answer;
      },
    };
  }

  /** Sends what waits. */
  async close(): Promise<void> {
    await this.#working;
  }

  #tell(answered: Answered): void {
    if (this.#waiting.length >= mostWaiting) this.#onDropped(1);
    else this.#waiting.push(answered);
    this.#working ??= this.#work().finally(() => (this.#working = undefined));
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const some = this.#waiting.splice(0, atOnce);
      try {
        const mobiles = await findListeners(this.#pool, [...new Set(some.map(({ person }) => person))]);
        const told = some.flatMap(({ person, text }) => {
          const to = mobiles.get(person);
          return to === undefined ? [] : [{ to, text }];
        });
        const results = await Promise.all(told.map((message) => this.#send(message)));
        const notTaken = results.filter((result) => result === 'notTaken').length;
        if (notTaken > 0) this.#onDropped(notTaken);
      } catch {
        this.#onDropped(some.length);
      }
    }
  }
}

function isOwn({ asker, person }: InquiryRequest): boolean {
  return asker.kind === 'self' && asker.person === person;
}
