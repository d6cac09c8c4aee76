import type { Pool } from 'pg';
import type { Day } from '@estehqaq/law';
import { readDossiers } from '../membership/index.ts';
import { Fault, meaningOf } from '../platform/index.ts';
import type { Asker } from './asking.ts';
import { relationOf } from './dependants.ts';

/** `outcomeAndEnd`: about a dependant of full age, nothing but these two. */
export type MayAsk = 'minimum' | 'all' | 'withoutDates' | 'outcomeAndEnd';

/**
 * A person asks about oneself and one's own dependants; providers and staff about everybody.
 * @throws Fault NOT_YOURS, DATABASE_…
 */
export async function mayAsk(pool: Pool, asker: Asker, person: bigint, today: Day): Promise<MayAsk> {
  if (asker.kind === 'provider') return 'minimum';
  if (asker.kind === 'staff') return 'withoutDates';
  if (asker.person === person) return 'all';
  const record = (await readDossiers(pool, [person])).get(person)?.facts;
  const relation = relationOf(asker.person, person, record, today);
  if (relation === 'none') throw new Fault('NOT_YOURS', meaningOf('NOT_YOURS'));
  return relation === 'adultDependant' ? 'outcomeAndEnd' : 'all';
}
