-- Groups whose tallies do not say what the rows say (0023_round_tallies.sql): how many households more,
-- and how many persons, the tallies hold. Counts what stands today.
-- Run with a scope that sees everything, or as the backup role. No rows = nothing wrong.
select
  book_id,
  round,
  place_id,
  recognised_status,
  proposed_status,
  head_sex,
  head_ethnicity_id,
  is_ethnic_minority,
  area_class,
  is_synthetic,
  sum(households)::integer as households,
  sum(persons)::integer as persons
from (
  select
    book_id,
    round,
    place_id,
    recognised_status,
    proposed_status,
    head_sex,
    head_ethnicity_id,
    is_ethnic_minority,
    area_class,
    is_synthetic,
    households,
    persons,
    unknown_size
  from round_tallies
  union all
  select
    book_id,
    round,
    place_id,
    recognised_status,
    proposed_status,
    head_sex,
    head_ethnicity_id,
    is_ethnic_minority,
    area_class,
    is_synthetic,
    -1,
    -coalesce(members, 0),
    -(members is null)::integer
  from current_household_rounds
) counted
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
having sum(households) <> 0 or sum(persons) <> 0 or sum(unknown_size) <> 0
