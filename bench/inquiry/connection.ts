import { connect, type Socket } from 'node:net';

type OnAnswer = (connection: Connection, name: string, askedAt: number) => void;

/** The head of an answer ends, and its body begins. */
const endOfHead = '\r\n\r\n';

/** One connection that is kept open, with one request on it at a time; as little work as will do. */
export class Connection {
  readonly #socket: Socket;
  readonly #onAnswer: OnAnswer;
  #askedAt = 0;
  #received = '';
  hasRetryAfter = false;

  private constructor(port: number, onAnswer: OnAnswer) {
    this.#onAnswer = onAnswer;
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      // All in one buffer, which is read at once.
      onread: {
        buffer: shared,
        callback: (length) => {
          this.#take(shared.toString('latin1', 0, length));
          return true;
        },
      },
    });
  }

  static async open(port: number, onAnswer: OnAnswer): Promise<Connection> {
    const connection = new Connection(port, onAnswer);
    const socket = connection.#socket;
    await new Promise<void>((opened, failed) => {
      socket.once('connect', opened).once('error', failed);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (connection.#askedAt > 0) connection.#answered('closed');
    });
    return connection;
  }

  send(request: string, askedAt: number): void {
    this.#askedAt = askedAt;
    this.#socket.write(request, 'latin1');
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(piece: string): void {
    this.#received = this.#received === '' ? piece : this.#received + piece;
    const head = this.#received.indexOf(endOfHead);
    if (head < 0) return;
    const named = this.#received.indexOf('content-length: ');
    const length = Number.parseInt(this.#received.slice(named + 16, named + 24), 10);
    if (this.#received.length < head + endOfHead.length + length) return;
    const status = this.#received.slice(9, 12);
    const isProblem = status !== '200';
    this.hasRetryAfter = isProblem && this.#received.includes('\r\nretry-after: ');
    const name = isProblem ? `${status} ${/"code":"(\w+)"/.exec(this.#received)?.[1] ?? ''}` : status;
    this.#received = '';
    this.#answered(name);
  }

  #answered(name: string): void {
    const askedAt = this.#askedAt;
    this.#askedAt = 0;
    this.#onAnswer(this, name, askedAt);
  }
}

const shared = Buffer.allocUnsafe(64 * 1024);
