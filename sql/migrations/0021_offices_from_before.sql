-- Purpose: offices of departments and supervisors from before 0015 get their unit or village too, from the
-- one scope over which all roles in them are held; 0015 gave it to the others. Without it they stand in no
-- list, move with no unit, and a second office arises beside them.
-- Locks: short, on offices. Volume: a few rows; none on an instance made since 0015.
-- Check: select name from offices where unit_code is null and place_id is null; -- roles over several places

update offices o
set unit_code = k.unit_code, unit_valid_from = k.unit_valid_from, place_id = k.place_id
from (
  select s.office_id, u.code as unit_code, u.valid_from as unit_valid_from, p.place_id
  from (
    select r.office_id, min(r.scope_key) as scope_key
    from role_assignments r
    group by r.office_id
    having count(distinct r.scope_key) = 1
  ) s
  left join units u on s.scope_key = 'u:' || u.code || '@' || u.valid_from
    or (s.scope_key = 'p:' || u.code and u.level = 'province' and u.valid_to is null)
  left join places p on s.scope_key = 'v:' || p.place_id
) k
where k.office_id = o.office_id and o.unit_code is null and o.place_id is null
  and (k.unit_code is not null or k.place_id is not null);
