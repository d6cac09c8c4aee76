import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, getCACertificates } from 'node:tls';
import type { SmppAddress } from './address.ts';
import type { LossReason } from './link.ts';

/** Opens a connection, over TLS only to a peer whose certificate is good for its name. */
export function dial(
  { host, port, isTls }: SmppAddress,
  certificateAuthority: string | undefined,
  longestMs: number,
  signal: AbortSignal,
): Promise<Socket | LossReason> {
  return new Promise((resolve) => {
    const socket = isTls
      ? connectTls({
          host,
          port,
          ...(isIP(host) === 0 && { servername: host }),
          ...(certificateAuthority !== undefined && { ca: [...getCACertificates('default'), certificateAuthority] }),
        })
      : connectPlain({ host, port });
    const settle = (outcome: Socket | LossReason): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      if (typeof outcome === 'string') socket.destroy();
      resolve(outcome);
    };
    const giveUp = (): void => {
      settle('closedByUs');
    };
    const timer = setTimeout(settle, longestMs, 'connectTimeout');
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      settle(socket);
    });
    // Stays: an error after the connection was given up must not end the process.
    socket.on('error', () => {
      settle('connectFailed');
    });
  });
}
