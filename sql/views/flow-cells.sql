-- The cells of forms 2 and 3 and of the bridge: households that went the same way between two rounds.
-- Reads `transitions` (see transitions.sql), counted by place first and then rolled up.
--   $6 boundary date
select
  unit_before.unit_code as unit_before,
  unit_after.unit_code as unit_after,
  flows.status_before,
  flows.status_after,
  flows.was_in_class,
  bool_or(flows.is_synthetic) as is_synthetic,
  sum(flows.households)::bigint as households,
  sum(flows.persons_before)::bigint as persons_before,
  sum(flows.persons_after)::bigint as persons_after,
  sum(flows.persons_more)::bigint as persons_more,
  sum(flows.persons_fewer)::bigint as persons_fewer,
  sum(flows.unknown_size)::bigint as unknown_size
from (
  select
    place_before,
    place_after,
    status_before,
    status_after,
    was_in_class,
    bool_or(is_synthetic) as is_synthetic,
    count(*) as households,
    coalesce(sum(members_before), 0) as persons_before,
    coalesce(sum(members_after), 0) as persons_after,
    coalesce(sum(greatest(members_after - members_before, 0)), 0) as persons_more,
    coalesce(sum(greatest(members_before - members_after, 0)), 0) as persons_fewer,
    count(*) filter (
      where
        (status_before is not null and members_before is null)
        or (status_after is not null and members_after is null)
    ) as unknown_size
  from transitions
  group by 1, 2, 3, 4, 5
) flows
left join (
  select
    place_id,
    case when count(*) = 1 and bool_and(is_certain) then min(unit_code) end as unit_code
  from place_units
  where valid_from <= $6 and (valid_to is null or valid_to >= $6)
  group by place_id
) unit_before on unit_before.place_id = flows.place_before
left join (
  select
    place_id,
    case when count(*) = 1 and bool_and(is_certain) then min(unit_code) end as unit_code
  from place_units
  where valid_from <= $6 and (valid_to is null or valid_to >= $6)
  group by place_id
) unit_after on unit_after.place_id = flows.place_after
group by 1, 2, 3, 4, 5
