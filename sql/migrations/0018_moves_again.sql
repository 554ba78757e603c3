-- Purpose: what a move left behind, or what came to a commune after it had ended, can be moved in a further
-- one: one plan waits for a unit at a time, any number may be done. Inspections go on with the unit that
-- takes the whole of theirs.
-- Locks: short, on office_moves and inspections. Volume: none.
-- Check: select indexdef from pg_indexes where indexname = 'office_moves_once'; -- where state = 'planned'

drop index office_moves_once;
create unique index office_moves_once on office_moves (from_code, from_valid_from)
  where state = 'planned';
create index office_moves_unit on office_moves (from_code, from_valid_from);

grant update (scope_keys) on inspections to thonban_app;
