import type { Pool } from 'pg';
import { checksOf, type Check, type ServiceGiven } from '../decisions/index.ts';

const servicesAtOnce = 1_000;

export interface UncheckedService {
  readonly service: ServiceGiven;
  /** The place in the list that was handed in, from 0. */
  readonly place: number;
  readonly check: Exclude<Check, 'checked'>;
}

/**
 * Of a list of services those without an answer to the provider's inquiry that day, judged by setting (T-26 to T-28).
 * The list may be as long as it likes: it is read by and by.
 * @throws Fault DATABASE_…
 */
export async function* findUnchecked(
  pool: Pool,
  services: Iterable<ServiceGiven> | AsyncIterable<ServiceGiven>,
): AsyncGenerator<UncheckedService> {
  let begin = 0;
  let some: ServiceGiven[] = [];
  for await (const service of services) {
    some.push(service);
    if (some.length < servicesAtOnce) continue;
    yield* uncheckedOf(pool, some, begin);
    begin += some.length;
    some = [];
  }
  yield* uncheckedOf(pool, some, begin);
}

async function* uncheckedOf(
  pool: Pool,
  services: readonly ServiceGiven[],
  begin: number,
): AsyncGenerator<UncheckedService> {
  const checks = await checksOf(pool, services);
  for (const [index, service] of services.entries()) {
    const check = checks[index] ?? 'unchecked';
    if (check !== 'checked') yield { service, place: begin + index, check };
  }
}
