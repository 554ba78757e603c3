-- The finest cells from which every indicator and form 1 are counted: households of one round by unit,
-- group and status. Added up from tallies (0023_round_tallies.sql) by place first, so that no tally crosses
-- a shard; places are then rolled up. A tally was known from `recorded_at` on, a minus for a row that ended
-- as well, so their sum is what was known at any time.
--   $1 round · $2 boundary date · $3 'recognised' | 'proposed' · $4 reference date · $5 known at
--   $6 grouping: none | ethnic-minority | ethnicity | sex | area-class
--      | place-and-class | ethnicity-and-minority
-- unit_*        unit of the place on the boundary date, null while its successor is not certain
-- round_unit_*  unit of the place on the round's reference date (where it was decided)
-- status        null = not decided yet ("pending"); a missing proposal counts as not_computable
select
  on_date.unit_code,
  on_date.unit_valid_from,
  in_round.unit_code as round_unit_code,
  in_round.unit_valid_from as round_unit_valid_from,
  case $6::text
    when 'place-and-class' then by_place.place_id::text || '/' || by_place.group_key
    else by_place.group_key
  end as group_key,
  by_place.status,
  bool_or(by_place.is_synthetic) as is_synthetic,
  sum(by_place.households)::bigint as households,
  sum(by_place.persons)::bigint as persons,
  sum(by_place.unknown_size)::bigint as unknown_size
from (
  select
    t.place_id,
    case $6::text
      when 'ethnic-minority' then coalesce(t.is_ethnic_minority::text, 'unknown')
      when 'ethnicity' then coalesce(t.head_ethnicity_id, 'unknown')
      when 'sex' then coalesce(t.head_sex::text, 'unknown')
      when 'area-class' then coalesce(t.area_class, 'unknown')
      when 'place-and-class' then coalesce(t.area_class, 'unknown')
      when 'ethnicity-and-minority' then
        coalesce(t.head_ethnicity_id, 'unknown') || '/'
        || coalesce(t.is_ethnic_minority::text, 'unknown')
      else 'all'
    end as group_key,
    case $3::text
      when 'recognised' then t.recognised_status
      else coalesce(t.proposed_status, 'not_computable')
    end as status,
    coalesce(sum(t.households) filter (where t.is_synthetic), 0) <> 0 as is_synthetic,
    sum(t.households) as households,
    sum(t.persons) as persons,
    sum(t.unknown_size) as unknown_size
  from round_tallies t
  where t.round = $1 and t.recorded_at <= $5
  group by 1, 2, 3
  having sum(t.households) <> 0
) by_place
left join (
  select
    place_id,
    case when count(*) = 1 and bool_and(is_certain) then min(unit_code) end as unit_code,
    case when count(*) = 1 and bool_and(is_certain) then min(unit_valid_from) end as unit_valid_from
  from place_units
  where valid_from <= $2 and (valid_to is null or valid_to >= $2)
  group by place_id
) on_date on on_date.place_id = by_place.place_id
left join (
  select
    place_id,
    case when count(*) = 1 and bool_and(is_certain) then min(unit_code) end as unit_code,
    case when count(*) = 1 and bool_and(is_certain) then min(unit_valid_from) end as unit_valid_from
  from place_units
  where valid_from <= $4 and (valid_to is null or valid_to >= $4)
  group by place_id
) in_round on in_round.place_id = by_place.place_id
group by 1, 2, 3, 4, 5, 6
