-- Purpose: the code on a household's paper opens with its head's year of birth. A review file has none, so
-- the book may not know it: whoever hands out the paper then types it from the head's own papers, and it
-- stands with the code. What was counted in the book is not touched.
-- Locks: short, on household_codes. Volume: none.
-- Check: select count(*) from household_codes where head_birth_year is not null;

alter table household_codes add column head_birth_year smallint
  constraint household_codes_birth_year check (head_birth_year between 1900 and 2100);
