import { asFault } from '../database/index.ts';
import type { Reader } from './read-dossiers.ts';
import { mergeName, type Sources } from './sources.ts';

/** As the sources have it; null is what none of them says. */
export interface PersonName {
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** Registered mobiles; who has none is not in the map. */
export async function readMobiles(reader: Reader, persons: readonly bigint[]): Promise<Map<bigint, bigint>> {
  try {
    const { rows } = await reader.query<{ person: bigint; mobile: bigint }>({
      name: 'mobiles-of-persons',
      text: 'select person, mobile from person_mobile where person = any($1::bigint[]) order by person, mobile desc',
      values: [persons],
    });
    return new Map(rows.map(({ person, mobile }) => [person, mobile]));
  } catch (error) {
    throw asFault(error);
  }
}

/** Who is not in the register is not in the map. */
export async function readNames(reader: Reader, persons: readonly bigint[]): Promise<Map<bigint, PersonName>> {
  try {
    const { rows } = await reader.query<{ person: bigint; sources: Sources }>({
      name: 'names-of-persons',
      text: 'select person, sources from dossier where person = any($1::bigint[])',
      values: [persons],
    });
    return new Map(rows.map(({ person, sources }) => [person, mergeName(sources)]));
  } catch (error) {
    throw asFault(error);
  }
}
