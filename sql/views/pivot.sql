-- Commune × ethnicity × sex × class of one round. Rows meet only reference tables (places and units), so
-- nothing crosses a shard; few groups, so that they stay in the cache of the processor.
--   $1 round · $2 boundary date
select
  on_date.unit_code as "unitCode",
  r.head_ethnicity_id as "ethnicityId",
  r.head_sex as "sex",
  r.recognised_status as "status",
  count(*)::integer as households,
  coalesce(sum(r.members), 0)::integer as persons
from current_household_rounds r
left join (
  select
    place_id,
    case when count(*) = 1 and bool_and(is_certain) then min(unit_code) end as unit_code
  from place_units
  where valid_from <= $2 and (valid_to is null or valid_to >= $2)
  group by place_id
) on_date on on_date.place_id = r.place_id
where r.round = $1
group by 1, 2, 3, 4
