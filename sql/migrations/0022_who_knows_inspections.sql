-- Purpose: an inspection whose result is not public is known to who inspects over one of its areas (the
-- province over everything in it) and to who took part in it, with who takes part. Inspecting one commune,
-- or reading the log, tells nobody any more that the province has an open one. Also gives files from before
-- 0020 the people on whose behalf they were read: forced row security had kept the owner from writing it.
-- Locks: short, on inspections, inspection_members and imports. Volume: one row for each inspection.
-- Check: select inspection_id from inspections where known_to = '{}'; -- none that somebody ever joined

-- Who ever took part: what they saw they go on knowing, also when they inspect there no longer. A policy
-- cannot ask inspection_members, whose own policy asks here.
alter table inspections add column known_to uuid[] not null default '{}';
grant update (known_to) on inspections to thonban_app;

alter table inspections no force row level security;
alter table inspection_members no force row level security;
alter table imports no force row level security;
update inspections i set known_to = m.accounts
from (
  select inspection_id, array_agg(account_id order by joined_at, account_id) as accounts
  from inspection_members group by inspection_id
) m
where m.inspection_id = i.inspection_id;
update imports i set on_behalf = array[c.on_behalf_of]
from commands c
where c.command_id = i.command_id and c.on_behalf_of is not null and i.on_behalf = '{}';
alter table imports force row level security;
alter table inspection_members force row level security;
alter table inspections force row level security;

drop policy read_in_scope on inspections;
create policy read_in_scope on inspections for select to thonban_app using (
  result_public_on is not null
  or nullif(current_setting('thonban.actor', true), '')::uuid = any (known_to)
  or (select 'p:' || i.province_code from instance i) = any (
    string_to_array(nullif(current_setting('thonban.inspection_scope', true), ''), ','))
  or scope_keys
    && string_to_array(nullif(current_setting('thonban.inspection_scope', true), ''), ',')
);

-- Whoever knows the inspection knows who is in it; of those whose result is public, who reads the log.
drop policy read_in_scope on inspection_members;
create policy read_in_scope on inspection_members for select to thonban_app using (
  account_id = nullif(current_setting('thonban.actor', true), '')::uuid
  or inspection_id in (
    select n.inspection_id from inspections n
    where n.result_public_on is null
      or nullif(current_setting('thonban.audit_scope', true), '') is not null)
);
