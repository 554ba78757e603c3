-- Purpose: a household asks who used its data with the code on its paper. Only a hash of the code is
-- kept; the newest row of a household is the code that counts, so a new one replaces the old.
-- Locks: none beyond creation. Volume: one small row per code handed out.
-- Check: select count(*) from household_codes;

create table household_codes (
  book_id uuid not null,
  household_id uuid not null,
  code_id uuid not null,
  place_id uuid not null,
  code_hash bytea not null,
  reason text,
  command_id uuid not null,
  recorded_at timestamptz not null,
  primary key (book_id, household_id, code_id),
  foreign key (book_id, household_id) references households (book_id, household_id)
);
create index household_codes_hash on household_codes (code_hash);

do $$
declare
  inside constant text := 'place_id in (select s.place_id from place_scopes s where s.scope_key = '
    || 'any (string_to_array(nullif(current_setting(''%s'', true), ''''), '','')))';
  readable constant text := format(inside, 'thonban.scope');
  writable constant text := format(inside, 'thonban.write_scope');
begin
  execute 'alter table household_codes enable row level security';
  execute 'alter table household_codes force row level security';
  execute format('create policy scope_read on household_codes for select to thonban_app using (%s)',
    readable);
  execute format('create policy scope_insert on household_codes for insert to thonban_app'
    || ' with check (%s)', writable);
  execute format('create policy scope_update on household_codes for update to thonban_app using (%s)'
    || ' with check (%s)', writable, writable);
end $$;
create policy backup on household_codes for select to thonban_backup using (true);

grant select, insert on household_codes to thonban_app;
grant select on household_codes to thonban_backup;
