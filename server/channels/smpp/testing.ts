import { spawn, spawnSync } from 'node:child_process';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { findSmppAddresses, type SmppAddress } from './address.ts';

/** A message centre to test against, as a process of its own: `testing/smsc.pl`, whose codec is Debian's Net::SMPP. */
export interface MessageCentre {
  readonly port: number;
  readonly address: SmppAddress;
  /** One command of `testing/smsc.pl`; gives what it answers. */
  readonly tell: <T = Record<string, unknown>>(command: string) => Promise<T>;
  readonly close: () => Promise<void>;
}

const program = join(import.meta.dirname, 'testing/smsc.pl');
const user = 'esme';
const password = 'secret';

/** @param settings as `tps=50` */
export async function startMessageCentre(...settings: readonly string[]): Promise<MessageCentre> {
  requirePerl();
  const [port, controlPort] = [await freePort(), await freePort()];
  const options = [
    '--port',
    String(port),
    '--ctl',
    String(controlPort),
    '--user',
    user,
    '--pass',
    password,
    '--leash',
    '1',
  ];
  const child = spawn('perl', [program, ...options, ...settings.flatMap((each) => ['--set', each])], {
    stdio: ['ignore', 'pipe', 'ignore'], // an inherited stream would keep whoever waits for ours waiting
  });
  const ended = new Promise<void>((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', resolve);
    void ended.then(() => {
      reject(new Error('testing/smsc.pl did not start'));
    });
  });
  return {
    port,
    address: addressOf(port),
    tell: (command) => tell(controlPort, command),
    close: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export function addressOf(port: number, secret = password): SmppAddress {
  const [address] = findSmppAddresses(`smpp://${user}:${secret}@127.0.0.1:${port}`) ?? [];
  if (address === undefined) throw new Error('no address');
  return address;
}

/** A peer that does what `talk` does, for what the message centre would never do. */
export async function listening(
  talk: (socket: Socket) => void,
): Promise<{ readonly address: SmppAddress; readonly close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address: addressOf((server.address() as AddressInfo).port), close };
}

/** Waits until it holds; fails with what was waited for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, longestMs = 5_000): Promise<void> {
  const end = performance.now() + longestMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${longestMs} ms: ${what}`);
    await sleep(5);
  }
}

function requirePerl(): void {
  const { status } = spawnSync('perl', ['-MNet::SMPP', '-e', '1'], { stdio: 'ignore' });
  if (status === 0) return;
  throw new Error(
    'These tests need perl with Net::SMPP: apt-get install --no-install-recommends libnet-smpp-perl, or cpan Net::SMPP.',
  );
}

async function freePort(): Promise<number> {
  const { address, close } = await listening(() => undefined);
  await close();
  return address.port;
}

function tell<T>(controlPort: number, command: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const socket = connect(controlPort, '127.0.0.1', () => socket.write(`${command}\n`));
    socket.once('error', reject);
    createInterface({ input: socket }).once('line', (line) => {
      socket.end();
      resolve(JSON.parse(line) as T);
    });
  });
}
