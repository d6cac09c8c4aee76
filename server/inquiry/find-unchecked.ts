import type { Pool } from 'pg';
import { asFault } from '../database/index.ts';
import { checksOf, type Check, type ServiceGiven } from '../decisions/index.ts';
import { recordReadings, type RecordReading } from '../membership/index.ts';
import type { Clock, Ids } from '../platform/index.ts';

const servicesAtOnce = 1_000;

export interface UncheckedParts {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'make'>;
  /** Of staff, who reads the report. */
  readonly reader: Pick<RecordReading, 'reader' | 'role'>;
}

export interface UncheckedService {
  readonly service: ServiceGiven;
  /** The place in the list that was handed in, from 0. */
  readonly place: number;
  readonly check: Exclude<Check, 'checked'>;
}

/**
 * Of a list of services those without an answer to the provider's inquiry that day, judged by setting (T-26 to T-28).
 * The list may be as long as it likes: it is read by and by. Who is left out tells something, too; so it is recorded of
 * every person in the list that the reader was told of him or her, and first.
 * @throws Fault DATABASE_…
 */
export async function* findUnchecked(
  parts: UncheckedParts,
  services: Iterable<ServiceGiven> | AsyncIterable<ServiceGiven>,
): AsyncGenerator<UncheckedService> {
  let begin = 0;
  let some: ServiceGiven[] = [];
  for await (const service of services) {
    some.push(service);
    if (some.length < servicesAtOnce) continue;
    yield* uncheckedOf(parts, some, begin);
    begin += some.length;
    some = [];
  }
  yield* uncheckedOf(parts, some, begin);
}

async function* uncheckedOf(
  { pool, clock, ids, reader }: UncheckedParts,
  services: readonly ServiceGiven[],
  begin: number,
): AsyncGenerator<UncheckedService> {
  if (services.length === 0) return;
  const persons = [...new Set(services.map(({ person }) => person))];
  const purpose = 'the report on services without an inquiry';
  await recordReadings(pool, clock, ids, { persons, ...reader, purpose }).catch((error: unknown) => {
    throw asFault(error);
  });
  const checks = await checksOf(pool, services);
  for (const [index, service] of services.entries()) {
    const check = checks[index] ?? 'unchecked';
    if (check !== 'checked') yield { service, place: begin + index, check };
  }
}
