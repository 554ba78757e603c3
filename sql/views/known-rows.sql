-- The rows of all rounds as they were known at one time: recorded by then, and neither replaced nor
-- voided by then. Other files read them as `known_rows`; each takes the columns that it counts.
--   $5 known at
select r.*
from household_rounds r
where
  r.recorded_at <= $5
  and not exists (
    select
    from household_round_endings e
    where
      e.book_id = r.book_id
      and e.household_id = r.household_id
      and e.round = r.round
      and e.row_id = r.row_id
      and e.recorded_at <= $5
  )
