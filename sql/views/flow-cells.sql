-- What became of households between two rounds: the cells of forms 2 and 3 and of the bridge. Only
-- households that are poor or near-poor in at least one of the two rounds are read.
--   $1 first round · $2 second round · $3, $4 what is counted in each: 'recognised' | 'proposed'
--   $5 known at · $6 boundary date
-- status_*   null = no row in that round, or a row that no decision covers
-- was_*      known only for a household above both lines in the first round and below one in the
--            second: recognised poor (near-poor) in any round before the first
select
  unit_before.unit_code as unit_before,
  unit_after.unit_code as unit_after,
  flows.status_before,
  flows.status_after,
  flows.was_poor,
  flows.was_near_poor,
  bool_or(flows.is_synthetic) as is_synthetic,
  sum(flows.households)::bigint as households,
  sum(flows.persons_before)::bigint as persons_before,
  sum(flows.persons_after)::bigint as persons_after,
  sum(flows.persons_more)::bigint as persons_more,
  sum(flows.persons_fewer)::bigint as persons_fewer,
  sum(flows.unknown_size)::bigint as unknown_size
from (
  select
    b.place_id as place_before,
    a.place_id as place_after,
    b.status as status_before,
    a.status as status_after,
    case when b.status in ('not_poor', 'average_living') and a.status in ('poor', 'near_poor') then
      exists (
        select
        from household_rounds h
        where
          h.book_id = a.book_id
          and h.household_id = a.household_id
          and h.round < $1
          and h.recognised_status = 'poor'
          and h.recorded_at <= $5
          and not exists (
            select
            from household_round_endings e
            where
              e.book_id = h.book_id
              and e.household_id = h.household_id
              and e.round = h.round
              and e.row_id = h.row_id
              and e.recorded_at <= $5
          )
      )
      or exists (
        select
        from earlier_statuses s
        where
          s.book_id = a.book_id
          and s.household_id = a.household_id
          and s.round < $1
          and s.status = 'poor'
          and s.recorded_at <= $5
      )
    end as was_poor,
    case when b.status in ('not_poor', 'average_living') and a.status = 'near_poor' then
      exists (
        select
        from household_rounds h
        where
          h.book_id = a.book_id
          and h.household_id = a.household_id
          and h.round < $1
          and h.recognised_status = 'near_poor'
          and h.recorded_at <= $5
          and not exists (
            select
            from household_round_endings e
            where
              e.book_id = h.book_id
              and e.household_id = h.household_id
              and e.round = h.round
              and e.row_id = h.row_id
              and e.recorded_at <= $5
          )
      )
      or exists (
        select
        from earlier_statuses s
        where
          s.book_id = a.book_id
          and s.household_id = a.household_id
          and s.round < $1
          and s.status = 'near_poor'
          and s.recorded_at <= $5
      )
    end as was_near_poor,
    bool_or(coalesce(a.is_synthetic, b.is_synthetic)) as is_synthetic,
    count(*) as households,
    coalesce(sum(b.members), 0) as persons_before,
    coalesce(sum(a.members), 0) as persons_after,
    coalesce(sum(greatest(a.members - b.members, 0)), 0) as persons_more,
    coalesce(sum(greatest(b.members - a.members, 0)), 0) as persons_fewer,
    count(*) filter (
      where
        (b.status is not null and b.members is null)
        or (a.status is not null and a.members is null)
    ) as unknown_size
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
    from household_rounds r
    where
      r.round = $1
      and r.recorded_at <= $5
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
    from household_rounds r
    where
      r.round = $2
      and r.recorded_at <= $5
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
  ) a on a.book_id = b.book_id and a.household_id = b.household_id
  where b.status in ('poor', 'near_poor') or a.status in ('poor', 'near_poor')
  group by 1, 2, 3, 4, 5, 6
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
group by 1, 2, 3, 4, 5, 6
