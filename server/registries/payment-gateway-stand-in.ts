import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StandInBooks, type StandInAnswer } from './payment-gateway-stand-in-books.ts';
import { isStandInFault, type StandInFault } from './payment-gateway-stand-in-faults.ts';
import { payPage } from './payment-gateway-stand-in-page.ts';
import { standInHeader } from './stand-in-header.ts';

/**
 * A stand-in of the payment gateway: a program of its own that speaks its protocol and keeps its own books. No money moves.
 * On its page the payer pays or cancels, and faults can be switched on; `POST /stand-in/faults` does the same for programs
 * (`{"faults": [...], "returnAfterMs": 1000}`), and `GET /stand-in/payments` shows the books.
 */
const slowMs = 700;
const longestBody = 10_000;
const otherBy = 10_000;

class Gateway {
  readonly #books = new StandInBooks(() => performance.now());
  #faults: readonly StandInFault[] = [];

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
    const body = request.method === 'POST' ? await readBody(request) : '';
    const [, first, second, authority = '', does] = pathname.split('/');
    if (pathname.startsWith('/pg/v4/payment/')) return this.#ask(pathname, readJson(body), response);
    if (first === 'pg' && second === 'StartPay') {
      this.#page(authority, does, request.method ?? '', response);
      return;
    }
    if (pathname === '/stand-in/faults' && request.method === 'POST') {
      this.#switch(body, request.headers['content-type'] ?? '', searchParams.get('back'), response);
      return;
    }
    if (pathname === '/stand-in/payments') {
      sendJson(response, { status: 200, body: this.#books.list() });
      return;
    }
    sendJson(response, { status: 404, body: { error: 'there is nothing here' } });
  }

  /** One of the four calls of the protocol, with the faults that are switched on. */
  async #ask(pathname: string, question: Readonly<Record<string, unknown>>, response: ServerResponse): Promise<void> {
    const call = /^\/pg\/v4\/payment\/(request|verify|inquiry|unVerified)\.json$/.exec(pathname)?.[1];
    if (call === undefined) {
      sendJson(response, { status: 404, body: { error: 'there is no such call' } });
      return;
    }
    const isOn = (fault: string): boolean => this.#faults.some((each) => each === fault);
    if (isOn(`${call}Silent`)) return;
    if (isOn(`${call}Error`)) {
      sendJson(response, { status: 500, body: { error: 'stand-in: broken as asked' } });
      return;
    }
    if (isOn(`${call}Garbage`)) {
      send(response, 200, 'text/html', '<html>stand-in: nonsense as asked');
      return;
    }
    if (isOn(`${call}Slow`)) await new Promise((passed) => setTimeout(passed, slowMs));
    const answered = this.#work(call, question);
    if (isOn(`${call}DoneSilent`)) return;
    sendJson(response, answered);
  }

  #work(call: string, question: Readonly<Record<string, unknown>>): StandInAnswer {
    switch (call) {
      case 'request':
        return this.#books.request(question);
      case 'inquiry':
        return this.#books.inquire(question);
      case 'unVerified':
        return this.#books.unverified(question);
      default:
        return this.#verify(question);
    }
  }

  #verify(question: Readonly<Record<string, unknown>>): StandInAnswer {
    const asked = Number(question['amount']);
    if (this.#faults.includes('otherAmountRefused'))
      return this.#books.verify({ ...question, amount: asked + otherBy });
    const answered = this.#books.verify(question);
    const { data } = answered.body as { data: object };
    return this.#faults.includes('otherAmountTaken') && !Array.isArray(data)
      ? { ...answered, body: { data: { ...data, amount: asked - otherBy }, errors: [] } }
      : answered;
  }

  #page(authority: string, does: string | undefined, method: string, response: ServerResponse): void {
    if (method === 'POST' && (does === 'pay' || does === 'cancel')) {
      const payment = this.#books.settle(authority, does);
      if (payment !== undefined && !this.#faults.includes('callBackLost')) {
        const back = new URL(payment.callbackUrl);
        back.searchParams.set('Authority', authority);
        back.searchParams.set('Status', does === 'pay' ? 'OK' : 'NOK');
        redirect(response, back.href);
        return;
      }
    }
    const payment = this.#books.find(authority);
    if (payment === undefined) send(response, 404, 'text/plain', 'stand-in: no such payment');
    else send(response, 200, 'text/html', payPage(payment, this.#faults));
  }

  #switch(body: string, type: string, back: string | null, response: ServerResponse): void {
    if (type.startsWith('application/json')) {
      const { faults, returnAfterMs } = readJson(body);
      if (Array.isArray(faults)) this.#faults = faults.map(String).filter(isStandInFault);
      if (typeof returnAfterMs === 'number') this.#books.returnAfterMs = returnAfterMs;
      sendJson(response, { status: 200, body: { faults: this.#faults, returnAfterMs: this.#books.returnAfterMs } });
      return;
    }
    this.#faults = [...new URLSearchParams(body).keys()].filter(isStandInFault);
    redirect(response, `/pg/StartPay/${encodeURIComponent(back ?? '')}`);
  }
}

export interface RunningGateway {
  readonly address: string;
  readonly close: () => Promise<void>;
}

export async function startGatewayStandIn(): Promise<RunningGateway> {
  const gateway = new Gateway();
  const server = createServer((request, response) => {
    gateway.answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((started, failed) => server.once('error', failed).listen(0, '127.0.0.1', started));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((closed) => {
    server.close(() => {
      closed();
    });
    server.closeAllConnections();
  });
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
  try {
    const read = JSON.parse(text) as unknown;
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const said = { [standInHeader]: 'paymentGateway', 'cache-control': 'no-store' };

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...said }).end(body);
}

function sendJson(response: ServerResponse, { status, body }: StandInAnswer): void {
  send(response, status, 'application/json', JSON.stringify(body));
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location, ...said }).end();
}

if (import.meta.main) {
  const { address, close: stop } = await startGatewayStandIn();
  process.stdout.write(`payment-gateway stand-in ${address}\n`);
  process.on('SIGINT', () => undefined); // a terminal interrupts us, too; our starter ends us when it has finished
  process.stdin.resume().once('close', () => void stop());
}
