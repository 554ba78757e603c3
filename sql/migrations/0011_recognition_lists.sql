-- Purpose: how a commune's list becomes a decision. A list is prepared as a frozen snapshot, submitted,
-- approved by somebody else, and takes effect with the decision that was signed outside. A decision is
-- corrected or taken back by another one that names it: a chain for each round and unit, whose last link
-- is in force. What was done stands in steps; nothing is deleted.
-- Lists follow the places of their unit: they hold counts of households, so row security is forced, by
-- the place "village unknown" of the unit. recognition_list_rows is household-scoped.
-- Locks: short, on recognition_decisions. Volume: one list for each commune and round, and one row for
-- each household and snapshot (about 150 bytes).
-- Check: select state, count(*) from recognition_lists group by 1; (0 without a scope)

create table recognition_lists (
  list_id uuid primary key,
  kind text not null check (kind in ('recognition', 'revocation')),
  round smallint not null references review_rounds,
  unit_code text not null,
  unit_valid_from date not null,
  place_id uuid not null references places,
  state text not null check (
    state in ('draft', 'submitted', 'returned', 'approved', 'decided', 'withdrawn')
  ),
  -- Why a decision in force is to be replaced or taken back.
  reason text,
  flow_id text not null,
  decision_id uuid,
  command_id uuid not null,
  opened_at timestamptz not null,
  foreign key (unit_code, unit_valid_from) references units,
  unique (list_id, place_id),
  check ((state = 'decided') = (decision_id is not null)),
  check (kind = 'recognition' or length(trim(reason)) > 0)
);
-- Two people who begin at the same time begin one list.
create unique index recognition_lists_open on recognition_lists (round, unit_code, unit_valid_from)
  where state not in ('decided', 'withdrawn');
create index recognition_lists_unit on recognition_lists (unit_code, unit_valid_from, round);

-- Maker is not checker: a person has one part in a list. Makers are who prepared or submitted it and who
-- entered a row of it; a step that needs a part refers to this table, so that nobody takes the other one.
-- person_id is the person behind the account: two accounts of one person are one. Acts of the
-- installation have the nil id.
create table recognition_list_people (
  list_id uuid not null,
  person_id uuid not null,
  place_id uuid not null,
  part text not null check (part in ('maker', 'checker')),
  primary key (list_id, person_id),
  unique (list_id, person_id, part),
  foreign key (list_id, place_id) references recognition_lists (list_id, place_id)
);

create table recognition_list_snapshots (
  list_id uuid not null,
  snapshot_no smallint not null,
  place_id uuid not null,
  standard_id text not null,
  rule_versions text[] not null,
  -- SHA-256 over the digests of the rows in order of household.
  rows_hash bytea not null,
  households integer not null,
  counts jsonb not null,
  command_id uuid not null,
  taken_at timestamptz not null,
  primary key (list_id, snapshot_no),
  foreign key (list_id, place_id) references recognition_lists (list_id, place_id)
);

create table recognition_list_steps (
  list_id uuid not null,
  step_no smallint not null,
  place_id uuid not null,
  act text not null check (
    act in ('prepare', 'submit', 'return', 'approve', 'decide', 'withdraw')
  ),
  snapshot_no smallint not null,
  person_id uuid not null,
  part text check (part in ('maker', 'checker')),
  account_id uuid not null,
  office_id uuid,
  role text,
  reason text,
  command_id uuid not null,
  recorded_at timestamptz not null,
  primary key (list_id, step_no),
  foreign key (list_id, place_id) references recognition_lists (list_id, place_id),
  foreign key (list_id, snapshot_no) references recognition_list_snapshots,
  foreign key (list_id, person_id, part)
    references recognition_list_people (list_id, person_id, part),
  check (act not in ('prepare', 'submit') or (part is not null and part = 'maker')),
  check (act <> 'approve' or (part is not null and part = 'checker')),
  check (act not in ('return', 'withdraw') or (reason is not null and length(trim(reason)) > 0))
);

