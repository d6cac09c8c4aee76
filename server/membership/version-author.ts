import { asFault } from '../database/index.ts';
import type { Reader, WantedVersion } from './read-dossiers.ts';

/** By whom a version was recorded; undefined for one that is not there. @throws Fault DATABASE_… */
export async function findVersionAuthor(
  reader: Reader,
  { person, version }: WantedVersion,
): Promise<string | undefined> {
  try {
    const { rows } = await reader.query<{ author: string }>(
      'select recorded_by as author from dossier_version where person = $1 and version = $2',
      [person, version],
    );
    return rows[0]?.author;
  } catch (error) {
    throw asFault(error);
  }
}
