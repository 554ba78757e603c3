-- The schema after all migrations. Made from the catalogs (npm run schema); do not edit.

create schema publication authorization thonban_publisher;
grant usage on schema publication to thonban_app;
grant usage on schema publication to thonban_public;

create type area_kind as enum ('rural', 'urban');

create type import_state as enum ('previewed', 'committed', 'voided');

create type instance_kind as enum ('demo', 'real');

create type job_state as enum ('queued', 'running', 'done', 'failed');

create type poverty_status as enum ('poor', 'near_poor', 'average_living', 'not_poor', 'not_computable');

create type sex as enum ('male', 'female');

create table account_links (
  link_id uuid not null,
  account_id uuid not null,
  issuer text not null,
  key_id text not null,
  ciphertext bytea not null,
  match_hash bytea not null,
  linked_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint account_links_pkey PRIMARY KEY (link_id),
  constraint account_links_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id)
);

create table account_recovery_codes (
  account_id uuid not null,
  code_hash bytea not null,
  made_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint account_recovery_codes_pkey PRIMARY KEY (account_id, code_hash),
  constraint account_recovery_codes_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id)
);

create table account_totp (
  account_id uuid not null,
  key_id text not null,
  ciphertext bytea not null,
  last_step bigint not null,
  confirmed_at timestamp with time zone not null,
  constraint account_totp_pkey PRIMARY KEY (account_id),
  constraint account_totp_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id)
);

create table accounts (
  account_id uuid not null,
  username text not null,
  password_hash text not null,
  person_account_id uuid not null,
  is_demo boolean not null,
  created_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  has_local_password boolean default true not null,
  password_changed_at timestamp with time zone,
  constraint accounts_pkey PRIMARY KEY (account_id),
  constraint accounts_username_key UNIQUE (username),
  constraint accounts_person_account_id_fkey FOREIGN KEY (person_account_id) REFERENCES people(person_account_id)
);

create table audit_checkpoint_heads (
  stream text not null,
  number bigint not null,
  seq bigint not null,
  hash bytea not null,
  constraint audit_checkpoint_heads_pkey PRIMARY KEY (stream, number),
  constraint audit_checkpoint_heads_number_fkey FOREIGN KEY (number) REFERENCES audit_checkpoints(number)
);

create table audit_checkpoints (
  number bigint not null,
  at timestamp with time zone not null,
  instance_id uuid,
  root bytea not null,
  streams bigint not null,
  entries bigint not null,
  previous_hash bytea not null,
  key_id text not null,
  signature bytea not null,
  constraint audit_checkpoints_pkey PRIMARY KEY (number),
  constraint audit_checkpoints_previous_hash_key UNIQUE (previous_hash),
  constraint audit_checkpoints_key_id_fkey FOREIGN KEY (key_id) REFERENCES audit_keys(key_id)
);

create table audit_entries (
  entry_id uuid not null,
  stream text not null,
  recorded_at timestamp with time zone not null,
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
  payload json,
  seq bigint not null,
  digest bytea not null,
  hash bytea not null,
  payload_salt bytea,
  payload_digest bytea not null,
  role text,
  device text,
  purpose text,
  inspection_id uuid,
  on_behalf_of uuid,
  digest_form smallint,
  constraint audit_entries_pkey PRIMARY KEY (entry_id),
  constraint audit_entries_stream_seq UNIQUE (stream, seq),
  constraint audit_entries_digest_form_check CHECK ((digest_form = 2)),
  constraint audit_entries_redaction CHECK (((payload IS NULL) = (payload_salt IS NULL)))
);

create table audit_heads (
  stream text not null,
  seq bigint not null,
  hash bytea not null,
  constraint audit_heads_pkey PRIMARY KEY (stream)
);

create table audit_keys (
  key_number integer not null,
  key_id text not null,
  public_key bytea not null,
  created_at timestamp with time zone not null,
  signed_by text not null,
  signature bytea not null,
  constraint audit_keys_pkey PRIMARY KEY (key_number),
  constraint audit_keys_key_id_key UNIQUE (key_id)
);

create table books (
  book_id uuid not null,
  province_code text not null,
  label text not null,
  opened_for_unit_code text,
  opened_for_unit_valid_from date,
  opened_at timestamp with time zone not null,
  constraint books_pkey PRIMARY KEY (book_id)
);

create table command_outcomes (
  command_id uuid not null,
  actor_id uuid not null,
  scope_keys text[] not null,
  reason text,
  input_hash bytea not null,
  result jsonb not null,
  constraint command_outcomes_pkey PRIMARY KEY (command_id),
  constraint command_outcomes_command_id_fkey FOREIGN KEY (command_id) REFERENCES commands(command_id)
);

create table commands (
  command_id uuid not null,
  name text not null,
  actor_id uuid not null,
  office_id uuid,
  recorded_at timestamp with time zone not null,
  on_behalf_of uuid,
  on_behalf_too uuid[] default '{}'::uuid[] not null,
  constraint commands_pkey PRIMARY KEY (command_id),
  constraint commands_on_behalf_of_fkey FOREIGN KEY (on_behalf_of) REFERENCES people(person_account_id)
);

create table earlier_statuses (
  book_id uuid not null,
  household_id uuid not null,
  round smallint not null,
  place_id uuid not null,
  standard_id text not null,
  status poverty_status not null,
  is_simulated boolean not null,
  source text not null,
  command_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint earlier_statuses_pkey PRIMARY KEY (book_id, household_id, round),
  constraint earlier_statuses_book_id_household_id_fkey FOREIGN KEY (book_id, household_id) REFERENCES households(book_id, household_id)
);

create table household_codes (
  book_id uuid not null,
  household_id uuid not null,
  code_id uuid not null,
  place_id uuid not null,
  code_hash bytea not null,
  reason text,
  command_id uuid not null,
  recorded_at timestamp with time zone not null,
  head_birth_year smallint,
  constraint household_codes_pkey PRIMARY KEY (book_id, household_id, code_id),
  constraint household_codes_book_id_household_id_fkey FOREIGN KEY (book_id, household_id) REFERENCES households(book_id, household_id),
  constraint household_codes_birth_year CHECK (((head_birth_year >= 1900) AND (head_birth_year <= 2100)))
);

create table household_events (
  book_id uuid not null,
  household_id uuid not null,
  event_id uuid not null,
  place_id uuid not null,
  round smallint not null,
  kind text not null,
  related_household_id uuid,
  happened_on date,
  is_synthetic boolean not null,
  command_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint household_events_pkey PRIMARY KEY (book_id, household_id, event_id),
  constraint household_events_book_id_household_id_fkey FOREIGN KEY (book_id, household_id) REFERENCES households(book_id, household_id),
  constraint household_events_kind_check CHECK ((kind = ANY (ARRAY['formed'::text, 'split_off'::text, 'moved_in'::text, 'moved_away'::text, 'died_out'::text, 'moved_within'::text])))
);

