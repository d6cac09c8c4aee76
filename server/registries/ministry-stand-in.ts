import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import type { MinistryInquiry } from './ministry.ts';
import { standInHeader } from './stand-in-header.ts';
import type { RunningStandIn } from './stand-in.ts';

export interface MinistryManner {
  /** From the asking to the result. */
  readonly delayMs: number;
  /** Every so many requests is answered with an error; 0: none. */
  readonly failEvery: number;
}

interface Asked {
  readonly head: string;
  readonly requestedOn: string;
  readonly at: number;
}

const longestBody = 200_000;
const usual: MinistryManner = { delayMs: 3_000, failEvery: 0 };

/**
 * A stand-in of the ministry: a program of its own that takes inquiries and has their results after a while. Its answer
 * goes by the head's national id: the digit before the last one is the decile (0: the tenth; 9: it never answers), and the
 * one before that the form (decile, income, both); the income is thirty million rials a digit. It determines on the day of
 * the request.
 */
export async function startMinistryStandIn(manner: Partial<MinistryManner> = {}): Promise<RunningStandIn> {
  const { delayMs, failEvery } = { ...usual, ...manner };
  const asked = new Map<string, Asked>();
  let requests = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = request.method === 'POST' ? readJson(await readBody(request)) : {};
    requests += 1;
    const isFailing = failEvery > 0 && requests % failEvery === 0;
    if (isFailing) send(response, 503, { error: 'stand-in: broken as asked' });
    else if (request.url === '/means-test/inquiries') send(response, 200, { receipts: take(asked, body) });
    else if (request.url === '/means-test/results') send(response, 200, { results: tell(asked, body, delayMs) });
    else send(response, 404, { error: 'stand-in: there is nothing here' });
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((started, failed) => server.once('error', failed).listen(0, '127.0.0.1', started));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((closed) => {
      server.close(() => {
        closed();
      });
      server.closeAllConnections();
    });
  return { address: `http://127.0.0.1:${port}`, close };
}

function take(asked: Map<string, Asked>, body: Readonly<Record<string, unknown>>): object[] {
  return listOf(body['inquiries']).map((inquiry) => {
    const { reference, head, members, requestedOn } = inquiry as MinistryInquiry;
    if (!members.includes(head)) return { reference, accepted: false, refusal: 'HEAD_NOT_A_MEMBER' };
    if (!asked.has(reference)) asked.set(reference, { head, requestedOn, at: performance.now() });
    return { reference, accepted: true };
  });
}

function tell(asked: ReadonlyMap<string, Asked>, body: Readonly<Record<string, unknown>>, delayMs: number): object[] {
  return listOf(body['references']).flatMap((reference) => {
    const known = asked.get(String(reference));
    const digit = Number(known?.head.at(-2) ?? 9);
    if (known === undefined || digit === 9 || performance.now() - known.at < delayMs) return [];
    const decile = digit === 0 ? 10 : digit;
    const form = Number(known.head.at(-3)) % 3;
    const incomeMonthly = 30_000_000 * digit;
    const { requestedOn: determinedOn } = known;
    return [{ reference, determinedOn, ...(form !== 1 && { decile }), ...(form !== 0 && { incomeMonthly }) }];
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) {
    text += String(piece);
    if (text.length > longestBody) throw new RangeError('too long');
  }
  return text;
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  const read = JSON.parse(text) as unknown;
  return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
}

function send(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json', [standInHeader]: 'ministry' })
    .end(JSON.stringify(body));
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { 'delay-ms': { type: 'string' }, 'fail-every': { type: 'string' } } });
  const { address, close: stop } = await startMinistryStandIn({
    ...(values['delay-ms'] !== undefined && { delayMs: Number(values['delay-ms']) }),
    ...(values['fail-every'] !== undefined && { failEvery: Number(values['fail-every']) }),
  });
  process.stdout.write(`ministry stand-in ${address}\n`);
  process.on('SIGINT', () => undefined); // a terminal interrupts us, too; our starter ends us when it has finished
  process.stdin.resume().once('close', () => void stop());
}
