-- Purpose: offices and people over time. An office is of a kind (packs/national/access/offices.yaml), of a
-- unit or a village, under another one, for an interval. A role is handed to a colleague until a day (ủy
-- quyền), never farther; what they do then is done on somebody's behalf. When a unit ends, what its offices
-- hold moves in a step that is planned for a day.
-- Locks: short, on offices, role_assignments, jobs, commands, audit_entries and recognition_list_steps
-- (columns without a default: no row is written). Volume: hundreds of offices, thousands of roles.
-- Check: select kind, count(*) from offices group by 1; -- no kind of before, no name with a code in it

alter table offices drop constraint offices_kind_check;
alter table offices
  add column parent_office_id uuid references offices,
  add column unit_code text,
  add column unit_valid_from date,
  add column place_id uuid references places,
  -- Of the name: verified, keyed, unverified.
  add column state text not null default 'keyed' check (state in ('verified', 'keyed', 'unverified')),
  add column source text,
  add constraint offices_unit foreign key (unit_code, unit_valid_from) references units,
  add constraint offices_not_its_own_parent check (parent_office_id <> office_id),
  add constraint offices_of_one check (unit_code is null or place_id is null),
  add constraint offices_interval check (valid_to is null or valid_to >= valid_from);
-- Offices so far were opened with the first role over their unit or village.
update offices o
set unit_code = u.code, unit_valid_from = u.valid_from,
  name = 'Ủy ban nhân dân ' || lower(u.kind) || substr(u.name, length(u.kind) + 1)
from role_assignments r
join units u on r.scope_key = 'u:' || u.code || '@' || u.valid_from and u.level = 'commune'
where r.office_id = o.office_id and o.kind = 'commune';
update offices o
set unit_code = u.code, unit_valid_from = u.valid_from
from role_assignments r join units u on r.scope_key = 'p:' || u.code and u.level = 'province'
where r.office_id = o.office_id and o.kind = 'province' and u.valid_to is null;
update offices o set place_id = p.place_id
from role_assignments r join places p on r.scope_key = 'v:' || p.place_id
where r.office_id = o.office_id and o.kind = 'village';
update offices set kind = case kind when 'province' then 'province_committee'
  when 'commune' then 'commune_committee' when 'department' then 'sector_department'
  when 'supervisor' then 'front' else kind end;
alter table offices add constraint offices_kind_check check (kind ~ '^[a-z_]{3,40}$');
create index offices_unit on offices (unit_code, unit_valid_from);
grant update (parent_office_id) on offices to thonban_app;

-- A delegation is a role held because somebody else holds it: until a day, at most a year, with a reason,
-- and not handed on: the row it comes from is none itself. The constraints say so, whatever a use case
-- forgets.
alter table role_assignments
  add column delegated_from uuid,
  -- Which permissions of the role; null = all of them.
  add column permissions text[],
  add column reason text,
  -- From this instant it gives nothing, whatever day it ran to.
  add column withdrawn_at timestamptz,
  add column ended_by uuid,
  add column end_reason text,
  add column is_delegation boolean not null default false
    check (is_delegation = (delegated_from is not null)),
  -- What a foreign key compares: false beside the role it comes from, null without one.
  add column source_is_delegation boolean
    check (source_is_delegation is false or (source_is_delegation is null and delegated_from is null)),
  add constraint role_assignments_kind unique (assignment_id, is_delegation),
  add constraint role_assignments_source foreign key (delegated_from, source_is_delegation)
    references role_assignments (assignment_id, is_delegation),
  add constraint role_assignments_interval check (valid_to is null or valid_to >= valid_from),
  add constraint role_assignments_part check (permissions is null or cardinality(permissions) > 0),
  add constraint role_assignments_delegation check (
    delegated_from is null
    or (valid_to is not null and valid_to <= valid_from + interval '1 year'
        and reason is not null and length(trim(reason)) > 0)
  );
create index role_assignments_source on role_assignments (delegated_from)
  where delegated_from is not null;
create index role_assignments_office on role_assignments (office_id);
create index role_assignments_scope on role_assignments (scope_key);
grant update (withdrawn_at, ended_by, end_reason) on role_assignments to thonban_app;

-- On whose behalf something was done; null = on one's own.
alter table audit_entries add column on_behalf_of uuid;
alter table commands add column on_behalf_of uuid references people;
alter table recognition_list_steps add column on_behalf_of uuid references people;

-- A job that is not begun before its time.
alter table jobs add column not_before timestamptz;

-- What moves when a unit merges, divides or ends: planned for a day, seen before, carried out then, taken
-- back until then. `plan` is what was shown; what is done is planned anew on the day and kept in `result`.
-- Both name roles, offices and files by their ids, no household.
create table office_moves (
  move_id uuid primary key,
  from_code text not null,
  from_valid_from date not null,
  effective_on date not null,
  state text not null check (state in ('planned', 'executed', 'voided')),
  choices jsonb not null,
  plan jsonb not null,
  result jsonb,
  -- Why it could not be carried out on its day; somebody has to look.
  problem jsonb,
  job_id uuid,
  actor_id uuid not null,
  command_id uuid not null,
  planned_at timestamptz not null,
  executed_at timestamptz,
  voided_at timestamptz,
  void_reason text,
  foreign key (from_code, from_valid_from) references units,
  check ((state = 'executed') = (executed_at is not null)),
  check ((state = 'voided') = (voided_at is not null)),
  check (voided_at is null or (void_reason is not null and length(trim(void_reason)) > 0))
);
-- One plan for a unit that ends; another one when that was taken back.
create unique index office_moves_once on office_moves (from_code, from_valid_from)
  where state <> 'voided';

grant select, insert on office_moves to thonban_app;
grant update (state, result, problem, job_id, executed_at, voided_at, void_reason) on office_moves
  to thonban_app;
grant select on office_moves to thonban_backup;