-- The rows a snapshot froze: the class that the list proposes (or takes back) and the one recognised in
-- the round before. A row without a computable class stands here and is not decided.
create table recognition_list_rows (
  book_id uuid not null,
  list_id uuid not null,
  snapshot_no smallint not null,
  household_id uuid not null,
  place_id uuid not null,
  round smallint not null,
  row_id uuid not null,
  status poverty_status,
  last_status poverty_status,
  row_digest bytea not null,
  primary key (book_id, list_id, snapshot_no, household_id)
);
create index recognition_list_rows_list on recognition_list_rows (list_id, snapshot_no);

alter table recognition_decisions
  drop constraint recognition_decisions_round_unit_code_unit_valid_from_key,
  add column kind text not null default 'recognition'
    check (kind in ('recognition', 'revocation')),
  add column replaces_decision_id uuid,
  add column list_id uuid references recognition_lists,
  add column signed_file_name text,
  add constraint recognition_decisions_unit
    unique (decision_id, round, unit_code, unit_valid_from),
  add constraint recognition_decisions_replaces
    foreign key (replaces_decision_id, round, unit_code, unit_valid_from)
    references recognition_decisions (decision_id, round, unit_code, unit_valid_from),
  add constraint recognition_decisions_revokes
    check (kind = 'recognition' or replaces_decision_id is not null),
  -- No list takes effect without them (DESIGN §3 law 14), on a demonstration either.
  add constraint recognition_decisions_signed check (
    list_id is null
    or (number is not null and decided_on is not null and signer_name is not null
        and signer_title is not null and signed_file_sha256 is not null)
  );
-- One first decision, and one next after each: a chain that cannot branch.
create unique index recognition_decisions_first
  on recognition_decisions (round, unit_code, unit_valid_from) where replaces_decision_id is null;
create unique index recognition_decisions_next
  on recognition_decisions (replaces_decision_id) where replaces_decision_id is not null;
create unique index recognition_decisions_list on recognition_decisions (list_id)
  where list_id is not null;
create unique index recognition_decisions_file on recognition_decisions (signed_file_sha256)
  where list_id is not null;
alter table recognition_lists
  add foreign key (decision_id) references recognition_decisions;

-- Decisions that recognise and that no later one has replaced or taken back.
create view decisions_in_force with (security_invoker = true) as
select d.*
from recognition_decisions d
where d.kind = 'recognition'
  and not exists (
    select from recognition_decisions n where n.replaces_decision_id = d.decision_id
  );

do $$
declare
  scoped text;
  inside constant text := 'place_id in (select s.place_id from place_scopes s where s.scope_key = '
    || 'any (string_to_array(nullif(current_setting(''%s'', true), ''''), '','')))';
  readable constant text := format(inside, 'thonban.scope');
  writable constant text := format(inside, 'thonban.write_scope');
begin
  foreach scoped in array array['recognition_lists', 'recognition_list_people',
    'recognition_list_snapshots', 'recognition_list_steps', 'recognition_list_rows']
  loop
    execute format('alter table %I enable row level security', scoped);
    execute format('alter table %I force row level security', scoped);
    execute format('create policy scope_read on %I for select to thonban_app using (%s)',
      scoped, readable);
    execute format('create policy scope_insert on %I for insert to thonban_app with check (%s)',
      scoped, writable);
    execute format('create policy scope_update on %I for update to thonban_app using (%s)'
      || ' with check (%s)', scoped, writable, writable);
    execute format('create policy backup on %I for select to thonban_backup using (true)', scoped);
    execute format('grant select, insert on %I to thonban_app', scoped);
    execute format('grant select on %I to thonban_backup', scoped);
  end loop;
end $$;

grant update (state, decision_id) on recognition_lists to thonban_app;
grant select on decisions_in_force to thonban_app, thonban_backup;
