import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { Fault, type Registry } from '../../platform/index.ts';
import type { App } from './typed-app.ts';

export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Accepts nothing more, answers what was accepted, and ends. */
  readonly close: () => Promise<void>;
}

/** A client that never reads its answer is not waited for longer than this. */
const patienceMs = 10_000;

/** @throws Fault PORT_TAKEN */
export async function listen(app: App, { host, port }: { host: string; port: number }): Promise<Listening> {
  await app.listen({ host, port }).catch((error: unknown) => {
    throw asPortFault(error, host, port);
  });
  const address = app.server.address() as AddressInfo;
  return {
    url: `http://${hostIn(host)}:${address.port}`,
    port: address.port,
    close: async () => {
      const timer = setTimeout(() => {
        app.server.closeAllConnections();
      }, patienceMs);
      await app.close();
      clearTimeout(timer);
    },
  };
}

const usualMetricsPort = 4001;

/** `/metrics` on a port of its own, so that whoever may read counts need not reach the API, nor the other way round. */
export async function listenForMetrics(
  metrics: Registry,
  { host, port }: { host: string; port: number | undefined },
): Promise<Listening> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    void metrics.metrics().then((page) => {
      response.writeHead(200, { 'content-type': metrics.contentType }).end(page);
    });
  });
  await bind(server, host, port ?? usualMetricsPort).catch(async (error: unknown) => {
    if (port !== undefined) throw asPortFault(error, host, port);
    await bind(server, host, 0);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${hostIn(host)}:${address.port}/metrics`,
    port: address.port,
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}

async function bind(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((bound, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      bound();
    });
  });
}

function asPortFault(error: unknown, host: string, port: number): unknown {
  const { code } = error as { code?: unknown };
  if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') return error;
  const reason = code === 'EADDRINUSE' ? 'is taken by another process' : `is not to be had (${code})`;
  return new Fault(
    'PORT_TAKEN',
    `The port ${port} at ${host} ${reason}. Name another with --port or PORT (METRICS_PORT for the metrics).`,
    error,
  );
}

function hostIn(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
