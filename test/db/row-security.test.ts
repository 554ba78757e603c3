import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestStore } from '../support/database.js';
import { testStore } from '../support/database.js';

// Read from the catalogs of a migrated database, so that a table made in any way is seen.
let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

/** Household-scoped tables (they have a `book_id` that may not be null) that are open somewhere. */
const OPEN_TABLES = `
  select c.relname as name
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'book_id' and a.attnotnull
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and c.relname <> 'books'
    and not (c.relrowsecurity and c.relforcerowsecurity and (
      select count(*) from pg_policies p
      where p.tablename = c.relname and p.permissive = 'PERMISSIVE'
        and 'thonban_app' = any (p.roles)
        and (p.cmd = 'INSERT' or (p.qual like '%place_scopes%'
          and p.qual like case p.cmd when 'SELECT' then '%thonban.scope%' else '%write_scope%' end))
        and (p.cmd = 'SELECT' or p.with_check like '%place_scopes%write_scope%')
        and p.cmd in ('SELECT', 'INSERT', 'UPDATE')) = 3)
  order by 1`;

/** Further policies would be added with OR, and open what the first one closes. */
const WIDER_POLICIES = `
  select tablename || ': ' || policyname as name
  from pg_policies
  where schemaname = 'public' and roles && array['thonban_app', 'public']::name[]
    and policyname not in ('scope_read', 'scope_insert', 'scope_update', 'append', 'read_in_scope')
    -- What commands came to and jobs are their actor's own.
    and not (tablename in ('command_outcomes', 'jobs')
      and policyname in ('own_read', 'own_insert', 'installation_update'))
  order by 1`;

const VIEWS_AS_OWNER = `
  select relname as name from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
    and not coalesce('security_invoker=true' = any (reloptions), false)`;

const OWNED_OR_MIGHTY = `
  select r.rolname || ' owns ' || c.relname as name
  from pg_class c join pg_roles r on r.oid = c.relowner
  where r.rolname in ('thonban_app', 'thonban_backup')
  union all
  select rolname || ' has more rights than it needs' from pg_roles
  where (rolname = 'thonban_app'
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication))
    or (rolname in ('thonban_owner', 'thonban_backup') and rolsuper)
  union all
  select m.rolname || ' is a member of ' || g.rolname
  from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles g on g.oid = a.roleid
  where m.rolname = 'thonban_app'`;

const TRIGGERS = `
  select tgrelid::regclass || ': ' || tgname as name from pg_trigger where not tgisinternal`;

const namesFrom = (sql: string, before = '') =>
  store.behind(async (client: pg.Client) => {
    await client.query('begin');
    if (before) await client.query(before);
    const { rows } = await client.query<{ name: string }>(sql);
    await client.query('rollback');
    return rows.map((row) => row.name);
  });

test.each([
  ['every household-scoped table is closed, also to its owner', OPEN_TABLES],
  ['no policy opens what another one closes', WIDER_POLICIES],
  ['views ask with the rights of the reader', VIEWS_AS_OWNER],
  ['the server owns nothing and bypasses nothing', OWNED_OR_MIGHTY],
  ['nothing happens behind the back of a statement', TRIGGERS],
])('%s', async (_, sql) => {
  expect(await namesFrom(sql)).toEqual([]);
});

const NEW_TABLE = 'create table leaky (book_id uuid not null, place_id uuid);';
const CLOSED = `${NEW_TABLE} alter table leaky enable row level security;`;

test.each([
  [OPEN_TABLES, NEW_TABLE, 'leaky'],
  [OPEN_TABLES, `${CLOSED} alter table leaky force row level security;`, 'leaky'],
  [OPEN_TABLES, 'alter table households no force row level security', 'households'],
  [OPEN_TABLES, 'drop policy scope_read on persons', 'persons'],
  [OPEN_TABLES, 'alter policy scope_insert on persons with check (true)', 'persons'],
  [OPEN_TABLES, 'alter policy scope_update on persons using (true)', 'persons'],
  [WIDER_POLICIES, 'create policy all_in on persons using (true)', 'persons: all_in'],
  [VIEWS_AS_OWNER, 'create view leak as select * from households', 'leak'],
  [OWNED_OR_MIGHTY, 'alter role thonban_app bypassrls', 'thonban_app has more rights'],
  [OWNED_OR_MIGHTY, 'grant thonban_owner to thonban_app', 'thonban_app is a member of'],
])('the check is able to fail: %#', async (sql, before, found) => {
  expect((await namesFrom(sql, before)).join()).toContain(found);
});
