/**
 * Roll-up of places to units, as SQL text. *As-was* takes the reference date of a round as boundary
 * date, *as-is* any later one; the same text serves both.
 */

/**
 * A subquery `(place_id, unit_code, unit_valid_from)` with one row for each place that is known on
 * the boundary date. A place that may lie in several units has nulls ("chưa xác định"): it is counted
 * in the province and in no commune. Join it with LEFT JOIN, since a place first seen later has no row.
 * @param date an SQL expression of type date, such as `$1::date` or `r.reference_date`; never user text
 */
export function placeUnitsAt(date: string): string {
  return `(
  select pu.place_id,
    case when count(*) = 1 and bool_and(pu.is_certain) then min(pu.unit_code) end as unit_code,
    case when count(*) = 1 and bool_and(pu.is_certain) then min(pu.unit_valid_from) end
      as unit_valid_from
  from place_units pu
  where pu.valid_from <= ${date} and (pu.valid_to is null or pu.valid_to >= ${date})
  group by pu.place_id)`;
}
