-- Purpose: row security, enabled and forced, on every household-scoped table. The scope is set with
-- SET LOCAL thonban.scope = 'key,key' inside the transaction (see src/store/with-actor.ts); unset or
-- empty sees nothing. Check: select relname from pg_class where relrowsecurity and relforcerowsecurity;

do $$
declare
  scoped text;
  inside constant text := 'place_id in (select s.place_id from place_scopes s where s.scope_key = '
    || 'any (string_to_array(nullif(current_setting(''thonban.scope'', true), ''''), '','')))';
begin
  foreach scoped in array array['households', 'persons', 'memberships', 'household_rounds',
    'household_round_endings', 'earlier_statuses', 'household_events', 'intake_rows']
  loop
    execute format('alter table %I enable row level security', scoped);
    execute format('alter table %I force row level security', scoped);
    execute format('create policy scope on %I for all to thonban_app using (%s) with check (%s)',
      scoped, inside, inside);
    execute format('create policy backup on %I for select to thonban_backup using (true)', scoped);
  end loop;
end $$;

-- Audit entries of a household are read only within scope; entries without a place are read by the
-- actor who made them (the inspection roles of a later migration widen this).
alter table audit_entries enable row level security;
alter table audit_entries force row level security;
create policy append on audit_entries for insert to thonban_app with check (true);
create policy read_in_scope on audit_entries for select to thonban_app using (
  (place_id is not null and place_id in (
    select s.place_id from place_scopes s
    where s.scope_key = any (
      string_to_array(nullif(current_setting('thonban.scope', true), ''), ','))))
  or (place_id is null
      and actor_id = nullif(current_setting('thonban.actor', true), '')::uuid)
);
create policy backup on audit_entries for select to thonban_backup using (true);
grant select, insert on audit_entries to thonban_app;

grant select on all tables in schema public to thonban_backup;
