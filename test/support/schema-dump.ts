import type pg from 'pg';

/**
 * The schema as text, from the catalogs alone: the same for every PostgreSQL from 15 on, whatever way the
 * migrations took. `sql/schema.sql` holds it for reading; a test keeps the two equal.
 */
export async function dumpSchema(client: pg.Client): Promise<string> {
  const parts = [
    '-- The schema after all migrations. Made from the catalogs (npm run schema); do not edit.',
    ...(await lines(client, SCHEMA_GRANTS)),
    ...(await lines(client, ENUMS)),
    ...(await lines(client, TABLES)),
    ...(await lines(client, INDEXES)),
    ...(await lines(client, VIEWS)),
    ...(await lines(client, FUNCTIONS)),
    ...(await lines(client, TRIGGERS)),
    ...(await lines(client, OWNERS)),
    ...(await lines(client, ROW_SECURITY)),
    ...(await lines(client, POLICIES)),
    ...(await lines(client, GRANTS)),
    ...(await lines(client, COLUMN_GRANTS)),
  ];
  return `${parts.join('\n\n')}\n`;
}

async function lines(client: pg.Client, sql: string): Promise<string[]> {
  const { rows } = await client.query<{ text: string }>(sql);
  return rows.map((row) => row.text);
}

/** Names are written as `regclass`: bare in the schema `public`, else with their schema. */
const HERE = "('public'::regnamespace, 'publication'::regnamespace)";

const ENUMS = `
  select format('create type %I as enum (%s);', t.typname,
    string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)) as text
  from pg_type t join pg_enum e on e.enumtypid = t.oid
  where t.typnamespace in ${HERE}
  group by t.typname order by t.typname`;

// PostgreSQL 18 lists NOT NULL among the constraints (contype n); the column line says it already.
const TABLES = `
  select format(E'create table %s (\\n  %s\\n);', c.oid::regclass,
    (select string_agg(item, E',\\n  ' order by kind, position, item) from (
      select 1 as kind, a.attnum as position, format('%I %s', a.attname,
          format_type(a.atttypid, a.atttypmod))
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
        || case when a.attnotnull then ' not null' else '' end as item
      from pg_attribute a
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      union all
      select 2, case k.contype when 'p' then 1 when 'u' then 2 when 'f' then 3 else 4 end,
        format('constraint %I %s', k.conname, pg_get_constraintdef(k.oid))
      from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n'
    ) items)) as text
  from pg_class c
  where c.relnamespace in ${HERE} and c.relkind in ('r', 'p')
  order by c.oid::regclass::text`;

const INDEXES = `
  select pg_get_indexdef(i.indexrelid) || ';' as text
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where c.relnamespace in ${HERE}
    and not exists (select from pg_constraint k where k.conindid = i.indexrelid
      and k.contype in ('p', 'u', 'x'))
  order by c.relname`;

// Columns and sources rather than the text of the view: its layout differs between versions.
const VIEWS = `
  select format(E'-- view %s%s\\n--   columns: %s\\n--   reads: %s', c.oid::regclass,
    coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', ''),
    (select string_agg(a.attname, ', ' order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    (select string_agg(distinct r.relname, ', ' order by r.relname)
      from pg_rewrite w join pg_depend d on d.objid = w.oid and d.classid = 'pg_rewrite'::regclass
      join pg_class r on r.oid = d.refobjid and d.refclassid = 'pg_class'::regclass
      where w.ev_class = c.oid and r.oid <> c.oid)) as text
  from pg_class c where c.relnamespace in ${HERE} and c.relkind in ('v', 'm')
  order by c.relname`;

const FUNCTIONS = `
  select pg_get_functiondef(p.oid) || ';' as text
  from pg_proc p where p.pronamespace in ${HERE} order by p.proname, p.oid`;

const TRIGGERS = `
  select pg_get_triggerdef(t.oid) || ';' as text
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where c.relnamespace in ${HERE} and not t.tgisinternal order by c.relname, t.tgname`;

const ROW_SECURITY = `
  select format('alter table %s %s;', oid::regclass, case when relforcerowsecurity
    then 'enable row level security, force row level security'
    else 'enable row level security' end) as text
  from pg_class where relnamespace in ${HERE} and relrowsecurity order by relname`;

const POLICIES = `
  select format(E'create policy %I on %I as %s for %s to %s%s%s;', policyname, tablename,
    lower(permissive), lower(cmd), array_to_string(roles, ', '),
    coalesce(E'\\n  using (' || regexp_replace(qual, '\\s+', ' ', 'g') || ')', ''),
    coalesce(E'\\n  with check (' || regexp_replace(with_check, '\\s+', ' ', 'g') || ')', ''))
    as text
  from pg_policies where schemaname in ('public', 'publication') order by tablename, policyname`;

const GRANTS = `
  select format('grant %s on %s to %s;', string_agg(lower(g.privilege_type), ', '
      order by g.privilege_type), c.oid::regclass, g.grantee::regrole) as text
  from pg_class c cross join lateral aclexplode(c.relacl) g
  where c.relnamespace in ${HERE} and c.relkind in ('r', 'p', 'v', 'm') and g.grantee <> c.relowner
  group by c.oid, g.grantee order by c.oid::regclass::text, g.grantee::regrole::text`;

const SCHEMA_GRANTS = `
  select format('create schema %I authorization %s;', n.nspname, n.nspowner::regrole)
    || coalesce((select string_agg(format(E'\\ngrant %s on schema %I to %s;',
        lower(g.privilege_type), n.nspname, g.grantee::regrole), ''
        order by g.grantee::regrole::text, g.privilege_type)
      from aclexplode(n.nspacl) g where g.grantee <> n.nspowner), '') as text
  from pg_namespace n where n.nspname = 'publication'`;

/** Tables that somebody else owns than the role that migrates. */
const OWNERS = `
  select format('alter table %s owner to %s;', c.oid::regclass, c.relowner::regrole) as text
  from pg_class c
  where c.relnamespace in ${HERE} and c.relkind in ('r', 'p', 'v', 'm')
    and c.relowner <> 'thonban_owner'::regrole
  order by c.oid::regclass::text`;

const COLUMN_GRANTS = `
  select format('grant %s (%s) on %s to %s;', lower(g.privilege_type),
    string_agg(a.attname, ', ' order by a.attnum), c.oid::regclass, g.grantee::regrole) as text
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  cross join lateral aclexplode(a.attacl) g
  where c.relnamespace in ${HERE} and a.attnum > 0
  group by c.oid, g.privilege_type, g.grantee
  order by c.oid::regclass::text, g.privilege_type, g.grantee::regrole::text`;
