-- Purpose: books, households, persons, review rounds. Household-scoped tables: book_id first in every
-- key, place_id on every row, row security forced. memberships and household_rounds carry no foreign
-- keys: they cost more than the rows themselves (docs/decisions/0005-no-foreign-keys-on-bulk-tables.md);
-- sql/checks/orphans.sql finds what they would have refused. Volume: a province of 200,000 households has
-- 800,000 persons and one household_rounds row per household and round.
-- Check: select count(*) from household_rounds; (0 without a scope)

create type poverty_status as enum (
  'poor', 'near_poor', 'average_living', 'not_poor', 'not_computable'
);
create type area_kind as enum ('rural', 'urban');
create type sex as enum ('male', 'female');


create table books (
  book_id uuid primary key,
  province_code text not null,
  label text not null,
  opened_for_unit_code text,
  opened_for_unit_valid_from date,
  opened_at timestamptz not null
);

create table review_rounds (
  round smallint primary key,
  standard_id text not null,
  window_from date not null,
  window_to date not null,
  reference_date date not null,
  effect_year smallint not null,
  is_synthetic boolean not null
);

-- The decision of the commune's chairperson. A real one needs number, date, signer and signed file.
create table recognition_decisions (
  decision_id uuid primary key,
  round smallint not null references review_rounds,
  unit_code text not null,
  unit_valid_from date not null,
  number text,
  decided_on date,
  signer_name text,
  signer_title text,
  signed_file_sha256 bytea,
  is_simulated boolean not null,
  command_id uuid not null,
  recorded_at timestamptz not null,
  foreign key (unit_code, unit_valid_from) references units,
  unique (round, unit_code, unit_valid_from),
  check (
    is_simulated
    or (number is not null and decided_on is not null and signer_name is not null
        and signed_file_sha256 is not null)
  )
);

create table households (
  book_id uuid not null,
  household_id uuid not null,
  place_id uuid not null,
  opened_round smallint,
  import_id uuid,
  command_id uuid not null,
  recorded_at timestamptz not null,
  primary key (book_id, household_id)
);

create table persons (
  book_id uuid not null,
  person_id uuid not null,
  place_id uuid not null,
  full_name text not null,
  name_key text not null,
  sex sex,
  birth_year smallint,
  birth_date date,
  ethnicity_id text,
  is_synthetic boolean not null,
  recorded_at timestamptz not null,
  primary key (book_id, person_id)
);

create table memberships (
  book_id uuid not null,
  household_id uuid not null,
  person_id uuid not null,
  place_id uuid not null,
  relation text not null,
  valid_from date not null,
  valid_to date,
  end_reason text check (end_reason in ('died', 'moved_away', 'split', 'other')),
  primary key (book_id, household_id, person_id, valid_from)
);

-- One wide row per household and round, frozen at the reference date. A correction appends a row
-- with a later recorded_at and an ending of the earlier one; nothing is updated.
create table household_rounds (
  book_id uuid not null,
  household_id uuid not null,
  round smallint not null,
  row_id uuid not null,
  place_id uuid not null,
  standard_id text not null,
  area area_kind,
  area_class text,
  is_extremely_disadvantaged boolean,
  field_code text,
  head_name text,
  head_name_key text,
  head_sex sex,
  head_birth_year smallint,
  head_ethnicity_id text,
  is_ethnic_minority boolean,
  members smallint,
  has_no_labour_capacity boolean,
  has_merit_person boolean,
  quick_screen_passed boolean,
  b1 numeric(6, 1),
  b2 smallint,
  deprived_emp boolean,
  deprived_dep boolean,
  deprived_nut boolean,
  deprived_ins boolean,
  deprived_adu boolean,
  deprived_chi boolean,
  deprived_hqu boolean,
  deprived_har boolean,
  deprived_wat boolean,
  deprived_toi boolean,
  deprived_tel boolean,
  deprived_inf boolean,
  cause_no_land boolean,
  cause_no_capital boolean,
  cause_no_labour boolean,
  cause_no_tools boolean,
  cause_no_knowledge boolean,
  cause_no_skill boolean,
  cause_illness boolean,
  cause_other boolean,
  field_status poverty_status,
  proposed_status poverty_status,
  recognised_status poverty_status,
  decision_id uuid,
  rule_version text,
  reviewed_on date,
  reviewer text,
  is_synthetic boolean not null,
  import_id uuid,
  command_id uuid not null,
  recorded_at timestamptz not null,
  primary key (book_id, household_id, round, row_id),
  check (b2 is null or b2 between 0 and 120),
  check (recognised_status is null or decision_id is not null)
);
create index household_rounds_by_round on household_rounds (round, place_id);

-- A row ends when another replaces it or an act voids it. Few rows; the rest of the round is read
-- straight from household_rounds by an anti-join.
create table household_round_endings (
  book_id uuid not null,
  household_id uuid not null,
  round smallint not null,
  row_id uuid not null,
  place_id uuid not null,
  kind text not null check (kind in ('replaced', 'voided')),
  command_id uuid not null,
  recorded_at timestamptz not null,
  primary key (book_id, household_id, round, row_id),
  foreign key (book_id, household_id, round, row_id)
    references household_rounds (book_id, household_id, round, row_id)
);

-- Recognised poverty before the first round in the system ("tái nghèo" needs it).
create table earlier_statuses (
  book_id uuid not null,
  household_id uuid not null,
  round smallint not null,
  place_id uuid not null,
  standard_id text not null,
  status poverty_status not null,
  is_simulated boolean not null,
  source text not null,
  command_id uuid not null,
  recorded_at timestamptz not null,
  primary key (book_id, household_id, round),
  foreign key (book_id, household_id) references households (book_id, household_id)
);

-- What happened to a household between two rounds, as far as it is known.
create table household_events (
  book_id uuid not null,
  household_id uuid not null,
  event_id uuid not null,
  place_id uuid not null,
  round smallint not null,
  kind text not null check (kind in ('formed', 'split_off', 'moved_in', 'moved_away', 'died_out',
    'moved_within')),
  related_household_id uuid,
  happened_on date,
  is_synthetic boolean not null,
  command_id uuid not null,
  recorded_at timestamptz not null,
  primary key (book_id, household_id, event_id),
  foreign key (book_id, household_id) references households (book_id, household_id)
);

-- The rows that count: neither replaced nor voided.
create view current_household_rounds with (security_invoker = true) as
select r.*
from household_rounds r
where not exists (
  select from household_round_endings e
  where e.book_id = r.book_id
    and e.household_id = r.household_id
    and e.round = r.round
    and e.row_id = r.row_id
);

grant select, insert on books, review_rounds, recognition_decisions, households, persons,
  memberships, household_rounds, household_round_endings, earlier_statuses, household_events
  to thonban_app;
grant update (place_id) on households, persons, memberships to thonban_app;
grant update (valid_to, end_reason) on memberships to thonban_app;
grant select on current_household_rounds to thonban_app;
