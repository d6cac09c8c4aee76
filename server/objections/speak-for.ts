import type { Pool } from 'pg';
import { principalsOf, readDossiers } from '../membership/index.ts';

/** Whether the person is a minor who depends on that principal today. */
export type IsMinorOf = (person: bigint, principal: bigint) => Promise<boolean>;

/**
 * Insured persons and pensioners of any age, adult dependants, and whoever is not in the register speak for themselves;
 * for minor dependants those speak on whom they depend.
 * @throws Fault DATABASE_…
 */
export async function maySpeakFor(pool: Pool, isMinorOf: IsMinorOf, speaker: bigint, person: bigint): Promise<boolean> {
  if (speaker !== person) return isMinorOf(person, speaker);
  const record = (await readDossiers(pool, [person])).get(person)?.facts;
  if (record === undefined || record.standings.some((standing) => standing.class !== 'dependant')) return true;
  for (const principal of principalsOf(record)) if (await isMinorOf(person, principal)) return false;
  return true;
}
