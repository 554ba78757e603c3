import pg from 'pg';
import { LOCKS } from '../locks.js';
import type { Secrets } from './secrets.js';
import { newPassword, readPublicSecret, writePublicSecret } from './secrets.js';

export const DATABASE = 'thonban';
export const OWNER_ROLE = 'thonban_owner';
export const APP_ROLE = 'thonban_app';
export const BACKUP_ROLE = 'thonban_backup';
export const PUBLISHER_ROLE = 'thonban_publisher';
export const PUBLIC_ROLE = 'thonban_public';

/**
 * Makes the roles and the database of an instance. Nobody here may pass row security: `owner` holds
 * the schema and migrates, `app` is what requests use, `backup` reads by a policy of its own,
 * `publisher` holds the public projections, `public` reads them and nothing else.
 */
export async function ensureDatabase(
  superuser: pg.Client,
  secrets: Secrets,
  dataDir: string,
): Promise<void> {
  await superuser.query(`select pg_advisory_lock(${LOCKS.roles})`);
  try {
    const passwords: [string, string][] = [
      [OWNER_ROLE, secrets.owner],
      [APP_ROLE, secrets.app],
      [BACKUP_ROLE, secrets.backup],
    ];
    for (const [role, password] of passwords) await ensureRole(superuser, role, password);
    await ensurePublicLogin(superuser, dataDir);
    const found = await superuser.query('select from pg_database where datname = $1', [DATABASE]);
    if (!found.rowCount) {
      await superuser.query(`create database ${DATABASE} owner ${OWNER_ROLE}`);
    }
    await grantDatabase(superuser, DATABASE);
    // In the databases that every server has nobody of ours has anything to do.
    await superuser.query('revoke connect on database postgres, template1 from public');
  } finally {
    await superuser.query(`select pg_advisory_unlock(${LOCKS.roles})`);
  }
}

/** The role comes first: a crash in between leaves no file, and the next start makes a new password. */
async function ensurePublicLogin(superuser: pg.Client, dataDir: string): Promise<void> {
  const known = readPublicSecret(dataDir);
  const password = known ?? newPassword();
  await ensurePublicRoles(superuser, password);
  if (known !== null) return;
  await givePassword(superuser, PUBLIC_ROLE, password);
  writePublicSecret(dataDir, password);
}

/** The two roles of the public projections. Their owner cannot log in; the schema's owner acts for it. */
export async function ensurePublicRoles(
  admin: pg.ClientBase,
  publicPassword: string | null,
): Promise<void> {
  await ensureRole(admin, PUBLISHER_ROLE, null);
  await ensureRole(admin, PUBLIC_ROLE, publicPassword);
  await admin.query(`grant ${PUBLISHER_ROLE} to ${OWNER_ROLE}`);
}

/**
 * Makes a role that can do nothing but log in (or, without a password, not even that). One that could
 * not log in until now is given the password.
 */
export async function ensureRole(
  admin: pg.ClientBase,
  role: string,
  password: string | null,
): Promise<void> {
  const { rows } = await admin.query<{ opens: boolean }>(
    'select rolcanlogin as opens from pg_roles where rolname = $1',
    [role],
  );
  const [found] = rows;
  if (found) {
    if (!found.opens && password !== null) await givePassword(admin, role, password);
    return;
  }
  const login = password === null ? 'nologin' : `login password ${pg.escapeLiteral(password)}`;
  await admin.query(
    `create role ${pg.escapeIdentifier(role)} ${login}
     nosuperuser nobypassrls nocreatedb nocreaterole`,
  );
}

const givePassword = (admin: pg.ClientBase, role: string, password: string) =>
  admin.query(
    `alter role ${pg.escapeIdentifier(role)} login password ${pg.escapeLiteral(password)}`,
  );

/** Only our roles connect; `temporary` is for the staging tables of bulk loads. */
export async function grantDatabase(admin: pg.ClientBase, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database);
  // One transaction: every start waits for the disk once, not three times.
  await admin.query(
    `revoke all on database ${name} from public;
     grant connect, temporary on database ${name} to ${APP_ROLE};
     grant connect on database ${name} to ${OWNER_ROLE}, ${BACKUP_ROLE}, ${PUBLIC_ROLE}`,
  );
}
