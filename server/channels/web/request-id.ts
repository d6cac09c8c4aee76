import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { InvalidRequest } from './problems.ts';

export const idempotencyKey = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ maxLength: 202, description: 'The same as requestId, under the name that retrying clients know' }),
  ),
});

/** The header, or the field: the same thing. */
export function readRequestId({ headers }: Pick<FastifyRequest, 'headers'>, field: string | undefined) {
  const header = headers['idempotency-key'];
  if (header === undefined) return field;
  // The draft for this header writes a string in quotes; many clients write it without.
  const written = String(header).replace(/^"(.*)"$/, '$1');
  if (!/^[\x21-\x7e]{1,200}$/.test(written)) {
    throw new InvalidRequest('/requestId', 'Idempotency-Key must be 1 to 200 printable ASCII characters');
  }
  if (field !== undefined && field !== written) {
    throw new InvalidRequest('/requestId', 'requestId and Idempotency-Key must not differ');
  }
  return written;
}