create table household_round_endings (
  book_id uuid not null,
  household_id uuid not null,
  round smallint not null,
  row_id uuid not null,
  place_id uuid not null,
  kind text not null,
  command_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint household_round_endings_pkey PRIMARY KEY (book_id, household_id, round, row_id),
  constraint household_round_endings_book_id_household_id_round_row_id_fkey FOREIGN KEY (book_id, household_id, round, row_id) REFERENCES household_rounds(book_id, household_id, round, row_id),
  constraint household_round_endings_kind_check CHECK ((kind = ANY (ARRAY['replaced'::text, 'voided'::text])))
);

create table household_rounds (
  book_id uuid not null,
  household_id uuid not null,
  round smallint not null,
  row_id uuid not null,
  place_id uuid not null,
  standard_id text not null,
  area area_kind,
  area_class text,
  is_extremely_disadvantaged boolean,
  field_code text,
  head_name text,
  head_name_key text,
  head_sex sex,
  head_birth_year smallint,
  head_ethnicity_id text,
  is_ethnic_minority boolean,
  members smallint,
  has_no_labour_capacity boolean,
  has_merit_person boolean,
  quick_screen_passed boolean,
  b1 numeric(6,1),
  b2 smallint,
  deprived_emp boolean,
  deprived_dep boolean,
  deprived_nut boolean,
  deprived_ins boolean,
  deprived_adu boolean,
  deprived_chi boolean,
  deprived_hqu boolean,
  deprived_har boolean,
  deprived_wat boolean,
  deprived_toi boolean,
  deprived_tel boolean,
  deprived_inf boolean,
  cause_no_land boolean,
  cause_no_capital boolean,
  cause_no_labour boolean,
  cause_no_tools boolean,
  cause_no_knowledge boolean,
  cause_no_skill boolean,
  cause_illness boolean,
  cause_other boolean,
  field_status poverty_status,
  proposed_status poverty_status,
  recognised_status poverty_status,
  decision_id uuid,
  rule_version text,
  reviewed_on date,
  reviewer text,
  is_synthetic boolean not null,
  import_id uuid,
  command_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint household_rounds_pkey PRIMARY KEY (book_id, household_id, round, row_id),
  constraint household_rounds_b2_check CHECK (((b2 IS NULL) OR ((b2 >= 0) AND (b2 <= 120)))),
  constraint household_rounds_check CHECK (((recognised_status IS NULL) OR (decision_id IS NOT NULL)))
);

create table households (
  book_id uuid not null,
  household_id uuid not null,
  place_id uuid not null,
  opened_round smallint,
  import_id uuid,
  command_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint households_pkey PRIMARY KEY (book_id, household_id)
);

create table imports (
  import_id uuid not null,
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
  created_at timestamp with time zone not null,
  committed_at timestamp with time zone,
  voided_at timestamp with time zone,
  void_reason text,
  reach text[] not null,
  scope_keys text[] not null,
  on_behalf uuid[] default '{}'::uuid[] not null,
  constraint imports_pkey PRIMARY KEY (import_id)
);

create table inspection_members (
  inspection_id uuid not null,
  account_id uuid not null,
  joined_at timestamp with time zone not null,
  left_at timestamp with time zone,
  constraint inspection_members_pkey PRIMARY KEY (inspection_id, account_id),
  constraint inspection_members_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES inspections(inspection_id)
);

create table inspections (
  inspection_id uuid not null,
  title text not null,
  decision_number text not null,
  decision_date date not null,
  signer text not null,
  office_id uuid,
  opened_on date not null,
  closed_on date,
  result_number text,
  result_public_on date,
  recorded_by uuid not null,
  recorded_at timestamp with time zone not null,
  scope_keys text[] default '{}'::text[] not null,
  known_to uuid[] default '{}'::uuid[] not null,
  constraint inspections_pkey PRIMARY KEY (inspection_id),
  constraint inspections_check CHECK (((closed_on IS NULL) OR (closed_on >= opened_on))),
  constraint inspections_check1 CHECK (((result_public_on IS NULL) OR (closed_on IS NOT NULL)))
);

create table instance (
  only_row boolean default true not null,
  instance_id uuid not null,
  kind instance_kind not null,
  province_code text not null,
  seed bigint,
  scale numeric,
  created_at timestamp with time zone not null,
  constraint instance_pkey PRIMARY KEY (only_row),
  constraint instance_only_row_check CHECK (only_row)
);

create table intake_bundles (
  book_id uuid not null,
  import_id uuid not null,
  sheet text not null,
  place_id uuid not null,
  outcome text not null,
  first_row integer not null,
  row_count integer not null,
  titles json not null,
  entries json not null,
  recorded_at timestamp with time zone not null,
  constraint intake_bundles_pkey PRIMARY KEY (book_id, import_id, sheet, place_id, outcome, first_row),
  constraint intake_bundles_outcome_check CHECK ((outcome = ANY (ARRAY['created'::text, 'updated'::text, 'unchanged'::text, 'exact_duplicate'::text, 'repeated_header'::text]))),
  constraint intake_bundles_row_count_check CHECK ((row_count > 0))
);

create table intake_rows (
  book_id uuid not null,
  import_id uuid not null,
  sheet text not null,
  row_number integer not null,
  place_id uuid not null,
  is_preview boolean default false not null,
  raw json not null,
  reading jsonb,
  outcome text not null,
  reasons text[] default '{}'::text[] not null,
  household_id uuid,
  recorded_at timestamp with time zone not null,
  constraint intake_rows_pkey PRIMARY KEY (book_id, import_id, sheet, row_number, is_preview),
  constraint intake_rows_outcome_check CHECK ((outcome = ANY (ARRAY['created'::text, 'updated'::text, 'unchanged'::text, 'conflicting'::text, 'needs_review'::text, 'exact_duplicate'::text, 'repeated_header'::text])))
);

create table jobs (
  job_id uuid not null,
  kind text not null,
  state job_state default 'queued'::job_state not null,
  input jsonb not null,
  progress jsonb default '{}'::jsonb not null,
  result jsonb,
  problem jsonb,
  actor_id uuid not null,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  attempts integer default 0 not null,
  scope_keys text[] not null,
  not_before timestamp with time zone,
  constraint jobs_pkey PRIMARY KEY (job_id)
);

create table memberships (
  book_id uuid not null,
  household_id uuid not null,
  person_id uuid not null,
  place_id uuid not null,
  relation text not null,
  valid_from date not null,
  valid_to date,
  end_reason text,
  constraint memberships_pkey PRIMARY KEY (book_id, household_id, person_id, valid_from),
  constraint memberships_end_reason_check CHECK ((end_reason = ANY (ARRAY['died'::text, 'moved_away'::text, 'split'::text, 'other'::text])))
);

