-- Purpose: what every room stands on: the instance, accounts, commands, audit, jobs.
-- Locks: none beyond creation. Volume: small, except audit_entries (one row per write and per read
-- of a personal record). Check: select kind from instance;

create type instance_kind as enum ('demo', 'real');

-- One row, written at birth, never changed (DESIGN §3 law 13).
create table instance (
  only_row boolean primary key default true check (only_row),
  instance_id uuid not null,
  kind instance_kind not null,
  province_code text not null,
  seed bigint,
  scale numeric,
  created_at timestamptz not null
);

-- A command is one act of one actor. Its id comes with the form, so that sending a form twice does
-- the thing once: the second time answers with the stored result.
create table commands (
  command_id uuid primary key,
  name text not null,
  actor_id uuid not null,
  office_id uuid,
  reason text,
  input_hash bytea not null,
  result jsonb not null,
  recorded_at timestamptz not null
);
create index commands_recorded_at on commands (recorded_at desc);

-- Append-only. The payload stands apart from its hash, so that it can later be redacted by decision
-- while the record that something was written stays.
create table audit_entries (
  entry_id uuid primary key,
  stream text not null,
  recorded_at timestamptz not null,
  actor_id uuid not null,
  office_id uuid,
  command_id uuid,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  book_id uuid,
  place_id uuid,
  base_version text,
  reason text,
  payload jsonb,
  payload_hash bytea not null
);
create index audit_entries_subject on audit_entries (subject_kind, subject_id, recorded_at);

create type job_state as enum ('queued', 'running', 'done', 'failed');

create table jobs (
  job_id uuid primary key,
  kind text not null,
  state job_state not null default 'queued',
  input jsonb not null,
  progress jsonb not null default '{}',
  result jsonb,
  problem jsonb,
  actor_id uuid not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  attempts integer not null default 0
);
create index jobs_waiting on jobs (created_at) where state in ('queued', 'running');

create table offices (
  office_id uuid primary key,
  name text not null,
  kind text not null check (kind in ('province', 'department', 'commune', 'village', 'supervisor')),
  valid_from date not null,
  valid_to date
);

create table people (
  person_account_id uuid primary key,
  full_name text not null,
  is_synthetic boolean not null
);

create table accounts (
  account_id uuid primary key,
  username text not null unique,
  password_hash text not null,
  person_account_id uuid not null references people,
  is_demo boolean not null,
  created_at timestamptz not null,
  disabled_at timestamptz
);

-- A role is held by a person in an office over places (scope keys, see place_scopes) for an interval.
create table role_assignments (
  assignment_id uuid primary key,
  person_account_id uuid not null references people,
  office_id uuid not null references offices,
  role text not null check (
    role in ('province_officer', 'commune_officer', 'village_head', 'supervisor', 'administrator')
  ),
  scope_key text not null,
  valid_from date not null,
  valid_to date
);
create index role_assignments_person on role_assignments (person_account_id);

create table sessions (
  token_hash bytea primary key,
  account_id uuid not null references accounts,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  device text
);
create index sessions_account on sessions (account_id);

grant select, insert on instance, commands, people, offices, role_assignments to thonban_app;
grant update (valid_to) on role_assignments, offices to thonban_app;
grant select, insert, update on jobs, accounts, sessions to thonban_app;
