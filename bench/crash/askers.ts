import { randomInt } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Providers that never give up: what is not answered is asked again under the same request id. */

export interface Acknowledged {
  readonly nationalId: string;
  readonly requestId: string;
  /** The body as it came. */
  readonly answer: string;
}

export interface Asking {
  readonly acknowledged: readonly Acknowledged[];
  /** What else was answered, by status and code, and how often no answer came at all. */
  readonly unanswered: ReadonlyMap<string, number>;
  /** Milliseconds from this moment to the next answer of 200. */
  readonly nextAnswer: () => Promise<number>;
  /** Ends when each has been answered what it asked last. */
  readonly end: () => Promise<void>;
}

export interface AskingOptions {
  readonly url: string;
  readonly token: string;
  readonly people: readonly string[];
  readonly askers: number;
}

const againAfterMs = 20;
const silentAfterMs = 10_000;

export function startAsking({ url, token, people, askers }: AskingOptions): Asking {
  const door = doorOf(url, token, askers);
  const acknowledged: Acknowledged[] = [];
  const unanswered = new Map<string, number>();
  let waiting: (() => void)[] = [];
  let isEnding = false;
  const untilAnswered = async (nationalId: string, requestId: string): Promise<void> => {
    for (;;) {
      const { status, body } = await door(nationalId, requestId);
      if (status === 200) {
        acknowledged.push({ nationalId, requestId, answer: body });
        for (const go of waiting) go();
        waiting = [];
        return;
      }
      const why = `${String(status)} ${/"code":"(\w+)"/.exec(body)?.[1] ?? body}`;
      unanswered.set(why, (unanswered.get(why) ?? 0) + 1);
      await sleep(againAfterMs);
    }
  };
  const ask = async (asker: number): Promise<void> => {
    for (let turn = 0; !isEnding; turn += 1) {
      await untilAnswered(people[randomInt(people.length)] ?? '', `${String(asker)}-${String(turn)}`);
    }
  };
  const all = Promise.all(Array.from({ length: askers }, (_, asker) => ask(asker)));
  return {
    acknowledged,
    unanswered,
    nextAnswer: async () => {
      const begun = performance.now();
      await new Promise<void>((resolve) => waiting.push(resolve));
      return performance.now() - begun;
    },
    end: async () => {
      isEnding = true;
      await all;
    },
  };
}

/** Asks again what was answered, and counts where another answer comes. */
export async function askAgain({ url, token, askers }: AskingOptions, all: readonly Acknowledged[]): Promise<number> {
  const door = doorOf(url, token, askers);
  const left = all.values();
  let different = 0;
  const work = async (): Promise<void> => {
    for (const { nationalId, requestId, answer } of left) {
      const { status, body } = await door(nationalId, requestId);
      if (status !== 200 || body !== answer) different += 1;
    }
  };
  await Promise.all(Array.from({ length: askers }, work));
  return different;
}

type Door = (nationalId: string, requestId: string) => Promise<{ readonly status: number; readonly body: string }>;

function doorOf(url: string, token: string, askers: number): Door {
  const agent = new Agent({ keepAlive: true, maxSockets: askers });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return (nationalId, requestId) =>
    new Promise((resolve) => {
      const silent = (why: string): void => {
        resolve({ status: 0, body: why });
      };
      const asked = request(
        `${url}/v1/inquiries`,
        { method: 'POST', agent, headers, timeout: silentAfterMs },
        (reply) => {
          let body = '';
          reply.setEncoding('utf8').on('data', (text: string) => (body += text));
          reply.once('end', () => {
            resolve({ status: reply.statusCode ?? 0, body });
          });
          reply.once('error', () => {
            silent('cut');
          });
        },
      );
      asked.once('timeout', () => asked.destroy());
      asked.once('error', ({ code }: NodeJS.ErrnoException) => {
        silent(code ?? 'cut');
      });
      asked.end(JSON.stringify({ nationalId, requestId }));
    });
}