create table office_moves (
  move_id uuid not null,
  from_code text not null,
  from_valid_from date not null,
  effective_on date not null,
  state text not null,
  choices jsonb not null,
  plan jsonb not null,
  result jsonb,
  problem jsonb,
  job_id uuid,
  actor_id uuid not null,
  command_id uuid not null,
  planned_at timestamp with time zone not null,
  executed_at timestamp with time zone,
  voided_at timestamp with time zone,
  void_reason text,
  constraint office_moves_pkey PRIMARY KEY (move_id),
  constraint office_moves_from_code_from_valid_from_fkey FOREIGN KEY (from_code, from_valid_from) REFERENCES units(code, valid_from),
  constraint office_moves_check CHECK (((state = 'executed'::text) = (executed_at IS NOT NULL))),
  constraint office_moves_check1 CHECK (((state = 'voided'::text) = (voided_at IS NOT NULL))),
  constraint office_moves_check2 CHECK (((voided_at IS NULL) OR ((void_reason IS NOT NULL) AND (length(TRIM(BOTH FROM void_reason)) > 0)))),
  constraint office_moves_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'executed'::text, 'voided'::text])))
);

create table offices (
  office_id uuid not null,
  name text not null,
  kind text not null,
  valid_from date not null,
  valid_to date,
  parent_office_id uuid,
  unit_code text,
  unit_valid_from date,
  place_id uuid,
  state text default 'keyed'::text not null,
  source text,
  constraint offices_pkey PRIMARY KEY (office_id),
  constraint offices_parent_office_id_fkey FOREIGN KEY (parent_office_id) REFERENCES offices(office_id),
  constraint offices_place_id_fkey FOREIGN KEY (place_id) REFERENCES places(place_id),
  constraint offices_unit FOREIGN KEY (unit_code, unit_valid_from) REFERENCES units(code, valid_from),
  constraint offices_interval CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  constraint offices_kind_check CHECK ((kind ~ '^[a-z_]{3,40}$'::text)),
  constraint offices_not_its_own_parent CHECK ((parent_office_id <> office_id)),
  constraint offices_of_one CHECK (((unit_code IS NULL) OR (place_id IS NULL))),
  constraint offices_state_check CHECK ((state = ANY (ARRAY['verified'::text, 'keyed'::text, 'unverified'::text])))
);

create table people (
  person_account_id uuid not null,
  full_name text not null,
  is_synthetic boolean not null,
  constraint people_pkey PRIMARY KEY (person_account_id)
);

create table person_identifiers (
  book_id uuid not null,
  person_id uuid not null,
  identifier_id uuid not null,
  place_id uuid not null,
  kind text not null,
  key_id text not null,
  ciphertext bytea not null,
  match_hash bytea not null,
  command_id uuid not null,
  recorded_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by_command_id uuid,
  constraint person_identifiers_pkey PRIMARY KEY (book_id, person_id, identifier_id),
  constraint person_identifiers_kind_check CHECK ((kind = ANY (ARRAY['cccd'::text, 'cmnd'::text])))
);

create table persons (
  book_id uuid not null,
  person_id uuid not null,
  place_id uuid not null,
  full_name text not null,
  name_key text not null,
  sex sex,
  birth_year smallint,
  birth_date date,
  ethnicity_id text,
  is_synthetic boolean not null,
  recorded_at timestamp with time zone not null,
  constraint persons_pkey PRIMARY KEY (book_id, person_id)
);

create table place_classes (
  place_id uuid not null,
  scheme text not null,
  area_class text,
  is_extremely_disadvantaged boolean,
  valid_from date not null,
  valid_to date,
  is_simulated boolean not null,
  constraint place_classes_pkey PRIMARY KEY (place_id, scheme, valid_from),
  constraint place_classes_place_id_fkey FOREIGN KEY (place_id) REFERENCES places(place_id),
  constraint place_classes_area_class_check CHECK ((area_class = ANY (ARRAY['I'::text, 'II'::text, 'III'::text])))
);

create table place_scopes (
  scope_key text not null,
  place_id uuid not null,
  constraint place_scopes_pkey PRIMARY KEY (scope_key, place_id),
  constraint place_scopes_place_id_fkey FOREIGN KEY (place_id) REFERENCES places(place_id)
);

create table place_units (
  place_id uuid not null,
  unit_code text not null,
  unit_valid_from date not null,
  valid_from date not null,
  valid_to date,
  is_certain boolean default true not null,
  constraint place_units_pkey PRIMARY KEY (place_id, unit_code, unit_valid_from, valid_from),
  constraint place_units_place_id_fkey FOREIGN KEY (place_id) REFERENCES places(place_id),
  constraint place_units_unit_code_unit_valid_from_fkey FOREIGN KEY (unit_code, unit_valid_from) REFERENCES units(code, valid_from)
);

create table places (
  place_id uuid not null,
  province_code text not null,
  kind text not null,
  name text not null,
  sort_key text not null,
  is_simulated boolean not null,
  constraint places_pkey PRIMARY KEY (place_id),
  constraint places_kind_check CHECK ((kind = ANY (ARRAY['village'::text, 'unknown_village'::text])))
);

create table publication.editions (
  only_row boolean default true not null,
  format integer not null,
  kind text not null,
  province_code text not null,
  program text not null,
  data_version text not null,
  made_at timestamp with time zone not null,
  digest text not null,
  constraint editions_pkey PRIMARY KEY (only_row),
  constraint editions_kind_check CHECK ((kind = ANY (ARRAY['demo'::text, 'real'::text]))),
  constraint editions_only_row_check CHECK (only_row)
);

create table publication.inputs (
  round integer not null,
  fingerprint text not null,
  constraint inputs_pkey PRIMARY KEY (round)
);

create table publication.shelves (
  shelf text not null,
  answers json not null,
  sha256 text not null,
  constraint shelves_pkey PRIMARY KEY (shelf)
);

create table recognition_decisions (
  decision_id uuid not null,
  round smallint not null,
  unit_code text not null,
  unit_valid_from date not null,
  number text,
  decided_on date,
  signer_name text,
  signer_title text,
  signed_file_sha256 bytea,
  is_simulated boolean not null,
  command_id uuid not null,
  recorded_at timestamp with time zone not null,
  kind text default 'recognition'::text not null,
  replaces_decision_id uuid,
  list_id uuid,
  signed_file_name text,
  constraint recognition_decisions_pkey PRIMARY KEY (decision_id),
  constraint recognition_decisions_unit UNIQUE (decision_id, round, unit_code, unit_valid_from),
  constraint recognition_decisions_list_id_fkey FOREIGN KEY (list_id) REFERENCES recognition_lists(list_id),
  constraint recognition_decisions_replaces FOREIGN KEY (replaces_decision_id, round, unit_code, unit_valid_from) REFERENCES recognition_decisions(decision_id, round, unit_code, unit_valid_from),
  constraint recognition_decisions_round_fkey FOREIGN KEY (round) REFERENCES review_rounds(round),
  constraint recognition_decisions_unit_code_unit_valid_from_fkey FOREIGN KEY (unit_code, unit_valid_from) REFERENCES units(code, valid_from),
  constraint recognition_decisions_check CHECK ((is_simulated OR ((number IS NOT NULL) AND (decided_on IS NOT NULL) AND (signer_name IS NOT NULL) AND (signed_file_sha256 IS NOT NULL)))),
  constraint recognition_decisions_kind_check CHECK ((kind = ANY (ARRAY['recognition'::text, 'revocation'::text]))),
  constraint recognition_decisions_revokes CHECK (((kind = 'recognition'::text) OR (replaces_decision_id IS NOT NULL))),
  constraint recognition_decisions_signed CHECK (((list_id IS NULL) OR ((number IS NOT NULL) AND (decided_on IS NOT NULL) AND (signer_name IS NOT NULL) AND (signer_title IS NOT NULL) AND (signed_file_sha256 IS NOT NULL))))
);

