-- Purpose: files that came in and what became of each row. Volume: one intake_rows row per sheet row
-- of every committed import. Check: select state, count(*) from imports group by state;

create type import_state as enum ('previewed', 'committed', 'voided');

create table imports (
  import_id uuid primary key,
  kind text not null,
  file_name text not null,
  file_sha256 bytea not null,
  file_bytes bigint not null,
  round smallint not null,
  mapping_hash bytea not null,
  state import_state not null,
  counts jsonb not null,
  actor_id uuid not null,
  office_id uuid,
  command_id uuid not null,
  created_at timestamptz not null,
  committed_at timestamptz,
  voided_at timestamptz,
  void_reason text
);
-- The same file, round and mapping can stand committed only once.
create unique index imports_once on imports (kind, file_sha256, round, mapping_hash)
  where state = 'committed';

-- Every row of a sheet beside its raw value and what it became. A preview keeps only the rows that
-- need a person (`is_preview`), so that they can be shown before anything is written. `reading`: what
-- was understood of such a row, beside what it says.
create table intake_rows (
  book_id uuid not null,
  import_id uuid not null,
  sheet text not null,
  row_number integer not null,
  place_id uuid not null,
  is_preview boolean not null default false,
  raw json not null, -- json, not jsonb: keeps the order of the columns of the file
  reading jsonb,
  outcome text not null check (outcome in ('created', 'updated', 'unchanged', 'conflicting',
    'needs_review', 'exact_duplicate', 'repeated_header')),
  reasons text[] not null default '{}',
  household_id uuid,
  recorded_at timestamptz not null,
  primary key (book_id, import_id, sheet, row_number, is_preview)
);
-- Rows of one import are written together and ids rise with time: block ranges find them for next to
-- nothing. The few rows that need a person have an index of their own.
create index intake_rows_import on intake_rows using brin (import_id);
create index intake_rows_to_review on intake_rows (import_id) where cardinality(reasons) > 0;

grant select, insert, update on imports to thonban_app;
grant select, insert on intake_rows to thonban_app;
