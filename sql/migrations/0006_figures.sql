-- Purpose: let figures read one round without touching the wide rows: a round is 8 % of the bytes of
-- household_rounds here, in the order in which two rounds are joined. Everything a figure groups by or
-- counts is included; row security filters on the included place_id.
-- Locks: creation only. Volume: about 125 bytes per household and round. Check: explain (analyze) of
-- sql/views/household-cells.sql shows "Index Only Scan using household_rounds_counted".

create index household_rounds_counted
  on household_rounds (round, book_id, household_id, row_id)
  include (
    place_id, recorded_at, recognised_status, proposed_status, members, is_synthetic, head_sex,
    head_ethnicity_id, is_ethnic_minority, area_class
  );