create table recognition_list_people (
  list_id uuid not null,
  person_id uuid not null,
  place_id uuid not null,
  part text not null,
  constraint recognition_list_people_pkey PRIMARY KEY (list_id, person_id),
  constraint recognition_list_people_list_id_person_id_part_key UNIQUE (list_id, person_id, part),
  constraint recognition_list_people_list_id_place_id_fkey FOREIGN KEY (list_id, place_id) REFERENCES recognition_lists(list_id, place_id),
  constraint recognition_list_people_part_check CHECK ((part = ANY (ARRAY['maker'::text, 'checker'::text])))
);

create table recognition_list_rows (
  book_id uuid not null,
  list_id uuid not null,
  snapshot_no smallint not null,
  household_id uuid not null,
  place_id uuid not null,
  round smallint not null,
  row_id uuid not null,
  status poverty_status,
  last_status poverty_status,
  row_digest bytea not null,
  constraint recognition_list_rows_pkey PRIMARY KEY (book_id, list_id, snapshot_no, household_id)
);

create table recognition_list_snapshots (
  list_id uuid not null,
  snapshot_no smallint not null,
  place_id uuid not null,
  standard_id text not null,
  rule_versions text[] not null,
  rows_hash bytea not null,
  households integer not null,
  counts jsonb not null,
  command_id uuid not null,
  taken_at timestamp with time zone not null,
  constraint recognition_list_snapshots_pkey PRIMARY KEY (list_id, snapshot_no),
  constraint recognition_list_snapshots_list_id_place_id_fkey FOREIGN KEY (list_id, place_id) REFERENCES recognition_lists(list_id, place_id)
);

create table recognition_list_steps (
  list_id uuid not null,
  step_no smallint not null,
  place_id uuid not null,
  act text not null,
  snapshot_no smallint not null,
  person_id uuid not null,
  part text,
  account_id uuid not null,
  office_id uuid,
  role text,
  reason text,
  command_id uuid not null,
  recorded_at timestamp with time zone not null,
  on_behalf_of uuid,
  constraint recognition_list_steps_pkey PRIMARY KEY (list_id, step_no),
  constraint recognition_list_steps_list_id_person_id_part_fkey FOREIGN KEY (list_id, person_id, part) REFERENCES recognition_list_people(list_id, person_id, part),
  constraint recognition_list_steps_list_id_place_id_fkey FOREIGN KEY (list_id, place_id) REFERENCES recognition_lists(list_id, place_id),
  constraint recognition_list_steps_list_id_snapshot_no_fkey FOREIGN KEY (list_id, snapshot_no) REFERENCES recognition_list_snapshots(list_id, snapshot_no),
  constraint recognition_list_steps_on_behalf_of_fkey FOREIGN KEY (on_behalf_of) REFERENCES people(person_account_id),
  constraint recognition_list_steps_act_check CHECK ((act = ANY (ARRAY['prepare'::text, 'submit'::text, 'return'::text, 'approve'::text, 'decide'::text, 'withdraw'::text]))),
  constraint recognition_list_steps_check CHECK (((act <> ALL (ARRAY['prepare'::text, 'submit'::text])) OR ((part IS NOT NULL) AND (part = 'maker'::text)))),
  constraint recognition_list_steps_check1 CHECK (((act <> 'approve'::text) OR ((part IS NOT NULL) AND (part = 'checker'::text)))),
  constraint recognition_list_steps_check2 CHECK (((act <> ALL (ARRAY['return'::text, 'withdraw'::text])) OR ((reason IS NOT NULL) AND (length(TRIM(BOTH FROM reason)) > 0)))),
  constraint recognition_list_steps_part_check CHECK ((part = ANY (ARRAY['maker'::text, 'checker'::text])))
);

create table recognition_lists (
  list_id uuid not null,
  kind text not null,
  round smallint not null,
  unit_code text not null,
  unit_valid_from date not null,
  place_id uuid not null,
  state text not null,
  reason text,
  flow_id text not null,
  decision_id uuid,
  command_id uuid not null,
  opened_at timestamp with time zone not null,
  constraint recognition_lists_pkey PRIMARY KEY (list_id),
  constraint recognition_lists_list_id_place_id_key UNIQUE (list_id, place_id),
  constraint recognition_lists_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES recognition_decisions(decision_id),
  constraint recognition_lists_place_id_fkey FOREIGN KEY (place_id) REFERENCES places(place_id),
  constraint recognition_lists_round_fkey FOREIGN KEY (round) REFERENCES review_rounds(round),
  constraint recognition_lists_unit_code_unit_valid_from_fkey FOREIGN KEY (unit_code, unit_valid_from) REFERENCES units(code, valid_from),
  constraint recognition_lists_check CHECK (((state = 'decided'::text) = (decision_id IS NOT NULL))),
  constraint recognition_lists_check1 CHECK (((kind = 'recognition'::text) OR (length(TRIM(BOTH FROM reason)) > 0))),
  constraint recognition_lists_kind_check CHECK ((kind = ANY (ARRAY['recognition'::text, 'revocation'::text]))),
  constraint recognition_lists_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'returned'::text, 'approved'::text, 'decided'::text, 'withdrawn'::text])))
);

create table review_rounds (
  round smallint not null,
  standard_id text not null,
  window_from date not null,
  window_to date not null,
  reference_date date not null,
  effect_year smallint not null,
  is_synthetic boolean not null,
  constraint review_rounds_pkey PRIMARY KEY (round)
);

