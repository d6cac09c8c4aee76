import type { Client } from 'pg';
import { roleMissing } from './faults.ts';
import { appRole, ownerRole } from './embedded/settings.ts';

/**
 * Two roles. The owner makes and changes tables; only migrations and a few commands work as it. The application's role
 * owns nothing and has no right but those that migrations grant it: where it may only SELECT and INSERT, nothing is ever
 * changed or deleted, whatever our code does.
 *
 * Embedded, both log in by the Unix account (peer), and the application connects as `estehqaq_app` itself.
 * With DATABASE_URL its user is the owner, and the application's connections
 * - without DATABASE_URL_APP log in as the owner and `SET ROLE estehqaq_app`: that guards against our mistakes,
 *   but whoever can slip in SQL of his own can also RESET it;
 * - with DATABASE_URL_APP log in as that user, which must be a member of `estehqaq_app`: that is the hard wall.
 */
export const databaseName = 'estehqaq';

/** Roles and database of the embedded cluster; whoever holds the folder runs it, so it never meets itself. */
export async function prepareCluster(superuser: Client): Promise<void> {
  for (const role of [ownerRole, appRole]) await createRole(superuser, role);
  const { rowCount } = await superuser.query('select from pg_database where datname = $1', [databaseName]);
  if (rowCount === 0) await superuser.query(`create database ${databaseName} owner ${ownerRole}`);
}

export async function createRole(superuser: Client, role: string): Promise<void> {
  const { rowCount } = await superuser.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) await superuser.query(`create role ${role} login`);
}

/** Makes sure that the owner's connection can hand on rights to the application's role, and act as it. */
export async function prepareAppRole(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ name: string }>('select current_user as name');
  const user = rows[0]?.name ?? 'unknown';
  try {
    const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [appRole]);
    if (rowCount === 0) await owner.query(`create role ${appRole} nologin`);
    if (!(await canActAs(owner, appRole))) await owner.query(`grant ${appRole} to current_user`);
    if (!(await canActAs(owner, appRole))) throw roleMissing(appRole, user);
  } catch (error) {
    if ((error as { code?: string }).code === '42501') throw roleMissing(appRole, user, error);
    throw error;
  }
}

/** Whether the user that DATABASE_URL_APP names has the rights of the application's role. */
export async function requireMember(app: Client): Promise<void> {
  const { rows } = await app.query<{ name: string; member: boolean }>(
    `select current_user as name, pg_has_role(current_user, $1, 'usage') as member`,
    [appRole],
  );
  const found = rows[0];
  if (found?.member !== true) throw roleMissing(appRole, found?.name ?? 'unknown');
}

async function canActAs(client: Client, role: string): Promise<boolean> {
  try {
    await client.query(`set role ${role}`);
    await client.query('reset role');
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '42501') return false;
    throw error;
  }
}
