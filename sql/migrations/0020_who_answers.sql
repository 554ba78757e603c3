-- Purpose: who answers for an act is told by where the record lies. A file of several communes may be read
-- on behalf of several people: all of them are makers of what comes of it. Inspecting is measured by where
-- somebody inspects, not by where they may read the log: an auditor of the province ends no inspection and
-- does not see what is read under one. Acts of an office are read by who audits the places of the office,
-- whatever roles were held in it.
-- Locks: short, on commands, imports, inspections, inspection_members and audit_entries (columns with a
-- constant default: no row is written). Volume: none.
-- Check: select tablename, policyname, qual from pg_policies where qual like '%inspection_scope%'; -- 3 rows

-- Beside on_behalf_of, which is the first: further people on whose behalf it was done.
alter table commands add column on_behalf_too uuid[] not null default '{}';
-- On whose behalf the file was read first; who writes it into the book later may be somebody else.
alter table imports add column on_behalf uuid[] not null default '{}';
update imports i set on_behalf = array[c.on_behalf_of]
from commands c where c.command_id = i.command_id and c.on_behalf_of is not null;

drop policy append on inspections;
create policy append on inspections for insert to thonban_app with check (
  recorded_by = nullif(current_setting('thonban.actor', true), '')::uuid
  and cardinality(scope_keys) > 0
  and scope_keys
    <@ string_to_array(nullif(current_setting('thonban.inspection_scope', true), ''), ',')
);
drop policy scope_update on inspections;
create policy scope_update on inspections for update to thonban_app using (
  (select 'p:' || i.province_code from instance i) = any (
    string_to_array(nullif(current_setting('thonban.inspection_scope', true), ''), ','))
  or (cardinality(scope_keys) > 0 and scope_keys
    <@ string_to_array(nullif(current_setting('thonban.inspection_scope', true), ''), ','))
);

drop policy append on inspection_members;
create policy append on inspection_members for insert to thonban_app with check (
  account_id = nullif(current_setting('thonban.actor', true), '')::uuid
  and inspection_id in (
    select n.inspection_id from inspections n
    where (select 'p:' || i.province_code from instance i) = any (
        string_to_array(nullif(current_setting('thonban.inspection_scope', true), ''), ','))
      or (cardinality(n.scope_keys) > 0 and n.scope_keys
        <@ string_to_array(nullif(current_setting('thonban.inspection_scope', true), ''), ',')))
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
        select o.office_id from offices o
        where 'u:' || o.unit_code || '@' || o.unit_valid_from = any (
            string_to_array(nullif(current_setting('thonban.audit_scope', true), ''), ','))
          or 'p:' || o.unit_code = any (
            string_to_array(nullif(current_setting('thonban.audit_scope', true), ''), ','))
          or o.place_id in (
            select s.place_id from place_scopes s
            where s.scope_key = any (
              string_to_array(nullif(current_setting('thonban.audit_scope', true), ''), ',')))))
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
          string_to_array(nullif(current_setting('thonban.inspection_scope', true), ''), ','))
        or (cardinality(n.scope_keys) > 0 and n.scope_keys
          <@ string_to_array(nullif(current_setting('thonban.inspection_scope', true), ''), ',')))
  )
);