create table role_assignments (
  assignment_id uuid not null,
  person_account_id uuid not null,
  office_id uuid not null,
  role text not null,
  scope_key text not null,
  valid_from date not null,
  valid_to date,
  delegated_from uuid,
  permissions text[],
  reason text,
  withdrawn_at timestamp with time zone,
  ended_by uuid,
  end_reason text,
  is_delegation boolean default false not null,
  source_is_delegation boolean,
  constraint role_assignments_pkey PRIMARY KEY (assignment_id),
  constraint role_assignments_kind UNIQUE (assignment_id, is_delegation),
  constraint role_assignments_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices(office_id),
  constraint role_assignments_person_account_id_fkey FOREIGN KEY (person_account_id) REFERENCES people(person_account_id),
  constraint role_assignments_source FOREIGN KEY (delegated_from, source_is_delegation) REFERENCES role_assignments(assignment_id, is_delegation),
  constraint role_assignments_check CHECK ((is_delegation = (delegated_from IS NOT NULL))),
  constraint role_assignments_check1 CHECK (((source_is_delegation IS FALSE) OR ((source_is_delegation IS NULL) AND (delegated_from IS NULL)))),
  constraint role_assignments_delegation CHECK (((delegated_from IS NULL) OR ((valid_to IS NOT NULL) AND (valid_to <= (valid_from + '1 year'::interval)) AND (reason IS NOT NULL) AND (length(TRIM(BOTH FROM reason)) > 0)))),
  constraint role_assignments_interval CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  constraint role_assignments_part CHECK (((permissions IS NULL) OR (cardinality(permissions) > 0))),
  constraint role_assignments_role_check CHECK ((role ~ '^[a-z_]{3,40}$'::text))
);

create table round_tallies (
  book_id uuid not null,
  round smallint not null,
  place_id uuid not null,
  tally_id uuid default gen_random_uuid() not null,
  recognised_status poverty_status,
  proposed_status poverty_status,
  head_sex sex,
  head_ethnicity_id text,
  is_ethnic_minority boolean,
  area_class text,
  is_synthetic boolean not null,
  households integer not null,
  persons integer not null,
  unknown_size integer not null,
  recorded_at timestamp with time zone not null,
  constraint round_tallies_pkey PRIMARY KEY (book_id, round, place_id, tally_id),
  constraint round_tallies_households_check CHECK ((households <> 0))
);

create table schema_migrations (
  version integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default now() not null,
  constraint schema_migrations_pkey PRIMARY KEY (version)
);

create table sessions (
  token_hash bytea not null,
  account_id uuid not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  device text,
  session_id uuid not null,
  browser_hash bytea,
  method text default 'password'::text not null,
  second_factor_at timestamp with time zone,
  end_reason text,
  constraint sessions_pkey PRIMARY KEY (token_hash),
  constraint sessions_session_id_key UNIQUE (session_id),
  constraint sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint sessions_method_check CHECK ((method = ANY (ARRAY['password'::text, 'sso'::text])))
);

create table sign_in_attempts (
  kind text not null,
  subject_hash bytea not null,
  failures integer not null,
  last_at timestamp with time zone not null,
  not_before timestamp with time zone not null,
  constraint sign_in_attempts_pkey PRIMARY KEY (kind, subject_hash),
  constraint sign_in_attempts_kind_check CHECK ((kind = ANY (ARRAY['name'::text, 'address'::text, 'browser'::text, 'code'::text])))
);

create table unit_edges (
  from_code text not null,
  from_valid_from date not null,
  to_code text not null,
  to_valid_from date not null,
  effective date not null,
  part text not null,
  instrument text not null,
  constraint unit_edges_pkey PRIMARY KEY (from_code, from_valid_from, to_code, to_valid_from),
  constraint unit_edges_from_code_from_valid_from_fkey FOREIGN KEY (from_code, from_valid_from) REFERENCES units(code, valid_from),
  constraint unit_edges_to_code_to_valid_from_fkey FOREIGN KEY (to_code, to_valid_from) REFERENCES units(code, valid_from),
  constraint unit_edges_part_check CHECK ((part = ANY (ARRAY['full'::text, 'partial'::text])))
);

create table units (
  code text not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  level text not null,
  kind text not null,
  area text,
  parent_code text,
  parent_valid_from date,
  province_code text,
  sort_key text not null,
  constraint units_pkey PRIMARY KEY (code, valid_from),
  constraint units_area_check CHECK ((area = ANY (ARRAY['rural'::text, 'urban'::text]))),
  constraint units_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  constraint units_level_check CHECK ((level = ANY (ARRAY['country'::text, 'province'::text, 'district'::text, 'commune'::text])))
);

CREATE INDEX account_links_account ON public.account_links USING btree (account_id);

CREATE INDEX account_links_match ON public.account_links USING btree (match_hash);

CREATE INDEX audit_checkpoint_heads_number ON public.audit_checkpoint_heads USING btree (number);

CREATE INDEX audit_checkpoints_at ON public.audit_checkpoints USING btree (at);

CREATE INDEX audit_entries_recorded_at ON public.audit_entries USING btree (recorded_at, entry_id);

CREATE INDEX audit_entries_subject ON public.audit_entries USING btree (subject_kind, subject_id, recorded_at);

CREATE INDEX commands_recorded_at ON public.commands USING btree (recorded_at DESC);

CREATE INDEX household_codes_hash ON public.household_codes USING btree (code_hash);

CREATE INDEX household_rounds_by_round ON public.household_rounds USING btree (round, place_id);

CREATE INDEX household_rounds_counted ON public.household_rounds USING btree (round, book_id, household_id, row_id) INCLUDE (place_id, recorded_at, recognised_status, proposed_status, members, is_synthetic);

CREATE UNIQUE INDEX imports_once ON public.imports USING btree (kind, file_sha256, round, mapping_hash) WHERE (state = 'committed'::import_state);

CREATE INDEX inspection_members_account ON public.inspection_members USING btree (account_id);

CREATE INDEX intake_bundles_import ON public.intake_bundles USING btree (import_id);

CREATE INDEX intake_rows_import ON public.intake_rows USING brin (import_id);

CREATE INDEX intake_rows_to_review ON public.intake_rows USING btree (import_id) WHERE (cardinality(reasons) > 0);

CREATE INDEX jobs_waiting ON public.jobs USING btree (created_at) WHERE (state = ANY (ARRAY['queued'::job_state, 'running'::job_state]));

CREATE UNIQUE INDEX office_moves_once ON public.office_moves USING btree (from_code, from_valid_from) WHERE (state = 'planned'::text);

CREATE INDEX office_moves_unit ON public.office_moves USING btree (from_code, from_valid_from);

CREATE INDEX offices_unit ON public.offices USING btree (unit_code, unit_valid_from);

CREATE INDEX person_identifiers_key ON public.person_identifiers USING btree (key_id);

CREATE INDEX person_identifiers_match ON public.person_identifiers USING btree (match_hash);

CREATE UNIQUE INDEX person_identifiers_one ON public.person_identifiers USING btree (book_id, person_id, kind) WHERE (ended_at IS NULL);

CREATE INDEX place_units_unit ON public.place_units USING btree (unit_code, unit_valid_from);

