-- Commune × ethnicity × sex × class of one round, added up from its tallies (0023_round_tallies.sql).
-- Tallies meet only a reference table (places and units), so nothing crosses a shard.
--   $1 round · $2 boundary date
select
  on_date.unit_code as "unitCode",
  t.head_ethnicity_id as "ethnicityId",
  t.head_sex as "sex",
  t.recognised_status as "status",
  sum(t.households)::integer as households,
  sum(t.persons)::integer as persons
from round_tallies t
left join (
  select
    place_id,
    case when count(*) = 1 and bool_and(is_certain) then min(unit_code) end as unit_code
  from place_units
  where valid_from <= $2 and (valid_to is null or valid_to >= $2)
  group by place_id
) on_date on on_date.place_id = t.place_id
where t.round = $1
group by 1, 2, 3, 4
having sum(t.households) <> 0
