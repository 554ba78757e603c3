-- Tỷ lệ nghèo đa chiều = (hộ nghèo + hộ cận nghèo) / tổng số hộ dân cư.
-- QĐ 24/2021/QĐ-TTg; NĐ 07/2021/NĐ-CP điều 3.
-- Reads `household_cells` (see ../household-cells.sql); one row per unit and group.
select
  unit_code,
  unit_valid_from,
  group_key,
  coalesce(sum(households) filter (where status in ('poor', 'near_poor')), 0) as numerator,
  sum(households) as denominator
from household_cells
group by unit_code, unit_valid_from, group_key