CREATE UNIQUE INDEX recognition_decisions_file ON public.recognition_decisions USING btree (signed_file_sha256) WHERE (list_id IS NOT NULL);

CREATE UNIQUE INDEX recognition_decisions_first ON public.recognition_decisions USING btree (round, unit_code, unit_valid_from) WHERE (replaces_decision_id IS NULL);

CREATE UNIQUE INDEX recognition_decisions_list ON public.recognition_decisions USING btree (list_id) WHERE (list_id IS NOT NULL);

CREATE UNIQUE INDEX recognition_decisions_next ON public.recognition_decisions USING btree (replaces_decision_id) WHERE (replaces_decision_id IS NOT NULL);

CREATE INDEX recognition_list_rows_list ON public.recognition_list_rows USING btree (list_id, snapshot_no);

CREATE UNIQUE INDEX recognition_lists_open ON public.recognition_lists USING btree (round, unit_code, unit_valid_from) WHERE (state <> ALL (ARRAY['decided'::text, 'withdrawn'::text]));

CREATE INDEX recognition_lists_unit ON public.recognition_lists USING btree (unit_code, unit_valid_from, round);

CREATE INDEX role_assignments_office ON public.role_assignments USING btree (office_id);

CREATE INDEX role_assignments_person ON public.role_assignments USING btree (person_account_id);

CREATE INDEX role_assignments_scope ON public.role_assignments USING btree (scope_key);

CREATE INDEX role_assignments_source ON public.role_assignments USING btree (delegated_from) WHERE (delegated_from IS NOT NULL);

CREATE INDEX round_tallies_by_round ON public.round_tallies USING btree (round, place_id);

CREATE INDEX sessions_account ON public.sessions USING btree (account_id);

CREATE INDEX sessions_browser ON public.sessions USING btree (account_id, browser_hash);

CREATE INDEX sign_in_attempts_last ON public.sign_in_attempts USING btree (last_at);

-- view accounted_rows with (security_invoker=true)
--   columns: book_id, import_id, sheet, row_number, place_id, outcome, reasons, household_id, titles, raw, recorded_at
--   reads: intake_bundles, intake_rows

-- view current_household_rounds with (security_invoker=true)
--   columns: book_id, household_id, round, row_id, place_id, standard_id, area, area_class, is_extremely_disadvantaged, field_code, head_name, head_name_key, head_sex, head_birth_year, head_ethnicity_id, is_ethnic_minority, members, has_no_labour_capacity, has_merit_person, quick_screen_passed, b1, b2, deprived_emp, deprived_dep, deprived_nut, deprived_ins, deprived_adu, deprived_chi, deprived_hqu, deprived_har, deprived_wat, deprived_toi, deprived_tel, deprived_inf, cause_no_land, cause_no_capital, cause_no_labour, cause_no_tools, cause_no_knowledge, cause_no_skill, cause_illness, cause_other, field_status, proposed_status, recognised_status, decision_id, rule_version, reviewed_on, reviewer, is_synthetic, import_id, command_id, recorded_at
--   reads: household_round_endings, household_rounds

-- view decisions_in_force with (security_invoker=true)
--   columns: decision_id, round, unit_code, unit_valid_from, number, decided_on, signer_name, signer_title, signed_file_sha256, is_simulated, command_id, recorded_at, kind, replaces_decision_id, list_id, signed_file_name
--   reads: recognition_decisions

alter table publication.editions owner to thonban_publisher;

alter table publication.inputs owner to thonban_publisher;

alter table publication.shelves owner to thonban_publisher;

alter table audit_entries enable row level security, force row level security;

alter table command_outcomes enable row level security, force row level security;

alter table earlier_statuses enable row level security, force row level security;

alter table household_codes enable row level security, force row level security;

alter table household_events enable row level security, force row level security;

alter table household_round_endings enable row level security, force row level security;

alter table household_rounds enable row level security, force row level security;

alter table households enable row level security, force row level security;

alter table imports enable row level security, force row level security;

alter table inspection_members enable row level security, force row level security;

alter table inspections enable row level security, force row level security;

alter table intake_bundles enable row level security, force row level security;

alter table intake_rows enable row level security, force row level security;

alter table jobs enable row level security, force row level security;

alter table memberships enable row level security, force row level security;

alter table person_identifiers enable row level security, force row level security;

alter table persons enable row level security, force row level security;

alter table recognition_list_people enable row level security, force row level security;

alter table recognition_list_rows enable row level security, force row level security;

alter table recognition_list_snapshots enable row level security, force row level security;

alter table recognition_list_steps enable row level security, force row level security;

alter table recognition_lists enable row level security, force row level security;

alter table round_tallies enable row level security, force row level security;

create policy append on audit_entries as permissive for insert to thonban_app
  with check ((actor_id = (NULLIF(current_setting('thonban.actor'::text, true), ''::text))::uuid));

create policy backup on audit_entries as permissive for select to thonban_backup
  using (true);

create policy owner_appends on audit_entries as permissive for insert to thonban_owner
  with check (true);

create policy owner_reads on audit_entries as permissive for select to thonban_owner
  using (true);

create policy owner_redacts on audit_entries as permissive for update to thonban_owner
  using (true)
  with check (((payload IS NULL) AND (payload_salt IS NULL)));

