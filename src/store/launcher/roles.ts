import pg from 'pg';
import type { Secrets } from './secrets.js';

export const DATABASE = 'thonban';
export const OWNER_ROLE = 'thonban_owner';
export const APP_ROLE = 'thonban_app';
export const BACKUP_ROLE = 'thonban_backup';

/**
 * Makes the three roles and the database of an instance. Nobody here may pass row security: `owner`
 * holds the schema and migrates, `app` is what requests use, `backup` reads by a policy of its own.
 */
export async function ensureDatabase(superuser: pg.Client, secrets: Secrets): Promise<void> {
  await superuser.query('select pg_advisory_lock(7400001)');
  try {
    const passwords: [string, string][] = [
      [OWNER_ROLE, secrets.owner],
      [APP_ROLE, secrets.app],
      [BACKUP_ROLE, secrets.backup],
    ];
    for (const [role, password] of passwords) await ensureRole(superuser, role, password);
    const found = await superuser.query('select from pg_database where datname = $1', [DATABASE]);
    if (!found.rowCount) {
      await superuser.query(`create database ${DATABASE} owner ${OWNER_ROLE}`);
    }
    await grantDatabase(superuser, DATABASE);
  } finally {
    await superuser.query('select pg_advisory_unlock(7400001)');
  }
}

/** Makes a role that can do nothing but log in (or, without a password, not even that). */
export async function ensureRole(
  admin: pg.ClientBase,
  role: string,
  password: string | null,
): Promise<void> {
  const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount) return;
  const login = password === null ? 'nologin' : `login password ${pg.escapeLiteral(password)}`;
  await admin.query(
    `create role ${pg.escapeIdentifier(role)} ${login}
     nosuperuser nobypassrls nocreatedb nocreaterole`,
  );
}

/** Only our roles connect; `temporary` is for the staging tables of bulk loads. */
export async function grantDatabase(admin: pg.ClientBase, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database);
  await admin.query(`revoke all on database ${name} from public`);
  await admin.query(`grant connect, temporary on database ${name} to ${APP_ROLE}`);
  await admin.query(`grant connect on database ${name} to ${OWNER_ROLE}, ${BACKUP_ROLE}`);
}
