-- What became of each household between two rounds, one row per household that is poor or near-poor in
-- at least one of them. Forms 2 and 3 and the bridge count these rows; officers open them.
-- Reads `known_rows` (see known-rows.sql).
--   $1 first round · $2 second round · $3, $4 what is counted in each: 'recognised' | 'proposed'
--   $5 known at
-- status_*      null = no row in that round, or a row that no decision covers
-- was_in_class  known only for a household above both lines in the first round that entered a class
--               in the second: recognised in that class in any round before the first
select
  coalesce(a.book_id, b.book_id) as book_id,
  coalesce(a.household_id, b.household_id) as household_id,
  b.place_id as place_before,
  a.place_id as place_after,
  b.status as status_before,
  a.status as status_after,
  -- An aggregate, not EXISTS: it is looked up for the few who entered, never hashed for everybody.
  case when b.status in ('not_poor', 'average_living') and a.status in ('poor', 'near_poor') then
    coalesce(
      (
        select bool_or(h.recognised_status = a.status)
        from known_rows h
        where
          h.book_id = a.book_id
          and h.household_id = a.household_id
          and h.round < $1
      ),
      false
    )
    or coalesce(
      (
        select bool_or(s.status = a.status)
        from earlier_statuses s
        where
          s.book_id = a.book_id
          and s.household_id = a.household_id
          and s.round < $1
          and s.recorded_at <= $5
      ),
      false
    )
  end as was_in_class,
  coalesce(a.is_synthetic, b.is_synthetic) as is_synthetic,
  b.members as members_before,
  a.members as members_after
from (
  select
    r.book_id,
    r.household_id,
    r.place_id,
    r.members,
    r.is_synthetic,
    case $3::text
      when 'recognised' then r.recognised_status
      else coalesce(r.proposed_status, 'not_computable')
    end as status
  from known_rows r
  where r.round = $1
) b
full join (
  select
    r.book_id,
    r.household_id,
    r.place_id,
    r.members,
    r.is_synthetic,
    case $4::text
      when 'recognised' then r.recognised_status
      else coalesce(r.proposed_status, 'not_computable')
    end as status
  from known_rows r
  where r.round = $2
) a on a.book_id = b.book_id and a.household_id = b.household_id
where b.status in ('poor', 'near_poor') or a.status in ('poor', 'near_poor')
