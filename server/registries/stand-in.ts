import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { standInHeader } from './stand-in-header.ts';

/**
 * What every stand-in of an outside registry is: a small program of its own on a free port of this machine, which says
 * of itself in each answer that it is a stand-in.
 */
export interface StandIn {
  readonly name: string;
  readonly answers: Readonly<Record<string, (nationalId: string, question: Question) => object>>;
}

type Question = Readonly<Record<string, unknown>>;

export interface RunningStandIn {
  readonly address: string;
  readonly close: () => Promise<void>;
}

const longestQuestion = 1_000;

export async function startStandIn({ name, answers }: StandIn): Promise<RunningStandIn> {
  const server = createServer((request, response) => {
    void readQuestion(request).then((question) => {
      const answer = answers[request.url ?? ''];
      const nationalId = question?.['nationalId'];
      const found = typeof nationalId === 'string' ? answer?.(nationalId, question ?? {}) : undefined;
      response
        .writeHead(found === undefined ? 400 : 200, { 'content-type': 'application/json', [standInHeader]: name })
        .end(JSON.stringify(found ?? { error: 'not understood' }));
    });
  });
  await new Promise<void>((started, failed) => server.once('error', failed).listen(0, '127.0.0.1', started));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, close: () => close(server) };
}

/** As a program: prints its address, and ends when whoever started it ends. */
export async function runStandIn(standIn: StandIn): Promise<void> {
  const { address, close: stop } = await startStandIn(standIn);
  process.stdout.write(`${standIn.name} stand-in ${address}\n`);
  process.on('SIGINT', () => undefined); // a terminal interrupts us, too; our starter ends us when it has finished
  process.stdin.resume().once('close', () => void stop());
}

function close(server: Server): Promise<void> {
  return new Promise((closed) => {
    server.close(() => {
      closed();
    });
    server.closeAllConnections();
  });
}

async function readQuestion(request: IncomingMessage): Promise<Question | undefined> {
  let text = '';
  try {
    for await (const piece of request.setEncoding('utf8')) {
      text += String(piece);
      if (text.length > longestQuestion) return undefined;
    }
    const question: unknown = JSON.parse(text);
    return typeof question === 'object' && question !== null ? { ...question } : undefined;
  } catch {
    return undefined;
  }
}
