-- Purpose: signing in safely (delays that survive a restart, second factor, single sign-on, sessions a
-- person can see and end) and personal identity numbers, encrypted, in the books of households.
-- Locks: accounts and sessions for an instant each (small tables). Volume: sign_in_attempts thousands,
-- pruned; person_identifiers up to one row per person and number.
-- Check: select count(*) from person_identifiers; (0 without a scope)

-- Failures in a row: of a name, of a source address, of a browser that signed in before, of a code.
-- Subjects are hashed: people type passwords into the field of the name.
create table sign_in_attempts (
  kind text not null check (kind in ('name', 'address', 'browser', 'code')),
  subject_hash bytea not null,
  failures integer not null,
  last_at timestamptz not null,
  not_before timestamptz not null,
  primary key (kind, subject_hash)
);
create index sign_in_attempts_last on sign_in_attempts (last_at);

-- `has_local_password`: false for people who only come through single sign-on.
alter table accounts
  add column has_local_password boolean not null default true,
  add column password_changed_at timestamptz;

-- `session_id` names a session where its token must not stand. `browser_hash`: the browser it was
-- opened in, known again at its next sign-in. `second_factor_at`: when a code was given.
alter table sessions
  add column session_id uuid not null default gen_random_uuid() unique,
  add column browser_hash bytea,
  add column method text not null default 'password' check (method in ('password', 'sso')),
  add column second_factor_at timestamptz,
  add column end_reason text;
alter table sessions alter column session_id drop default;
create index sessions_browser on sessions (account_id, browser_hash);

-- The secret of the authenticator app, sealed (src/store/vault). `last_step`: the newest time step whose
-- code was used; no code opens twice.
create table account_totp (
  account_id uuid primary key references accounts,
  key_id text not null,
  ciphertext bytea not null,
  last_step bigint not null,
  confirmed_at timestamptz not null
);

create table account_recovery_codes (
  account_id uuid not null references accounts,
  code_hash bytea not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (account_id, code_hash)
);

-- Who a subject of the single sign-on is here. A subject may be a personal identity number: it is kept
-- sealed and looked up by its keyed hash.
create table account_links (
  link_id uuid primary key,
  account_id uuid not null references accounts,
  issuer text not null,
  key_id text not null,
  ciphertext bytea not null,
  match_hash bytea not null,
  linked_at timestamptz not null,
  ended_at timestamptz
);
create index account_links_match on account_links (match_hash);
create index account_links_account on account_links (account_id);

-- A number is never changed: a correction ends the row and appends another. What does change is the key
-- it is sealed under (thonban keys rotate).
create table person_identifiers (
  book_id uuid not null,
  person_id uuid not null,
  identifier_id uuid not null,
  place_id uuid not null,
  kind text not null check (kind in ('cccd', 'cmnd')),
  key_id text not null,
  ciphertext bytea not null,
  match_hash bytea not null,
  command_id uuid not null,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  ended_by_command_id uuid,
  primary key (book_id, person_id, identifier_id)
);
create unique index person_identifiers_one on person_identifiers (book_id, person_id, kind)
  where ended_at is null;
create index person_identifiers_match on person_identifiers (match_hash);
create index person_identifiers_key on person_identifiers (key_id);

alter table person_identifiers enable row level security;
alter table person_identifiers force row level security;
create policy scope_read on person_identifiers for select to thonban_app
  using (place_id in (select s.place_id from place_scopes s where s.scope_key = any (
    string_to_array(nullif(current_setting('thonban.scope', true), ''), ','))));
create policy scope_insert on person_identifiers for insert to thonban_app
  with check (place_id in (select s.place_id from place_scopes s where s.scope_key = any (
    string_to_array(nullif(current_setting('thonban.write_scope', true), ''), ','))));
create policy scope_update on person_identifiers for update to thonban_app
  using (place_id in (select s.place_id from place_scopes s where s.scope_key = any (
    string_to_array(nullif(current_setting('thonban.write_scope', true), ''), ','))))
  with check (place_id in (select s.place_id from place_scopes s where s.scope_key = any (
    string_to_array(nullif(current_setting('thonban.write_scope', true), ''), ','))));
create policy backup on person_identifiers for select to thonban_backup using (true);

grant select, insert, update, delete on sign_in_attempts, account_totp, account_recovery_codes
  to thonban_app;
grant select, insert on account_links, person_identifiers to thonban_app;
grant update (key_id, ciphertext, match_hash, ended_at) on account_links to thonban_app;
grant update (key_id, ciphertext, match_hash, ended_at, ended_by_command_id, place_id)
  on person_identifiers to thonban_app;
grant select on sign_in_attempts, account_totp, account_recovery_codes, account_links,
  person_identifiers to thonban_backup;
