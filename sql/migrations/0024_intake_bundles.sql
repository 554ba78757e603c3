-- Purpose: the rows of a file that nothing is to be asked about, many in one. Such a row is read again by
-- nobody but an inspector; a record and an index entry for each was a fifth of what an import costs the
-- database. Rows that need a person stay in intake_rows, and so do all rows of imports from before.
-- Locks: none that matter, two new objects. Volume: one bundle for each sheet, place and outcome in about
-- 8,000 rows. Check: select sum(row_count) from intake_bundles; accounted_rows lists every row one by one.

create table intake_bundles (
  book_id uuid not null,
  import_id uuid not null,
  sheet text not null,
  place_id uuid not null,
  outcome text not null check (outcome in ('created', 'updated', 'unchanged', 'exact_duplicate',
    'repeated_header')),
  first_row integer not null,
  row_count integer not null check (row_count > 0),
  titles json not null, -- names of the cells, by column
  -- [[row number, household or null, [cells as the file holds them]], …]; in the cells {"at": n} says that
  -- the next one stands in column n, counted from 0.
  entries json not null,
  recorded_at timestamptz not null,
  primary key (book_id, import_id, sheet, place_id, outcome, first_row)
);
-- Stored as it is: packing it smaller would cost more time than all else here.
alter table intake_bundles alter column entries set storage external;
create index intake_bundles_import on intake_bundles (import_id);

do $$
declare
  inside constant text := 'place_id in (select s.place_id from place_scopes s where s.scope_key = '
    || 'any (string_to_array(nullif(current_setting(''%s'', true), ''''), '','')))';
begin
  execute 'create policy scope_read on intake_bundles for select to thonban_app using ('
    || format(inside, 'thonban.scope') || ')';
  execute 'create policy scope_insert on intake_bundles for insert to thonban_app with check ('
    || format(inside, 'thonban.write_scope') || ')';
  -- Nobody may update a bundle; the policy has the shape of every household-scoped table all the same.
  execute 'create policy scope_update on intake_bundles for update to thonban_app using ('
    || format(inside, 'thonban.write_scope') || ') with check ('
    || format(inside, 'thonban.write_scope') || ')';
end $$;
create policy backup on intake_bundles for select to thonban_backup using (true);
alter table intake_bundles enable row level security;
alter table intake_bundles force row level security;
grant select, insert on intake_bundles to thonban_app;
grant select on intake_bundles to thonban_backup;

-- Every row of every committed import beside its raw value. `raw` is an object of cells by title, or with
-- `titles` an array of cells by column.
create view accounted_rows with (security_invoker = true) as
select book_id, import_id, sheet, row_number, place_id, outcome, reasons, household_id,
  null::json as titles, raw, recorded_at
from intake_rows
where not is_preview
union all
select p.book_id, p.import_id, p.sheet, (e.entry ->> 0)::integer, p.place_id, p.outcome, '{}'::text[],
  (e.entry ->> 1)::uuid, p.titles, e.entry -> 2, p.recorded_at
from intake_bundles p
cross join lateral json_array_elements(p.entries) as e(entry);
grant select on accounted_rows to thonban_app;
grant select on accounted_rows to thonban_backup;
