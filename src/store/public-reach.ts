import type pg from 'pg';
import { Problem } from '../kernel/index.js';
import { PUBLIC_ROLE } from './launcher/roles.js';

/** All that a process which serves the public may read. */
export const PUBLIC_READS: Readonly<Record<string, readonly string[]>> = {
  'publication.editions': [
    ...['only_row', 'format', 'kind', 'province_code', 'program', 'data_version', 'made_at'],
    'digest',
  ],
  'publication.shelves': ['shelf', 'answers', 'sha256'],
};

const READABLE = Object.entries(PUBLIC_READS).flatMap(([table, columns]) =>
  columns.map((column) => `${table}.${column}`),
);

/** Relations and functions that are no part of PostgreSQL itself. */
const OURS = `n.nspname not in ('pg_catalog', 'information_schema')
  and n.nspname !~ '^pg_(toast|temp)'`;

/** Catalogs with contents of tables or passwords; ordinary roles may not read them. */
const SECRET_CATALOGS = `'pg_authid', 'pg_statistic', 'pg_statistic_ext_data', 'pg_shadow',
  'pg_largeobject', 'pg_user_mapping', 'pg_hba_file_rules', 'pg_file_settings'`;

/** `$1` = role, `$2` = columns it may read. Each line is one right too many. */
const TOO_MUCH = `
  select 'select ' || c.oid::regclass || '.' || a.attname as found
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${OURS}
    and has_column_privilege($1::name, c.oid, a.attnum, 'select')
    and not c.oid::regclass || '.' || a.attname = any ($2::text[])
  union all
  select 'write ' || c.oid::regclass
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${OURS}
    and (has_table_privilege($1::name, c.oid, 'insert, update, delete, truncate, trigger')
      or has_any_column_privilege($1::name, c.oid, 'insert, update, references'))
  union all
  select 'use ' || c.oid::regclass
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${OURS} and case when c.relkind = 'S'
    then has_sequence_privilege($1::name, c.oid, 'usage, select, update') end
  union all
  select 'select ' || c.relname
  from pg_class c
  where c.relnamespace = 'pg_catalog'::regnamespace and c.relname in (${SECRET_CATALOGS})
    and has_table_privilege($1::name, c.oid, 'select')
  union all
  select 'execute ' || p.oid::regprocedure
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.prosecdef and ${OURS} and has_function_privilege($1::name, p.oid, 'execute')
  union all
  select 'create in ' || n.nspname
  from pg_namespace n
  where n.nspname !~ '^pg_temp' and has_schema_privilege($1::name, n.oid, 'create')
  union all
  select 'create schemas' where has_database_privilege($1::name, current_database(), 'create')
  union all
  select 'own ' || c.oid::regclass
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_roles r on r.oid = c.relowner
  where ${OURS} and r.rolname = $1::name
  union all
  select 'be ' || g.rolname
  from pg_roles g
  where g.rolname not in ($1::name, '${PUBLIC_ROLE}') and pg_has_role($1::name, g.oid, 'member')
  union all
  select 'administer' from pg_roles
  where rolname = $1::name
    and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
  order by 1`;

/**
 * Rights of a role beyond the public projections, read from the catalogs: however they were given
 * (to it, to everybody, through another role, by ownership), they are found. Empty = as it must be.
 */
export async function findTooFarReach(client: pg.ClientBase, role: string): Promise<string[]> {
  const { rows } = await client.query<{ found: string }>(TOO_MUCH, [role, READABLE]);
  return rows.map((row) => row.found);
}

/** Refuses to serve the public on a connection that could reach more than the projections. */
export async function refuseFarReach(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ me: string }>('select current_user::text as me');
  const me = rows[0]?.me ?? '';
  const found = await findTooFarReach(client, me);
  if (found.length === 0) return;
  const some = found.slice(0, 5).join('; ');
  throw new Problem('environment', {
    code: 'public-role-too-powerful',
    what: `Từ chối phục vụ công chúng bằng tài khoản cơ sở dữ liệu "${me}".`,
    why: `Tài khoản này làm được nhiều hơn là đọc bản công khai: ${some}${found.length > 5 ? `; … (${found.length} quyền)` : ''}.`,
    todo: `Thu hồi các quyền đó (REVOKE), hoặc dùng đúng tài khoản ${PUBLIC_ROLE}.`,
    details: { found },
  });
}