create policy read_in_scope on audit_entries as permissive for select to thonban_app
  using ((((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))) OR ((place_id IS NULL) AND ((actor_id = (NULLIF(current_setting('thonban.actor'::text, true), ''::text))::uuid) OR (( SELECT ('p:'::text || i.province_code) FROM instance i) = ANY (string_to_array(NULLIF(current_setting('thonban.audit_scope'::text, true), ''::text), ','::text))) OR (office_id IN ( SELECT o.office_id FROM offices o WHERE ((((('u:'::text || o.unit_code) || '@'::text) || o.unit_valid_from) = ANY (string_to_array(NULLIF(current_setting('thonban.audit_scope'::text, true), ''::text), ','::text))) OR (('p:'::text || o.unit_code) = ANY (string_to_array(NULLIF(current_setting('thonban.audit_scope'::text, true), ''::text), ','::text))) OR (o.place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.audit_scope'::text, true), ''::text), ','::text))))))))))) AND ((inspection_id IS NULL) OR (inspection_id IN ( SELECT m.inspection_id FROM inspection_members m WHERE (m.account_id = (NULLIF(current_setting('thonban.actor'::text, true), ''::text))::uuid))) OR (inspection_id IN ( SELECT n.inspection_id FROM inspections n WHERE ((n.result_public_on IS NOT NULL) OR (( SELECT ('p:'::text || i.province_code) FROM instance i) = ANY (string_to_array(NULLIF(current_setting('thonban.inspection_scope'::text, true), ''::text), ','::text))) OR ((cardinality(n.scope_keys) > 0) AND (n.scope_keys <@ string_to_array(NULLIF(current_setting('thonban.inspection_scope'::text, true), ''::text), ','::text)))))))));

create policy backup on command_outcomes as permissive for select to thonban_backup
  using (true);

create policy own_insert on command_outcomes as permissive for insert to thonban_app
  with check ((actor_id = (NULLIF(current_setting('thonban.actor'::text, true), ''::text))::uuid));

create policy own_read on command_outcomes as permissive for select to thonban_app
  using (((actor_id = (NULLIF(current_setting('thonban.actor'::text, true), ''::text))::uuid) AND (scope_keys <@ COALESCE(string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text), '{}'::text[]))));

create policy backup on earlier_statuses as permissive for select to thonban_backup
  using (true);

create policy scope_insert on earlier_statuses as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on earlier_statuses as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on earlier_statuses as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on household_codes as permissive for select to thonban_backup
  using (true);

create policy scope_insert on household_codes as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on household_codes as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on household_codes as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on household_events as permissive for select to thonban_backup
  using (true);

create policy scope_insert on household_events as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on household_events as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on household_events as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on household_round_endings as permissive for select to thonban_backup
  using (true);

create policy scope_insert on household_round_endings as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on household_round_endings as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on household_round_endings as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on household_rounds as permissive for select to thonban_backup
  using (true);

create policy scope_insert on household_rounds as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on household_rounds as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on household_rounds as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on households as permissive for select to thonban_backup
  using (true);

create policy scope_insert on households as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on households as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on households as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on imports as permissive for select to thonban_backup
  using (true);

create policy scope_insert on imports as permissive for insert to thonban_app
  with check ((scope_keys && string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text)));

create policy scope_read on imports as permissive for select to thonban_app
  using ((scope_keys && string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text)));

create policy scope_update on imports as permissive for update to thonban_app
  using ((scope_keys && string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text)))
  with check ((scope_keys && string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text)));

create policy append on inspection_members as permissive for insert to thonban_app
  with check (((account_id = (NULLIF(current_setting('thonban.actor'::text, true), ''::text))::uuid) AND (inspection_id IN ( SELECT n.inspection_id FROM inspections n WHERE ((( SELECT ('p:'::text || i.province_code) FROM instance i) = ANY (string_to_array(NULLIF(current_setting('thonban.inspection_scope'::text, true), ''::text), ','::text))) OR ((cardinality(n.scope_keys) > 0) AND (n.scope_keys <@ string_to_array(NULLIF(current_setting('thonban.inspection_scope'::text, true), ''::text), ','::text))))))));

create policy backup on inspection_members as permissive for select to thonban_backup
  using (true);

create policy read_in_scope on inspection_members as permissive for select to thonban_app
  using (((account_id = (NULLIF(current_setting('thonban.actor'::text, true), ''::text))::uuid) OR (inspection_id IN ( SELECT n.inspection_id FROM inspections n WHERE ((n.result_public_on IS NULL) OR (NULLIF(current_setting('thonban.audit_scope'::text, true), ''::text) IS NOT NULL))))));

create policy scope_update on inspection_members as permissive for update to thonban_app
  using (((account_id = (NULLIF(current_setting('thonban.actor'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('thonban.audit_scope'::text, true), ''::text) IS NOT NULL)));

create policy append on inspections as permissive for insert to thonban_app
  with check (((recorded_by = (NULLIF(current_setting('thonban.actor'::text, true), ''::text))::uuid) AND (cardinality(scope_keys) > 0) AND (scope_keys <@ string_to_array(NULLIF(current_setting('thonban.inspection_scope'::text, true), ''::text), ','::text))));

create policy backup on inspections as permissive for select to thonban_backup
  using (true);

create policy read_in_scope on inspections as permissive for select to thonban_app
  using (((result_public_on IS NOT NULL) OR ((NULLIF(current_setting('thonban.actor'::text, true), ''::text))::uuid = ANY (known_to)) OR (( SELECT ('p:'::text || i.province_code) FROM instance i) = ANY (string_to_array(NULLIF(current_setting('thonban.inspection_scope'::text, true), ''::text), ','::text))) OR (scope_keys && string_to_array(NULLIF(current_setting('thonban.inspection_scope'::text, true), ''::text), ','::text))));

create policy scope_update on inspections as permissive for update to thonban_app
  using (((( SELECT ('p:'::text || i.province_code) FROM instance i) = ANY (string_to_array(NULLIF(current_setting('thonban.inspection_scope'::text, true), ''::text), ','::text))) OR ((cardinality(scope_keys) > 0) AND (scope_keys <@ string_to_array(NULLIF(current_setting('thonban.inspection_scope'::text, true), ''::text), ','::text)))));

create policy backup on intake_bundles as permissive for select to thonban_backup
  using (true);

create policy scope_insert on intake_bundles as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on intake_bundles as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on intake_bundles as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on intake_rows as permissive for select to thonban_backup
  using (true);

create policy scope_insert on intake_rows as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on intake_rows as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on intake_rows as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on jobs as permissive for select to thonban_backup
  using (true);

create policy installation_update on jobs as permissive for update to thonban_app
  using ((current_setting('thonban.actor'::text, true) = '00000000-0000-0000-0000-000000000000'::text))
  with check ((current_setting('thonban.actor'::text, true) = '00000000-0000-0000-0000-000000000000'::text));

create policy own_insert on jobs as permissive for insert to thonban_app
  with check ((actor_id = (NULLIF(current_setting('thonban.actor'::text, true), ''::text))::uuid));

create policy own_read on jobs as permissive for select to thonban_app
  using ((((actor_id = (NULLIF(current_setting('thonban.actor'::text, true), ''::text))::uuid) AND (scope_keys <@ COALESCE(string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text), '{}'::text[]))) OR (current_setting('thonban.actor'::text, true) = '00000000-0000-0000-0000-000000000000'::text)));

create policy backup on memberships as permissive for select to thonban_backup
  using (true);

create policy scope_insert on memberships as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on memberships as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on memberships as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on person_identifiers as permissive for select to thonban_backup
  using (true);

create policy scope_insert on person_identifiers as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on person_identifiers as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on person_identifiers as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on persons as permissive for select to thonban_backup
  using (true);

create policy scope_insert on persons as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on persons as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on persons as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on recognition_list_people as permissive for select to thonban_backup
  using (true);

create policy scope_insert on recognition_list_people as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on recognition_list_people as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on recognition_list_people as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on recognition_list_rows as permissive for select to thonban_backup
  using (true);

create policy scope_insert on recognition_list_rows as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on recognition_list_rows as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on recognition_list_rows as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on recognition_list_snapshots as permissive for select to thonban_backup
  using (true);

create policy scope_insert on recognition_list_snapshots as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on recognition_list_snapshots as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on recognition_list_snapshots as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on recognition_list_steps as permissive for select to thonban_backup
  using (true);

create policy scope_insert on recognition_list_steps as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on recognition_list_steps as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on recognition_list_steps as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on recognition_lists as permissive for select to thonban_backup
  using (true);

create policy scope_insert on recognition_lists as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on recognition_lists as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on recognition_lists as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy backup on round_tallies as permissive for select to thonban_backup
  using (true);

create policy scope_insert on round_tallies as permissive for insert to thonban_app
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

create policy scope_read on round_tallies as permissive for select to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.scope'::text, true), ''::text), ','::text))))));

create policy scope_update on round_tallies as permissive for update to thonban_app
  using ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))))
  with check ((place_id IN ( SELECT s.place_id FROM place_scopes s WHERE (s.scope_key = ANY (string_to_array(NULLIF(current_setting('thonban.write_scope'::text, true), ''::text), ','::text))))));

