-- Purpose: what a person may write is narrower than what they may read. Rows are written only at places
-- of thonban.write_scope, which is set for one command from the permission it needs; a role that may
-- read everywhere and write in one commune can no longer write everywhere. Roles become data
-- (packs/national/access/roles.yaml), so their list leaves the schema.
-- Locks: short, on each household-scoped table. Volume: none.
-- Check: select tablename, cmd from pg_policies where policyname like 'scope%' order by 1, 2;

alter table role_assignments drop constraint role_assignments_role_check;
alter table role_assignments add constraint role_assignments_role_check check (role ~ '^[a-z_]{3,40}$');

do $$
declare
  scoped text;
  inside constant text := 'place_id in (select s.place_id from place_scopes s where s.scope_key = '
    || 'any (string_to_array(nullif(current_setting(''%s'', true), ''''), '','')))';
  readable constant text := format(inside, 'thonban.scope');
  writable constant text := format(inside, 'thonban.write_scope');
begin
  foreach scoped in array array['households', 'persons', 'memberships', 'household_rounds',
    'household_round_endings', 'earlier_statuses', 'household_events', 'intake_rows']
  loop
    execute format('drop policy scope on %I', scoped);
    execute format('create policy scope_read on %I for select to thonban_app using (%s)',
      scoped, readable);
    execute format('create policy scope_insert on %I for insert to thonban_app with check (%s)',
      scoped, writable);
    execute format('create policy scope_update on %I for update to thonban_app using (%s)'
      || ' with check (%s)', scoped, writable, writable);
  end loop;
end $$;
