-- Purpose: count households when they are written, not each time a figure is read. A tally says how many
-- rows of household_rounds one statement wrote of one place, class, sex, ethnicity and area class; an
-- ending writes the same with a minus. A figure adds up some twenty thousand tallies instead of two hundred
-- thousand rows, at any time it asks for, and row security filters them by place as it does the rows.
-- The same statement writes both (src/registry/write-rounds.ts), so neither stands without the other.
-- Locks: household_rounds and its endings are read once, household_rounds_counted is built anew; an
-- instance of a million rows waits some seconds. Volume: about 17 tallies for each village and round.
-- Check: sql/checks/tallies.sql finds every group whose tallies and rows differ.

create table round_tallies (
  book_id uuid not null,
  round smallint not null,
  place_id uuid not null,
  tally_id uuid not null default gen_random_uuid(),
  recognised_status poverty_status,
  proposed_status poverty_status,
  head_sex sex,
  head_ethnicity_id text,
  is_ethnic_minority boolean,
  area_class text,
  is_synthetic boolean not null,
  households integer not null,
  persons integer not null,
  unknown_size integer not null,
  recorded_at timestamptz not null,
  primary key (book_id, round, place_id, tally_id),
  check (households <> 0)
);

do $$
declare
  inside constant text := 'place_id in (select s.place_id from place_scopes s where s.scope_key = '
    || 'any (string_to_array(nullif(current_setting(''%s'', true), ''''), '','')))';
begin
  execute 'create policy scope_read on round_tallies for select to thonban_app using ('
    || format(inside, 'thonban.scope') || ')';
  execute 'create policy scope_insert on round_tallies for insert to thonban_app with check ('
    || format(inside, 'thonban.write_scope') || ')';
  -- Nobody may update a tally; the policy has the shape of every household-scoped table all the same.
  execute 'create policy scope_update on round_tallies for update to thonban_app using ('
    || format(inside, 'thonban.write_scope') || ') with check ('
    || format(inside, 'thonban.write_scope') || ')';
end $$;
create policy backup on round_tallies for select to thonban_backup using (true);
grant select, insert on round_tallies to thonban_app;
grant select on round_tallies to thonban_backup;

-- Rows from before. The owner is under forced row security like everybody: lifted for this, not for more.
alter table household_rounds no force row level security;
alter table household_round_endings no force row level security;
insert into round_tallies (book_id, round, place_id, recognised_status, proposed_status, head_sex,
  head_ethnicity_id, is_ethnic_minority, area_class, is_synthetic, recorded_at, households, persons,
  unknown_size)
select book_id, round, place_id, recognised_status, proposed_status, head_sex, head_ethnicity_id,
  is_ethnic_minority, area_class, is_synthetic, recorded_at, count(*), coalesce(sum(members), 0),
  count(*) filter (where members is null)
from household_rounds
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11;
insert into round_tallies (book_id, round, place_id, recognised_status, proposed_status, head_sex,
  head_ethnicity_id, is_ethnic_minority, area_class, is_synthetic, recorded_at, households, persons,
  unknown_size)
select r.book_id, r.round, r.place_id, r.recognised_status, r.proposed_status, r.head_sex,
  r.head_ethnicity_id, r.is_ethnic_minority, r.area_class, r.is_synthetic,
  greatest(e.recorded_at, r.recorded_at), -count(*), -coalesce(sum(r.members), 0),
  -count(*) filter (where r.members is null)
from household_round_endings e
join household_rounds r
  on r.book_id = e.book_id
  and r.household_id = e.household_id
  and r.round = e.round
  and r.row_id = e.row_id
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11;
alter table household_round_endings force row level security;
alter table household_rounds force row level security;

create index round_tallies_by_round on round_tallies (round, place_id);
alter table round_tallies enable row level security;
alter table round_tallies force row level security;

-- What households became from one round to the next is still counted from rows; what only counts of one
-- round were grouped by leaves the index.
drop index household_rounds_counted;
create index household_rounds_counted
  on household_rounds (round, book_id, household_id, row_id)
  include (place_id, recorded_at, recognised_status, proposed_status, members, is_synthetic);
