import { setTimeout as sleep } from 'node:timers/promises';
import { Type } from 'typebox';
import type { App } from '../typed-app.ts';
import type { WebParts } from '../parts.ts';

/** A database that is frozen does not answer at all. */
const patienceMs = 2_000;

/** Alive: the process answers. Ready: an inquiry would be answered. */
export function addHealth(app: App, { isReady }: WebParts): void {
  const status = (...words: string[]) => Type.Object({ status: Type.Enum(words) });
  app.get(
    '/healthz',
    { schema: { summary: 'Does the process answer?', tags: ['operation'], response: { 200: status('alive') } } },
    () => ({ status: 'alive' }),
  );
  app.get(
    '/readyz',
    {
      schema: {
        summary: 'Would an inquiry be answered?',
        tags: ['operation'],
        response: { 200: status('ready'), 503: status('not ready') },
      },
    },
    async (_request, reply) => {
      const ready = await Promise.race([isReady(), sleep(patienceMs, false, { ref: false })]);
      if (ready) return { status: 'ready' };
      return reply.code(503).header('retry-after', '1').send({ status: 'not ready' });
    },
  );
}