grant insert, select on account_links to thonban_app;

grant select on account_links to thonban_backup;

grant delete, insert, select, update on account_recovery_codes to thonban_app;

grant select on account_recovery_codes to thonban_backup;

grant delete, insert, select, update on account_totp to thonban_app;

grant select on account_totp to thonban_backup;

grant select on accounted_rows to thonban_app;

grant select on accounted_rows to thonban_backup;

grant insert, select, update on accounts to thonban_app;

grant select on accounts to thonban_backup;

grant insert, select on audit_checkpoint_heads to thonban_app;

grant select on audit_checkpoint_heads to thonban_backup;

grant insert, select on audit_checkpoints to thonban_app;

grant select on audit_checkpoints to thonban_backup;

grant insert, select on audit_entries to thonban_app;

grant select on audit_entries to thonban_backup;

grant insert, select, update on audit_heads to thonban_app;

grant select on audit_heads to thonban_backup;

grant insert, select on audit_keys to thonban_app;

grant select on audit_keys to thonban_backup;

grant insert, select on books to thonban_app;

grant select on books to thonban_backup;

grant insert, select on command_outcomes to thonban_app;

grant select on command_outcomes to thonban_backup;

grant insert, select on commands to thonban_app;

grant select on commands to thonban_backup;

grant select on current_household_rounds to thonban_app;

grant select on current_household_rounds to thonban_backup;

grant select on decisions_in_force to thonban_app;

grant select on decisions_in_force to thonban_backup;

grant insert, select on earlier_statuses to thonban_app;

grant select on earlier_statuses to thonban_backup;

grant insert, select on household_codes to thonban_app;

grant select on household_codes to thonban_backup;

grant insert, select on household_events to thonban_app;

grant select on household_events to thonban_backup;

grant insert, select on household_round_endings to thonban_app;

grant select on household_round_endings to thonban_backup;

grant insert, select on household_rounds to thonban_app;

grant select on household_rounds to thonban_backup;

grant insert, select on households to thonban_app;

grant select on households to thonban_backup;

grant insert, select, update on imports to thonban_app;

grant select on imports to thonban_backup;

grant insert, select on inspection_members to thonban_app;

grant select on inspection_members to thonban_backup;

grant insert, select on inspections to thonban_app;

grant select on inspections to thonban_backup;

grant insert, select on instance to thonban_app;

grant select on instance to thonban_backup;

grant insert, select on intake_bundles to thonban_app;

grant select on intake_bundles to thonban_backup;

grant insert, select on intake_rows to thonban_app;

grant select on intake_rows to thonban_backup;

grant insert, select, update on jobs to thonban_app;

grant select on jobs to thonban_backup;

grant insert, select on memberships to thonban_app;

grant select on memberships to thonban_backup;

grant insert, select on office_moves to thonban_app;

grant select on office_moves to thonban_backup;

grant insert, select on offices to thonban_app;

grant select on offices to thonban_backup;

grant insert, select on people to thonban_app;

grant select on people to thonban_backup;

grant insert, select on person_identifiers to thonban_app;

grant select on person_identifiers to thonban_backup;

grant insert, select on persons to thonban_app;

grant select on persons to thonban_backup;

grant insert, select on place_classes to thonban_app;

grant select on place_classes to thonban_backup;

grant insert, select on place_scopes to thonban_app;

grant select on place_scopes to thonban_backup;

grant insert, select on place_units to thonban_app;

grant select on place_units to thonban_backup;

grant insert, select on places to thonban_app;

grant select on places to thonban_backup;

grant delete, insert, select, update on publication.editions to thonban_app;

grant select on publication.editions to thonban_public;

grant delete, insert, select, update on publication.inputs to thonban_app;

grant delete, insert, select, update on publication.shelves to thonban_app;

grant select on publication.shelves to thonban_public;

grant insert, select on recognition_decisions to thonban_app;

grant select on recognition_decisions to thonban_backup;

grant insert, select on recognition_list_people to thonban_app;

grant select on recognition_list_people to thonban_backup;

grant insert, select on recognition_list_rows to thonban_app;

grant select on recognition_list_rows to thonban_backup;

grant insert, select on recognition_list_snapshots to thonban_app;

grant select on recognition_list_snapshots to thonban_backup;

grant insert, select on recognition_list_steps to thonban_app;

grant select on recognition_list_steps to thonban_backup;

grant insert, select on recognition_lists to thonban_app;

grant select on recognition_lists to thonban_backup;

grant insert, select on review_rounds to thonban_app;

grant select on review_rounds to thonban_backup;

grant insert, select on role_assignments to thonban_app;

grant select on role_assignments to thonban_backup;

grant insert, select on round_tallies to thonban_app;

grant select on round_tallies to thonban_backup;

grant select on schema_migrations to thonban_app;

grant select on schema_migrations to thonban_backup;

grant insert, select, update on sessions to thonban_app;

grant select on sessions to thonban_backup;

grant delete, insert, select, update on sign_in_attempts to thonban_app;

grant select on sign_in_attempts to thonban_backup;

grant insert, select on unit_edges to thonban_app;

grant select on unit_edges to thonban_backup;

grant insert, select on units to thonban_app;

grant select on units to thonban_backup;

grant update (key_id, ciphertext, match_hash, ended_at) on account_links to thonban_app;

grant update (place_id) on households to thonban_app;

grant update (joined_at, left_at) on inspection_members to thonban_app;

grant update (closed_on, result_number, result_public_on, scope_keys, known_to) on inspections to thonban_app;

grant update (place_id, valid_to, end_reason) on memberships to thonban_app;

grant update (state, result, problem, job_id, executed_at, voided_at, void_reason) on office_moves to thonban_app;

grant update (valid_to, parent_office_id) on offices to thonban_app;

grant update (place_id, key_id, ciphertext, match_hash, ended_at, ended_by_command_id) on person_identifiers to thonban_app;

grant update (place_id) on persons to thonban_app;

grant update (valid_to) on place_units to thonban_app;

grant update (state, decision_id) on recognition_lists to thonban_app;

grant update (valid_to, withdrawn_at, ended_by, end_reason) on role_assignments to thonban_app;
