import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';

/* A route that reads a small JSON body and answers a small one, and nothing else. Prints its port. */

const app = Fastify({ logger: false });
app.post('/bare', (_request, reply) => reply.send({ outcome: 'ENTITLED', trackingCode: '4819205733161234' }));
await app.listen({ host: '127.0.0.1', port: 0 });
console.log((app.server.address() as AddressInfo).port);
process.on('SIGTERM', () => {
  app.server.closeAllConnections();
  void app.close();
});
