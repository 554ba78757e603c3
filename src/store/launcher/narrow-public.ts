import pg from 'pg';
import { LOCKS } from '../locks.js';
import { APP_ROLE, OWNER_ROLE, PUBLIC_ROLE, PUBLISHER_ROLE } from './roles.js';

/**
 * Functions of PostgreSQL itself that everybody may run, and that reach beyond reading: locks hold up
 * whoever waits for them (the signing of the log, publishing), large objects and messages in the journal
 * fill the disk. To unlock is harmless: it gives up one's own.
 */
const REACHING = `
  select p.oid::regprocedure::text as name, p.proname ~ 'advisory' as "isLock",
    pg_has_role(p.proowner, 'usage') as "isMine"
  from pg_proc p
  where p.pronamespace = 'pg_catalog'::regnamespace
    and p.proname ~ '^(pg_(try_)?advisory_(xact_)?lock|lo_|lo(read|write)$|pg_logical_emit_message$)'
    and (has_function_privilege('public', p.oid, 'execute')
      or p.proname ~ 'advisory' and not has_function_privilege('${APP_ROLE}', p.oid, 'execute'))
  order by 1`;

/** Who takes the locks of LOCKS; the owner of the database makes the roles of an external one. */
const LOCKING = `${APP_ROLE}, ${OWNER_ROLE}, ${PUBLISHER_ROLE}, pg_database_owner`;

/**
 * Takes those functions from everybody in the database that `admin` is connected to, and gives the locks
 * back to who takes them. @returns what stays open, because the functions belong to somebody else
 */
export async function closeFunctions(admin: pg.ClientBase): Promise<string[]> {
  type Row = { name: string; isLock: boolean; isMine: boolean };
  const { rows } = await admin.query<Row>(REACHING);
  const mine = rows.filter((row) => row.isMine);
  const names = (some: Row[]): string => some.map(({ name }) => name).join(', ');
  const locks = mine.filter((row) => row.isLock);
  if (mine.length > 0) {
    // Together in one transaction; whoever does the same meanwhile waits.
    await admin.query(
      [
        `select pg_advisory_xact_lock(${LOCKS.roles})`,
        `revoke execute on function ${names(mine)} from public`,
        ...(locks.length ? [`grant execute on function ${names(locks)} to ${LOCKING}`] : []),
      ].join(';\n'),
    );
  }
  return rows.filter((row) => !row.isMine).map(({ name }) => name);
}

/** So many sessions of all public sites together; one site takes four. */
const PUBLIC_SESSIONS = 20;

/**
 * Bounds for a login that serves the public. The number of sessions binds it; times are what a session
 * of the program has, and a hostile one may set its own. @returns `false` when `admin` may not
 */
export async function limitPublicLogin(
  admin: pg.ClientBase,
  role: string = PUBLIC_ROLE,
): Promise<boolean> {
  const name = pg.escapeIdentifier(role);
  const { rows } = await admin.query<{ sessions: number; settings: string[] | null }>(
    'select rolconnlimit as sessions, rolconfig as settings from pg_roles where rolname = $1',
    [role],
  );
  const [found] = rows;
  const settings = new Set(found?.settings);
  const isSet = TIMES.every(([setting, value]) => settings.has(`${setting}=${value}`));
  if (found?.sessions === PUBLIC_SESSIONS && isSet) return true;
  try {
    await admin.query(`alter role ${name} connection limit ${PUBLIC_SESSIONS}`);
    for (const [setting, value] of TIMES) {
      await admin.query(`alter role ${name} set ${setting} = '${value}'`);
    }
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '42501') return false;
    throw error;
  }
}

const TIMES = [
  ['statement_timeout', '60s'],
  ['idle_in_transaction_session_timeout', '60s'],
  ['idle_session_timeout', '10min'],
] as const;
