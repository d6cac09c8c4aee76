import type { Pool } from 'pg';
import { Fault, type Clock } from '../platform/index.ts';

/** A demo has made-up people and stand-ins of the outside systems; a real one never has either. */
export type Installation = 'real' | 'demo';

export async function findInstallation(pool: Pool): Promise<Installation | undefined> {
  const { rows } = await pool.query<{ kind: Installation }>('select kind from installation');
  return rows[0]?.kind;
}

/**
 * Says what this installation is, if nobody has yet.
 * @throws Fault INSTALLATION_OTHER_KIND when it is the other
 */
export async function claimInstallation(pool: Pool, wanted: Installation, clock: Clock): Promise<void> {
  await pool.query(
    `insert into installation (name, kind, claimed_at) values ('kind', $1, $2) on conflict (name) do nothing`,
    [wanted, clock.now()],
  );
  const found = await findInstallation(pool);
  if (found === wanted) return;
  throw new Fault(
    'INSTALLATION_OTHER_KIND',
    found === 'demo'
      ? 'This data folder holds a demo, with made-up people; it can never become a real installation. ' +
          'Name another folder in ESTEHQAQ_DATA, or start with --demo.'
      : 'This data folder holds a real installation; it can never become a demo. ' +
          'Name another folder in ESTEHQAQ_DATA, or start without --demo.',
  );
}
