-- Purpose: who reads the audit log. Entries with a place are read within scope, as households are.
-- Entries without one (acts on accounts, searches, exports) are read by whoever made them, and by
-- holders of audit:read over the province or over a place that the office of the entry answers for
-- (thonban.audit_scope, set by withActor). What was read under an inspection is hidden from everybody
-- but its members until its result is public.
-- Locks: short, on audit_entries and inspections. Volume: none.
-- Check: select tablename, policyname, qual from pg_policies where tablename like 'inspection%';

-- Who inspects. A person looks under the open inspection they joined last.
create table inspection_members (
  inspection_id uuid not null references inspections,
  account_id uuid not null,
  joined_at timestamptz not null,
  left_at timestamptz,
  primary key (inspection_id, account_id)
);
create index inspection_members_account on inspection_members (account_id);
grant select, insert on inspection_members to thonban_app;
grant update (joined_at, left_at) on inspection_members to thonban_app;
grant select on inspection_members to thonban_backup;

alter table inspection_members enable row level security;
alter table inspection_members force row level security;
create policy read_in_scope on inspection_members for select to thonban_app using (
  account_id = nullif(current_setting('thonban.actor', true), '')::uuid
  or nullif(current_setting('thonban.audit_scope', true), '') is not null
);
create policy append on inspection_members for insert to thonban_app with check (
  account_id = nullif(current_setting('thonban.actor', true), '')::uuid
  and nullif(current_setting('thonban.audit_scope', true), '') is not null
);
create policy scope_update on inspection_members for update to thonban_app using (
  account_id = nullif(current_setting('thonban.actor', true), '')::uuid
  and nullif(current_setting('thonban.audit_scope', true), '') is not null
);
create policy backup on inspection_members for select to thonban_backup using (true);

-- An inspection is known to holders of audit:read, and to all once its result is public.
alter table inspections enable row level security;
alter table inspections force row level security;
create policy read_in_scope on inspections for select to thonban_app using (
  result_public_on is not null
  or nullif(current_setting('thonban.audit_scope', true), '') is not null
);
create policy append on inspections for insert to thonban_app with check (
  recorded_by = nullif(current_setting('thonban.actor', true), '')::uuid
  and nullif(current_setting('thonban.audit_scope', true), '') is not null
);
create policy scope_update on inspections for update to thonban_app using (
  nullif(current_setting('thonban.audit_scope', true), '') is not null
);
create policy backup on inspections for select to thonban_backup using (true);

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
      select i.inspection_id from inspections i where i.result_public_on is not null)
  )
);
