-- Rows that refer to something that is not there: what foreign keys on the tables an import fills
-- would have refused (docs/decisions/0005-no-foreign-keys-on-bulk-tables.md).
-- Run with a scope that sees everything, or as the backup role. No rows = nothing wrong.
select 'membership without household' as finding, m.book_id, m.household_id as id
from memberships m
where not exists (
  select from households h where h.book_id = m.book_id and h.household_id = m.household_id
)
union all
select 'membership without person', m.book_id, m.person_id
from memberships m
where not exists (
  select from persons p where p.book_id = m.book_id and p.person_id = m.person_id
)
union all
select 'round of a household that is not there', r.book_id, r.household_id
from household_rounds r
where not exists (
  select from households h where h.book_id = r.book_id and h.household_id = r.household_id
)
union all
select 'round without a campaign', r.book_id, r.household_id
from household_rounds r
where not exists (select from review_rounds c where c.round = r.round)
union all
select 'decision that is not there', r.book_id, r.household_id
from household_rounds r
where r.decision_id is not null
  and not exists (select from recognition_decisions d where d.decision_id = r.decision_id)
union all
select 'household without book', h.book_id, h.household_id
from households h
where not exists (select from books b where b.book_id = h.book_id)
union all
select 'row of an import without book or import', i.book_id, i.import_id
from (
  select book_id, import_id from intake_rows
  union all
  select book_id, import_id from intake_bundles
) i
where not exists (select from books b where b.book_id = i.book_id)
  or not exists (select from imports m where m.import_id = i.import_id)
union all
select 'row of an import whose household is not there', i.book_id, i.household_id
from accounted_rows i
where i.household_id is not null
  and not exists (
    select from households h where h.book_id = i.book_id and h.household_id = i.household_id
  );
