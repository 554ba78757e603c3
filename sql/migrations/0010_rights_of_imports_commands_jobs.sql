-- Purpose: row security for what is derived from households and stood open: imports (names of files and
-- sheets, counts), what commands came to, jobs. Why each, and why decisions of communes stay open:
-- docs/decisions/0009-access-test.md.
-- Locks: short, on imports, commands and jobs. Volume: one row per command is copied.
-- Check: select relname from pg_class where relrowsecurity and relname in ('imports', 'jobs',
-- 'command_outcomes'); (3 rows)

-- `reach`: scope keys over which whoever read (or wrote) the file could write then. Whoever answers for
-- all of them today sees all of the file. `scope_keys`: those, the province and the units of its sheets;
-- whoever answers for any of them sees that it is there.
alter table imports add column reach text[] not null default '{}';
alter table imports add column scope_keys text[] not null default '{}';
update imports i
set reach = array(select 'p:' || s.province_code from instance s),
  scope_keys = array(
    select 'p:' || s.province_code from instance s
    union
    select 'u:' || (sheet ->> 'unitCode') || '@' || (sheet ->> 'unitValidFrom')
    from jsonb_array_elements(i.counts -> 'counts' -> 'sheets') as sheet
    where sheet ->> 'unitCode' is not null);
alter table imports alter column reach drop default;
alter table imports alter column scope_keys drop default;

alter table imports enable row level security;
alter table imports force row level security;
create policy scope_read on imports for select to thonban_app
  using (scope_keys && string_to_array(nullif(current_setting('thonban.scope', true), ''), ','));
create policy scope_insert on imports for insert to thonban_app
  with check (
    scope_keys && string_to_array(nullif(current_setting('thonban.write_scope', true), ''), ','));
create policy scope_update on imports for update to thonban_app
  using (scope_keys && string_to_array(nullif(current_setting('thonban.write_scope', true), ''), ','))
  with check (
    scope_keys && string_to_array(nullif(current_setting('thonban.write_scope', true), ''), ','));
create policy backup on imports for select to thonban_backup using (true);

-- That a command ran is everybody's to know (caches ask for the newest); what it was given and what it
-- came to is its actor's, as long as they still answer for all they answered for then.
create table command_outcomes (
  command_id uuid primary key references commands,
  actor_id uuid not null,
  scope_keys text[] not null,
  reason text,
  input_hash bytea not null,
  result jsonb not null
);
insert into command_outcomes (command_id, actor_id, scope_keys, reason, input_hash, result)
select c.command_id, c.actor_id, array(select 'p:' || s.province_code from instance s), c.reason,
  c.input_hash, c.result
from commands c;
alter table commands drop column reason, drop column input_hash, drop column result;
alter table command_outcomes enable row level security;
alter table command_outcomes force row level security;
create policy own_read on command_outcomes for select to thonban_app
  using (
    actor_id = nullif(current_setting('thonban.actor', true), '')::uuid
    and scope_keys
      <@ coalesce(string_to_array(nullif(current_setting('thonban.scope', true), ''), ','), '{}'));
create policy own_insert on command_outcomes for insert to thonban_app
  with check (actor_id = nullif(current_setting('thonban.actor', true), '')::uuid);
create policy backup on command_outcomes for select to thonban_backup using (true);
grant select, insert on command_outcomes to thonban_app;
grant select on command_outcomes to thonban_backup;

-- A job is its asker's, as long as they still answer for all they answered for when they asked. The
-- installation itself (the nil id) takes jobs and writes what became of them.
alter table jobs add column scope_keys text[] not null default '{}';
alter table jobs alter column scope_keys drop default;
alter table jobs enable row level security;
alter table jobs force row level security;
create policy own_read on jobs for select to thonban_app
  using (
    (actor_id = nullif(current_setting('thonban.actor', true), '')::uuid
      and scope_keys
        <@ coalesce(string_to_array(nullif(current_setting('thonban.scope', true), ''), ','), '{}'))
    or current_setting('thonban.actor', true) = '00000000-0000-0000-0000-000000000000');
create policy own_insert on jobs for insert to thonban_app
  with check (actor_id = nullif(current_setting('thonban.actor', true), '')::uuid);
create policy installation_update on jobs for update to thonban_app
  using (current_setting('thonban.actor', true) = '00000000-0000-0000-0000-000000000000')
  with check (current_setting('thonban.actor', true) = '00000000-0000-0000-0000-000000000000');
create policy backup on jobs for select to thonban_backup using (true);
