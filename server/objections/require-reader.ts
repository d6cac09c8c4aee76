import { asFault } from '../database/index.ts';
import { readRecord } from '../membership/index.ts';
import { Fault, meaningOf } from '../platform/index.ts';
import type { Actor } from './actor.ts';
import type { ObjectionsParts } from './desk.ts';
import { maySpeakFor } from './speak-for.ts';

/**
 * The person, the one who speaks for a minor, and staff, whose reading is recorded before: what cannot be recorded is
 * not read.
 * @throws Fault NOT_YOURS, DATABASE_…
 */
export async function requireReader(
  { pool, clock, ids, isMinorOf }: ObjectionsParts,
  person: bigint,
  reader: Actor,
  purpose: string,
): Promise<void> {
  if (reader.kind === 'self') {
    const isOwn = reader.person === person || (await maySpeakFor(pool, isMinorOf, reader.person, person));
    if (!isOwn) throw new Fault('NOT_YOURS', meaningOf('NOT_YOURS'));
    return;
  }
  const reading = { person, reader: reader.user, role: reader.role, purpose };
  await readRecord(pool, clock, ids, reading).catch((error: unknown) => {
    throw asFault(error);
  });
}
