-- Purpose: an inspection belongs to the places over which whoever opened it inspects. It is joined,
-- closed and made public only by who inspects over all of these (a province over everything in it), and
-- what was read under it is open to them: one inspector's own reading is hidden from the unit and the
-- household, not from who answers for inspecting.
-- Locks: short, on inspections, inspection_members and audit_entries. Volume: none.
-- Check: select tablename, policyname, qual from pg_policies where tablename like 'inspection%';

-- Empty on inspections from before: they are the province's.
alter table inspections add column scope_keys text[] not null default '{}';

drop policy append on inspections;
create policy append on inspections for insert to thonban_app with check (
  recorded_by = nullif(current_setting('thonban.actor', true), '')::uuid
  and cardinality(scope_keys) > 0
  and scope_keys <@ string_to_array(nullif(current_setting('thonban.audit_scope', true), ''), ',')
);
drop policy scope_update on inspections;
create policy scope_update on inspections for update to thonban_app using (
  (select 'p:' || i.province_code from instance i) = any (
    string_to_array(nullif(current_setting('thonban.audit_scope', true), ''), ','))
  or (cardinality(scope_keys) > 0
    and scope_keys <@ string_to_array(nullif(current_setting('thonban.audit_scope', true), ''), ','))
);

drop policy append on inspection_members;
create policy append on inspection_members for insert to thonban_app with check (
  account_id = nullif(current_setting('thonban.actor', true), '')::uuid
  and inspection_id in (
    select n.inspection_id from inspections n
    where (select 'p:' || i.province_code from instance i) = any (
        string_to_array(nullif(current_setting('thonban.audit_scope', true), ''), ','))
      or (cardinality(n.scope_keys) > 0 and n.scope_keys <@
        string_to_array(nullif(current_setting('thonban.audit_scope', true), ''), ',')))
);

drop policy read_in_scope on audit_entries;
create policy read_in_scope on audit_entries for select to thonban_app using (
  (
    place_id in (
      select s.place_id from place_scopes s
      where s.scope_key = any (
        string_to_array(nullif(current_setting('thonban.scope', true), ''), ',')))
    or place_id is null and (
      actor_id = nullif(current_setting('thonban.actor', true), '')::uuid
      or (select 'p:' || i.province_code from instance i) = any (
        string_to_array(nullif(current_setting('thonban.audit_scope', true), ''), ','))
      or office_id in (
        select r.office_id from role_assignments r
        where r.scope_key = any (
          string_to_array(nullif(current_setting('thonban.audit_scope', true), ''), ','))))
  )
  and (
    inspection_id is null
    or inspection_id in (
      select m.inspection_id from inspection_members m
      where m.account_id = nullif(current_setting('thonban.actor', true), '')::uuid)
    or inspection_id in (
      select n.inspection_id from inspections n
      where n.result_public_on is not null
        or (select 'p:' || i.province_code from instance i) = any (
          string_to_array(nullif(current_setting('thonban.audit_scope', true), ''), ','))
        or (cardinality(n.scope_keys) > 0 and n.scope_keys <@
          string_to_array(nullif(current_setting('thonban.audit_scope', true), ''), ',')))
  )
);
